// Loads what the decision rests on and asks it: which keys may a person take, there and then?

import type { TenantId } from '../../platform/identifiers.ts';
import { localMoment } from '../../platform/local-time.ts';
import type { Locations } from '../locations/index.ts';
import type { People } from '../people/index.ts';
import { blockOf, standingOf, type TakingPlace } from './permission.ts';
import type { PolicyStore } from './policy-store.ts';
import { covers, targetsOf, type WaysStore } from './ways-store.ts';

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

/** @returns what a place asks and shows at a moment; undefined for a place that the tenant has not */
export function takingPlace(
  { locations, policies }: Pick<JudgePorts, 'locations' | 'policies'>,
  tenantId: TenantId,
  { locationId, atMs }: Pick<Taking, 'locationId' | 'atMs'>,
): TakingPlace | undefined {
  const location = locations.find(tenantId, locationId);
  if (location === undefined) return undefined;
  const { policy } = policies(tenantId).get(locationId);
  const { timeZone } = location;
  return { locationId, timeZone, policy, local: localMoment(atMs, timeZone) };
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
  const block = blockOf(ports.people.person(tenantId, personId), place, atMs);
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
  // Whoever is blocked, or nobody at all, costs as much as anybody: a refusal's time must not tell which it was.
  return block === undefined ? keyIds.filter((keyId) => taken.has(keyId)) : [];
}

/** @returns the person and every user group that the person is in */
export function subjectsOf(
  { people }: Pick<JudgePorts, 'people'>,
  tenantId: TenantId,
  personId: string,
): readonly string[] {
  return [personId, ...people.groupsOf(tenantId, personId)];
}
