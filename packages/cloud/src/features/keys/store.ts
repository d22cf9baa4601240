// All SQL of keys and custody; one store is made for one tenant. The two reads of the authoriser are
// prepared once.

import type { BoxId } from '@smartbox/protocol';
import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import { queryBuilder } from '../../platform/query-builder.ts';
import type { Custody, Key } from './key.ts';

interface KeyRow {
  tenant_id: string;
  key_id: string;
  location_id: string;
  name: string;
  fob_label: string;
  fob_tag: Uint8Array;
  rev: number;
  created_at_ms: number;
  retired_at_ms: number | null;
}

interface CustodyRow {
  box_id: string;
  bin: number;
  grant_reference: number;
  code_id: string | null;
  person_id: string | null;
  taken_at_ms: number;
}

const sql = queryBuilder<{ key: KeyRow }>();

/** What may be changed of a key. */
export type KeyChange = Pick<Key, 'name' | 'fobLabel' | 'fobTag' | 'locationId'>;

/** The keys of one tenant. Retired keys are not found. */
export interface KeyStore {
  add(key: Key): void;
  get(keyId: string): Key | undefined;
  byFob(fobTag: Uint8Array): Key | undefined;
  /** Keys whose fob says this; people may have given several the same: two at most. */
  byFobLabel(fobLabel: string): readonly Key[];
  list(filter: { readonly locationId?: string }, afterKeyId: string, limit: number): readonly Key[];
  /** @returns false when the revision is not the present one any more */
  change(key: Key, change: KeyChange): boolean;
  retire(key: Key, atMs: number): boolean;
  custody(keyId: string): Custody | undefined;
  take(keyId: string, custody: Custody): void;
  endCustody(keyId: string): void;
}

/** Prepares the statements of all tenants' stores. */
export function createKeyStores(database: Database): (tenantId: TenantId) => KeyStore {
  const statements = prepare(database);
  return perTenant((tenantId) => ({
    ...keyQueries(database, tenantId),
    get: (keyId) => toKeyOrNone(statements.byId.get(tenantId, keyId)),
    byFob: (fobTag) => toKeyOrNone(statements.byFob.get(tenantId, fobTag)),
    byFobLabel: (fobLabel) => statements.byFobLabel.all(tenantId, fobLabel).map(toKey),
    custody: (keyId) => {
      const row = statements.custody.get(tenantId, keyId);
      return row === undefined ? undefined : toCustody(row);
    },
    take: (keyId, { boxId, bin, grant, codeId, personId, takenAtMs }) =>
      void statements.take.run(tenantId, keyId, boxId, bin, grant, codeId, personId, takenAtMs),
    endCustody: (keyId) => void statements.endCustody.run(tenantId, keyId),
  }));
}

// A plus before a parameter hides its value from the planner, which otherwise plans anew at each new
// value (SQLite with STAT4).
function prepare(database: Database) {
  return {
    byId: database.prepare<KeyRow>(
      'SELECT * FROM key WHERE tenant_id = +? AND key_id = +? AND retired_at_ms IS NULL',
    ),
    byFob: database.prepare<KeyRow>(
      'SELECT * FROM key WHERE tenant_id = +? AND fob_tag = +? AND retired_at_ms IS NULL',
    ),
    byFobLabel: database.prepare<KeyRow>(
      `SELECT * FROM key WHERE tenant_id = +? AND fob_label = +? AND fob_label <> '' AND retired_at_ms IS NULL
       ORDER BY key_id LIMIT 2`,
    ),
    custody: database.prepare<CustodyRow>('SELECT * FROM custody WHERE tenant_id = ? AND key_id = ?'),
    take: database.prepare(
      `INSERT OR REPLACE INTO custody (tenant_id, key_id, box_id, bin, grant_reference, code_id, person_id, taken_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    endCustody: database.prepare('DELETE FROM custody WHERE tenant_id = ? AND key_id = ?'),
  };
}

function keyQueries(
  database: Database,
  tenantId: TenantId,
): Pick<KeyStore, 'add' | 'list' | 'change' | 'retire'> {
  const update = (key: Key, values: Partial<KeyRow>): boolean => {
    const changed = sql
      .updateTable('key')
      .set({ ...values, rev: key.rev + 1 })
      .where('tenant_id', '=', tenantId)
      .where('key_id', '=', key.keyId)
      .where('rev', '=', key.rev)
      .where('retired_at_ms', 'is', null)
      .returning('rev');
    return database.query(changed.compile()).length === 1;
  };
  return {
    add: (key) => {
      const row: KeyRow = {
        tenant_id: tenantId,
        key_id: key.keyId,
        location_id: key.locationId,
        name: key.name,
        fob_label: key.fobLabel,
        fob_tag: key.fobTag,
        rev: key.rev,
        created_at_ms: key.createdAtMs,
        retired_at_ms: null,
      };
      database.query(sql.insertInto('key').values(row).compile());
    },
    list: ({ locationId }, afterKeyId, limit) => {
      let page = sql
        .selectFrom('key')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('key_id', '>', afterKeyId)
        .where('retired_at_ms', 'is', null);
      if (locationId !== undefined) page = page.where('location_id', '=', locationId);
      return database.query(page.orderBy('key_id').limit(limit).compile()).map(toKey);
    },
    change: (key, { name, fobLabel, fobTag, locationId }) =>
      update(key, { name, fob_label: fobLabel, fob_tag: fobTag, location_id: locationId }),
    retire: (key, atMs) => update(key, { retired_at_ms: atMs }),
  };
}

function toKeyOrNone(row: KeyRow | undefined): Key | undefined {
  return row === undefined ? undefined : toKey(row);
}

function toKey(row: KeyRow): Key {
  return {
    keyId: row.key_id,
    locationId: row.location_id,
    name: row.name,
    fobLabel: row.fob_label,
    fobTag: new Uint8Array(row.fob_tag),
    rev: row.rev,
    createdAtMs: row.created_at_ms,
  };
}

function toCustody(row: CustodyRow): Custody {
  return {
    boxId: row.box_id as BoxId,
    bin: row.bin,
    grant: row.grant_reference,
    codeId: row.code_id,
    personId: row.person_id,
    takenAtMs: row.taken_at_ms,
  };
}
