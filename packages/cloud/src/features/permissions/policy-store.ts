// All SQL of the access policies of locations. A store is made for one tenant.

import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { DayException, WeeklyWindow } from '../../platform/schedule.ts';
import { type AccessPolicy, firstPolicy } from './access-policy.ts';

interface PolicyRow {
  second_factor: AccessPolicy['secondFactor'];
  badge: AccessPolicy['badge'];
  opening: string | null;
  holidays: string;
  quiet_hours: string;
  rev: number;
}

/** A policy and its revision: 0 where none was ever set. */
export interface KeptPolicy {
  readonly policy: AccessPolicy;
  readonly rev: number;
}

/** The policies of one tenant's locations. */
export interface PolicyStore {
  get(locationId: string): KeptPolicy;
  set(locationId: string, kept: KeptPolicy): void;
}

/** Prepares the statements of all tenants' stores. */
export function createPolicyStores(database: Database): (tenantId: TenantId) => PolicyStore {
  const get = database.prepare<PolicyRow>(
    `SELECT second_factor, badge, opening, holidays, quiet_hours, rev FROM access_policy
     WHERE tenant_id = +? AND location_id = +?`,
  );
  const set = database.prepare(
    `INSERT OR REPLACE INTO access_policy
       (tenant_id, location_id, second_factor, badge, opening, holidays, quiet_hours, rev)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return perTenant((tenantId) => ({
    get: (locationId) => {
      const row = get.get(tenantId, locationId);
      return row === undefined ? { policy: firstPolicy, rev: 0 } : { policy: toPolicy(row), rev: row.rev };
    },
    set: (locationId, { policy, rev }) => {
      const { secondFactor, badge, openingWindows, holidays, quietHours } = policy;
      const opening = openingWindows === null ? null : JSON.stringify(openingWindows);
      const lists = [opening, JSON.stringify(holidays), JSON.stringify(quietHours)];
      set.run(tenantId, locationId, secondFactor, badge, ...lists, rev);
    },
  }));
}

function toPolicy(row: PolicyRow): AccessPolicy {
  return {
    secondFactor: row.second_factor,
    badge: row.badge,
    openingWindows: row.opening === null ? null : (JSON.parse(row.opening) as readonly WeeklyWindow[]),
    holidays: JSON.parse(row.holidays) as readonly DayException[],
    quietHours: JSON.parse(row.quiet_hours) as readonly WeeklyWindow[],
  };
}
