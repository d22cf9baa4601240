// The throttle's rule as a table and as properties over any run of guesses.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWrongTry, throttledUntilMs, throttleLimits, type WrongTries } from './throttle.ts';

const startMs = Date.UTC(2026, 3, 1);

/** Wrong codes one after another, each as soon as codes are looked at again. */
function guess(
  tries: number,
  fromMs = startMs,
): { readonly wrong: WrongTries; readonly pauses: readonly number[] } {
  let wrong: WrongTries = [];
  let nowMs = fromMs;
  const pauses: number[] = [];
  for (let count = 0; count < tries; count++) {
    wrong = addWrongTry(wrong, nowMs);
    const nextMs = throttledUntilMs(wrong, nowMs);
    pauses.push(nextMs - nowMs);
    nowMs = nextMs;
  }
  return { wrong, pauses };
}

describe('the throttle of a box', () => {
  it('lets nobody wait before the first wrong code', () => {
    expect(throttledUntilMs([], startMs)).toBe(startMs);
  });

  it('gives five tries for free, then 30 seconds doubling to 15 minutes (SEC-15)', () => {
    expect(guess(12).pauses.map((pauseMs) => pauseMs / 1_000)).toEqual([
      0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900,
    ]);
  });

  it('takes 40 wrong codes in 24 hours and no more (SEC-15)', () => {
    const { wrong } = guess(40);
    expect(throttledUntilMs(wrong, wrong[39] ?? 0)).toBe((wrong[0] ?? 0) + throttleLimits.dayMs);
  });

  it('forgives by time: a box that had one slip an hour never pauses', () => {
    let wrong: WrongTries = [];
    for (let hour = 0; hour < 24; hour++) {
      const nowMs = startMs + hour * 3_600_000;
      expect(throttledUntilMs(wrong, nowMs)).toBe(nowMs);
      wrong = addWrongTry(wrong, nowMs);
    }
  });

  it('keeps at most a day of tries', () => {
    const { wrong } = guess(40);
    expect(addWrongTry(wrong, startMs + 3 * throttleLimits.dayMs)).toHaveLength(1);
  });

  it('never blocks longer than a day, also when the clock is set back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { maxLength: 60 }), (steps) => {
        let wrong: WrongTries = [];
        let nowMs = startMs;
        for (const stepMs of steps) {
          nowMs += stepMs;
          wrong = addWrongTry(wrong, nowMs);
          const untilMs = throttledUntilMs(wrong, nowMs);
          expect(untilMs).toBeGreaterThanOrEqual(nowMs);
          expect(untilMs - nowMs).toBeLessThanOrEqual(throttleLimits.dayMs);
          expect(wrong.length).toBeLessThanOrEqual(throttleLimits.triesPerDay);
        }
      }),
    );
  });

  it('lets a patient guesser have no more than 40 looks in any 24 hours (SEC-15)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 7_200_000 }), { minLength: 50, maxLength: 120 }),
        (waits) => {
          let wrong: WrongTries = [];
          const looks: number[] = [];
          let nowMs = startMs;
          for (const waitMs of waits) {
            nowMs += waitMs;
            if (throttledUntilMs(wrong, nowMs) > nowMs) continue;
            looks.push(nowMs);
            wrong = addWrongTry(wrong, nowMs);
          }
          for (const [index, atMs] of looks.entries()) {
            const fortieth = looks[index + throttleLimits.triesPerDay];
            if (fortieth !== undefined) expect(fortieth - atMs).toBeGreaterThanOrEqual(throttleLimits.dayMs);
          }
        },
      ),
    );
  });

  it('never makes the wait shorter by one more wrong code', () => {
    const tries = fc.array(fc.integer({ min: 0, max: throttleLimits.dayMs }), { maxLength: 40 });
    fc.assert(
      fc.property(tries, (offsets) => {
        const wrong = offsets.sort((a, b) => a - b).map((offsetMs) => startMs + offsetMs);
        const nowMs = startMs + throttleLimits.dayMs;
        expect(throttledUntilMs(addWrongTry(wrong, nowMs), nowMs)).toBeGreaterThanOrEqual(
          Math.min(throttledUntilMs(wrong, nowMs), nowMs + throttleLimits.longestPauseMs),
        );
      }),
    );
  });
});
