// The public door of permissions: who may take which key, when, and what each location asks of whoever does.

import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { Route } from '../../platform/route.ts';
import type { Keys } from '../keys/index.ts';
import type { Locations } from '../locations/index.ts';
import type { People } from '../people/index.ts';
import type { AccessPolicy } from './access-policy.ts';
import { takeableKeys } from './judge.ts';
import { createPolicyStores } from './policy-store.ts';
import { createWaysStores } from './ways-store.ts';

export type { AccessPolicy } from './access-policy.ts';

/** What permissions are built from. */
export interface PermissionsPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly events: EventBus;
  readonly locations: Pick<Locations, 'find'>;
  readonly keys: Pick<Keys, 'find'>;
  readonly people: People;
}

/** The feature. Nothing here is about bringing a key back: a return is always taken. */
export interface Permissions {
  readonly routes: readonly Route[];
  /**
   * Those of the keys, in their order, that the person may take at this place at this moment: permissions, schedules,
   * and the opening, holidays and quiet hours of the place. What was removed before, in the same transaction too, does
   * not count.
   */
  takeable(
    tenantId: TenantId,
    asked: {
      readonly personId: string;
      readonly keyIds: readonly string[];
      /** Where the box stands. */
      readonly locationId: string;
      readonly atMs: number;
    },
  ): readonly string[];
  /** What a location asks of whoever takes a key there. */
  policyOf(tenantId: TenantId, locationId: string): AccessPolicy;
}

/** Builds the feature. */
export function createPermissions(ports: PermissionsPorts): Permissions {
  const policies = createPolicyStores(ports.database);
  const ways = createWaysStores(ports.database);
  const judge = { ...ports, policies, ways };
  return {
    routes: [],
    takeable: (tenantId, asked) => takeableKeys(judge, tenantId, asked),
    policyOf: (tenantId, locationId) => policies(tenantId).get(locationId).policy,
  };
}
