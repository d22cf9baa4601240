// All SQL of what boxes are to know and of the sheets that were made; prints and uses have files of their own. A
// store is made for one tenant. Keys are sealed before they come here and are read only by who asks for them.

import type { BoxId } from '@smartbox/protocol';
import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { EmergencyBox, Sheet } from './emergency.ts';
import {
  type EmergencyRow,
  type SheetRowInTable,
  toEmergencyBox,
  toSheet,
  valueNames,
  valuesOf,
} from './store-rows.ts';

/** The sealed keys of a box. */
export interface SealedKeys {
  readonly bookingKey: Uint8Array;
  readonly phoneKey: Uint8Array;
  /** Null where no app is enrolled. */
  readonly authenticatorKey: Uint8Array | null;
}

/** What boxes of one tenant are to know. */
export interface EmergencyStore {
  /** Begins anew, whatever was known of the box before. */
  begin(box: EmergencyBox, keys: SealedKeys & { readonly sheetKey: Uint8Array }): void;
  /** Forgets the box and its keys; who printed what stays. */
  forget(boxId: BoxId): void;
  get(boxId: BoxId): EmergencyBox | undefined;
  list(afterBoxId: string, limit: number): readonly EmergencyBox[];
  /** Saves everything but keys, the present sheet's date and marks included. */
  save(box: EmergencyBox): void;
  sealedKeys(boxId: BoxId): SealedKeys | undefined;
  saveBookingKey(boxId: BoxId, sealed: Uint8Array): void;
  /** To be followed by `save`, which names the label. */
  saveAuthenticator(
    boxId: BoxId,
    enrolled: { readonly sealed: Uint8Array; readonly label: string } | null,
  ): void;
  addSheet(boxId: BoxId, sheet: Sheet, sealedKey: Uint8Array): void;
  sheet(boxId: BoxId, generation: number): Sheet | undefined;
  /** Null once a later sheet is in force. */
  sealedSheetKey(boxId: BoxId, generation: number): Uint8Array | null | undefined;
  /** Marks the sheets up to this generation that are not revoked yet. */
  revokeSheets(boxId: BoxId, upTo: number, atMs: number): void;
  /** Forgets the keys of the sheets before this one. */
  dropSheetKeys(boxId: BoxId, before: number): void;
}

/** Prepares the statements of all tenants' stores. */
export function createEmergencyStores(database: Database): (tenantId: TenantId) => EmergencyStore {
  const statements = { ...prepareBoxes(database), ...prepareSheets(database) };
  return perTenant((tenantId) => ({
    ...boxQueries(statements, tenantId),
    ...sheetQueries(statements, tenantId),
  }));
}

type Statements = ReturnType<typeof prepareBoxes> & ReturnType<typeof prepareSheets>;

function boxQueries(
  statements: Statements,
  tenantId: TenantId,
): Pick<
  EmergencyStore,
  'begin' | 'forget' | 'get' | 'list' | 'save' | 'sealedKeys' | 'saveBookingKey' | 'saveAuthenticator'
> {
  const forget = (boxId: BoxId): void => {
    for (const one of [statements.removeBox, statements.removeSheets, statements.removeUses])
      one.run(tenantId, boxId);
    statements.retirePrints.run(tenantId, boxId);
  };
  return {
    forget,
    begin: (box, keys) => {
      forget(box.boxId);
      statements.add.run(tenantId, box.boxId, keys.bookingKey, keys.phoneKey, ...valuesOf(box));
      addSheet(statements, tenantId, { boxId: box.boxId, sheet: box.sheet, sealedKey: keys.sheetKey });
    },
    get: (boxId) => {
      const row = statements.get.get(tenantId, boxId);
      return row === undefined ? undefined : toEmergencyBox(row);
    },
    list: (afterBoxId, limit) => statements.list.all(tenantId, afterBoxId, limit).map(toEmergencyBox),
    save: (box) => {
      const { boxId, sheet } = box;
      statements.save.run(...valuesOf(box), tenantId, boxId);
      statements.saveSheet.run(
        sheet.untilMs,
        sheet.cellsPerBin,
        sheet.cellsForAll,
        sheet.issuedAtMs,
        tenantId,
        boxId,
        sheet.generation,
      );
    },
    sealedKeys: (boxId) => statements.keys.get(tenantId, boxId),
    saveBookingKey: (boxId, sealed) => void statements.saveBookingKey.run(sealed, tenantId, boxId),
    saveAuthenticator: (boxId, enrolled) =>
      void statements.saveAuthenticator.run(
        enrolled?.sealed ?? null,
        enrolled?.label ?? null,
        tenantId,
        boxId,
      ),
  };
}

function sheetQueries(
  statements: Statements,
  tenantId: TenantId,
): Pick<EmergencyStore, 'addSheet' | 'sheet' | 'sealedSheetKey' | 'revokeSheets' | 'dropSheetKeys'> {
  return {
    addSheet: (boxId, sheet, sealedKey) => addSheet(statements, tenantId, { boxId, sheet, sealedKey }),
    sheet: (boxId, generation) => {
      const row = statements.sheet.get(tenantId, boxId, generation);
      return row === undefined ? undefined : toSheet(row);
    },
    sealedSheetKey: (boxId, generation) => statements.sheetKey.get(tenantId, boxId, generation)?.sealed_key,
    revokeSheets: (boxId, upTo, atMs) => void statements.revokeSheets.run(atMs, tenantId, boxId, upTo),
    dropSheetKeys: (boxId, before) => void statements.dropSheetKeys.run(tenantId, boxId, before),
  };
}

