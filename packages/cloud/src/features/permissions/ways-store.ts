// The SQL behind every decision: on which ways permissions of a person reach a key. Groups of groups are walked each
// time, from the key up and from the person up, which are few rows however many people and keys there are; so nothing
// is remembered that could be older than the transaction.

import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { KeyPermission } from './permission.ts';
import { type PermissionRow, permissionColumns, toPermission } from './store.ts';

/** What a key may be given by: itself, its groups, all keys. */
export interface Reach {
  readonly keyId: string;
  readonly locationId: string;
  /** The key groups that it is in, through groups of groups too. */
  readonly keyGroupIds: readonly string[];
}

/** The reads of one tenant. Retired keys are not found. */
export interface WaysStore {
  reachOf(keyIds: readonly string[]): readonly Reach[];
  /** Every permission of one of the subjects on one of the targets (`all-keys` too). */
  between(subjectIds: readonly string[], targetIds: readonly string[]): readonly KeyPermission[];
  /** The people and user groups that have a permission on one of the targets. */
  subjectsOn(targetIds: readonly string[], locationId: string): readonly string[];
  /** The keys on which one of the subjects has a permission, by id. */
  keysOf(
    subjectIds: readonly string[],
    afterKeyId: string,
    limit: number,
  ): readonly { readonly keyId: string; readonly locationId: string }[];
}

/** What stands for all keys among targets. */
export const allKeys = 'all-keys';

/** @returns the targets by which these keys may be given, each once */
export function targetsOf(reaches: readonly Reach[]): readonly string[] {
  return [...new Set([allKeys, ...reaches.flatMap(({ keyId, keyGroupIds }) => [keyId, ...keyGroupIds])])];
}

/** @returns whether a permission with one of the targets of this key covers it */
export function covers({ target }: KeyPermission, reach: Reach): boolean {
  switch (target.kind) {
    case 'key':
      return target.keyId === reach.keyId;
    case 'key-group':
      return reach.keyGroupIds.includes(target.keyGroupId);
    case 'all-keys':
      return target.locationId === null || target.locationId === reach.locationId;
  }
}

/** Prepares the statements of all tenants' reads. */
export function createWaysStores(database: Database): (tenantId: TenantId) => WaysStore {
  const statements = prepare(database);
  return perTenant((tenantId) => ({
    reachOf: (keyIds) => {
      const reaches = new Map<string, Reach & { keyGroupIds: string[] }>();
      for (const row of statements.reach.all(
        JSON.stringify(keyIds),
        tenantId,
        tenantId,
        tenantId,
        tenantId,
      )) {
        const { key_id: keyId, location_id: locationId, key_group_id } = row;
        const known = reaches.get(keyId) ?? { keyId, locationId, keyGroupIds: [] };
        if (key_group_id !== null) known.keyGroupIds.push(key_group_id);
        reaches.set(keyId, known);
      }
      return [...reaches.values()];
    },
    between: (subjectIds, targetIds) =>
      statements.between
        .all(JSON.stringify(subjectIds), tenantId, JSON.stringify(targetIds), tenantId)
        .map(toPermission),
    subjectsOn: (targetIds, locationId) =>
      statements.subjects.all(JSON.stringify(targetIds), tenantId, locationId).map(({ id }) => id),
    keysOf: (subjectIds, after, limit) =>
      statements.keys
        .all(JSON.stringify(subjectIds), tenantId, tenantId, tenantId, after, limit)
        .map(({ key_id, location_id }) => ({ keyId: key_id, locationId: location_id })),
  }));
}

interface ReachRow {
  key_id: string;
  location_id: string;
  key_group_id: string | null;
}

// A group of one location holds keys of that location: one that has moved since is not given by it any more.
const inPlace = '(g.location_id IS NULL OR g.location_id = k.location_id)';

// CROSS JOIN keeps the order in which tables are written; a plus before a parameter hides its value from the planner.
function prepare(database: Database) {
  return {
    reach: database.prepare<ReachRow>(
      `WITH RECURSIVE
         k (key_id, location_id) AS MATERIALIZED (
           SELECT key.key_id, key.location_id FROM json_each(?) asked CROSS JOIN key
           WHERE key.tenant_id = +? AND key.key_id = asked.value AND key.retired_at_ms IS NULL),
         reach (key_id, location_id, key_group_id) AS (
           SELECT k.key_id, k.location_id, m.key_group_id FROM k CROSS JOIN key_group_key m CROSS JOIN key_group g
           WHERE m.tenant_id = +? AND m.key_id = k.key_id
             AND g.tenant_id = +? AND g.key_group_id = m.key_group_id AND ${inPlace}
           UNION
           SELECT r.key_id, r.location_id, u.key_group_id FROM reach r CROSS JOIN key_group_group u
           WHERE u.tenant_id = +? AND u.child_id = r.key_group_id)
       SELECT key_id, location_id, NULL AS key_group_id FROM k UNION ALL SELECT * FROM reach`,
    ),
    // Most groups have no permission of their own: those are left out before targets are tried.
    between: database.prepare<PermissionRow>(
      `WITH
         subject (id) AS MATERIALIZED (
           SELECT s.value FROM json_each(?) s WHERE EXISTS (
             SELECT 1 FROM key_permission p WHERE p.tenant_id = +? AND p.subject_id = s.value)),
         target (id) AS MATERIALIZED (SELECT value FROM json_each(?))
       SELECT ${permissionColumns} FROM subject s CROSS JOIN target t CROSS JOIN key_permission p
       WHERE p.tenant_id = +? AND p.subject_id = s.id AND p.target_id = t.id`,
    ),
    subjects: database.prepare<{ id: string }>(
      `SELECT DISTINCT p.subject_id AS id FROM json_each(?) t CROSS JOIN key_permission p
       WHERE p.tenant_id = +? AND p.target_id = t.value AND (p.location_id IS NULL OR p.location_id = ?)`,
    ),
    keys: database.prepare<{ key_id: string; location_id: string }>(
      `WITH RECURSIVE
         given (target_id, location_id) AS MATERIALIZED (
           SELECT p.target_id, p.location_id FROM json_each(?) s CROSS JOIN key_permission p
           WHERE p.tenant_id = +? AND p.subject_id = s.value),
         down (id) AS (
           SELECT target_id FROM given
           UNION
           SELECT u.child_id FROM down CROSS JOIN key_group_group u WHERE u.tenant_id = +? AND u.key_group_id = down.id)
       SELECT k.key_id, k.location_id FROM key k
       WHERE k.tenant_id = +? AND k.key_id > ? AND k.retired_at_ms IS NULL AND (
         k.key_id IN (SELECT id FROM down)
         OR EXISTS (
           SELECT 1 FROM given
           WHERE target_id = '${allKeys}' AND (given.location_id IS NULL OR given.location_id = k.location_id))
         OR EXISTS (
           SELECT 1 FROM key_group_key m CROSS JOIN key_group g
           WHERE m.tenant_id = k.tenant_id AND m.key_id = k.key_id AND m.key_group_id IN (SELECT id FROM down)
             AND g.tenant_id = m.tenant_id AND g.key_group_id = m.key_group_id AND ${inPlace}))
       ORDER BY k.key_id LIMIT ?`,
    ),
  };
}
