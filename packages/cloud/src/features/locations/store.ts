// All SQL of locations; one store is made for one tenant and can ask about no other.

import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { queryBuilder } from '../../platform/query-builder.ts';
import type { Location } from './location.ts';

interface LocationRow {
  tenant_id: string;
  location_id: string;
  name: string;
  time_zone: string;
  rev: number;
  created_at_ms: number;
}

const sql = queryBuilder<{ location: LocationRow }>();

/** The locations of one tenant. */
export interface LocationStore {
  add(location: Location): void;
  get(locationId: string): Location | undefined;
  list(afterLocationId: string, limit: number): readonly Location[];
  /** @returns false when the revision is not the present one any more */
  change(location: Location, change: { readonly name: string; readonly timeZone: string }): boolean;
}

/** The store of one tenant. */
export function createLocationStore(database: Database, tenantId: TenantId): LocationStore {
  const mine = sql.selectFrom('location').selectAll().where('tenant_id', '=', tenantId);
  return {
    add: (location) => {
      const row: LocationRow = {
        tenant_id: tenantId,
        location_id: location.locationId,
        name: location.name,
        time_zone: location.timeZone,
        rev: location.rev,
        created_at_ms: location.createdAtMs,
      };
      database.query(sql.insertInto('location').values(row).compile());
    },
    get: (locationId) => {
      const [row] = database.query(mine.where('location_id', '=', locationId).compile());
      return row === undefined ? undefined : toLocation(row);
    },
    list: (afterLocationId, limit) => {
      const page = mine.where('location_id', '>', afterLocationId).orderBy('location_id').limit(limit);
      return database.query(page.compile()).map(toLocation);
    },
    change: (location, { name, timeZone }) => {
      const changed = sql
        .updateTable('location')
        .set({ name, time_zone: timeZone, rev: location.rev + 1 })
        .where('tenant_id', '=', tenantId)
        .where('location_id', '=', location.locationId)
        .where('rev', '=', location.rev)
        .returning('rev');
      return database.query(changed.compile()).length === 1;
    },
  };
}

function toLocation(row: LocationRow): Location {
  return {
    locationId: row.location_id,
    name: row.name,
    timeZone: row.time_zone,
    rev: row.rev,
    createdAtMs: row.created_at_ms,
  };
}
