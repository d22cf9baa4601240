// Permissions: who may take which key, and why not, at the level of the decision that keypads ask.
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, createDepot, type Depot, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';

const hourMs = 3_600_000;

let world: FeaturesWorld;
let depot: Depot;
let somebody: string;

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
  somebody = person('Somebody');
});

const made = (operationId: string, body: object): string =>
  String(bodyOf(world.call(operationId, depot.owner, { body })).id);
const person = (name: string): string => made('createPerson', { name });
const userGroup = (name: string): string => made('createUserGroup', { name });
const keyGroup = (name: string): string => made('createKeyGroup', { name });
const join = (group_id: string, member_id: string) =>
  world.call('addGroupMember', depot.owner, { params: { group_id, member_id } });
const putKey = (key_group_id: string, key_member_id: string) =>
  world.call('addKeyGroupMember', depot.owner, { params: { key_group_id, key_member_id } });
const give = (body: object): string => made('giveKeyPermission', { right: 'exchange', ...body });
const end = (permission_id: string) =>
  world.call('endKeyPermission', depot.owner, { params: { permission_id } });
const inHours = (hours: number): string => new Date(world.ports.clock.nowMs() + hours * hourMs).toISOString();
const takes = (personId = somebody, keyIds = [depot.keyId], hours = 0): readonly string[] =>
  world.features.permissions.takeable(depot.owner.tenantId, {
    ...{ personId, keyIds, locationId: depot.locationId },
    atMs: world.ports.clock.nowMs() + hours * hourMs,
  });

describe('a permission on one key', () => {
  it('lets its person take that key (AC-03)', () => {
    give({ person_id: somebody, key_id: depot.keyId });
    expect(takes()).toEqual([depot.keyId]);
  });

  it('lets everybody in its user group, and in the groups in it, take that key (AC-03)', () => {
    const [staff, drivers] = [userGroup('Staff'), userGroup('Drivers')];
    join(staff, drivers);
    join(drivers, somebody);
    give({ user_group_id: staff, key_id: depot.keyId, right: 'manage' });
    expect(takes()).toEqual([depot.keyId]);
  });

  it('lets nobody else take it, and its person no other key (AC-03)', () => {
    give({ person_id: somebody, key_id: depot.keyId });
    expect(takes(person('Another'))).toEqual([]);
    expect(takes('per_nobody')).toEqual([]);
    expect(takes(somebody, [depot.addKey(8)])).toEqual([]);
  });

  it('lets nobody take it before and after its time (AC-03)', () => {
    give({ person_id: somebody, key_id: depot.keyId, starts_at: inHours(1), ends_at: inHours(3) });
    expect([0.99, 1, 2.99, 3].map((hours) => takes(somebody, [depot.keyId], hours).length)).toEqual([
      0, 1, 1, 0,
    ]);
  });

  it('lets nobody take it outside its schedule (AC-03)', () => {
    // The clock of the tests starts at 09:00 UTC on Wednesday, 1 April: 18:00 in Tokyo.
    expect(new Date(world.ports.clock.nowMs()).toISOString()).toMatch(/^2026-04-01T/);
    const windows = [{ days: ['wed'], from: '19:00', until: '21:00' }];
    give({ person_id: somebody, key_id: depot.keyId, schedule: { windows } });
    const tokyo = (time: string) =>
      takes(
        somebody,
        [depot.keyId],
        (Date.parse(`2026-04-01T${time}+09:00`) - world.ports.clock.nowMs()) / hourMs,
      ).length;
    expect(['18:59', '19:00', '20:59', '21:00'].map(tokyo)).toEqual([0, 1, 1, 0]);
  });

  it('ends at once when it is removed: the next decision is a no (AC-03, SEC-06)', () => {
    const given = give({ person_id: somebody, key_id: depot.keyId });
    expect(takes()).toEqual([depot.keyId]);
    end(given);
    expect(takes()).toEqual([]);
  });

  it('is seen by a decision in the same transaction, given or ended', () => {
    const given = give({ person_id: somebody, key_id: depot.keyId });
    const seen = world.commit(() => {
      world.database.prepare('DELETE FROM key_permission WHERE permission_id = ?').run(given);
      return takes();
    });
    expect(seen).toEqual([]);
  });

  it('does not count for who has left, is erased, or left the group (AC-03)', () => {
    const drivers = userGroup('Drivers');
    join(drivers, somebody);
    give({ user_group_id: drivers, key_id: depot.keyId });
    give({ person_id: somebody, key_id: depot.keyId });
    const change = (ends_at: string | null) =>
      world.call('changePerson', depot.owner, {
        params: { person_id: somebody },
        body: { ends_at },
        ifMatch: '*',
      });
    change(inHours(1));
    expect(takes(somebody, [depot.keyId], 2)).toEqual([]);
    change(null);
    expect(takes(somebody, [depot.keyId], 2)).toEqual([depot.keyId]);
    world.call('erasePerson', depot.owner, { params: { person_id: somebody } });
    expect(takes()).toEqual([]);
    const another = person('Another');
    join(drivers, another);
    expect(takes(another)).toEqual([depot.keyId]);
    world.call('removeGroupMember', depot.owner, { params: { group_id: drivers, member_id: another } });
    expect(takes(another)).toEqual([]);
  });

  it('does not count while its person is in quarantine (AC-03, MO-06)', () => {
    give({ person_id: somebody, key_id: depot.keyId });
    const params = { person_id: somebody };
    world.call('quarantinePerson', depot.owner, { params });
    expect(takes()).toEqual([]);
    expect(itemsOf(world.call('listPersonKeys', depot.owner, { params }))).toMatchObject([
      { may_take: false, because: 'person_quarantined' },
    ]);
    world.call('liftQuarantine', depot.owner, { params });
    expect(takes()).toEqual([depot.keyId]);
  });

  it('does not count at a place that its person does not belong to', () => {
    const elsewhere = made('createLocation', { name: 'Elsewhere', time_zone: 'Asia/Tokyo' });
    const stranger = made('createPerson', { name: 'x', location_ids: [elsewhere] });
    give({ person_id: stranger, key_id: depot.keyId });
    expect(takes(stranger)).toEqual([]);
  });

  it('does not count for a key that is retired', () => {
    give({ person_id: somebody, key_id: depot.keyId });
    world.call('retireKey', depot.owner, { params: { key_id: depot.keyId }, ifMatch: '*' });
    expect(takes()).toEqual([]);
    expect(itemsOf(world.call('listKeyPermissions', depot.owner))).toEqual([]);
  });
});

