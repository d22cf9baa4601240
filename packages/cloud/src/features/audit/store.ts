// All SQL of the audit: append and read, nothing else (the database itself refuses more).

import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { AuditKind } from './record.ts';

/** A stored record. */
export interface StoredRecord {
  readonly sequence: number;
  /** The text that is hashed. */
  readonly record: string;
  /** 32 bytes. */
  readonly hash: Uint8Array;
}

/** A stored head. */
export interface StoredHead {
  readonly size: number;
  readonly rootHash: Uint8Array;
  readonly signedAtMs: number;
  readonly signature: Uint8Array;
}

/** A stretch of the records, exclusive of `from`. */
export interface AuditRange {
  readonly kind?: AuditKind | undefined;
  readonly from: number;
  readonly order: 'rising' | 'falling';
  readonly limit: number;
}

/** The audit of one tenant. */
export interface AuditStore {
  append(record: StoredRecord, kind: AuditKind): void;
  read(range: AuditRange): readonly StoredRecord[];
  /** Hash and number of the last record; undefined for none. */
  last(): Pick<StoredRecord, 'sequence' | 'hash'> | undefined;
  hash(sequence: number): Uint8Array | undefined;
  addSubtree(level: number, place: number, hash: Uint8Array): void;
  subtree(level: number, place: number): Uint8Array | undefined;
  addHead(head: StoredHead): void;
  /** The newest head; undefined for none. */
  lastHead(): StoredHead | undefined;
  /** The newest heads of sizes from `least` to `most`, oldest first. */
  heads(range: {
    readonly least: number;
    readonly most: number;
    readonly limit: number;
  }): readonly StoredHead[];
}

/** Prepares the statements of all tenants' stores. */
export function createAuditStores(database: Database): (tenantId: TenantId) => AuditStore {
  const statements = prepare(database);
  const read = readers(database);
  return perTenant((tenantId) => ({
    append: ({ sequence, record, hash }, kind) =>
      void statements.append.run(tenantId, sequence, kind, record, hash),
    read: ({ kind, from, order, limit }) =>
      kind === undefined
        ? read[order].all.all(tenantId, from, limit)
        : read[order].ofKind.all(tenantId, kind, from, limit),
    last: () => statements.last.get(tenantId),
    hash: (sequence) => statements.hash.get(tenantId, sequence)?.hash,
    addSubtree: (level, place, hash) => void statements.addSubtree.run(tenantId, level, place, hash),
    subtree: (level, place) => statements.subtree.get(tenantId, level, place)?.hash,
    addHead: ({ size, rootHash, signedAtMs, signature }) =>
      void statements.addHead.run(tenantId, size, rootHash, signedAtMs, signature),
    lastHead: () => statements.heads.get(tenantId, 0, Number.MAX_SAFE_INTEGER, 1),
    heads: ({ least, most, limit }) => statements.heads.all(tenantId, least, most, limit).reverse(),
  }));
}

/** Tenants with records that no stored head covers, asked once at the start. */
export function tenantsWithoutHead(database: Database): readonly TenantId[] {
  return database
    .prepare<{ tenantId: TenantId }>(
      `SELECT t.tenant_id AS tenantId FROM tenant t
       WHERE (SELECT max(sequence) FROM audit_record r WHERE r.tenant_id = t.tenant_id)
         > coalesce((SELECT max(tree_size) FROM audit_head h WHERE h.tenant_id = t.tenant_id), 0)`,
    )
    .all()
    .map(({ tenantId }) => tenantId);
}

// A plus before a parameter hides its value from the planner, which otherwise plans anew at each new value.
function prepare(database: Database) {
  return {
    append: database.prepare(
      'INSERT INTO audit_record (tenant_id, sequence, kind, record, hash) VALUES (?, ?, ?, ?, ?)',
    ),
    last: database.prepare<Pick<StoredRecord, 'sequence' | 'hash'>>(
      'SELECT sequence, hash FROM audit_record WHERE tenant_id = +? ORDER BY sequence DESC LIMIT 1',
    ),
    hash: database.prepare<{ hash: Uint8Array }>(
      'SELECT hash FROM audit_record WHERE tenant_id = +? AND sequence = +?',
    ),
    addSubtree: database.prepare(
      'INSERT INTO audit_subtree (tenant_id, level, place, hash) VALUES (?, ?, ?, ?)',
    ),
    subtree: database.prepare<{ hash: Uint8Array }>(
      'SELECT hash FROM audit_subtree WHERE tenant_id = +? AND level = +? AND place = +?',
    ),
    addHead: database.prepare(
      'INSERT INTO audit_head (tenant_id, tree_size, root_hash, signed_at_ms, signature) VALUES (?, ?, ?, ?, ?)',
    ),
    heads: database.prepare<StoredHead>(
      `SELECT tree_size AS size, root_hash AS rootHash, signed_at_ms AS signedAtMs, signature FROM audit_head
       WHERE tenant_id = +? AND tree_size >= +? AND tree_size <= +? ORDER BY tree_size DESC LIMIT ?`,
    ),
  };
}

function readers(database: Database) {
  const ordered = (comparison: '>' | '<', direction: 'ASC' | 'DESC') => {
    const select = 'SELECT sequence, record, hash FROM audit_record';
    const rest = `sequence ${comparison} +? ORDER BY sequence ${direction} LIMIT ?`;
    return {
      all: database.prepare<StoredRecord>(`${select} WHERE tenant_id = +? AND ${rest}`),
      ofKind: database.prepare<StoredRecord>(`${select} WHERE tenant_id = +? AND kind = +? AND ${rest}`),
    };
  };
  return { rising: ordered('>', 'ASC'), falling: ordered('<', 'DESC') };
}
