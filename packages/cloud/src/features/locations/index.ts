// The public door of locations: the places where boxes stand.

import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { Route } from '../../platform/route.ts';
import type { Location } from './location.ts';
import { locationRoutes } from './routes.ts';
import { createLocationStore } from './store.ts';

export type { Location } from './location.ts';

/** The feature. */
export interface Locations {
  readonly routes: readonly Route[];
  /** This tenant's location, or undefined for one that it has not. */
  find(tenantId: TenantId, locationId: string): Location | undefined;
  /** Every location of the tenant. */
  all(tenantId: TenantId): readonly Location[];
  create(tenantId: TenantId, location: { readonly name: string; readonly timeZone: string }): Location;
}

/** Builds the feature. */
export function createLocations(ports: {
  readonly database: Database;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
}): Locations {
  const { database, clock, identifiers } = ports;
  const store = (tenantId: TenantId) => createLocationStore(database, tenantId);
  return {
    routes: locationRoutes({ clock, identifiers, store: (principal) => store(principal.tenantId) }),
    find: (tenantId, locationId) => store(tenantId).get(locationId),
    all: (tenantId) => store(tenantId).list('', Number.MAX_SAFE_INTEGER),
    create: (tenantId, { name, timeZone }) => {
      const location = {
        locationId: identifiers.create('loc'),
        name,
        timeZone,
        rev: 1,
        createdAtMs: clock.nowMs(),
      };
      store(tenantId).add(location);
      return location;
    },
  };
}
