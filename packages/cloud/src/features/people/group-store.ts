// All SQL of user groups. A store is made for one tenant.

import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { UserGroup } from './person.ts';

interface GroupRow {
  group_id: string;
  name: string;
  location_id: string | null;
  created_at_ms: number;
  rev: number;
}

/** The user groups of one tenant. */
export interface GroupStore {
  add(group: UserGroup): void;
  get(groupId: string): UserGroup | undefined;
  list(afterGroupId: string, limit: number): readonly UserGroup[];
  /** @returns false when the revision is not the present one any more */
  change(group: UserGroup, change: Pick<UserGroup, 'name' | 'locationId'>): boolean;
  /** Nobody may refer to it any more. */
  remove(groupId: string): void;
  /** People and groups directly in a group, by id. */
  members(groupId: string, afterMemberId: string, limit: number): readonly string[];
  addPerson(groupId: string, personId: string): void;
  removePerson(groupId: string, personId: string): void;
  addGroup(groupId: string, childId: string): void;
  removeGroup(groupId: string, childId: string): void;
  /** Every group that the person is in, through groups of groups too. */
  ofPerson(personId: string): readonly string[];
  /** The people in one of the groups, through groups of groups too, by id. */
  peopleIn(
    groupIds: readonly string[],
    page: { readonly after: string; readonly limit: number },
  ): readonly string[];
  /** The group, and every group that it is in. */
  above(groupId: string): readonly string[];
}

/** Prepares the statements of all tenants' stores. */
export function createGroupStores(database: Database): (tenantId: TenantId) => GroupStore {
  const statements = prepare(database);
  return perTenant((tenantId) => ({
    add: ({ groupId, name, locationId, createdAtMs }) =>
      void statements.add.run(tenantId, groupId, name, locationId, createdAtMs),
    get: (groupId) => {
      const row = statements.get.get(tenantId, groupId);
      return row === undefined ? undefined : toGroup(row);
    },
    list: (after, limit) => statements.list.all(tenantId, after, limit).map(toGroup),
    change: ({ groupId, rev }, { name, locationId }) =>
      statements.change.run(name, locationId, tenantId, groupId, rev).changes === 1,
    remove: (groupId) => {
      for (const statement of statements.empty) statement.run(tenantId, groupId);
      statements.remove.run(tenantId, groupId);
    },
    members: (groupId, after, limit) =>
      statements.members
        .all(tenantId, groupId, after, tenantId, groupId, after, limit)
        .map(({ member_id }) => member_id),
    addPerson: (groupId, personId) => void statements.addPerson.run(tenantId, personId, groupId),
    removePerson: (groupId, personId) => void statements.removePerson.run(tenantId, personId, groupId),
    addGroup: (groupId, childId) => void statements.addGroup.run(tenantId, childId, groupId),
    removeGroup: (groupId, childId) => void statements.removeGroup.run(tenantId, childId, groupId),
    ofPerson: (personId) => statements.ofPerson.all(tenantId, personId, tenantId).map(({ id }) => id),
    peopleIn: (groupIds, { after, limit }) =>
      statements.peopleIn.all(JSON.stringify(groupIds), tenantId, tenantId, after, limit).map(({ id }) => id),
    above: (groupId) => statements.above.all(groupId, tenantId).map(({ id }) => id),
  }));
}

// UNION, not UNION ALL: a group that is reached on two ways is walked on once.
const climb = 'SELECT g.group_id FROM group_group g JOIN up ON g.child_id = up.id WHERE g.tenant_id = ?';

function prepare(database: Database) {
  const select = 'SELECT group_id, name, location_id, created_at_ms, rev FROM user_group WHERE tenant_id = ?';
  return {
    add: database.prepare(
      'INSERT INTO user_group (tenant_id, group_id, name, location_id, created_at_ms) VALUES (?, ?, ?, ?, ?)',
    ),
    get: database.prepare<GroupRow>(`${select} AND group_id = ?`),
    list: database.prepare<GroupRow>(`${select} AND group_id > ? ORDER BY group_id LIMIT ?`),
    change: database.prepare(
      `UPDATE user_group SET name = ?, location_id = ?, rev = rev + 1
       WHERE tenant_id = ? AND group_id = ? AND rev = ?`,
    ),
    empty: [
      database.prepare('DELETE FROM group_person WHERE tenant_id = ? AND group_id = ?'),
      database.prepare('DELETE FROM group_group WHERE tenant_id = ? AND group_id = ?'),
      database.prepare('DELETE FROM group_group WHERE tenant_id = ? AND child_id = ?'),
    ],
    remove: database.prepare('DELETE FROM user_group WHERE tenant_id = ? AND group_id = ?'),
    members: database.prepare<{ member_id: string }>(
      `SELECT person_id AS member_id FROM group_person WHERE tenant_id = ? AND group_id = ? AND person_id > ?
       UNION ALL
       SELECT child_id AS member_id FROM group_group WHERE tenant_id = ? AND group_id = ? AND child_id > ?
       ORDER BY member_id LIMIT ?`,
    ),
    addPerson: database.prepare(
      'INSERT OR IGNORE INTO group_person (tenant_id, person_id, group_id) VALUES (?, ?, ?)',
    ),
    removePerson: database.prepare(
      'DELETE FROM group_person WHERE tenant_id = ? AND person_id = ? AND group_id = ?',
    ),
    addGroup: database.prepare(
      'INSERT OR IGNORE INTO group_group (tenant_id, child_id, group_id) VALUES (?, ?, ?)',
    ),
    removeGroup: database.prepare(
      'DELETE FROM group_group WHERE tenant_id = ? AND child_id = ? AND group_id = ?',
    ),
    ofPerson: database.prepare<{ id: string }>(
      `WITH RECURSIVE up (id) AS (SELECT group_id FROM group_person WHERE tenant_id = +? AND person_id = +?
         UNION ${climb}) SELECT id FROM up`,
    ),
    peopleIn: database.prepare<{ id: string }>(
      `WITH RECURSIVE down (id) AS (SELECT value FROM json_each(?) UNION
         SELECT g.child_id FROM down CROSS JOIN group_group g WHERE g.tenant_id = +? AND g.group_id = down.id)
       SELECT DISTINCT person_id AS id FROM group_person
       WHERE tenant_id = +? AND person_id > ? AND group_id IN (SELECT id FROM down) ORDER BY person_id LIMIT ?`,
    ),
    above: database.prepare<{ id: string }>(
      `WITH RECURSIVE up (id) AS (SELECT ? UNION ${climb}) SELECT id FROM up`,
    ),
  };
}

function toGroup(row: GroupRow): UserGroup {
  return {
    groupId: row.group_id,
    name: row.name,
    locationId: row.location_id,
    createdAtMs: row.created_at_ms,
    rev: row.rev,
  };
}
