// From rows of the tables to what they mean, and back: apart from the statements, because there are many columns.

import type { BoxId } from '@smartbox/protocol';
import type { SqlValue } from '../../platform/database.ts';
import type { CancelledBooking, EmergencyBox, InForce, LastPrint, Sheet } from './emergency.ts';

/** A row of `emergency_sheet`. */
export interface SheetRowInTable {
  generation: number;
  until_ms: number;
  cells_per_bin: number;
  cells_for_all: number;
  made_at_ms: number;
  issued_at_ms: number | null;
  revoked_at_ms: number | null;
}

/** A row of `emergency_box` that may be written as a whole. */
interface BoxValues {
  version: number;
  rev: number;
  sheet_generation: number;
  booking_generation: number;
  authenticator_since_ms: number | null;
  authenticator_ever: number;
  open_order: string;
  first_use_hours: number;
  cells_per_bin: number;
  cells_for_all: number;
  sleep_after_ms: number;
  awake_ms: number;
  cancelled: string;
  clear_version: number | null;
  version_in_force: number;
  sheet_in_force: number;
  sheet_in_force_since_ms: number | null;
  sheet_until_in_force_ms: number | null;
  sheet_closed: number;
  booking_in_force: number;
  booking_in_force_since_ms: number | null;
  authenticator_in_force: number;
  confirmed_at_ms: number | null;
  printed_generation: number | null;
  printed_at_ms: number | null;
  printed_by: string | null;
  reprint_advised: number;
  cells_low: number;
}

/** The same as read, with its present sheet and whether the printed one was revoked. */
export interface EmergencyRow extends BoxValues {
  box_id: BoxId;
  authenticator_label: string | null;
  until_ms: number;
  sheet_cells_per_bin: number;
  sheet_cells_for_all: number;
  made_at_ms: number;
  issued_at_ms: number | null;
  revoked_at_ms: number | null;
  printed_revoked_at_ms: number | null;
}

/** @returns the columns to write, in the order in which they are written */
function toValues(box: EmergencyBox): BoxValues {
  const { settings, inForce, printed } = box;
  return {
    version: box.version,
    rev: box.rev,
    sheet_generation: box.sheet.generation,
    booking_generation: box.bookingGeneration,
    authenticator_since_ms: box.authenticator?.sinceMs ?? null,
    authenticator_ever: Number(box.authenticatorEver),
    open_order: JSON.stringify(settings.openOrder),
    first_use_hours: settings.firstUseHours,
    cells_per_bin: settings.cellsPerBin,
    cells_for_all: settings.cellsForAll,
    sleep_after_ms: settings.sleepAfterMs,
    awake_ms: settings.awakeMs,
    cancelled: JSON.stringify(box.cancelled),
    clear_version: box.clearVersion,
    version_in_force: inForce.version,
    sheet_in_force: inForce.sheetGeneration,
    sheet_in_force_since_ms: inForce.sheetSinceMs,
    sheet_until_in_force_ms: inForce.sheetUntilMs,
    sheet_closed: Number(inForce.sheetClosed),
    booking_in_force: inForce.bookingGeneration,
    booking_in_force_since_ms: inForce.bookingSinceMs,
    authenticator_in_force: Number(inForce.authenticator),
    confirmed_at_ms: inForce.confirmedAtMs,
    printed_generation: printed?.generation ?? null,
    printed_at_ms: printed?.atMs ?? null,
    printed_by: printed?.by ?? null,
    reprint_advised: Number(box.reprintAdvised),
    cells_low: Number(box.cellsLow),
  };
}

/** The names of those columns. */
export const valueNames: readonly (keyof BoxValues)[] = [
  'version',
  'rev',
  'sheet_generation',
  'booking_generation',
  'authenticator_since_ms',
  'authenticator_ever',
  'open_order',
  'first_use_hours',
  'cells_per_bin',
  'cells_for_all',
  'sleep_after_ms',
  'awake_ms',
  'cancelled',
  'clear_version',
  'version_in_force',
  'sheet_in_force',
  'sheet_in_force_since_ms',
  'sheet_until_in_force_ms',
  'sheet_closed',
  'booking_in_force',
  'booking_in_force_since_ms',
  'authenticator_in_force',
  'confirmed_at_ms',
  'printed_generation',
  'printed_at_ms',
  'printed_by',
  'reprint_advised',
  'cells_low',
];

/** @returns one value after the other, as the statements take them */
export function valuesOf(box: EmergencyBox): readonly SqlValue[] {
  const values = toValues(box);
  return valueNames.map((name) => values[name]);
}

/** @returns what the row means */
export function toEmergencyBox(row: EmergencyRow): EmergencyBox {
  return {
    boxId: row.box_id,
    version: row.version,
    rev: row.rev,
    sheet: toSheet({
      ...row,
      generation: row.sheet_generation,
      cells_per_bin: row.sheet_cells_per_bin,
      cells_for_all: row.sheet_cells_for_all,
    }),
    bookingGeneration: row.booking_generation,
    settings: {
      openOrder: JSON.parse(row.open_order) as readonly number[],
      firstUseHours: row.first_use_hours,
      cellsPerBin: row.cells_per_bin,
      cellsForAll: row.cells_for_all,
      sleepAfterMs: row.sleep_after_ms,
      awakeMs: row.awake_ms,
    },
    cancelled: JSON.parse(row.cancelled) as readonly CancelledBooking[],
    clearVersion: row.clear_version,
    authenticator: toAuthenticator(row),
    authenticatorEver: row.authenticator_ever === 1,
    inForce: toInForce(row),
    printed: toLastPrint(row),
    reprintAdvised: row.reprint_advised === 1,
    cellsLow: row.cells_low === 1,
  };
}

/** @returns what the row means */
export function toSheet(row: SheetRowInTable): Sheet {
  return {
    generation: row.generation,
    untilMs: row.until_ms,
    cellsPerBin: row.cells_per_bin,
    cellsForAll: row.cells_for_all,
    madeAtMs: row.made_at_ms,
    issuedAtMs: row.issued_at_ms,
    revokedAtMs: row.revoked_at_ms,
  };
}

function toAuthenticator(row: EmergencyRow): EmergencyBox['authenticator'] {
  const { authenticator_label: label, authenticator_since_ms: sinceMs } = row;
  return label === null || sinceMs === null ? null : { label, sinceMs };
}

function toInForce(row: EmergencyRow): InForce {
  return {
    version: row.version_in_force,
    sheetGeneration: row.sheet_in_force,
    sheetSinceMs: row.sheet_in_force_since_ms,
    sheetUntilMs: row.sheet_until_in_force_ms,
    sheetClosed: row.sheet_closed === 1,
    bookingGeneration: row.booking_in_force,
    bookingSinceMs: row.booking_in_force_since_ms,
    authenticator: row.authenticator_in_force === 1,
    confirmedAtMs: row.confirmed_at_ms,
  };
}

function toLastPrint(row: EmergencyRow): LastPrint | null {
  const { printed_generation: generation, printed_at_ms: atMs, printed_by: by } = row;
  if (generation === null || atMs === null || by === null) return null;
  return { generation, atMs, by, revoked: row.printed_revoked_at_ms !== null };
}