describe('a permission on all keys', () => {
  it('lets its person take every key, those that are made later too (AC-04)', () => {
    give({ person_id: somebody, key_group_id: 'all-keys' });
    const keys = [depot.addKey(8), depot.keyId];
    expect(takes(somebody, keys)).toEqual(keys);
  });

  it('is of one place where it says so: keys that belong elsewhere are not in it (AC-04)', () => {
    const elsewhere = made('createLocation', { name: 'Elsewhere', time_zone: 'Asia/Tokyo' });
    give({ person_id: somebody, key_group_id: 'all-keys', location_id: elsewhere });
    expect(takes()).toEqual([]);
    const change = { params: { key_id: depot.keyId }, body: { location_id: elsewhere }, ifMatch: '*' };
    world.call('changeKey', depot.owner, change);
    expect(takes()).toEqual([depot.keyId]);
  });

  it('lets nobody else take any, and nobody out of its time or after its end (AC-04, SEC-06)', () => {
    const given = give({ person_id: somebody, key_group_id: 'all-keys', ends_at: inHours(1) });
    expect(takes(person('Another'))).toEqual([]);
    expect(takes(somebody, [depot.keyId], 1)).toEqual([]);
    expect(takes()).toEqual([depot.keyId]);
    end(given);
    expect(takes()).toEqual([]);
  });

  it('opens no key of another tenant (AC-04)', () => {
    give({ person_id: somebody, key_group_id: 'all-keys' });
    expect(takes(somebody, [createDepot(world, 2).keyId])).toEqual([]);
  });
});

