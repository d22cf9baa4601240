// User groups: people in groups, groups in groups, and never a group in itself.
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import type { Principal } from '../../platform/token-register.ts';

let world: FeaturesWorld;
let owner: Principal;

beforeEach(() => {
  world = createFeaturesWorld();
  owner = world.tenant('Owner');
});

const group = (name: string): string =>
  String(bodyOf(world.call('createUserGroup', owner, { body: { name } })).id);
const person = (): string => String(bodyOf(world.call('createPerson', owner, { body: { name: 'x' } })).id);
const put = (groupId: string, memberId: string) =>
  problemOf(() => world.call('addGroupMember', owner, { params: { group_id: groupId, member_id: memberId } }))
    ?.code;
const groupsOf = (personId: string) => [...world.features.people.groupsOf(owner.tenantId, personId)].sort();

describe('a user group', () => {
  it('gives its members what the groups above it have (AC-03)', () => {
    const [night, drivers, staff] = [group('Night'), group('Drivers'), group('Staff')];
    const somebody = person();
    put(night, somebody);
    put(drivers, night);
    put(staff, drivers);
    expect(groupsOf(somebody)).toEqual([night, drivers, staff].sort());
    world.call('removeGroupMember', owner, { params: { group_id: drivers, member_id: night } });
    expect(groupsOf(somebody)).toEqual([night]);
  });

  it('is not in itself, by any way round', () => {
    const [first, second, third] = [group('1'), group('2'), group('3')];
    expect(put(first, second)).toBeUndefined();
    expect(put(second, third)).toBeUndefined();
    expect(put(first, first)).toBe('conflict');
    expect(put(second, first)).toBe('conflict');
    expect(put(third, first)).toBe('conflict');
  });

  it('lists who is directly in it, once each', () => {
    const [drivers, night] = [group('Drivers'), group('Night')];
    const somebody = person();
    for (const member of [somebody, night, somebody]) expect(put(drivers, member)).toBeUndefined();
    expect(itemsOf(world.call('listGroupMembers', owner, { params: { group_id: drivers } }))).toEqual([
      { id: night, kind: 'user_group' },
      { id: somebody, kind: 'person' },
    ]);
  });

  it('takes nobody who is not there', () => {
    expect(put(group('x'), 'per_nobody')).toBe('not-found');
    expect(put(group('x'), 'grp_none')).toBe('not-found');
  });

  it('is removed with what it gave', () => {
    const [drivers, night] = [group('Drivers'), group('Night')];
    const somebody = person();
    put(drivers, night);
    put(night, somebody);
    world.call('removeUserGroup', owner, { params: { group_id: night } });
    expect(groupsOf(somebody)).toEqual([]);
    expect(world.features.people.hasGroup(owner.tenantId, night)).toBe(false);
    expect(world.features.people.hasGroup(owner.tenantId, drivers)).toBe(true);
  });

  it('however groups are put into groups, has exactly the members that a walk from it finds', () => {
    const edges = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 20 });
    fc.assert(
      fc.property(edges, (wanted) => {
        const groups = [0, 1, 2, 3, 4, 5].map((number) => group(String(number)));
        const somebody = person();
        put(String(groups[0]), somebody);
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
        expect(groupsOf(somebody)).toEqual([...above(0)].map((number) => groups[number]).sort());
      }),
      { numRuns: 30 },
    );
  });
});
