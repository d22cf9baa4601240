// What a box is to know for openings without the cloud, what it confirmed of it, and how its sheet stands. Pure,
// and without any key: keys are beside it, sealed.

import { type BoxId, limits } from '@smartbox/protocol';

const dayMs = 86_400_000;

/** How long before its end a sheet counts as ending soon. */
export const endingSoonMs = 30 * dayMs;

/** How long a printed sheet is good, in days. */
export const validity = { shortestDays: 28, longestDays: 1_095, usualDays: 365 };

/** What an operator may set. */
export interface EmergencySettings {
  /** Bins in the order in which "all" opens them; others follow by number. */
  readonly openOrder: readonly number[];
  /** A booking must be used within this many hours of its start; 0 for no such rule. */
  readonly firstUseHours: number;
  /** Cells of the next sheet. */
  readonly cellsPerBin: number;
  readonly cellsForAll: number;
  readonly sleepAfterMs: number;
  readonly awakeMs: number;
}

/** The sheet that is wanted at the box. */
export interface Sheet {
  readonly generation: number;
  readonly untilMs: number;
  readonly cellsPerBin: number;
  readonly cellsForAll: number;
  readonly madeAtMs: number;
  /** When somebody first got codes of it. */
  readonly issuedAtMs: number | null;
  readonly revokedAtMs: number | null;
}

/** A booking that the box is to refuse, until it has ended anyway. */
export interface CancelledBooking {
  readonly payload: number;
  readonly endMs: number;
}

/** What the box said last. Generation and version 0: nothing. */
export interface InForce {
  readonly version: number;
  readonly sheetGeneration: number;
  readonly sheetSinceMs: number | null;
  /** The date of that sheet that the box knows for certain. */
  readonly sheetUntilMs: number | null;
  /** The sheet was closed at the keypad. */
  readonly sheetClosed: boolean;
  readonly bookingGeneration: number;
  readonly bookingSinceMs: number | null;
  readonly authenticator: boolean;
  readonly confirmedAtMs: number | null;
}

/** The last print since the box was claimed. */
export interface LastPrint {
  readonly generation: number;
  readonly atMs: number;
  readonly by: string;
  /** Whether that sheet was revoked since. */
  readonly revoked: boolean;
}

/** Everything about one box but its keys. */
export interface EmergencyBox {
  readonly boxId: BoxId;
  readonly version: number;
  /** Rises with every edit of the settings. */
  readonly rev: number;
  readonly sheet: Sheet;
  readonly bookingGeneration: number;
  readonly settings: EmergencySettings;
  readonly cancelled: readonly CancelledBooking[];
  /** A sheet was revoked: a box below this version is first told, as this version, that there is no sheet. */
  readonly clearVersion: number | null;
  readonly authenticator: { readonly label: string; readonly sinceMs: number } | null;
  /** Whether an app was ever enrolled. */
  readonly authenticatorEver: boolean;
  readonly inForce: InForce;
  readonly printed: LastPrint | null;
  /** A code was used since the last sheet was made. */
  readonly reprintAdvised: boolean;
  readonly cellsLow: boolean;
}

/** Settings of a box that was just claimed. */
const firstSettings: EmergencySettings = {
  openOrder: [],
  firstUseHours: 0,
  cellsPerBin: 10,
  cellsForAll: 5,
  sleepAfterMs: 120_000,
  awakeMs: 60_000,
};

const nothingInForce: InForce = {
  version: 0,
  sheetGeneration: 0,
  sheetSinceMs: null,
  sheetUntilMs: null,
  sheetClosed: false,
  bookingGeneration: 0,
  bookingSinceMs: null,
  authenticator: false,
  confirmedAtMs: null,
};

/**
 * @returns what a newly claimed box is to know. Its first sheet is on the box before anybody prints it, so its
 * date is far away: the first print brings it nearer if the box can hear of that.
 */
export function newEmergencyBox(boxId: BoxId, nowMs: number): EmergencyBox {
  return {
    boxId,
    version: 1,
    rev: 1,
    sheet: newSheet(firstSettings, { generation: 1, nowMs, untilMs: nowMs + validity.longestDays * dayMs }),
    bookingGeneration: 1,
    settings: firstSettings,
    cancelled: [],
    clearVersion: null,
    authenticator: null,
    authenticatorEver: false,
    inForce: nothingInForce,
    printed: null,
    reprintAdvised: false,
    cellsLow: false,
  };
}

