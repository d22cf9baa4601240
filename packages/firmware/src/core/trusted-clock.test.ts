import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clockAtBoot,
  clockUncertaintyMs,
  floorDueMs,
  floorOf,
  hasMoved,
  learnTime,
  readClock,
  remember,
  saveFloor,
  type TrustedClock,
  vouchedOf,
} from './trusted-clock.ts';

const T = 1_800_000_000_000;

describe('trusted clock', () => {
  it('knows how far it may have drifted since the cloud’s last word, also after a reboot', () => {
    const learnt = learnTime(clockAtBoot(0, undefined, 0), { timeMs: T, sentMs: 0, nowMs: 0 });
    expect(clockUncertaintyMs(learnt, 3_000_000_000)).toBeCloseTo(60_000);
    const { bytes } = saveFloor(learnt, 2_000_000_000);
    const held = clockAtBoot(floorOf(bytes), T + 3_000_000_000, 0, vouchedOf(bytes));
    expect(clockUncertaintyMs(held, 0)).toBeCloseTo(60_000);
    // Older firmware did not say since when; a clock without the time knows nothing.
    expect(vouchedOf(bytes.slice(0, 7))).toBe(0);
    expect(floorOf(bytes.slice(0, 7))).toBe(floorOf(bytes));
    expect(clockUncertaintyMs(clockAtBoot(T, T, 0), 0)).toBe(Number.POSITIVE_INFINITY);
    expect(clockUncertaintyMs(clockAtBoot(T, undefined, 0, T), 0)).toBe(Number.POSITIVE_INFINITY);
  });

  it('does not know the time before anybody vouched for it', () => {
    expect(readClock(clockAtBoot(0, T, 0), 5)).toEqual({ timeMs: 0, source: 'unknown' });
  });

  it('takes the time of the cloud, half a round trip on', () => {
    const clock = learnTime(clockAtBoot(0, undefined, 0), { timeMs: T, sentMs: 1_000, nowMs: 1_200 });
    expect(readClock(clock, 1_200)).toEqual({ timeMs: T + 100, source: 'trusted' });
    expect(readClock(clock, 2_200).timeMs).toBe(T + 1_100);
  });

  it('holds on with a real-time clock that continued from a proven time, and with no other', () => {
    expect(readClock(clockAtBoot(T, T + 5_000, 10), 20)).toEqual({ timeMs: T + 5_010, source: 'held' });
    expect(readClock(clockAtBoot(T, T - 1, 10), 20).source).toBe('unknown');
    expect(readClock(clockAtBoot(T, undefined, 10), 20)).toEqual({ timeMs: T + 9, source: 'unknown' });
  });

  it('is not moved by whoever delays answers, and corrected only as far as one proves', () => {
    const clock = learnTime(clockAtBoot(0, undefined, 0), { timeMs: T, sentMs: 0, nowMs: 0 });
    const delayed = learnTime(clock, { timeMs: T + 20_000, sentMs: 20_000, nowMs: 28_000 });
    expect(delayed.offsetMs).toBe(clock.offsetMs);
    const ahead = learnTime(clock, { timeMs: T + 30_000, sentMs: 20_000, nowMs: 20_100 });
    expect(readClock(ahead, 20_100).timeMs).toBe(T + 30_000);
  });

  it('a wild real-time clock does not poison the floor: the cloud corrects it back', () => {
    const wild = clockAtBoot(T, T + 1e11, 0);
    expect(readClock(wild, 0).timeMs).toBe(T + 1e11);
    const saved = floorOf(saveFloor(wild, 3_600_000).bytes);
    expect(saved).toBeLessThanOrEqual(T + 3_600_000);
    const corrected = learnTime(wild, { timeMs: T + 60_000, sentMs: 59_900, nowMs: 60_000 });
    expect(readClock(corrected, 60_000).timeMs).toBe(T + 60_050);
  });

  it('says when the real-time clock should be set', () => {
    const unknown = clockAtBoot(0, undefined, 0);
    const clock = learnTime(unknown, { timeMs: T, sentMs: 0, nowMs: 0 });
    expect(hasMoved(unknown, clock)).toBe(true);
    expect(hasMoved(clock, learnTime(clock, { timeMs: T + 1_010, sentMs: 1_000, nowMs: 1_000 }))).toBe(false);
    expect(hasMoved(clock, learnTime(clock, { timeMs: T + 9_000, sentMs: 1_000, nowMs: 1_000 }))).toBe(true);
  });

  it('saves its floor at the first proof of a boot, then once an hour', () => {
    expect(floorDueMs(clockAtBoot(0, undefined, 0))).toBeUndefined();
    const clock = learnTime(clockAtBoot(0, undefined, 0), { timeMs: T, sentMs: 0, nowMs: 0 });
    expect(floorDueMs(clock)).toBe(0);
    expect(floorDueMs(saveFloor(clock, 0).clock)).toBe(3_600_000);
  });

  it('never gives out a trusted time earlier than one before, nor one below the floor (I5)', () => {
    const event = fc.oneof(
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 100_000 }) }),
      fc.record({
        kind: fc.constant('learn' as const),
        driftMs: fc.integer({ min: -20_000, max: 20_000 }),
        tripMs: fc.integer({ min: 0, max: 8_000 }),
      }),
      fc.record({
        kind: fc.constant('reboot' as const),
        rtcMs: fc.option(fc.integer({ min: 0, max: 2 * T })),
      }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let clock: TrustedClock = clockAtBoot(0, undefined, 0);
        let nowMs = 0;
        let trueMs = T;
        let last = 0;
        let floor = 0;
        for (const one of events) {
          if (one.kind === 'wait') {
            nowMs += one.ms;
            trueMs += one.ms;
          } else if (one.kind === 'learn') {
            nowMs += one.tripMs;
            trueMs += one.tripMs;
            const timeMs = trueMs - one.tripMs + one.driftMs;
            clock = learnTime(clock, { timeMs, sentMs: nowMs - one.tripMs, nowMs });
          } else {
            floor = floorOf(saveFloor(clock, nowMs).bytes);
            clock = clockAtBoot(floor, one.rtcMs ?? undefined, 0);
            nowMs = 0;
            last = 0;
          }
          const reading = readClock(clock, nowMs);
          clock = remember(clock, reading);
          expect(reading.timeMs).toBeGreaterThanOrEqual(floor);
          if (reading.source === 'trusted') {
            expect(reading.timeMs).toBeGreaterThanOrEqual(last);
            last = reading.timeMs;
          }
        }
      }),
    );
  });
});
