// Staff at a keypad: real tables, real permissions, a box that asks, phones that ring.
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, createDepot, type Depot } from '../../../test/depot.ts';
import { createFeaturesWorld, dump, type FeaturesWorld } from '../../../test/features-world.ts';
import { fob, fobText, ModelBox } from '../../../test/model-box.ts';
import { createStaffDesk, type Member, type StaffDesk } from '../../../test/staff-desk.ts';

let world: FeaturesWorld;
let depot: Depot;
let staff: StaffDesk;
let member: Member;
let permission: string;

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
  staff = createStaffDesk(world, depot);
  member = staff.hire();
  permission = staff.allow(member.personId);
});

const minuteMs = 60_000;

/** Another key of the depot, hanging in a bin. */
function hang(fobNumber: number, bin: number): string {
  const keyId = depot.addKey(fobNumber);
  depot.box.fill(bin, fob(fobNumber));
  return keyId;
}

function leave(fobNumber: number, bin: number): void {
  const grant = depot.box.opened.at(-1) ?? 0;
  depot.box.write('key-taken', { bin, grant, tag: fob(fobNumber) });
  depot.box.write('bin-closed', { bin, grant });
  depot.box.report();
}

describe('a member of staff at the keypad (AC-03, SEC-04)', () => {
  it('types an ID code, gets a second code by text message, types it and takes the key (AC-03, SEC-01, SEC-04)', () => {
    expect(staff.type(member.idCode)).toBe('second-code');
    expect(world.phones.on(member.phone)).toHaveLength(1);
    expect(staff.further({ code: staff.codeOf(member) })).toEqual({ bin: 3 });
    leave(7, 3);
    expect(depot.read('getKey', { key_id: depot.keyId })).toMatchObject({
      where: { status: 'out', code_id: null, person_id: member.personId },
    });
  });

  it('is named by the grant and by the ledger, from the grant to the key', () => {
    staff.type(member.idCode);
    staff.further({ code: staff.codeOf(member) });
    leave(7, 3);
    const { tenantId } = depot.owner;
    expect(world.features.access.grants(tenantId, depot.box.boxId).at(-1)).toMatchObject({
      ...{ personId: member.personId, codeId: null, purpose: 'withdraw' },
    });
    const named = world.features.events
      .ledger(tenantId)
      .read({}, { from: 0, order: 'rising', limit: 1_000 })
      .filter(({ fact }) => ['access.further_asked', 'access.granted', 'key.withdrawn'].includes(fact.type))
      .map(({ fact }) => [fact.type, fact.data?.person_id]);
    expect(named).toEqual([
      ['access.further_asked', member.personId],
      ['access.granted', member.personId],
      ['key.withdrawn', member.personId],
    ]);
  });

  it('opens nothing with the ID code alone: two steps are on by default (SEC-04)', () => {
    expect(staff.type(member.idCode)).toBe('second-code');
    expect(depot.box.opened).toEqual([]);
  });

  it('is refused after a wrong second code, three times at most for one code (SEC-01, SEC-04)', () => {
    staff.type(member.idCode);
    const right = staff.codeOf(member);
    const wrong = right === '000000' ? '000001' : '000000';
    expect(staff.further({ code: wrong })).toBe('refused');
    // Begun again within a minute, the same code is still the one that counts; nobody gets tries back.
    expect(staff.type(member.idCode)).toBe('second-code');
    expect(staff.further({ code: wrong })).toBe('refused');
    expect(staff.type(member.idCode)).toBe('second-code');
    expect(world.phones.on(member.phone)).toHaveLength(1);
    expect(staff.further({ code: wrong })).toBe('refused');
    expect(staff.type(member.idCode)).toBe('second-code');
    expect(world.phones.on(member.phone)).toHaveLength(2);
    expect(staff.further({ code: right })).toBe('refused');
    expect(new Set(staff.causes())).toEqual(new Set(['wrong_second_code']));
  });

  it('opens once with one second code (SEC-04)', () => {
    staff.type(member.idCode);
    const code = staff.codeOf(member);
    const follows = depot.box.furtherAsked?.request ?? new Uint8Array(8);
    expect(staff.further({ code })).toEqual({ bin: 3 });
    depot.box.write('bin-closed', { bin: 3, grant: 1 });
    depot.box.report();
    expect(depot.box.ask({ follows, code })[0]?.message.name).toBe('access-refused');
    world.ports.advance(minuteMs);
    expect(staff.type(member.idCode)).toBe('second-code');
    expect(staff.codeOf(member)).not.toBe(code);
    expect(staff.further({ code })).toBe('refused');
  });

  it('is refused with a second code that is five minutes old (SEC-04)', () => {
    staff.type(member.idCode);
    world.ports.advance(5 * minuteMs);
    expect(staff.further({ code: staff.codeOf(member) })).toBe('refused');
    expect(staff.causes().at(-1)).toBe('no_dialogue');
  });

  it('is refused with an ID code that was replaced or taken away (SEC-01)', () => {
    const params = { person_id: member.personId };
    const { id_code: next } = bodyOf(world.call('setIdCode', depot.owner, { params }));
    expect(staff.type(member.idCode)).toBe('refused');
    expect(staff.type(String(next))).toBe('second-code');
    world.call('removeIdCode', depot.owner, { params });
    // Also while the second code is being typed.
    expect(staff.further({ code: staff.codeOf(member) })).toBe('refused');
    expect(staff.type(String(next))).toBe('refused');
  });

  it('is refused with a second code on a phone that is not the person’s any more (SEC-04)', () => {
    staff.type(member.idCode);
    const code = staff.codeOf(member);
    world.call('changePerson', depot.owner, {
      ...{ params: { person_id: member.personId }, ifMatch: '*', body: { phone: '+819012345678' } },
    });
    expect(staff.further({ code })).toBe('refused');
    world.ports.advance(minuteMs);
    staff.type(member.idCode);
    expect(staff.further({ code: staff.codeOf({ phone: '+819012345678' }) })).toEqual({ bin: 3 });
  });

  it('is refused who has no permission on a key that hangs here, and no message is sent (AC-03, SEC-01)', () => {
    const other = staff.hire();
    expect(staff.type(other.idCode)).toBe('refused');
    staff.allow(other.personId, { key_id: depot.addKey(8) });
    expect(staff.type(other.idCode)).toBe('refused');
    expect(world.phones.on(other.phone)).toEqual([]);
    expect(staff.causes()).toEqual(['nothing_to_take', 'nothing_to_take']);
  });

  it('is refused outside the hours of the permission and of the place (AC-03, SEC-01, SEC-05)', () => {
    // It is 18:00 on a Wednesday in Tokyo.
    const daytime = [{ days: ['wed'], from: '09:00', until: '17:00' }];
    staff.policy({ opening_windows: daytime });
    expect(staff.type(member.idCode)).toBe('refused');
    staff.policy({ opening_windows: null });
    expect(staff.type(member.idCode)).toBe('second-code');
    // The place closes while the person looks for the phone.
    staff.policy({ opening_windows: daytime });
    expect(staff.further({ code: staff.codeOf(member) })).toBe('refused');
  });

  it('is refused who has left, who belongs elsewhere, and who was erased (SEC-01)', () => {
    const elsewhere = bodyOf(
      world.call('createLocation', depot.owner, { body: { name: 'Elsewhere', time_zone: 'UTC' } }),
    );
    const change = (body: object): void =>
      void world.call('changePerson', depot.owner, {
        ...{ params: { person_id: member.personId }, ifMatch: '*', body },
      });
    change({ location_ids: [elsewhere.id] });
    expect(staff.type(member.idCode)).toBe('refused');
    change({ location_ids: [] });
    expect(staff.type(member.idCode)).toBe('second-code');
    change({ ends_at: new Date(world.ports.nowMs).toISOString() });
    expect(staff.further({ code: staff.codeOf(member) })).toBe('refused');
    expect(staff.type(member.idCode)).toBe('refused');
  });

  it('is refused with an ID code of another tenant', () => {
    const other = createDepot(world, 2);
    const stranger = createStaffDesk(world, other).hire();
    expect(staff.type(stranger.idCode)).toBe('refused');
  });
});

