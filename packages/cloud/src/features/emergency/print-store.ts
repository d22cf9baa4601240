// SQL of who printed what when. Rows are added and kept; no code stands in them.

import type { BoxId } from '@smartbox/protocol';
import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { SheetFormat } from './sheet-printer.ts';

/** One print. */
export interface SheetPrintRow {
  readonly sheetId: string;
  readonly boxId: BoxId;
  readonly generation: number;
  readonly format: SheetFormat;
  readonly printedAtMs: number;
  readonly printedBy: string;
  readonly tokenId: string;
  /** The date that the paper states. */
  readonly untilMs: number;
  /** The box was claimed anew or given up since. */
  readonly retired: boolean;
}

/** The prints of one tenant. */
export interface PrintStore {
  add(print: SheetPrintRow): void;
  get(sheetId: string): SheetPrintRow | undefined;
  /** Newest first. @param beforeSheetId undefined for the newest */
  list(boxId: BoxId, beforeSheetId: string | undefined, limit: number): readonly SheetPrintRow[];
}

const columns =
  'sheet_id, box_id, generation, format, printed_at_ms, printed_by, token_id, until_ms, retired';

type Row = Omit<SheetPrintRow, 'retired'> & { readonly retired: number };

/** Prepares the statements of all tenants' stores. */
export function createPrintStores(database: Database): (tenantId: TenantId) => PrintStore {
  const select = `SELECT sheet_id AS sheetId, box_id AS boxId, generation, format, printed_at_ms AS printedAtMs,
       printed_by AS printedBy, token_id AS tokenId, until_ms AS untilMs, retired
     FROM sheet_print WHERE tenant_id = ?`;
  const add = database.prepare(
    `INSERT INTO sheet_print (tenant_id, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const get = database.prepare<Row>(`${select} AND sheet_id = ?`);
  const list = database.prepare<Row>(
    `${select} AND box_id = ? AND sheet_id < ? ORDER BY sheet_id DESC LIMIT ?`,
  );
  return perTenant((tenantId) => ({
    add: ({ sheetId, boxId, generation, format, printedAtMs, ...rest }) => {
      const { printedBy, tokenId, untilMs, retired } = rest;
      const first = [sheetId, boxId, generation, format, printedAtMs];
      add.run(tenantId, ...first, printedBy, tokenId, untilMs, Number(retired));
    },
    get: (sheetId) => {
      const row = get.get(tenantId, sheetId);
      return row === undefined ? undefined : toPrint(row);
    },
    list: (boxId, beforeSheetId, limit) =>
      list.all(tenantId, boxId, beforeSheetId ?? afterAll, limit).map(toPrint),
  }));
}

/** Greater than every id: ids are of hexadecimal digits. */
const afterAll = 'shs_~';

function toPrint(row: Row): SheetPrintRow {
  return { ...row, retired: row.retired === 1 };
}
