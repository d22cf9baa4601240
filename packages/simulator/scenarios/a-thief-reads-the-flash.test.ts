// Somebody takes the box off the wall and reads its flash. It holds this box's own keys and opaque numbers.
import { describe, expect, it } from 'vitest';
import { visit } from '../test/visit.ts';

describe('a thief reads the flash', () => {
  it('finds no code, no key name and no factory secret of another box (SEC-13, SEC-08)', async () => {
    const { world, box, keys, code, type, takeAndClose } = await visit({ boxes: 2 });
    const made = code(keys[0] as (typeof keys)[number]);
    type(made.digits);
    takeAndClose();
    const { flash } = box.box.electronics;
    const dump = ['records', 'log']
      .map((partition) => Buffer.from(flash.dump(partition)).toString('latin1'))
      .join('');
    expect(dump).not.toContain(made.digits);
    for (const { name } of keys) expect(dump).not.toContain(name);
    const other = world.site.boxes[1];
    expect(dump).not.toContain(Buffer.from(other?.factoryKey ?? []).toString('latin1'));
  });
});
