// Whether a code that a person typed opens something while the box is alone, and what it uses up. Pure: nothing is
// counted, saved or opened here; the caller has saved the try before it asks, and saves what is used up before
// anything opens. Every comparison takes the same time for a wrong code, wherever it is wrong.
import {
  ALL_BINS,
  authenticatorCode,
  authenticatorStep,
  type BookingPayload,
  type BoxId,
  bookingOf,
  type CryptoProvider,
  limits,
  type OfflineUse,
  type PhoneChallenge,
  phoneAnswer,
  readBookingCode,
  revocationCode,
  sameCode,
  sheetCode,
} from '@smartbox/protocol';
import type { Purpose } from './bin-lock.ts';
import { type EmergencyKeys, isGood, type KeysChanged } from './emergency-keys.ts';
import { encodeAuthenticator, encodeCells, type StoredKey, type UsedCells } from './emergency-records.ts';
import { boxLimits } from './limits.ts';
import { addPayload, hasPayload } from './payload-list.ts';
import type { Reading } from './trusted-clock.ts';

/** What decides which cell the box asks for. */
export interface SheetFacts {
  readonly keys: EmergencyKeys;
  readonly binCount: number;
  readonly reading: Reading;
  /** Unix ms that it surely is; see `provenTime`. */
  readonly provenMs: number;
}

/** What a code is judged by. */
export interface OfflineFacts extends SheetFacts {
  readonly crypto: CryptoProvider;
  readonly boxId: BoxId;
  readonly uncertaintyMs: number;
  /** Whether a key lies in this bin. */
  readonly holdsKey: (bin: number) => boolean;
}

/** Why a code opens nothing although somebody issued it, or why the box does not ask for one. */
export type OfflineRefusal =
  | 'too-early'
  | 'over'
  | 'not-used-in-time'
  | 'cancelled'
  | 'used-already'
  | 'too-many-used'
  | 'clock-unsure'
  | 'no-such-bin'
  | 'no-sheet'
  | 'sheet-ended'
  | 'sheet-revoked'
  | 'cells-used-up'
  | 'app-code-used';

export type OfflineVerdict =
  /** `change`: what is used up, to be saved before anything opens; undefined where nothing is. */
  | {
      readonly kind: 'accepted';
      readonly use: OfflineUse;
      /** Bin number, or `ALL_BINS`. */
      readonly target: number;
      readonly purpose: Purpose;
      readonly change: KeysChanged | undefined;
    }
  | { readonly kind: 'wrong' }
  /** `waitMs`: of `too-early`. */
  | { readonly kind: 'refused'; readonly reason: OfflineRefusal; readonly waitMs?: number };

type Refused = Exclude<OfflineVerdict, { kind: 'accepted' }>;

/** `step`: the 30 seconds whose code it is. */
export type AppVerdict =
  | Refused
  | { readonly kind: 'accepted'; readonly step: number; readonly change: KeysChanged };

/** A cell that the box asks for. */
export interface WantedCell {
  readonly sheet: StoredKey;
  readonly cells: UsedCells;
  /** From 1. */
  readonly cell: number;
}

const WRONG = { kind: 'wrong' } as const;

function refuse(reason: OfflineRefusal, waitMs?: number): Refused {
  return waitMs === undefined ? { kind: 'refused', reason } : { kind: 'refused', reason, waitMs };
}

/** @returns why no sheet opens anything on this box now, or undefined where one does */
export function sheetTrouble(facts: SheetFacts): OfflineRefusal | undefined {
  const { sheet, cells, sheetBefore, cellsBefore } = facts.keys;
  const now = troubleOf(sheet, cells, facts);
  if (now === undefined || sheetBefore === undefined || !isGood(sheetBefore, facts.reading)) return now;
  return troubleOf(sheetBefore, cellsBefore, facts) === undefined ? undefined : now;
}

/** @returns the cells that the box asks for, the newest sheet's first: one, or two on the day after a change */
export function wantedCells(facts: SheetFacts, target: number): readonly WantedCell[] | OfflineRefusal {
  const trouble = sheetTrouble(facts);
  if (trouble !== undefined) return trouble;
  if (target > Math.min(facts.binCount, limits.sheetBins)) return 'no-such-bin';
  const { sheet, cells, sheetBefore, cellsBefore } = facts.keys;
  const wanted: WantedCell[] = [];
  const ask = (key: StoredKey | undefined, of: UsedCells) => {
    if (key === undefined || troubleOf(key, of, facts) !== undefined) return;
    const cell = (of.used[target] as number) + 1;
    if (cell <= (target === ALL_BINS ? key.cellsForAll : key.cellsPerBin)) {
      wanted.push({ sheet: key, cells: of, cell });
    }
  };
  ask(sheet, cells);
  if (sheetBefore !== undefined && isGood(sheetBefore, facts.reading)) ask(sheetBefore, cellsBefore);
  return wanted.length === 0 ? 'cells-used-up' : wanted;
}

/** A cell of the sheet. @param code 8 digits */
export function checkSheet(facts: OfflineFacts, target: number, code: string): OfflineVerdict {
  const wanted = wantedCells(facts, target);
  if (typeof wanted === 'string') return refuse(wanted);
  const found = wanted.filter(({ sheet, cell }) =>
    sameCode(code, sheetCode(facts.crypto, sheet.key, { target, cell })),
  )[0];
  if (found === undefined) return WRONG;
  const { sheet, cell } = found;
  const used = found.cells.used.slice();
  used[target] = cell;
  const use: OfflineUse = { method: 'sheet', generation: sheet.generation, number: cell };
  const change = withCells(facts.keys, { ...found.cells, used });
  return { kind: 'accepted', use, target, purpose: 'withdraw', change };
}