describe('a permission on a key group', () => {
  it('lets its people take the keys of the group and of the groups in it (AC-05)', () => {
    const [vans, north] = [keyGroup('Vans'), keyGroup('Vans, north')];
    const another = depot.addKey(8);
    putKey(vans, north);
    putKey(north, depot.keyId);
    putKey(vans, another);
    give({ person_id: somebody, key_group_id: vans });
    expect(takes(somebody, [depot.keyId, another])).toEqual([depot.keyId, another]);
  });

  it('lets nobody take a key of another group, or of the group that it is in (AC-05)', () => {
    const [vans, north] = [keyGroup('Vans'), keyGroup('Vans, north')];
    const another = depot.addKey(8);
    putKey(vans, north);
    putKey(north, depot.keyId);
    putKey(vans, another);
    give({ person_id: somebody, key_group_id: north });
    expect(takes(somebody, [depot.keyId, another])).toEqual([depot.keyId]);
  });

  it('lets nobody take a key that was taken out of the group (AC-05, SEC-06)', () => {
    const vans = keyGroup('Vans');
    putKey(vans, depot.keyId);
    give({ person_id: somebody, key_group_id: vans });
    expect(takes()).toEqual([depot.keyId]);
    const params = { key_group_id: vans, key_member_id: depot.keyId };
    world.call('removeKeyGroupMember', depot.owner, { params });
    expect(takes()).toEqual([]);
  });

  it('goes with its key group, and with its user group, and each end is told (AC-05)', () => {
    const [vans, drivers] = [keyGroup('Vans'), userGroup('Drivers')];
    putKey(vans, depot.keyId);
    join(drivers, somebody);
    give({ user_group_id: drivers, key_group_id: vans });
    expect(takes()).toEqual([depot.keyId]);
    world.call('removeUserGroup', depot.owner, { params: { group_id: drivers } });
    expect(takes()).toEqual([]);
    give({ person_id: somebody, key_group_id: vans });
    expect(takes()).toEqual([depot.keyId]);
    world.call('removeKeyGroup', depot.owner, { params: { key_group_id: vans } });
    expect(takes()).toEqual([]);
    expect(itemsOf(world.call('listKeyPermissions', depot.owner))).toEqual([]);
    expect(depot.told().filter((type) => type === 'permission.ended')).toHaveLength(2);
  });

  it('of one place loses a key that has moved to another', () => {
    const here = made('createKeyGroup', { name: 'Here', location_id: depot.locationId });
    const elsewhere = made('createLocation', { name: 'Elsewhere', time_zone: 'Asia/Tokyo' });
    putKey(here, depot.keyId);
    give({ person_id: somebody, key_group_id: here });
    expect(takes()).toEqual([depot.keyId]);
    const change = { params: { key_id: depot.keyId }, body: { location_id: elsewhere }, ifMatch: '*' };
    world.call('changeKey', depot.owner, change);
    expect(takes()).toEqual([]);
  });
});

