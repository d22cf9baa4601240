// What the box knows that a code without the cloud is judged by, and what the display may offer: one reading of the
// state for the screen and for the judgement, so that they never differ.
import type { CryptoProvider } from '@smartbox/protocol';
import type { BoxState } from './box-state.ts';
import { lockedFor } from './lockout.ts';
import { isClockUnsure, type OfflineFacts, type SheetFacts, sheetTrouble } from './offline-code.ts';
import type { FactoryRecord } from './records.ts';
import { clockUncertaintyMs, provenTime, readClock } from './trusted-clock.ts';

/** @returns what decides which cell the box asks for */
export function sheetFacts(box: BoxState, nowMs: number): SheetFacts {
  const { emergency: keys, binCount, clock } = box;
  return { keys, binCount, reading: readClock(clock, nowMs), provenMs: provenTime(clock, nowMs) };
}

/** @param box claimed, so its factory record is there */
export function offlineFacts(crypto: CryptoProvider, box: BoxState, nowMs: number): OfflineFacts {
  return {
    ...sheetFacts(box, nowMs),
    crypto,
    boxId: (box.factory as FactoryRecord).boxId,
    uncertaintyMs: clockUncertaintyMs(box.clock, nowMs),
    holdsKey: (bin) => (box.presence.bins[bin - 1]?.inside ?? null) !== null,
  };
}

/** Which ways in there are now. */
export interface OfflineWays {
  readonly booking: boolean;
  readonly app: boolean;
  readonly sheet: boolean;
  readonly phone: boolean;
}

/** @returns the ways in that would take a right code at this moment */
export function openWays(box: BoxState, nowMs: number): OfflineWays {
  const { booking, authenticator, phone } = box.emergency;
  const facts = sheetFacts(box, nowMs);
  const free = lockedFor(box.offlineTries, nowMs).waitMs === 0;
  const unsure = isClockUnsure({ uncertaintyMs: clockUncertaintyMs(box.clock, nowMs) });
  return {
    booking: free && booking !== undefined && facts.reading.source !== 'unknown',
    app: free && authenticator.key.length > 0 && !unsure,
    sheet: free && sheetTrouble(facts) === undefined,
    phone: phone !== undefined,
  };
}

/** @returns whether the box was ever told a key for the time without the cloud that it still holds */
export function hasEmergencyKeys(box: BoxState): boolean {
  const { booking, authenticator, phone, sheet } = box.emergency;
  const keys = booking !== undefined || phone !== undefined || sheet !== undefined;
  return keys || authenticator.key.length > 0;
}