/** A code typed without being asked for. @param code 10 digits. @returns what it closes, or undefined if nothing */
export function checkRevocation(facts: OfflineFacts, code: string): KeysChanged | undefined {
  const { sheet, cells, sheetBefore, cellsBefore } = facts.keys;
  const matches = (key: StoredKey | undefined) =>
    key !== undefined && sameCode(code, revocationCode(facts.crypto, key.key, key.generation));
  if (matches(sheet)) return withCells(facts.keys, { ...cells, revoked: true });
  return matches(sheetBefore) ? withCells(facts.keys, { ...cellsBefore, revoked: true }) : undefined;
}

/** A booking. @param code 12 digits */
export function checkBooking(facts: OfflineFacts, code: string): OfflineVerdict {
  const { booking, bookingBefore } = facts.keys;
  if (facts.reading.source === 'unknown') return refuse('clock-unsure');
  const before =
    bookingBefore !== undefined && isGood(bookingBefore, facts.reading) ? bookingBefore : undefined;
  for (const key of [booking, before]) {
    if (key === undefined) continue;
    const payload = readBookingCode(facts.crypto, { boxId: facts.boxId, key: key.key }, code);
    if (payload !== undefined) return judgeBooking(facts, key, payload);
  }
  return WRONG;
}

/** An answer that was read out on the phone. @param code 8 digits */
export function checkAnswer(facts: OfflineFacts, asked: PhoneChallenge, code: string): OfflineVerdict {
  const { phone } = facts.keys;
  if (phone === undefined || !sameCode(code, phoneAnswer(facts.crypto, phone.key, asked))) return WRONG;
  const use: OfflineUse = { method: 'phone', generation: 0, number: Number(asked.challenge) };
  return { kind: 'accepted', use, target: asked.target, purpose: 'withdraw', change: undefined };
}

/** A code of the enrolled app; which bin it opens is chosen afterwards. @param code 8 digits */
export function checkAuthenticator(facts: OfflineFacts, code: string): AppVerdict {
  const { key, lastStep } = facts.keys.authenticator;
  if (isClockUnsure(facts)) return refuse('clock-unsure');
  const now = authenticatorStep(facts.reading.timeMs);
  const around = 1 + Math.ceil(facts.uncertaintyMs / limits.authenticatorStepMs);
  let found = 0;
  for (let step = now - around; step <= now + around; step++) {
    if (sameCode(code, authenticatorCode(facts.crypto, key, step))) found = step;
  }
  if (found === 0) return WRONG;
  if (found <= lastStep) return refuse('app-code-used');
  const authenticator = { key, lastStep: found };
  const saves = [{ record: 'authenticator' as const, bytes: encodeAuthenticator(authenticator) }];
  return { kind: 'accepted', step: found, change: { keys: { ...facts.keys, authenticator }, saves } };
}

/** @returns whether the clock is too far off, perhaps, for an app's code */
export function isClockUnsure({ uncertaintyMs }: Pick<OfflineFacts, 'uncertaintyMs'>): boolean {
  return uncertaintyMs > boxLimits.authenticatorDriftMs;
}

function troubleOf(
  sheet: StoredKey | undefined,
  cells: UsedCells,
  facts: SheetFacts,
): OfflineRefusal | undefined {
  if (sheet === undefined) return 'no-sheet';
  if (cells.revoked) return 'sheet-revoked';
  // Only what is proven ends a sheet: a clock that jumped ahead must not lock everybody out.
  return facts.provenMs >= sheet.untilMs ? 'sheet-ended' : undefined;
}

function withCells(keys: EmergencyKeys, cells: UsedCells): KeysChanged {
  const bytes = encodeCells(cells);
  if (cells.generation === keys.cells.generation) {
    return { keys: { ...keys, cells }, saves: [{ record: 'cells', bytes }] };
  }
  return { keys: { ...keys, cellsBefore: cells }, saves: [{ record: 'cells-before', bytes }] };
}

function judgeBooking(facts: OfflineFacts, key: StoredKey, payload: BookingPayload): OfflineVerdict {
  const { keys } = facts;
  const nowMs = facts.reading.timeMs;
  const booking = bookingOf(payload, nowMs);
  const graceMs = limits.bookingGraceMs;
  if (hasPayload(keys.cancelled, payload)) return refuse('cancelled');
  if (booking.bin < 1 || booking.bin > facts.binCount) return refuse('no-such-bin');
  const early = booking.startMs - graceMs - nowMs;
  if (early > 0) return refuse('too-early', early);
  if (nowMs >= booking.endMs + graceMs) return refuse('over');
  const use: OfflineUse = { method: 'booking', generation: key.generation, number: payload };
  const accepted = { kind: 'accepted', use, target: booking.bin } as const;
  if (hasPayload(keys.usedBookings, payload)) {
    if (facts.holdsKey(booking.bin)) return refuse('used-already');
    return { ...accepted, purpose: 'return', change: undefined };
  }
  const { firstUseHours } = keys.rules;
  const useUntilMs = booking.startMs + firstUseHours * boxLimits.hourMs + graceMs;
  if (firstUseHours > 0 && nowMs >= useUntilMs) return refuse('not-used-in-time');
  const isOver = (held: BookingPayload) => nowMs >= bookingOf(held, nowMs).endMs + graceMs;
  const added = addPayload(keys.usedBookings, payload, isOver);
  if (added === undefined) return refuse('too-many-used');
  const change = { keys: { ...keys, usedBookings: added.list }, saves: [added.save] };
  return { ...accepted, purpose: 'withdraw', change };
}
