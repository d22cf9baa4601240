// Why somebody may take a key, or not, and when it will be so: the same facts and the same rules as the decision.

import type { TenantId } from '../../platform/identifiers.ts';
import { localMoment } from '../../platform/local-time.ts';
import { nextMoment } from '../../platform/next-moment.ts';
import { openingOf, quietOf } from './access-policy.ts';
import { type JudgePorts, subjectsOf } from './judge.ts';
import { blockOf, type KeyPermission, type Standing, standingOf, type TakingPlace } from './permission.ts';
import { covers, type Reach, targetsOf } from './ways-store.ts';

/** Why it is so. */
export const causes = [
  'permitted',
  'person_unknown',
  'person_quarantined',
  'person_left',
  'person_elsewhere',
  'closed',
  'quiet',
  'no_permission_counts',
] as const;

/** A permission that covers a key, and whether it counts. */
interface Way {
  readonly permission: KeyPermission;
  readonly standing: Standing;
}

/** Whether and why. */
export interface Verdict {
  readonly because: (typeof causes)[number];
  readonly ways: readonly Way[];
}

/** @returns whether the person may take the key there and then, with every reason */
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
  const ways = ports
    .ways(tenantId)
    .between(subjectsOf(ports, tenantId, personId), targetsOf([reach]))
    .filter((permission) => covers(permission, reach))
    .map((permission) => ({ permission, standing: standingOf(permission, place.local, atMs) }));
  const block = blockOf(ports.people.person(tenantId, personId), place, atMs);
  if (block !== undefined) return { because: causeOf(block), ways };
  const counts = ways.some(({ standing }) => standing === 'counts');
  return { because: counts ? 'permitted' : 'no_permission_counts', ways };
}

/** @returns when the person may take it next by what is known now; null for now, and for not within two weeks */
export function nextTaking({ because, ways }: Verdict, place: TakingPlace, atMs: number): number | null {
  const passes = because === 'closed' || because === 'quiet' || because === 'no_permission_counts';
  if (!passes || ways.length === 0) return null;
  const { policy, timeZone, locationId } = place;
  const schedules = ways.flatMap(({ permission: { schedule } }) => (schedule === null ? [] : [schedule]));
  const search = {
    schedules: [openingOf(policy), quietOf(policy), ...schedules],
    besides: ways.flatMap(({ permission: { startsAtMs } }) => (startsAtMs === null ? [] : [startsAtMs])),
    ...{ timeZone, afterMs: atMs },
  };
  const anybody = { endsAtMs: null, quarantinedAtMs: null, locationIds: [locationId] };
  return nextMoment(search, (laterMs) => {
    const local = localMoment(laterMs, timeZone);
    return (
      blockOf(anybody, { ...place, local }, laterMs) === undefined &&
      ways.some(({ permission }) => standingOf(permission, local, laterMs) === 'counts')
    );
  });
}

function causeOf(block: NonNullable<ReturnType<typeof blockOf>>): (typeof causes)[number] {
  switch (block) {
    case 'person-unknown':
      return 'person_unknown';
    case 'person-quarantined':
      return 'person_quarantined';
    case 'person-left':
      return 'person_left';
    case 'person-elsewhere':
      return 'person_elsewhere';
    default:
      return block;
  }
}