describe('a permission that is removed while somebody types (SEC-06)', () => {
  it('refuses the second code that is typed 2 s later (AC-03, SEC-01, SEC-06)', () => {
    staff.type(member.idCode);
    staff.disallow(permission);
    world.ports.advance(2_000);
    expect(staff.further({ code: staff.codeOf(member) })).toBe('refused');
    expect(depot.box.opened).toEqual([]);
    expect(staff.causes().at(-1)).toBe('nothing_to_take');
  });

  it('refuses the bin that is chosen 2 s later (SEC-06)', () => {
    const keyId = hang(8, 2);
    const another = staff.allow(member.personId, { key_id: keyId });
    staff.type(member.idCode);
    expect(staff.further({ code: staff.codeOf(member) })).toBe('bin');
    staff.disallow(another);
    world.ports.advance(2_000);
    expect(staff.further({ bin: 2 })).toBe('refused');
    expect(staff.causes().at(-1)).toBe('not_that_bin');
  });

  it('refuses the ID code that is typed 2 s later (SEC-06)', () => {
    staff.disallow(permission);
    world.ports.advance(2_000);
    expect(staff.type(member.idCode)).toBe('refused');
  });
});

describe('somebody with more than one key here (AC-04, AC-05)', () => {
  it('has all keys and is asked which bin (AC-04, SEC-01)', () => {
    hang(8, 2);
    const chief = staff.hire();
    const all = staff.allow(chief.personId, { key_group_id: 'all-keys' });
    expect(staff.type(chief.idCode)).toBe('second-code');
    expect(staff.further({ code: staff.codeOf(chief) })).toBe('bin');
    expect(staff.further({ bin: 2 })).toEqual({ bin: 2 });
    leave(8, 2);
    // One is left, so nothing is asked: the permission on all keys is one on this key.
    world.ports.advance(minuteMs);
    staff.type(chief.idCode);
    expect(staff.further({ code: staff.codeOf(chief) })).toEqual({ bin: 3 });
    leave(7, 3);
    staff.disallow(all);
    depot.box.fill(3, fob(7));
    expect(staff.type(chief.idCode)).toBe('refused');
  });

  it('has all keys and gets none of another place, of an empty bin or of a bin that stands open (AC-04)', () => {
    const chief = staff.hire();
    staff.allow(chief.personId, { key_group_id: 'all-keys' });
    hang(8, 2);
    depot.box.write('bin-forced', { bin: 3 });
    depot.box.report();
    staff.type(chief.idCode);
    expect(staff.further({ code: staff.codeOf(chief) })).toEqual({ bin: 2 });
    leave(8, 2);
    expect(staff.type(chief.idCode)).toBe('refused');
  });

  it('has the keys of a group, through a user group, and no others (AC-05, SEC-01)', () => {
    const { owner } = depot;
    const made = (operationId: string, body: object): string =>
      String(bodyOf(world.call(operationId, owner, { body })).id);
    const vans = made('createKeyGroup', { name: 'Vans' });
    const drivers = made('createUserGroup', { name: 'Drivers' });
    const driver = staff.hire();
    const inGroup = { params: { key_group_id: vans, key_member_id: depot.keyId } };
    world.call('addKeyGroupMember', owner, inGroup);
    world.call('addGroupMember', owner, { params: { group_id: drivers, member_id: driver.personId } });
    world.call('giveKeyPermission', owner, {
      body: { user_group_id: drivers, key_group_id: vans, right: 'exchange' },
    });
    hang(8, 2);
    staff.type(driver.idCode);
    expect(staff.further({ code: staff.codeOf(driver) })).toEqual({ bin: 3 });
    depot.box.write('bin-closed', { bin: 3, grant: depot.box.opened.at(-1) ?? 0 });
    depot.box.report();
    world.ports.advance(minuteMs);
    staff.type(driver.idCode);
    world.call('removeKeyGroupMember', owner, inGroup);
    expect(staff.further({ code: staff.codeOf(driver) })).toBe('refused');
    expect(staff.type(driver.idCode)).toBe('refused');
  });

  it('may choose another bin after a slip, and none after a minute', () => {
    hang(8, 2);
    staff.allow(member.personId, { key_group_id: 'all-keys' });
    staff.policy({ second_factor: 'off' });
    expect(staff.type(member.idCode)).toBe('bin');
    expect(staff.further({ bin: 4 })).toBe('refused');
    expect(staff.type(member.idCode)).toBe('bin');
    world.ports.advance(minuteMs);
    expect(staff.further({ bin: 2 })).toBe('refused');
  });
});