describe('permissions over the API', () => {
  it('are given, read, listed by whom and on what, changed by who has read them, and ended', () => {
    const given = world.call('giveKeyPermission', depot.owner, {
      body: { person_id: somebody, key_id: depot.keyId, right: 'exchange', ends_at: inHours(5) },
    });
    const { id } = bodyOf(given);
    expect(given).toMatchObject({ status: 201, location: `/v1/key-permissions/${id}`, etag: `"${id}-1"` });
    expect(given.body).toMatchObject({ key_group_id: null, location_id: depot.locationId, starts_at: null });
    const params = { permission_id: id };
    expect(world.call('getKeyPermission', depot.owner, { params }).body).toEqual(given.body);
    const all = give({ user_group_id: userGroup('x'), key_group_id: 'all-keys' });
    const listed = (query: object) =>
      itemsOf(world.call('listKeyPermissions', depot.owner, { query })).map((item) => item.id);
    expect(listed({})).toEqual([id, all]);
    expect(listed({ person_id: somebody })).toEqual([id]);
    expect(listed({ key_id: depot.keyId })).toEqual([id]);
    expect(listed({ key_group_id: 'all-keys' })).toEqual([all]);
    expect(listed({ key_group_id: 'all-keys', person_id: somebody })).toEqual([]);
    expect(listed({ key_group_id: 'all-keys', key_id: depot.keyId })).toEqual([]);
    const change = (ifMatch?: string) =>
      world.call('changeKeyPermission', depot.owner, {
        ...{ params, body: { right: 'manage', ends_at: null } },
        ...(ifMatch === undefined ? {} : { ifMatch }),
      });
    expect(problemOf(() => change())?.code).toBe('precondition-required');
    expect(change(`"${id}-1"`)).toMatchObject({ body: { right: 'manage', ends_at: null } });
    expect(problemOf(() => change(`"${id}-1"`))?.code).toBe('precondition-failed');
    end(String(id));
    expect(problemOf(() => end(String(id)))?.code).toBe('not-found');
    const told = depot.told().filter((type) => type.startsWith('permission.'));
    expect(told).toEqual(['permission.given', 'permission.given', 'permission.changed', 'permission.ended']);
  });

  const key = () => ({ key_id: depot.keyId });
  it.each([
    ['to nobody', () => key(), '/body/person_id one-subject'],
    ['to two', () => ({ ...key(), person_id: somebody, user_group_id: 'x' }), '/body/person_id one-subject'],
    ['to who is not there', () => ({ ...key(), person_id: 'per_x' }), '/body/person_id unknown-person'],
    ['to no group', () => ({ ...key(), user_group_id: 'grp_x' }), '/body/user_group_id unknown-user-group'],
    ['on nothing', () => ({ person_id: somebody }), '/body/key_id one-target'],
    [
      'on two things',
      () => ({ ...key(), person_id: somebody, key_group_id: 'all-keys' }),
      '/body/key_id one-target',
    ],
    ['on no key', () => ({ person_id: somebody, key_id: 'key_x' }), '/body/key_id unknown-key'],
    [
      'on no key group',
      () => ({ person_id: somebody, key_group_id: 'kgr_x' }),
      '/body/key_group_id unknown-key-group',
    ],
    [
      'at no place',
      () => ({ person_id: somebody, key_group_id: 'all-keys', location_id: 'loc_x' }),
      '/body/location_id unknown-location',
    ],
    [
      'on a key at a place',
      () => ({ ...key(), person_id: somebody, location_id: depot.locationId }),
      '/body/location_id only-with-all-keys',
    ],
    [
      'for a time that ends before it starts',
      () => ({ ...key(), person_id: somebody, starts_at: inHours(2), ends_at: inHours(1) }),
      '/body/ends_at not-after-start',
    ],
    [
      'for a time that is over',
      () => ({ ...key(), person_id: somebody, ends_at: inHours(-1) }),
      '/body/ends_at in-the-past',
    ],
  ])('are not given %s', (_name, body, pointer) => {
    expect(problemOf(() => give(body()))).toEqual({ code: 'invalid-request', pointers: [pointer] });
  });

  it.each([
    [
      [
        { days: ['mon'], from: '08:00', until: '12:00' },
        { days: ['mon'], from: '11:00', until: '13:00' },
      ],
      ' overlapping-windows',
    ],
    [[{ days: ['mon'], from: '08:00', until: '08:00' }], '/0/until empty-window'],
    [[{ days: ['mon'], from: '24:00', until: '08:00' }], '/0/from not-a-time'],
    [[{ days: ['mon'], from: '08:60', until: '09:00' }], '/0/from not-a-time'],
    [[{ days: ['mon'], from: '08:00', until: '25:00' }], '/0/until not-a-time'],
    [[{ days: ['mon'], from: '8 am', until: '09:00' }], '/0/from not-a-time'],
  ])('are not given with windows that cannot be: %j', (windows, pointer) => {
    const body = { person_id: somebody, key_id: depot.keyId, schedule: { windows } };
    expect(problemOf(() => give(body))?.pointers).toEqual([`/body/schedule/windows${pointer}`]);
  });

  it('read times that were typed in full width', () => {
    const windows = [{ days: ['mon'], from: '０８：００', until: '２４：００' }];
    const id = give({ person_id: somebody, key_id: depot.keyId, schedule: { windows } });
    expect(depot.read('getKeyPermission', { permission_id: id }).schedule).toEqual({
      windows: [{ days: ['mon'], from: '08:00', until: '24:00' }],
      exceptions: [],
    });
  });
});
