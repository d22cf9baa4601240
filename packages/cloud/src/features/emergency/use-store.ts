// SQL of the codes that boxes took while they were alone, and of how far each bin got under them.

import type { BoxId } from '@smartbox/protocol';
import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { OfflineBin, OfflineUseEntry } from './offline-opening.ts';

interface Row extends Omit<OfflineUseEntry, 'expected' | 'bins'> {
  readonly expected: number;
  readonly bins: string;
}

/** The uses of one tenant's boxes. */
export interface UseStore {
  add(boxId: BoxId, use: OfflineUseEntry): void;
  /** The use that an opening's grant number refers to. */
  byGrant(boxId: BoxId, grant: number): OfflineUseEntry | undefined;
  saveBins(boxId: BoxId, sequence: number, bins: readonly OfflineBin[]): void;
  /** All uses that the box's present log tells of, in order. */
  list(boxId: BoxId): readonly OfflineUseEntry[];
  /** By target, the highest cell of this sheet that was used. */
  lastCells(boxId: BoxId, generation: number): ReadonlyMap<number, number>;
}

/** Prepares the statements of all tenants' stores. */
export function createUseStores(database: Database): (tenantId: TenantId) => UseStore {
  const select = `SELECT sequence, grant_reference AS "grant", method, generation, number, target, at_ms AS atMs,
       expected, bins FROM offline_use WHERE tenant_id = ? AND box_id = ?`;
  const add = database.prepare(
    `INSERT INTO offline_use (tenant_id, box_id, sequence, grant_reference, method, generation, number, target,
       at_ms, expected, bins) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const byGrant = database.prepare<Row>(`${select} AND grant_reference = ? ORDER BY sequence DESC LIMIT 1`);
  const list = database.prepare<Row>(`${select} ORDER BY sequence`);
  const saveBins = database.prepare(
    'UPDATE offline_use SET bins = ? WHERE tenant_id = ? AND box_id = ? AND sequence = ?',
  );
  const lastCells = database.prepare<{ target: number; last: number }>(
    `SELECT target, max(number) AS last FROM offline_use
     WHERE tenant_id = ? AND box_id = ? AND method = 'sheet' AND generation = ? AND expected = 1
     GROUP BY target`,
  );
  return perTenant((tenantId) => ({
    add: (boxId, use) => {
      const { sequence, grant, method, generation, number, target, atMs } = use;
      const code = [method, generation, number, target];
      const marks = [Number(use.expected), JSON.stringify(use.bins)];
      add.run(tenantId, boxId, sequence, grant, ...code, atMs, ...marks);
    },
    byGrant: (boxId, grant) => {
      const row = byGrant.get(tenantId, boxId, grant);
      return row === undefined ? undefined : toUse(row);
    },
    saveBins: (boxId, sequence, bins) => void saveBins.run(JSON.stringify(bins), tenantId, boxId, sequence),
    list: (boxId) => list.all(tenantId, boxId).map(toUse),
    lastCells: (boxId, generation) =>
      new Map(lastCells.all(tenantId, boxId, generation).map(({ target, last }) => [target, last])),
  }));
}

function toUse(row: Row): OfflineUseEntry {
  return { ...row, expected: row.expected === 1, bins: JSON.parse(row.bins) as readonly OfflineBin[] };
}