describe('the dialogue of a box', () => {
  it('is over when the box begins a session, or somebody types a code', () => {
    staff.type(member.idCode);
    const follows = depot.box.furtherAsked?.request ?? new Uint8Array(8);
    const code = staff.codeOf(member);
    depot.box.confirm();
    expect(depot.box.ask({ follows, code })[0]?.message.name).toBe('access-refused');
    world.ports.advance(minuteMs);
    staff.type(member.idCode);
    const { request } = depot.box.furtherAsked ?? { request: new Uint8Array(8) };
    expect(staff.type('99999999')).toBe('refused');
    expect(depot.box.ask({ follows: request, code: staff.codeOf(member) })[0]?.message.name).toBe(
      'access-refused',
    );
  });

  it('answers a question that is asked twice once: one message, the same question', () => {
    const first = depot.box.ask({ code: member.idCode });
    const second = depot.box.askAgain({ code: member.idCode });
    expect(second).toEqual(first);
    world.ports.advance(0);
    expect(world.phones.on(member.phone)).toHaveLength(1);
  });

  it('is one box’s: the code that was sent for it is worth nothing at the next', () => {
    const second = new ModelBox(world, 9);
    second.enrol(depot.owner, depot.locationId);
    staff.allow(member.personId, { key_group_id: 'all-keys' });
    depot.addKey(8);
    second.fill(1, fob(8));
    staff.type(member.idCode);
    const code = staff.codeOf(member);
    const [asked] = second.ask({ code: member.idCode });
    expect(asked?.message.name).toBe('further-asked');
    second.take(asked === undefined ? [] : [asked]);
    const follows = second.furtherAsked?.request ?? new Uint8Array(8);
    expect(second.ask({ follows, code })[0]?.message.name).toBe('access-refused');
  });

  it('makes wrong ID codes and wrong second codes count in the throttle (SEC-15)', () => {
    staff.type(member.idCode);
    const right = staff.codeOf(member);
    staff.further({ code: right === '111111' ? '222222' : '111111' });
    for (let wrong = 0; wrong < 4; wrong++) staff.type('99999999');
    expect(staff.type(member.idCode)).toBe('refused');
    expect(staff.causes().at(-1)).toBe('throttled');
  });

  it('survives a restart of the cloud, and a text message that was owed is sent then', () => {
    depot.box.take(depot.box.ask({ code: member.idCode }));
    const image = world.database.serialize();
    const again = createFeaturesWorld({ seed: 'again', image, ports: world.ports });
    expect(again.phones.on(member.phone)).toEqual([]);
    again.features.start();
    again.ports.advance(0);
    expect(again.phones.on(member.phone)).toHaveLength(1);
    depot.box.world = again;
    const follows = depot.box.furtherAsked?.request ?? new Uint8Array(8);
    const [answer] = depot.box.ask({ follows, code: again.phones.codeOn(member.phone) });
    expect(answer?.message).toMatchObject({ name: 'access-granted', body: { bin: 3 } });
  });
});

