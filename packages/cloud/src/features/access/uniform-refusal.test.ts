// Whoever types a code at a keypad learns nothing from a refusal: the answer, its size, its delay and
// the work behind it are the same whatever the cause.
import { encodeMessage } from '@smartbox/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDepot, type Depot, itemsOf } from '../../../test/depot.ts';
import { type Answer, createFeaturesWorld, type FeaturesWorld } from '../../../test/features-world.ts';
import { fob, fobText, type Question } from '../../../test/model-box.ts';
import { createStaffDesk, type Member, type StaffDesk } from '../../../test/staff-desk.ts';

let statements: string[] = [];
let world: FeaturesWorld;
let depot: Depot;
let staff: StaffDesk;

beforeEach(() => {
  world = createFeaturesWorld({ onStatement: (sql) => void statements.push(sql) });
  depot = createDepot(world);
  staff = createStaffDesk(world, depot);
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
  ['an ID code of somebody without a permission', () => staff.hire().idCode],
  ['an ID code of somebody without a phone', () => allowed({ phone: '' }).idCode],
  ['an ID code of somebody who has left', () => allowed({ ends_at: '2026-03-01T00:00:00Z' }).idCode],
  ['an ID code of somebody who got six messages this hour', () => afterSixMessages()],
  ['an ID code, outside the hours of the place', () => atNight()],
  ['an ID code that was taken away', () => takenAway()],
  ['an ID code, during a pause', () => idCodeDuringPause()],
];

function allowed(change: Readonly<Record<string, unknown>> = {}): Member {
  const member = staff.hire(change);
  staff.allow(member.personId);
  return member;
}

function afterSixMessages(): string {
  const { idCode } = allowed();
  for (let count = 0; count < 6; count++) {
    staff.type(idCode);
    world.ports.advance(60_000);
  }
  return idCode;
}

function atNight(): string {
  const { idCode } = allowed();
  staff.policy({ quiet_hours: [{ days: ['wed'], from: '12:00', until: '23:00' }] });
  return idCode;
}

function takenAway(): string {
  const { idCode, personId } = allowed();
  world.call('removeIdCode', depot.owner, { params: { person_id: personId } });
  return idCode;
}

function idCodeDuringPause(): string {
  const { idCode } = allowed();
  duringPause();
  return idCode;
}

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
function observe(question: Question) {
  statements = [];
  const [answer] = depot.box.ask(question) as [Answer];
  const { name, body } = answer.message;
  return {
    name,
    shown: { ...body, request: undefined },
    bytes: encodeMessage(answer.message).length,
    holdMs: answer.holdMs,
    statements: [...statements],
  };
}

describe('every refusal of a code', () => {
  it.each(causes)('looks like every other and costs the same: %s', (_cause, prepare) => {
    const digits = prepare();
    const pattern = observe({ code: '88888888' });
    expect(pattern).toMatchObject({ name: 'access-refused', holdMs: 400 });
    expect(pattern.shown).toEqual({ request: undefined, reason: 'refused', waitMs: 0 });
    expect(observe({ code: digits })).toEqual(pattern);
  });

  it('leaves 400 ms after its request; a grant leaves at once', () => {
    expect(observe({ code: '88888888' }).holdMs).toBe(400);
    expect(depot.box.ask({ code: depot.issue().digits })[0]?.holdMs).toBe(0);
  });
});

/** Ways in which a second code is refused: each asks somebody for one and gives what is typed. */
const furtherCauses: readonly (readonly [string, (member: Member) => string])[] = [
  ['wrong', () => '000000'],
  ['of no digits', () => ''],
  ['of 16 digits', () => '1234567890123456'],
  ['right, when the permission is gone', (member) => withoutPermission(member)],
  ['right, when the person is gone', (member) => withoutPerson(member)],
  ['right, after five minutes', (member) => late(member)],
  ['right, for the fourth time', (member) => triedOut(member)],
  ['right, during a pause', (member) => pausing(member)],
];

function withoutPermission(member: Member): string {
  const [given] = itemsOf(world.call('listKeyPermissions', depot.owner));
  staff.disallow(String(given?.id));
  return staff.codeOf(member);
}

function withoutPerson(member: Member): string {
  const params = { person_id: member.personId };
  world.call('changePerson', depot.owner, {
    params,
    ifMatch: '*',
    body: { ends_at: '2026-03-01T00:00:00Z' },
  });
  return staff.codeOf(member);
}

function late(member: Member): string {
  world.ports.advance(300_000);
  return staff.codeOf(member);
}

function triedOut(member: Member): string {
  const right = staff.codeOf(member);
  for (let count = 0; count < 3; count++) depot.box.ask({ ...follow(), code: '111111' });
  return right;
}

function pausing(member: Member): string {
  const right = staff.codeOf(member);
  for (let wrong = 0; wrong < 5; wrong++) depot.box.ask({ follows: new Uint8Array(8), code: '111111' });
  return right;
}

const follow = () => ({ follows: depot.box.furtherAsked?.request ?? new Uint8Array(8) });

describe('every refusal of a second code (SEC-04)', () => {
  it.each(furtherCauses)('looks like every other and costs the same: %s', (_cause, prepare) => {
    const nobody = observe({ follows: new Uint8Array(8).fill(1), code: '888888' });
    expect(nobody).toMatchObject({ name: 'access-refused', holdMs: 400 });
    const member = allowed();
    expect(staff.type(member.idCode)).toBe('second-code');
    const asked = follow();
    const code = prepare(member);
    expect(observe({ ...asked, code })).toEqual(nobody);
  });
});

describe('every refusal of a badge', () => {
  it.each([
    ['where badges are not taken', () => staff.policy({ badge: 'off' })],
    ['of somebody without a permission', () => staff.policy({ badge: 'on' })],
    ['of somebody without a phone', () => phonelessBadge()],
  ])('looks like every other and costs the same: %s', (_cause, prepare) => {
    const { personId } = staff.hire();
    staff.badge(personId, fobText(91));
    prepare();
    expect(observe({ tag: fob(91) })).toEqual(observe({ tag: fob(99) }));
  });
});

function phonelessBadge(): void {
  staff.policy({ badge: 'on' });
  const [person] = itemsOf(world.call('listPeople', depot.owner));
  staff.allow(String(person?.id));
  const params = { person_id: String(person?.id) };
  world.call('changePerson', depot.owner, { params, ifMatch: '*', body: { phone: '' } });
}

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