/** @returns a sheet that nobody has seen yet */
export function newSheet(
  settings: Pick<EmergencySettings, 'cellsPerBin' | 'cellsForAll'>,
  made: { readonly generation: number; readonly nowMs: number; readonly untilMs: number },
): Sheet {
  const { generation, nowMs, untilMs } = made;
  const { cellsPerBin, cellsForAll } = settings;
  const untouched = { issuedAtMs: null, revokedAtMs: null };
  return { generation, untilMs, cellsPerBin, cellsForAll, madeAtMs: nowMs, ...untouched };
}

/** How a sheet stands, for people: what to do about it follows from the word. */
export const sheetStates = [
  'none',
  'current',
  'waiting_for_box',
  'ending_soon',
  'ended',
  'revoked',
  'cells_low',
] as const;

/** See `sheetStates`. */
export type SheetState = (typeof sheetStates)[number];

/** @returns whether the sheet that is wanted at the box was printed by somebody */
export function isPrinted({ printed, sheet }: Pick<EmergencyBox, 'printed' | 'sheet'>): boolean {
  return printed !== null && printed.generation === sheet.generation;
}

/** @returns whether the box takes codes of the wanted sheet */
export function isSheetInForce({ inForce, sheet }: Pick<EmergencyBox, 'inForce' | 'sheet'>): boolean {
  return inForce.sheetGeneration === sheet.generation && !inForce.sheetClosed;
}

/** @returns how the box's sheet stands now; what helps least is said first */
export function sheetState(box: EmergencyBox, nowMs: number): SheetState {
  if (!isPrinted(box)) return box.printed?.revoked === true ? 'revoked' : 'none';
  const untilMs = statedUntilMs(box);
  if (untilMs <= nowMs) return 'ended';
  if (!isSheetInForce(box)) return 'waiting_for_box';
  if (untilMs - nowMs <= endingSoonMs) return 'ending_soon';
  return box.cellsLow ? 'cells_low' : 'current';
}

/**
 * @returns the date that a paper may state: never a later one than the box enforces. A box that has the sheet but
 * has not confirmed the present version may still know an earlier date.
 */
export function statedUntilMs({ sheet, inForce, version }: EmergencyBox): number {
  const hasOlderDate = inForce.sheetGeneration === sheet.generation && inForce.version < version;
  return hasOlderDate ? Math.min(sheet.untilMs, inForce.sheetUntilMs ?? sheet.untilMs) : sheet.untilMs;
}

/** @returns the bookings that have not ended, the box's grace included */
export function liveCancelled(cancelled: readonly CancelledBooking[], nowMs: number) {
  return cancelled.filter(({ endMs }) => endMs + limits.bookingGraceMs > nowMs);
}

/** @returns every bin from 1 to `binCount`, in the order in which "all" opens them */
export function fullOpenOrder(openOrder: readonly number[], binCount: number): readonly number[] {
  const all = Array.from({ length: binCount }, (_, index) => index + 1);
  const first = openOrder.filter((bin) => bin <= binCount);
  return [...first, ...all.filter((bin) => !first.includes(bin))];
}

/** @returns whether so few cells are left that a new sheet should be printed: one in five, and always the last */
export function areCellsLow(left: number, cells: number): boolean {
  return left <= Math.max(1, Math.floor(cells / 5));
}

/** What the box confirmed, as its message says. */
export interface Confirmed {
  readonly version: number;
  readonly sheetGeneration: number;
  readonly sheetRevoked: boolean;
  readonly bookingGeneration: number;
  readonly authenticator: boolean;
}

/** @returns what is in force after the box's word */
export function confirmedInForce(box: EmergencyBox, told: Confirmed, nowMs: number): InForce {
  const { inForce, sheet, version } = box;
  const sameSheet = inForce.sheetGeneration === told.sheetGeneration;
  const sameBooking = inForce.bookingGeneration === told.bookingGeneration;
  const upToDate = told.version === version && told.sheetGeneration === sheet.generation;
  return {
    version: told.version,
    sheetGeneration: told.sheetGeneration,
    sheetSinceMs: sameSheet ? inForce.sheetSinceMs : nowMs,
    sheetUntilMs: upToDate ? sheet.untilMs : sameSheet ? inForce.sheetUntilMs : null,
    sheetClosed: told.sheetRevoked,
    bookingGeneration: told.bookingGeneration,
    bookingSinceMs: sameBooking ? inForce.bookingSinceMs : nowMs,
    authenticator: told.authenticator,
    confirmedAtMs: nowMs,
  };
}

/** @returns whether the box knows more than we do: the database is an older one, or the box was another's */
export function isAhead(box: EmergencyBox, told: Confirmed): boolean {
  return (
    told.version > box.version ||
    told.sheetGeneration > box.sheet.generation ||
    told.bookingGeneration > box.bookingGeneration
  );
}
