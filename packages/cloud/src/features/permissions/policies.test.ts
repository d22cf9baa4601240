// What a location asks, when it is open, and why somebody may take a key or not, in the words of the API.
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, createDepot, type Depot, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';

let world: FeaturesWorld;
let depot: Depot;
let somebody: string;

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
  somebody = made('createPerson', { name: 'Somebody' });
});

const made = (operationId: string, body: object): string =>
  String(bodyOf(world.call(operationId, depot.owner, { body })).id);
const give = (body: object = {}): string =>
  made('giveKeyPermission', { person_id: somebody, key_id: depot.keyId, right: 'exchange', ...body });
const first = {
  ...{ second_factor: 'text_message', badge: 'off', opening_windows: null, holidays: [], quiet_hours: [] },
};
const policy = () =>
  world.call('getAccessPolicy', depot.owner, { params: { location_id: depot.locationId } });
const set = (change: object, ifMatch = '*') =>
  world.call('setAccessPolicy', depot.owner, {
    ...{ params: { location_id: depot.locationId }, body: { ...first, ...change }, ifMatch },
  });
/** @param local a time in Tokyo */
const takesAt = (local: string): boolean =>
  world.features.permissions.takeable(depot.owner.tenantId, {
    ...{ personId: somebody, keyIds: [depot.keyId], locationId: depot.locationId },
    atMs: Date.parse(`${local}+09:00`),
  }).length === 1;
const takers = (query: object = {}, keyId = depot.keyId) =>
  itemsOf(world.call('listKeyTakers', depot.owner, { params: { key_id: keyId }, query }));

describe('the access policy of a location', () => {
  it('asks for a text message after an ID code, and takes no badge, until somebody says otherwise (SEC-04)', () => {
    expect(policy().body).toEqual(first);
    expect(world.features.permissions.policyOf(depot.owner.tenantId, depot.locationId)).toMatchObject({
      secondFactor: 'text-message',
      badge: 'off',
    });
  });

  it('is set for one location, by who has read it (SEC-05)', () => {
    const { etag } = policy();
    const wished = {
      ...{ second_factor: 'off', badge: 'on' },
      opening_windows: [{ days: ['mon', 'sun'], from: '22:00', until: '06:00' }],
      holidays: [{ date: '2027-01-01', name: 'New Year', windows: [{ from: '10:00', until: '12:00' }] }],
      quiet_hours: [{ days: ['tue'], from: '00:00', until: '24:00' }],
    };
    const answer = set(wished, etag);
    expect(answer.body).toEqual(wished);
    expect(policy()).toEqual(answer);
    expect(problemOf(() => set({}, etag))?.code).toBe('precondition-failed');
    expect(depot.told()).toContain('policy.changed');
    expect(world.features.permissions.policyOf(depot.owner.tenantId, depot.locationId)).toMatchObject({
      secondFactor: 'off',
      badge: 'on',
    });
    const elsewhere = made('createLocation', { name: 'Elsewhere', time_zone: 'UTC' });
    expect(depot.read('getAccessPolicy', { location_id: elsewhere })).toEqual(first);
  });

  it('lets keys be taken in its opening windows only (SEC-05)', () => {
    give();
    expect(takesAt('2026-04-01T03:00')).toBe(true);
    set({ opening_windows: [{ days: ['wed'], from: '08:00', until: '18:00' }] });
    const times = ['2026-04-01T07:59', '2026-04-01T08:00', '2026-04-01T18:00', '2026-04-02T12:00'];
    expect(times.map(takesAt)).toEqual([false, true, false, false]);
  });

  it('closes on holidays, and is quiet in its quiet hours on any day (SEC-05)', () => {
    give();
    const windows = [{ from: '10:00', until: '12:00' }];
    set({
      holidays: [
        { date: '2026-04-29', windows: [] },
        { date: '2026-04-30', windows },
      ],
      quiet_hours: [{ days: ['thu', 'fri'], from: '11:00', until: '11:30' }],
    });
    const times = ['29T12:00', '30T09:59', '30T10:00', '30T11:00', '30T11:30', '30T12:00'];
    expect(times.map((time) => takesAt(`2026-04-${time}`))).toEqual([false, false, true, false, true, false]);
  });

  it.each([
    [{ holidays: [{ date: '2026-02-30', windows: [] }] }, '/body/holidays/0/date not-a-date'],
    [
      {
        holidays: [
          { date: '2026-05-01', windows: [] },
          { date: '2026-05-01', windows: [] },
        ],
      },
      '/body/holidays/1/date date-twice',
    ],
    [
      {
        quiet_hours: [
          { days: ['mon'], from: '22:00', until: '07:00' },
          { days: ['tue'], from: '06:00', until: '08:00' },
        ],
      },
      '/body/quiet_hours overlapping-windows',
    ],
  ])('is not set to what cannot be: %j', (change, pointer) => {
    expect(problemOf(() => set(change))?.pointers).toEqual([pointer]);
  });
});