describe('text messages at the keypad (MO-07)', () => {
  it('reach nobody without a phone: refused, with the cause in the ledger', () => {
    const plain = staff.hire({ phone: '' });
    staff.allow(plain.personId);
    expect(staff.type(plain.idCode)).toBe('refused');
    expect(staff.causes()).toEqual(['no_phone']);
  });

  it('are six an hour for one person at most, whoever types that ID code (MO-07)', () => {
    for (let count = 0; count < 6; count++) {
      expect(staff.type(member.idCode)).toBe('second-code');
      world.ports.advance(minuteMs);
    }
    expect(staff.type(member.idCode)).toBe('refused');
    expect(staff.causes()).toEqual(['texts_of_person']);
    expect(world.phones.on(member.phone)).toHaveLength(6);
    world.ports.advance(60 * minuteMs);
    expect(staff.type(member.idCode)).toBe('second-code');
  });

  it('are thirty a day for one person at most, however the hours are used (MO-07)', () => {
    for (let hour = 0; hour < 6; hour++) {
      for (let count = 0; count < 5; count++) {
        expect(staff.type(member.idCode)).toBe('second-code');
        world.ports.advance(minuteMs);
      }
      world.ports.advance(60 * minuteMs);
    }
    expect(staff.type(member.idCode)).toBe('refused');
    expect(staff.causes()).toEqual(['texts_of_person']);
    world.ports.advance(18 * 60 * minuteMs);
    expect(staff.type(member.idCode)).toBe('second-code');
  });

  it('are written in the person’s language', () => {
    const hanako = staff.hire({ language: 'ja' });
    staff.allow(hanako.personId);
    staff.type(hanako.idCode);
    expect(world.phones.on(hanako.phone)[0]).toMatch(/^SmartBox 確認コード: \d{6}/);
  });

  it('leave no second code, ID code or badge in any table (SEC-13)', () => {
    staff.policy({ badge: 'on' });
    staff.badge(member.personId, fobText(95));
    staff.type(member.idCode);
    const stored = dump(world.database);
    const code = staff.codeOf(member);
    expect(code).toMatch(/^\d{6}$/);
    for (const secret of [member.idCode, code, fobText(95)]) expect(stored).not.toContain(secret);
  });
});
