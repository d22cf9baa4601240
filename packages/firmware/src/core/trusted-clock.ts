// What time it is, and how sure that is. Time comes from the cloud's authenticated answers, its error bounded
// by the round trip, or from a real-time clock that continued from such a time; from nowhere else. The floor is
// what is proven: it only rises, with trusted time or with the box's own uptime, and no time below it is ever
// given out. A real-time clock does not raise it: one glitch of it would otherwise hold for ever.
import { readUint, type TimeSource, writeUint } from '@smartbox/protocol';
import { boxLimits } from './limits.ts';

export interface TrustedClock {
  readonly source: TimeSource;
  /** Unix ms at monotonic 0 of this boot; meaningless while the source is `unknown`. */
  readonly offsetMs: number;
  /** Unix ms that it surely is by `floorAtMs` (monotonic); 0 when nothing was ever proven. */
  readonly floorMs: number;
  readonly floorAtMs: number;
  readonly floorSavedMs: number;
  /** Unix ms of the cloud's last word on the time, 0 for none: how far the clock may have drifted since. */
  readonly vouchedMs: number;
  /** Newest trusted time that was given out; a correction backwards waits here until time has caught up. */
  readonly lastMs: number;
}

export interface Reading {
  /** Unix ms; the floor while the source is `unknown`. */
  readonly timeMs: number;
  readonly source: TimeSource;
}

const FORMAT = 1;
// Format 1, floor 6, the cloud's last word 6.
const FLOOR_RECORD_BYTES = 13;

/**
 * @param provenMs times that the cloud once vouched for: the floor record's, the newest log entry's; 0 for none
 * @param vouchedMs when it last did, 0 where that is not known
 */
export function clockAtBoot(
  provenMs: number,
  rtcMs: number | undefined,
  nowMs: number,
  vouchedMs = 0,
): TrustedClock {
  const held = rtcMs !== undefined && provenMs > 0 && rtcMs >= provenMs;
  return {
    source: held ? 'held' : 'unknown',
    offsetMs: held ? rtcMs - nowMs : 0,
    floorMs: provenMs,
    floorAtMs: nowMs,
    floorSavedMs: nowMs,
    vouchedMs,
    lastMs: 0,
  };
}

/** @returns the time that goes into a log entry made now */
export function readClock(clock: TrustedClock, nowMs: number): Reading {
  const floorMs = floorAt(clock, nowMs);
  if (clock.source === 'unknown') return { timeMs: Math.floor(floorMs), source: 'unknown' };
  const timeMs = Math.floor(Math.max(clock.offsetMs + nowMs, floorMs, clock.lastMs));
  return { timeMs, source: clock.source };
}

/** @returns Unix ms that it surely is by now, whatever the real-time clock says; 0 when nothing was ever proven */
export function provenTime(clock: TrustedClock, nowMs: number): number {
  return Math.floor(floorAt(clock, nowMs));
}

/** @returns how far a reading may be off by drift since the cloud's last word; infinite where the time is unknown */
export function clockUncertaintyMs(clock: TrustedClock, nowMs: number): number {
  const { timeMs, source } = readClock(clock, nowMs);
  if (source === 'unknown' || clock.vouchedMs === 0) return Number.POSITIVE_INFINITY;
  return (Math.max(timeMs - clock.vouchedMs, 0) / 1_000_000) * boxLimits.rtcPpm;
}

/** Notes that a reading was written down: no trusted reading will be earlier than this one. */
export function remember(clock: TrustedClock, reading: Reading): TrustedClock {
  return reading.source === 'trusted' ? { ...clock, lastMs: reading.timeMs } : clock;
}

/** The cloud said `timeMs` at some moment between `sentMs` and `nowMs` (both monotonic). */
export function learnTime(
  clock: TrustedClock,
  told: { readonly timeMs: number; readonly sentMs: number; readonly nowMs: number },
): TrustedClock {
  const earliest = told.timeMs;
  const latest = told.timeMs + Math.max(told.nowMs - told.sentMs, 0);
  const running = clock.offsetMs + told.nowMs;
  // A clock that was trusted before is only moved as far as the answer proves it wrong: who delays answers
  // widens the interval and moves nothing.
  const best =
    clock.source === 'trusted'
      ? Math.min(Math.max(running, earliest), latest)
      : Math.floor((earliest + latest) / 2);
  const floorMs = Math.max(floorAt(clock, told.nowMs), earliest);
  // The first proof of a boot goes to flash at once: the real-time clock is believed only above it.
  const floorSavedMs = clock.source === 'trusted' ? clock.floorSavedMs : told.nowMs - boxLimits.floorEveryMs;
  const offsetMs = best - told.nowMs;
  return {
    ...clock,
    source: 'trusted',
    offsetMs,
    floorMs,
    floorAtMs: told.nowMs,
    floorSavedMs,
    vouchedMs: told.timeMs,
  };
}

/** @returns whether the real-time clock should be set because the time moved */
export function hasMoved(before: TrustedClock, after: TrustedClock): boolean {
  return before.source !== 'trusted' || Math.abs(after.offsetMs - before.offsetMs) > boxLimits.rtcToleranceMs;
}

/** @returns when the floor goes to flash next; undefined while nothing is proven */
export function floorDueMs(clock: TrustedClock): number | undefined {
  return clock.floorMs === 0 ? undefined : clock.floorSavedMs + boxLimits.floorEveryMs;
}

/** Notes that the floor went to flash. @returns the bytes of the `time-floor` record */
export function saveFloor(
  clock: TrustedClock,
  nowMs: number,
): { readonly clock: TrustedClock; readonly bytes: Uint8Array } {
  const floorMs = floorAt(clock, nowMs);
  const bytes = new Uint8Array(FLOOR_RECORD_BYTES);
  bytes[0] = FORMAT;
  writeUint(bytes, 1, { value: floorMs, size: 6 });
  writeUint(bytes, 7, { value: clock.vouchedMs, size: 6 });
  return { clock: { ...clock, floorMs, floorAtMs: nowMs, floorSavedMs: nowMs }, bytes };
}

/** @returns the floor in a `time-floor` record, 0 where there is none */
export function floorOf(record: Uint8Array | undefined): number {
  const known = record !== undefined && record.length >= 7 && record[0] === FORMAT;
  return known ? readUint(record, 1, 6) : 0;
}

/** @returns when the cloud last vouched for the time, 0 where the record does not say: older firmware did not */
export function vouchedOf(record: Uint8Array | undefined): number {
  const known = record?.length === FLOOR_RECORD_BYTES && record[0] === FORMAT;
  return known ? readUint(record, 7, 6) : 0;
}

// Uptime since the last proof counts a little less than the box's crystal says: a fast one proves nothing.
function floorAt(clock: TrustedClock, nowMs: number): number {
  if (clock.floorMs === 0) return 0;
  const uptimeMs = Math.max(nowMs - clock.floorAtMs, 0);
  return clock.floorMs + Math.floor(uptimeMs - (uptimeMs / 1_000_000) * boxLimits.crystalPpm);
}
