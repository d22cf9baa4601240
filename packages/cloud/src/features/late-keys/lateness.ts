// When a key that is out is due, whether it is late, and when to look next. Pure. A late return is a return like any
// other: nothing here refuses one.

import type { BoxId } from '@smartbox/protocol';

/** How long a key may be out. */
export interface ReturnRule {
  /** From its taking, for a key that was not taken for a booking; null where nobody waits for it. */
  readonly dueAfterMs: number | null;
  /** How long after a booking's end its key is not called late yet. */
  readonly graceMs: number;
}

/** What holds for a key without a rule of its own. */
export const usualRule: ReturnRule = { dueAfterMs: null, graceMs: 900_000 };

/** One time that a key is out: from its taking to its return. */
export interface Absence {
  readonly keyId: string;
  readonly boxId: BoxId;
  readonly bin: number;
  /** The box's grant under which it was taken; 0 for none. */
  readonly grant: number;
  readonly codeId: string | null;
  readonly personId: string | null;
  /** The booking by whose code it was taken. */
  readonly bookingId: string | null;
  readonly bookingEndsAtMs: number | null;
  readonly takenAtMs: number;
  /** Null where nobody waits for it. */
  readonly dueAtMs: number | null;
  /** Since when it was told to be late; null while it was not. */
  readonly lateSinceMs: number | null;
}

/** @returns when a key that was taken so is due; null for never. Unix ms */
export function dueAtMs(
  { takenAtMs, bookingEndsAtMs }: Pick<Absence, 'takenAtMs' | 'bookingEndsAtMs'>,
  { dueAfterMs, graceMs }: ReturnRule,
): number | null {
  // A box that is alone takes a booking's code for some time after its end: whoever comes then has the grace too.
  if (bookingEndsAtMs !== null) return Math.max(bookingEndsAtMs, takenAtMs) + graceMs;
  return dueAfterMs === null ? null : takenAtMs + dueAfterMs;
}

/** @returns whether the key is late at this moment */
export function isLate({ dueAtMs: due }: Pick<Absence, 'dueAtMs'>, atMs: number): boolean {
  return due !== null && atMs >= due;
}

/** The clock of a server may be corrected: no wait is longer than this. */
const longestWaitMs = 3_600_000;

/** @returns how long to wait until somebody should look, in ms; undefined where nothing is due */
export function nextLookMs(nextDueAtMs: number | undefined, nowMs: number): number | undefined {
  if (nextDueAtMs === undefined) return undefined;
  return Math.min(longestWaitMs, Math.max(0, nextDueAtMs - nowMs));
}
