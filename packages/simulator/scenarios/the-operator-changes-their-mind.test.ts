// Live authorisation: what the operator changes holds for the next code that is typed.
import { describe, expect, it } from 'vitest';
import { visit } from '../test/visit.ts';

describe('the operator changes their mind', () => {
  it('refuses a code that was revoked two seconds ago (SEC-06, AC-01)', async () => {
    const { keys, code, type, open, world, seconds } = await visit();
    const made = code(keys[0] as (typeof keys)[number]);
    world.host.call(world.site.operator, 'revokeKeyCode', { params: { code_id: made.codeId } });
    seconds(2);
    type(made.digits);
    expect(open()).toBeUndefined();
  });

  it('opens with a code that was made this moment, for nobody has to send it to the box (SEC-06)', async () => {
    const { keys, code, type, open } = await visit();
    type(code(keys[4] as (typeof keys)[number]).digits);
    expect(open()).toBe(5);
  });

  it('refuses at one box the code of a key that hangs in another (AC-01)', async () => {
    const { world, code, type, open } = await visit({ boxes: 2 });
    const elsewhere = world.site.keys.at(-1) as (typeof world.site.keys)[number];
    type(code(elsewhere).digits);
    expect(open()).toBeUndefined();
  });
});
