// Loads what the decision rests on and asks it: which keys may a person take, and on which ways. Used at keypads, and to
// explain the same to operators, so that an explanation is never another answer.

import type { TenantId } from '../../platform/identifiers.ts';
import type { Locations } from '../locations/index.ts';
import type { People } from '../people/index.ts';
import { localMoment } from './local-time.ts';
import {
  type Block,
  blockOf,
  type KeyPermission,
  type Standing,
  standingOf,
  type TakingPlace,
} from './permission.ts';
import type { PolicyStore } from './policy-store.ts';
import { covers, type Reach, targetsOf, type WaysStore } from './ways-store.ts';

/** What judging reads. */
export interface JudgePorts {
  readonly people: Pick<People, 'person' | 'groupsOf'>;
  readonly locations: Pick<Locations, 'find'>;
  readonly policies: (tenantId: TenantId) => PolicyStore;
  readonly ways: (tenantId: TenantId) => WaysStore;
}

/** Who would take, where and when. */
export interface Taking {
  readonly personId: string;
  /** Where the box stands: its policy and the time of its wall count. */
  readonly locationId: string;
  readonly atMs: number;
}

/** A permission that covers a key, and whether it counts. */
export interface Way {
  readonly permission: KeyPermission;
  readonly standing: Standing;
}

/** Why somebody may take a key, or not. */
export interface Verdict {
  readonly keyId: string;
  readonly mayTake: boolean;
  /** What keeps the person from every key there. */
  readonly block: Block | undefined;
  readonly ways: readonly Way[];
}

/** @returns what a place asks and shows at a moment; undefined for a place that the tenant has not */
export function takingPlace(
  { locations, policies }: Pick<JudgePorts, 'locations' | 'policies'>,
  tenantId: TenantId,
  { locationId, atMs }: Pick<Taking, 'locationId' | 'atMs'>,
): TakingPlace | undefined {
  const location = locations.find(tenantId, locationId);
  if (location === undefined) return undefined;
  const { policy } = policies(tenantId).get(locationId);
  return { locationId, policy, local: localMoment(atMs, location.timeZone) };
}

/** @returns those of the keys, in their order, that the person may take there and then */
export function takeableKeys(
  ports: JudgePorts,
  tenantId: TenantId,
  asked: Taking & { readonly keyIds: readonly string[] },
): readonly string[] {
  const { personId, keyIds, atMs } = asked;
  const place = takingPlace(ports, tenantId, asked);
  if (place === undefined) return [];
  if (blockOf(ports.people.person(tenantId, personId), place, atMs) !== undefined) return [];
  const ways = ports.ways(tenantId);
  const reaches = ways.reachOf(keyIds);
  const counting = ways
    .between(subjectsOf(ports, tenantId, personId), targetsOf(reaches))
    .filter((permission) => standingOf(permission, place.local, atMs) === 'counts');
  const taken = new Set(
    reaches
      .filter((reach) => counting.some((permission) => covers(permission, reach)))
      .map(({ keyId }) => keyId),
  );
  return keyIds.filter((keyId) => taken.has(keyId));
}

/** @returns the same answer for one key, with every reason */
export function explainTaking(
  ports: JudgePorts,
  tenantId: TenantId,
  asked: {
    readonly personId: string;
    readonly reach: Reach;
    readonly place: TakingPlace;
    readonly atMs: number;
  },
): Verdict {
  const { personId, reach, place, atMs } = asked;
  const block = blockOf(ports.people.person(tenantId, personId), place, atMs);
  const ways = ports
    .ways(tenantId)
    .between(subjectsOf(ports, tenantId, personId), targetsOf([reach]))
    .filter((permission) => covers(permission, reach))
    .map((permission) => ({ permission, standing: standingOf(permission, place.local, atMs) }));
  const mayTake = block === undefined && ways.some(({ standing }) => standing === 'counts');
  return { keyId: reach.keyId, mayTake, block, ways };
}

/** @returns the person and every user group that the person is in */
export function subjectsOf(
  { people }: Pick<JudgePorts, 'people'>,
  tenantId: TenantId,
  personId: string,
): readonly string[] {
  return [personId, ...people.groupsOf(tenantId, personId)];
}
