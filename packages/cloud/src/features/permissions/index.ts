// The public door of permissions: who may take which key, when, and what each location asks of whoever does.

import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { KeptOfPerson } from '../../platform/kept-of-person.ts';
import type { Route } from '../../platform/route.ts';
import type { Keys } from '../keys/index.ts';
import type { Locations } from '../locations/index.ts';
import type { People } from '../people/index.ts';
import type { AccessPolicy } from './access-policy.ts';
import { type PermissionDesk, placeOfPermission } from './desk.ts';
import { endWithWhatIsNamed } from './end-permissions.ts';
import { explainRoutes } from './explain-routes.ts';
import { takeableKeys } from './judge.ts';
import { keptByPermissions } from './kept.ts';
import { keyGroupRoutes } from './key-group-routes.ts';
import { createKeyGroupStores } from './key-group-store.ts';
import { keyMemberRoutes } from './key-member-routes.ts';
import { permissionRoutes } from './permission-routes.ts';
import { policyRoutes } from './policy-routes.ts';
import { createPolicyStores } from './policy-store.ts';
import { createPermissionStores } from './store.ts';
import { createWaysStores } from './ways-store.ts';

export type { AccessPolicy } from './access-policy.ts';

/** What permissions are built from. */
export interface PermissionsPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly events: EventBus;
  readonly locations: Pick<Locations, 'find'>;
  readonly keys: Pick<Keys, 'find' | 'page'>;
  readonly people: Pick<People, 'person' | 'hasGroup' | 'groupsOf' | 'membersOf'>;
}

/** The feature. Nothing here is about bringing a key back: a return is always taken. */
export interface Permissions {
  readonly routes: readonly Route[];
  /** What it keeps of people. */
  readonly kept: readonly KeptOfPerson[];
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
  /** Where this permission or key group belongs, as a scope takes it; undefined for one that the tenant has not. */
  placeOf(tenantId: TenantId, id: string): string | null | undefined;
}

/** Builds the feature; permissions end with what they name from here on. */
export function createPermissions(ports: PermissionsPorts): Permissions {
  const { database } = ports;
  const desk: PermissionDesk = {
    ...ports,
    permissions: createPermissionStores(database),
    keyGroups: createKeyGroupStores(database),
    policies: createPolicyStores(database),
    ways: createWaysStores(database),
  };
  endWithWhatIsNamed(desk);
  return {
    routes: [
      ...permissionRoutes(desk),
      ...keyGroupRoutes(desk),
      ...keyMemberRoutes(desk),
      ...policyRoutes(desk),
      ...explainRoutes(desk),
    ],
    kept: keptByPermissions(database),
    takeable: (tenantId, asked) => takeableKeys(desk, tenantId, asked),
    policyOf: (tenantId, locationId) => desk.policies(tenantId).get(locationId).policy,
    placeOf: (tenantId, id) => {
      const permission = desk.permissions(tenantId).get(id);
      return permission === undefined
        ? desk.keyGroups(tenantId).get(id)?.locationId
        : placeOfPermission(desk, tenantId, permission);
    },
  };
}
