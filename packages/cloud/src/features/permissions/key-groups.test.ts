// Key groups: keys in groups, groups in groups, never a group in itself, and the one that holds all keys.
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, createDepot, type Depot, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import type { Principal } from '../../platform/token-register.ts';
import { createWaysStores } from './ways-store.ts';

let world: FeaturesWorld;
let depot: Depot;

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
});

const group = (name: string, location_id: string | null = null): string =>
  String(bodyOf(world.call('createKeyGroup', depot.owner, { body: { name, location_id } })).id);
const put = (key_group_id: string, key_member_id: string) =>
  problemOf(() => world.call('addKeyGroupMember', depot.owner, { params: { key_group_id, key_member_id } }))
    ?.code;
const groupsOf = (keyId: string) =>
  [...(createWaysStores(world.database)(depot.owner.tenantId).reachOf([keyId])[0]?.keyGroupIds ?? [])].sort();
const members = (key_group_id: string, caller: Principal = depot.owner) =>
  itemsOf(world.call('listKeyGroupMembers', caller, { params: { key_group_id } }));

describe('a key group', () => {
  it('is made, read, renamed and listed after the one that is built in', () => {
    const made = world.call('createKeyGroup', depot.owner, { body: { name: ' Vans ' } });
    const { id } = bodyOf(made);
    expect(made).toMatchObject({ status: 201, body: { name: 'Vans', built_in: false, location_id: null } });
    const params = { key_group_id: id };
    const renamed = world.call('changeKeyGroup', depot.owner, {
      ...{ params, body: { name: 'Cars' }, ifMatch: `"${id}-1"` },
    });
    expect(renamed).toMatchObject({ body: { name: 'Cars' }, etag: `"${id}-2"` });
    expect(world.call('getKeyGroup', depot.owner, { params }).body).toEqual(renamed.body);
    expect(itemsOf(world.call('listKeyGroups', depot.owner))).toEqual([
      { id: 'all-keys', name: 'All keys', location_id: null, built_in: true, created_at: null },
      renamed.body,
    ]);
    expect(depot.told()).toEqual(expect.arrayContaining(['key_group.created', 'key_group.changed']));
  });

  it('lists the keys and groups that are directly in it, once each', () => {
    const [vans, north] = [group('Vans'), group('Vans, north')];
    for (const member of [depot.keyId, north, depot.keyId]) expect(put(vans, member)).toBeUndefined();
    expect(members(vans)).toEqual([
      { id: depot.keyId, kind: 'key' },
      { id: north, kind: 'key_group' },
    ]);
  });

  it('is not in itself, by any way round, and takes nothing that is not there', () => {
    const [first, second, third] = [group('1'), group('2'), group('3')];
    expect([put(first, second), put(second, third)]).toEqual([undefined, undefined]);
    expect([put(first, first), put(second, first), put(third, first)]).toEqual(Array(3).fill('conflict'));
    expect([put(first, 'key_x'), put(first, 'kgr_x'), put('kgr_x', depot.keyId)]).toEqual(
      Array(3).fill('not-found'),
    );
  });

  it('of one location takes the keys and groups of that location only', () => {
    const elsewhere = String(
      bodyOf(
        world.call('createLocation', depot.owner, { body: { name: 'Elsewhere', time_zone: 'Asia/Tokyo' } }),
      ).id,
    );
    const here = group('Here', depot.locationId);
    expect(put(here, depot.keyId)).toBeUndefined();
    expect(put(here, group('Here, north', depot.locationId))).toBeUndefined();
    expect(put(here, group('There', elsewhere))).toBe('conflict');
    expect(put(here, group('Everywhere'))).toBe('conflict');
    expect(put(group('There', elsewhere), depot.keyId)).toBe('conflict');
    expect(put(group('Everywhere'), here)).toBeUndefined();
  });

  it.each([
    ['drops', "'; DROP TABLE key_group; --"],
    ['marks up', '<img src=x onerror=alert(1)>'],
    ['computes', '=HYPERLINK("http://x")'],
  ])('keeps a name that %s as the text that it is', (_name, name) => {
    const id = group(name);
    expect(depot.read('getKeyGroup', { key_group_id: id }).name).toBe(name);
  });

  it.each([
    ['turns the direction of writing', 'Vans\u202e7'],
    ['holds a control character', 'Vans\u0000'],
    ['is ten thousand faces', '😀'.repeat(10_000)],
    ['is empty', ' '],
  ])('is not made with a name that %s', (_name, name) => {
    expect(problemOf(() => group(name))?.code).toBe('invalid-request');
  });

  it('however groups are put into groups, gives a key exactly the groups that a walk from it finds', () => {
    const edges = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 20 });
    fc.assert(
      fc.property(edges, (wanted) => {
        const groups = [0, 1, 2, 3, 4, 5].map((number) => group(String(number)));
        const before = groupsOf(depot.keyId);
        put(String(groups[0]), depot.keyId);
        const taken: (readonly [number, number])[] = [];
        const above = (from: number): ReadonlySet<number> => {
          const found = new Set([from]);
          for (const at of found) for (const [child, up] of taken) if (child === at) found.add(up);
          return found;
        };
        for (const [child, up] of wanted) {
          const refused = above(up).has(child);
          expect(put(String(groups[up]), String(groups[child]))).toBe(refused ? 'conflict' : undefined);
          if (!refused) taken.push([child, up]);
        }
        const expected = [...before, ...[...above(0)].map((number) => String(groups[number]))].sort();
        expect(groupsOf(depot.keyId)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the group of all keys', () => {
  it('holds every key, and for who sees one location the keys of that location', () => {
    const created = (operationId: string, body: object) =>
      String(bodyOf(world.call(operationId, depot.owner, { body })).id);
    const elsewhere = created('createLocation', { name: 'Elsewhere', time_zone: 'Asia/Tokyo' });
    const away = created('createKey', { name: 'x', location_id: elsewhere, fob_tag: '0102030405060708' });
    expect(members('all-keys').map(({ id }) => id)).toEqual([depot.keyId, away]);
    const scope = { kind: 'locations' as const, locationIds: [depot.locationId] };
    const manager: Principal = { ...depot.owner, scope };
    expect(members('all-keys', manager).map(({ id }) => id)).toEqual([depot.keyId]);
    expect(itemsOf(world.call('listKeyGroups', manager)).map(({ id }) => id)).toEqual(['all-keys']);
  });

  it('is given by who sees one location for that location; who sees two says which', () => {
    const somebody = String(
      bodyOf(
        world.call('createPerson', depot.owner, {
          body: { name: 'x', location_ids: [depot.locationId] },
        }),
      ).id,
    );
    const give = (locationIds: readonly string[]) =>
      world.call(
        'giveKeyPermission',
        { ...depot.owner, scope: { kind: 'locations', locationIds } } as Principal,
        {
          body: { person_id: somebody, key_group_id: 'all-keys', right: 'exchange' },
        },
      );
    expect(give([depot.locationId]).body).toMatchObject({ location_id: depot.locationId });
    expect(problemOf(() => give([depot.locationId, 'loc_x']))?.pointers).toEqual([
      '/body/location_id location-needed',
    ]);
  });

  it('cannot be changed, filled or removed', () => {
    const params = { key_group_id: 'all-keys' };
    const calls = [
      () => world.call('changeKeyGroup', depot.owner, { params, body: { name: 'x' }, ifMatch: '*' }),
      () => world.call('removeKeyGroup', depot.owner, { params }),
      () =>
        world.call('addKeyGroupMember', depot.owner, { params: { ...params, key_member_id: depot.keyId } }),
    ];
    expect(calls.map((call) => problemOf(call)?.code)).toEqual(Array(3).fill('conflict'));
    expect(depot.read('getKeyGroup', params)).toMatchObject({ built_in: true });
  });
});
