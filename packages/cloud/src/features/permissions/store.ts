// All SQL of permissions as they are kept: one store is made for one tenant. Who may take what is read in ways-store.ts.

import type { Database, SqlValue } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { Schedule } from '../../platform/schedule.ts';
import type { KeyPermission, PermissionTerms, Right, Subject, Target } from './permission.ts';

/** A permission as its table has it. */
export interface PermissionRow {
  permission_id: string;
  person_id: string | null;
  group_id: string | null;
  key_id: string | null;
  key_group_id: string | null;
  location_id: string | null;
  allows: Right;
  starts_at_ms: number | null;
  ends_at_ms: number | null;
  schedule: string | null;
  created_at_ms: number;
  rev: number;
}

/** Which permissions are wanted. Those of a subject, on a target (`all-keys` too), or both. */
export interface PermissionFilter {
  readonly subjectId?: string;
  readonly targetId?: string;
}

/** The permissions of one tenant. */
export interface PermissionStore {
  add(permission: KeyPermission): void;
  get(permissionId: string): KeyPermission | undefined;
  list(filter: PermissionFilter, afterPermissionId: string, limit: number): readonly KeyPermission[];
  /** @returns false when the revision is not the present one any more */
  change(permission: KeyPermission, terms: PermissionTerms): boolean;
  remove(permissionId: string): void;
}

/** What a permission is read from; `p` is its table. */
export const permissionColumns = `p.permission_id, p.person_id, p.group_id, p.key_id, p.key_group_id, p.location_id,
  p.allows, p.starts_at_ms, p.ends_at_ms, p.schedule, p.created_at_ms, p.rev`;

/** Prepares the statements of all tenants' stores. */
export function createPermissionStores(database: Database): (tenantId: TenantId) => PermissionStore {
  const statements = prepare(database);
  return perTenant((tenantId) => ({
    add: (permission) => {
      const { permissionId, subject, target, createdAtMs } = permission;
      const who = [
        subject.kind === 'person' ? subject.personId : null,
        subject.kind === 'user-group' ? subject.groupId : null,
      ];
      const what = [
        target.kind === 'key' ? target.keyId : null,
        target.kind === 'key-group' ? target.keyGroupId : null,
        target.kind === 'all-keys' ? target.locationId : null,
      ];
      statements.add.run(tenantId, permissionId, ...who, ...what, ...termsOf(permission), createdAtMs);
    },
    get: (permissionId) => {
      const row = statements.get.get(tenantId, permissionId);
      return row === undefined ? undefined : toPermission(row);
    },
    list: ({ subjectId, targetId }, after, limit) => {
      const rows =
        subjectId !== undefined
          ? statements.ofSubject.all(tenantId, subjectId, targetId ?? null, targetId ?? null, after, limit)
          : targetId !== undefined
            ? statements.onTarget.all(tenantId, targetId, after, limit)
            : statements.list.all(tenantId, after, limit);
      return rows.map(toPermission);
    },
    change: ({ permissionId, rev }, terms) =>
      statements.change.run(...termsOf(terms), tenantId, permissionId, rev).changes === 1,
    remove: (permissionId) => void statements.remove.run(tenantId, permissionId),
  }));
}

function prepare(database: Database) {
  const select = `SELECT ${permissionColumns} FROM key_permission p WHERE p.tenant_id = +?`;
  const page = 'AND p.permission_id > ? ORDER BY p.permission_id LIMIT ?';
  return {
    add: database.prepare(
      `INSERT INTO key_permission (tenant_id, permission_id, person_id, group_id, key_id, key_group_id, location_id,
         allows, starts_at_ms, ends_at_ms, schedule, created_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    get: database.prepare<PermissionRow>(`${select} AND p.permission_id = +?`),
    list: database.prepare<PermissionRow>(`${select} ${page}`),
    ofSubject: database.prepare<PermissionRow>(
      `${select} AND p.subject_id = +? AND (? IS NULL OR p.target_id = ?) ${page}`,
    ),
    onTarget: database.prepare<PermissionRow>(`${select} AND p.target_id = +? ${page}`),
    change: database.prepare(
      `UPDATE key_permission SET allows = ?, starts_at_ms = ?, ends_at_ms = ?, schedule = ?, rev = rev + 1
       WHERE tenant_id = ? AND permission_id = ? AND rev = ?`,
    ),
    remove: database.prepare('DELETE FROM key_permission WHERE tenant_id = ? AND permission_id = ?'),
  };
}

/** @returns a permission from its row */
export function toPermission(row: PermissionRow): KeyPermission {
  return {
    permissionId: row.permission_id,
    subject: subjectOf(row),
    target: targetOf(row),
    right: row.allows,
    startsAtMs: row.starts_at_ms,
    endsAtMs: row.ends_at_ms,
    schedule: row.schedule === null ? null : (JSON.parse(row.schedule) as Schedule),
    createdAtMs: row.created_at_ms,
    rev: row.rev,
  };
}

function termsOf({ right, startsAtMs, endsAtMs, schedule }: PermissionTerms): readonly SqlValue[] {
  return [right, startsAtMs, endsAtMs, schedule === null ? null : JSON.stringify(schedule)];
}

// The table says that it is one of the two.
function subjectOf({ person_id, group_id }: PermissionRow): Subject {
  return person_id === null
    ? { kind: 'user-group', groupId: String(group_id) }
    : { kind: 'person', personId: person_id };
}

function targetOf({ key_id, key_group_id, location_id }: PermissionRow): Target {
  if (key_id !== null) return { kind: 'key', keyId: key_id };
  if (key_group_id !== null) return { kind: 'key-group', keyGroupId: key_group_id };
  return { kind: 'all-keys', locationId: location_id };
}