describe('who may take a key, and why', () => {
  it('names everybody who has it by any way, each with what gives it (AC-03, AC-04, AC-05)', () => {
    const drivers = made('createUserGroup', { name: 'Drivers' });
    const another = made('createPerson', { name: 'Another' });
    for (const member_id of [somebody, another])
      world.call('addGroupMember', depot.owner, { params: { group_id: drivers, member_id } });
    const own = give();
    const all = give({
      person_id: undefined,
      user_group_id: drivers,
      key_id: undefined,
      key_group_id: 'all-keys',
    });
    made('createPerson', { name: 'Nobody' });
    expect(takers()).toMatchObject([
      { person_id: somebody, may_take: true, because: 'permitted', next_at: null, ways: [{}, {}] },
      {
        person_id: another,
        ways: [{ permission_id: all, given_to: drivers, given_on: 'all-keys', standing: 'counts' }],
      },
    ]);
    expect(JSON.stringify(takers()[0])).toContain(own);
    const page = world.call('listKeyTakers', depot.owner, {
      params: { key_id: depot.keyId },
      query: { limit: 1 },
    });
    expect(page.body).toMatchObject({ has_more: true });
  });

  it('says what keeps somebody from it, and when that passes', () => {
    give({ schedule: { windows: [{ days: ['thu'], from: '08:00', until: '10:00' }] } });
    const at = (local: string) => takers({ at: new Date(`${local}+09:00`).toISOString() })[0];
    expect(at('2026-04-01T12:00')).toMatchObject({
      ...{ may_take: false, because: 'no_permission_counts', next_at: '2026-04-01T23:00:00.000Z' },
      ways: [{ standing: 'outside_schedule' }],
    });
    set({ quiet_hours: [{ days: ['thu'], from: '08:00', until: '09:00' }] });
    expect(at('2026-04-02T08:30')).toMatchObject({ because: 'quiet', next_at: '2026-04-02T00:00:00.000Z' });
    set({ opening_windows: [{ days: ['fri'], from: '08:00', until: '09:00' }] });
    expect(at('2026-04-02T08:30')).toMatchObject({ because: 'closed', next_at: null });
  });

  it('tells a permission that has not begun from one that is over', () => {
    give({ starts_at: '2026-06-01T00:00:00Z', ends_at: '2026-07-01T00:00:00Z' });
    expect(takers({ at: '2026-05-31T00:00:00Z' })[0]).toMatchObject({
      ...{ next_at: '2026-06-01T00:00:00.000Z', ways: [{ standing: 'not_yet' }] },
    });
    expect(takers({ at: '2026-07-01T00:00:00Z' })[0]).toMatchObject({
      ...{ next_at: null, ways: [{ standing: 'over' }] },
    });
  });

  it('is what this person may take, seen from the other side', () => {
    const another = depot.addKey(8);
    const vans = made('createKeyGroup', { name: 'Vans' });
    const params = { key_group_id: vans, key_member_id: another };
    world.call('addKeyGroupMember', depot.owner, { params });
    give({ key_id: undefined, key_group_id: vans, ends_at: '2026-12-31T00:00:00Z' });
    depot.addKey(9);
    const keys = () =>
      itemsOf(world.call('listPersonKeys', depot.owner, { params: { person_id: somebody } }));
    expect(keys()).toMatchObject([{ key_id: another, may_take: true, ways: [{ given_on: vans }] }]);
    give();
    expect(keys().map(({ key_id }) => key_id)).toEqual([depot.keyId, another]);
    world.call('changePerson', depot.owner, {
      ...{ params: { person_id: somebody }, body: { ends_at: '2020-01-01T00:00:00Z' }, ifMatch: '*' },
    });
    expect(keys()).toMatchObject([{ because: 'person_left' }, { may_take: false }]);
  });
});