function addSheet(
  statements: Statements,
  tenantId: TenantId,
  made: { readonly boxId: BoxId; readonly sheet: Sheet; readonly sealedKey: Uint8Array },
): void {
  const { boxId, sheet, sealedKey } = made;
  const { generation, untilMs, cellsPerBin, cellsForAll, madeAtMs, issuedAtMs } = sheet;
  const values = [untilMs, cellsPerBin, cellsForAll, madeAtMs, issuedAtMs];
  statements.addSheet.run(tenantId, boxId, generation, sealedKey, ...values);
  // Every sheet is warned of anew.
  statements.unwarn.run(tenantId, boxId);
}

function prepareBoxes(database: Database) {
  const select = `SELECT b.*, s.until_ms, s.cells_per_bin AS sheet_cells_per_bin,
       s.cells_for_all AS sheet_cells_for_all, s.made_at_ms, s.issued_at_ms, s.revoked_at_ms,
       p.revoked_at_ms AS printed_revoked_at_ms
     FROM emergency_box b
     JOIN emergency_sheet s
       ON s.tenant_id = b.tenant_id AND s.box_id = b.box_id AND s.generation = b.sheet_generation
     LEFT JOIN emergency_sheet p
       ON p.tenant_id = b.tenant_id AND p.box_id = b.box_id AND p.generation = b.printed_generation
     WHERE b.tenant_id = ?`;
  const columns = valueNames;
  return {
    add: database.prepare(
      `INSERT INTO emergency_box (tenant_id, box_id, sealed_booking_key, sealed_phone_key, ${columns.join(', ')})
       VALUES (?, ?, ?, ?, ${columns.map(() => '?').join(', ')})`,
    ),
    save: database.prepare(
      `UPDATE emergency_box SET ${columns.map((name) => `${name} = ?`).join(', ')}
       WHERE tenant_id = ? AND box_id = ?`,
    ),
    get: database.prepare<EmergencyRow>(`${select} AND b.box_id = ?`),
    list: database.prepare<EmergencyRow>(`${select} AND b.box_id > ? ORDER BY b.box_id LIMIT ?`),
    keys: database.prepare<SealedKeys>(
      `SELECT sealed_booking_key AS bookingKey, sealed_phone_key AS phoneKey,
         sealed_authenticator_key AS authenticatorKey FROM emergency_box WHERE tenant_id = ? AND box_id = ?`,
    ),
    saveBookingKey: database.prepare(
      'UPDATE emergency_box SET sealed_booking_key = ? WHERE tenant_id = ? AND box_id = ?',
    ),
    saveAuthenticator: database.prepare(
      `UPDATE emergency_box SET sealed_authenticator_key = ?, authenticator_label = ?
       WHERE tenant_id = ? AND box_id = ?`,
    ),
    removeBox: database.prepare('DELETE FROM emergency_box WHERE tenant_id = ? AND box_id = ?'),
    removeUses: database.prepare('DELETE FROM offline_use WHERE tenant_id = ? AND box_id = ?'),
    retirePrints: database.prepare('UPDATE sheet_print SET retired = 1 WHERE tenant_id = ? AND box_id = ?'),
  };
}

function prepareSheets(database: Database) {
  const one = 'WHERE tenant_id = ? AND box_id = ? AND generation = ?';
  return {
    addSheet: database.prepare(
      `INSERT INTO emergency_sheet (tenant_id, box_id, generation, sealed_key, until_ms, cells_per_bin,
         cells_for_all, made_at_ms, issued_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    saveSheet: database.prepare(
      `UPDATE emergency_sheet SET until_ms = ?, cells_per_bin = ?, cells_for_all = ?, issued_at_ms = ? ${one}`,
    ),
    sheet: database.prepare<SheetRowInTable>(`SELECT * FROM emergency_sheet ${one}`),
    sheetKey: database.prepare<{ sealed_key: Uint8Array | null }>(
      `SELECT sealed_key FROM emergency_sheet ${one}`,
    ),
    revokeSheets: database.prepare(
      `UPDATE emergency_sheet SET revoked_at_ms = ?
       WHERE tenant_id = ? AND box_id = ? AND generation <= ? AND revoked_at_ms IS NULL`,
    ),
    dropSheetKeys: database.prepare(
      'UPDATE emergency_sheet SET sealed_key = NULL WHERE tenant_id = ? AND box_id = ? AND generation < ?',
    ),
    unwarn: database.prepare(
      `UPDATE emergency_box SET warned_missing = 0, warned_ending = 0, warned_ended = 0, warned_cells = 0
       WHERE tenant_id = ? AND box_id = ?`,
    ),
    removeSheets: database.prepare('DELETE FROM emergency_sheet WHERE tenant_id = ? AND box_id = ?'),
  };
}
