// SQL of break-glass exports and of the records of their uses. Rows are added and kept.

import type { SignedUse } from '@smartbox/protocol';
import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { BreakGlassExport, ExportedBox } from './export.ts';

/** An export with the number of uses that were imported. */
export interface ListedExport extends BreakGlassExport {
  readonly uses: number;
}

/** Names one record. */
export type UsePlace = Pick<SignedUse, 'exportId' | 'chain' | 'sequence'>;

/** The exports of one tenant. */
export interface BreakGlassStore {
  add(made: BreakGlassExport): void;
  get(exportId: string): BreakGlassExport | undefined;
  /** Newest first. @param beforeId undefined for the newest */
  list(beforeId: string | undefined, limit: number): readonly ListedExport[];
  addUse(use: SignedUse, hash: string, importedAtMs: number): void;
  useHash(place: UsePlace): string | undefined;
}

interface ExportRow {
  readonly export_id: string;
  readonly public_key: Uint8Array;
  readonly created_at_ms: number;
  readonly created_by: string;
  readonly token_id: string;
}

/** Greater than every id. */
const afterAll = 'c';

/** Prepares the statements of all tenants' stores. */
export function createBreakGlassStores(database: Database): (tenantId: TenantId) => BreakGlassStore {
  const statements = prepare(database);
  return perTenant((tenantId) => {
    const toExport = (row: ExportRow): BreakGlassExport => ({
      exportId: row.export_id,
      publicKey: new Uint8Array(row.public_key),
      createdAtMs: row.created_at_ms,
      createdBy: row.created_by,
      tokenId: row.token_id,
      boxes: statements.boxes.all(tenantId, row.export_id),
    });
    return {
      add: ({ exportId, publicKey, createdAtMs, createdBy, tokenId, boxes }) => {
        statements.add.run(tenantId, exportId, publicKey, createdAtMs, createdBy, tokenId);
        for (const { boxId, generation } of boxes)
          statements.addBox.run(tenantId, exportId, boxId, generation);
      },
      get: (exportId) => {
        const row = statements.get.get(tenantId, exportId);
        return row === undefined ? undefined : toExport(row);
      },
      list: (beforeId, limit) =>
        statements.list.all(tenantId, beforeId ?? afterAll, limit).map((row) => ({
          ...toExport(row),
          uses: statements.uses.get(tenantId, row.export_id)?.uses ?? 0,
        })),
      addUse: (use, hash, importedAtMs) => {
        const { exportId, chain, sequence, kind, boxId, target, challengeHash, atMs, signature } = use;
        const place = [tenantId, exportId, chain, sequence, hash];
        statements.addUse.run(...place, kind, boxId, target, challengeHash, atMs, signature, importedAtMs);
      },
      useHash: ({ exportId, chain, sequence }) =>
        statements.useHash.get(tenantId, exportId, chain, sequence)?.hash,
    };
  });
}

function prepare(database: Database) {
  const select =
    'SELECT export_id, public_key, created_at_ms, created_by, token_id FROM break_glass_export WHERE tenant_id = ?';
  return {
    add: database.prepare(
      `INSERT INTO break_glass_export (tenant_id, export_id, public_key, created_at_ms, created_by, token_id)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    addBox: database.prepare(
      'INSERT INTO break_glass_box (tenant_id, export_id, box_id, generation) VALUES (?, ?, ?, ?)',
    ),
    get: database.prepare<ExportRow>(`${select} AND export_id = ?`),
    list: database.prepare<ExportRow>(`${select} AND export_id < ? ORDER BY export_id DESC LIMIT ?`),
    boxes: database.prepare<ExportedBox>(
      'SELECT box_id AS boxId, generation FROM break_glass_box WHERE tenant_id = ? AND export_id = ? ORDER BY box_id',
    ),
    uses: database.prepare<{ readonly uses: number }>(
      'SELECT count(*) AS uses FROM break_glass_use WHERE tenant_id = ? AND export_id = ?',
    ),
    addUse: database.prepare(
      `INSERT INTO break_glass_use (tenant_id, export_id, chain, sequence, hash, kind, box_id, target,
         challenge_hash, at_ms, signature, imported_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    useHash: database.prepare<{ readonly hash: string }>(
      'SELECT hash FROM break_glass_use WHERE tenant_id = ? AND export_id = ? AND chain = ? AND sequence = ?',
    ),
  };
}
