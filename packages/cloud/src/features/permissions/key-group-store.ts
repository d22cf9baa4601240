// All SQL of key groups. A store is made for one tenant.

import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { KeyGroup } from './permission.ts';

interface KeyGroupRow {
  key_group_id: string;
  name: string;
  location_id: string | null;
  created_at_ms: number;
  rev: number;
}

/** The key groups of one tenant, but the one that is built in. */
export interface KeyGroupStore {
  add(group: KeyGroup): void;
  get(keyGroupId: string): KeyGroup | undefined;
  list(afterKeyGroupId: string, limit: number): readonly KeyGroup[];
  /** @returns false when the revision is not the present one any more */
  rename(group: KeyGroup, name: string): boolean;
  /** With who is in it and in what it is; no permission may name it any more. */
  remove(keyGroupId: string): void;
  /** Keys and groups directly in a group, by id; keys that are retired are not. */
  members(keyGroupId: string, afterMemberId: string, limit: number): readonly string[];
  addKey(keyGroupId: string, keyId: string): void;
  removeKey(keyGroupId: string, keyId: string): void;
  addGroup(keyGroupId: string, childId: string): void;
  removeGroup(keyGroupId: string, childId: string): void;
  /** The group, and every group that it is in. */
  above(keyGroupId: string): readonly string[];
  /** Takes a key out of every group. */
  forgetKey(keyId: string): void;
}

/** Prepares the statements of all tenants' stores. */
export function createKeyGroupStores(database: Database): (tenantId: TenantId) => KeyGroupStore {
  const statements = prepare(database);
  return perTenant((tenantId) => ({
    add: ({ keyGroupId, name, locationId, createdAtMs }) =>
      void statements.add.run(tenantId, keyGroupId, name, locationId, createdAtMs),
    get: (keyGroupId) => {
      const row = statements.get.get(tenantId, keyGroupId);
      return row === undefined ? undefined : toKeyGroup(row);
    },
    list: (after, limit) => statements.list.all(tenantId, after, limit).map(toKeyGroup),
    rename: ({ keyGroupId, rev }, name) =>
      statements.rename.run(name, tenantId, keyGroupId, rev).changes === 1,
    remove: (keyGroupId) => {
      for (const statement of statements.empty) statement.run(tenantId, keyGroupId);
      statements.remove.run(tenantId, keyGroupId);
    },
    members: (keyGroupId, after, limit) =>
      statements.members
        .all(tenantId, keyGroupId, after, tenantId, keyGroupId, after, limit)
        .map(({ member_id }) => member_id),
    addKey: (keyGroupId, keyId) => void statements.addKey.run(tenantId, keyId, keyGroupId),
    removeKey: (keyGroupId, keyId) => void statements.removeKey.run(tenantId, keyId, keyGroupId),
    addGroup: (keyGroupId, childId) => void statements.addGroup.run(tenantId, childId, keyGroupId),
    removeGroup: (keyGroupId, childId) => void statements.removeGroup.run(tenantId, childId, keyGroupId),
    above: (keyGroupId) => statements.above.all(keyGroupId, tenantId).map(({ id }) => id),
    forgetKey: (keyId) => void statements.forgetKey.run(tenantId, keyId),
  }));
}

function prepare(database: Database) {
  const select =
    'SELECT key_group_id, name, location_id, created_at_ms, rev FROM key_group WHERE tenant_id = +?';
  return {
    add: database.prepare(
      'INSERT INTO key_group (tenant_id, key_group_id, name, location_id, created_at_ms) VALUES (?, ?, ?, ?, ?)',
    ),
    get: database.prepare<KeyGroupRow>(`${select} AND key_group_id = +?`),
    list: database.prepare<KeyGroupRow>(`${select} AND key_group_id > ? ORDER BY key_group_id LIMIT ?`),
    rename: database.prepare(
      'UPDATE key_group SET name = ?, rev = rev + 1 WHERE tenant_id = ? AND key_group_id = ? AND rev = ?',
    ),
    empty: [
      database.prepare('DELETE FROM key_group_key WHERE tenant_id = ? AND key_group_id = ?'),
      database.prepare('DELETE FROM key_group_group WHERE tenant_id = ? AND key_group_id = ?'),
      database.prepare('DELETE FROM key_group_group WHERE tenant_id = ? AND child_id = ?'),
    ],
    remove: database.prepare('DELETE FROM key_group WHERE tenant_id = ? AND key_group_id = ?'),
    members: database.prepare<{ member_id: string }>(
      `SELECT key_id AS member_id FROM key_group_key WHERE tenant_id = ? AND key_group_id = ? AND key_id > ?
       UNION ALL
       SELECT child_id AS member_id FROM key_group_group WHERE tenant_id = ? AND key_group_id = ? AND child_id > ?
       ORDER BY member_id LIMIT ?`,
    ),
    addKey: database.prepare(
      'INSERT OR IGNORE INTO key_group_key (tenant_id, key_id, key_group_id) VALUES (?, ?, ?)',
    ),
    removeKey: database.prepare(
      'DELETE FROM key_group_key WHERE tenant_id = ? AND key_id = ? AND key_group_id = ?',
    ),
    addGroup: database.prepare(
      'INSERT OR IGNORE INTO key_group_group (tenant_id, child_id, key_group_id) VALUES (?, ?, ?)',
    ),
    removeGroup: database.prepare(
      'DELETE FROM key_group_group WHERE tenant_id = ? AND child_id = ? AND key_group_id = ?',
    ),
    // UNION, not UNION ALL: a group that is reached on two ways is walked on once.
    above: database.prepare<{ id: string }>(
      `WITH RECURSIVE up (id) AS (SELECT ? UNION
         SELECT g.key_group_id FROM up CROSS JOIN key_group_group g WHERE g.tenant_id = +? AND g.child_id = up.id)
       SELECT id FROM up`,
    ),
    forgetKey: database.prepare('DELETE FROM key_group_key WHERE tenant_id = ? AND key_id = ?'),
  };
}

function toKeyGroup(row: KeyGroupRow): KeyGroup {
  return {
    keyGroupId: row.key_group_id,
    name: row.name,
    locationId: row.location_id,
    createdAtMs: row.created_at_ms,
    rev: row.rev,
  };
}
