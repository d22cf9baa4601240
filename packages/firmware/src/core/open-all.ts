// All bins that hold a key, one after another: the next one when the door before it is closed again, or has stood
// open too long, or did not open at all. Who walks away leaves at most one door open. In RAM only: a power cut ends
// it, because nobody may be standing there any more when the power comes back.
import type { BinLock } from './bin-lock.ts';

export interface OpenAll {
  /** Of the `code-used` entry that allows it. */
  readonly grant: number;
  /** Bins still to open, in order. */
  readonly waiting: readonly number[];
  readonly total: number;
  /** Doors that opened. */
  readonly opened: number;
  /** The bin that was released last, 0 before the first. */
  readonly bin: number;
  /** Its door has opened. */
  readonly seenOpen: boolean;
}

/** Why it ended. */
export type OpenAllEnd = 'done' | 'stopped' | 'battery' | 'log-full';

/** @returns the bins to open: those that hold a key, in the order that was set, then by number */
export function openingOrder(
  openOrder: Uint8Array,
  binCount: number,
  holdsKey: (bin: number) => boolean,
): number[] {
  const bins = new Set<number>(openOrder);
  for (let bin = 1; bin <= binCount; bin++) bins.add(bin);
  return [...bins].filter((bin) => bin >= 1 && bin <= binCount && holdsKey(bin));
}

/** Nothing is released yet. */
export function beginOpenAll(grant: number, bins: readonly number[]): OpenAll {
  return { grant, waiting: bins, total: bins.length, opened: 0, bin: 0, seenOpen: false };
}

/** Looks at the bin that was released last. @returns whether the next one's turn has come */
export function watchBin(
  openAll: OpenAll,
  lock: BinLock | undefined,
): { readonly openAll: OpenAll; readonly next: boolean } {
  const open = lock?.kind === 'open' || lock?.kind === 'left-open';
  const news = open && !openAll.seenOpen;
  const watched = news ? { ...openAll, opened: openAll.opened + 1, seenOpen: true } : openAll;
  return { openAll: watched, next: lock?.kind !== 'released' && lock?.kind !== 'open' };
}

/** @returns the next bin and what is left, or undefined where all had their turn */
export function nextBin(openAll: OpenAll): OpenAll | undefined {
  const [bin, ...waiting] = openAll.waiting;
  return bin === undefined ? undefined : { ...openAll, bin, waiting, seenOpen: false };
}
