// Whoever types a code at a keypad learns nothing from a refusal: the answer, its size, its delay and
// the work behind it are the same whatever the cause.
import { encodeMessage } from '@smartbox/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDepot, type Depot } from '../../../test/depot.ts';
import { type Answer, createFeaturesWorld, type FeaturesWorld } from '../../../test/features-world.ts';
import { fob } from '../../../test/model-box.ts';

let statements: string[] = [];
let world: FeaturesWorld;
let depot: Depot;

beforeEach(() => {
  world = createFeaturesWorld({ onStatement: (sql) => void statements.push(sql) });
  depot = createDepot(world);
});

/** Ways to be refused: each prepares a code and gives its digits. */
const causes: readonly (readonly [string, () => string])[] = [
  ['unknown', () => '99999999'],
  ['not yet valid', () => depot.issue({ starts_at: '2030-01-01T00:00:00Z' }).digits],
  ['expired', () => expired()],
  ['revoked', () => revoked()],
  ['for a key that is out', () => depot.issue({ key_id: depot.addKey(8) }).digits],
  ['for a retired key', () => ofRetiredKey()],
  ['of another location', () => atOtherLocation()],
  ['of another tenant', () => createDepot(world, 2).issue().digits],
  ['of a bin that stands open', () => ofOpenBin()],
  ['reserved by another box', () => reserved()],
  ['right, during a pause', () => duringPause()],
  ['empty', () => ''],
  ['of 16 digits', () => '1234567890123456'],
];

function expired(): string {
  const { digits } = depot.issue({ expires_at: new Date(world.ports.nowMs + 1).toISOString() });
  world.ports.advance(1);
  return digits;
}

function revoked(): string {
  const { digits, id } = depot.issue();
  world.call('revokeKeyCode', depot.owner, { params: { code_id: id } });
  return digits;
}

function ofRetiredKey(): string {
  const { digits } = depot.issue();
  world.call('retireKey', depot.owner, { params: { key_id: depot.keyId }, ifMatch: '*' });
  return digits;
}

function atOtherLocation(): string {
  const { digits } = depot.issue();
  const body = { name: 'Elsewhere', time_zone: 'UTC' };
  const made = world.call('createLocation', depot.owner, { body }).body as { id: string };
  world.call('changeBox', depot.owner, {
    params: { box_id: depot.box.resourceId },
    body: { location_id: made.id },
    ifMatch: '*',
  });
  return digits;
}

function ofOpenBin(): string {
  depot.box.write('bin-forced', { bin: 3 });
  depot.box.report();
  return depot.issue().digits;
}

function reserved(): string {
  const { digits, id } = depot.issue({ uses: 'once' });
  world.database
    .prepare('UPDATE key_code SET reserved_box_id = ?, reserved_grant = 1 WHERE code_id = ?')
    .run('another', id);
  return digits;
}

function duringPause(): string {
  const { digits } = depot.issue();
  for (let wrong = 0; wrong < 5; wrong++) depot.box.ask({ code: '00000000' });
  return digits;
}

function fobOfRetiredKey(): Uint8Array {
  ofRetiredKey();
  return fob(7);
}

// The same fob is a key of the other tenant, and of this one no more.
function fobOfAnotherTenant(): Uint8Array {
  createDepot(world, 2);
  return fobOfRetiredKey();
}

/** What an onlooker could measure of one refusal. */
function observe(code: string) {
  statements = [];
  const [answer] = depot.box.ask({ code }) as [Answer];
  const { name, body } = answer.message;
  return {
    name,
    shown: { ...body, request: undefined },
    bytes: encodeMessage(answer.message).length,
    holdMs: answer.holdMs,
    statements,
  };
}

describe('every refusal of a code', () => {
  it.each(causes)('looks like every other and costs the same: %s', (_cause, prepare) => {
    const digits = prepare();
    const pattern = observe('88888888');
    expect(pattern).toMatchObject({ name: 'access-refused', holdMs: 400 });
    expect(pattern.shown).toEqual({ request: undefined, reason: 'refused', waitMs: 0 });
    expect(observe(digits)).toEqual(pattern);
  });

  it('leaves 400 ms after its request; a grant leaves at once', () => {
    expect(observe('88888888').holdMs).toBe(400);
    expect(depot.box.ask({ code: depot.issue().digits })[0]?.holdMs).toBe(0);
  });
});

describe('every refusal of a fob', () => {
  it.each([
    ['of nobody', () => fob(99)],
    ['of another tenant', () => fobOfAnotherTenant()],
    ['of a retired key', () => fobOfRetiredKey()],
    ['of zeros', () => new Uint8Array(8)],
    ['of no bytes', () => new Uint8Array(0)],
  ])('looks like every other: %s', (_cause, prepare) => {
    const tag = prepare();
    const [answer] = depot.box.ask({ tag });
    expect(answer).toMatchObject({ holdMs: 400, message: { name: 'access-refused' } });
    expect(answer?.message.body).toMatchObject({ reason: 'refused', waitMs: 0 });
  });
});
