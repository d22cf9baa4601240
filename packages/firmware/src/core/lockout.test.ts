import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxLimits } from './limits.ts';
import {
  countTry,
  encodeLockout,
  freeTriesLeft,
  giveBackTry,
  holdFor,
  type Lockout,
  lockedFor,
  lockoutDueMs,
  restoreLockout,
  tickLockout,
} from './lockout.ts';

const HOUR = boxLimits.hourMs;

/** Tries as fast as the lockout allows until `untilMs`. */
function guess(lockout: Lockout, untilMs: number): { tries: number[]; lockout: Lockout } {
  let state = lockout;
  const tries: number[] = [];
  for (let nowMs = 0; nowMs < untilMs; ) {
    state = tickLockout(state, nowMs);
    const { waitMs } = lockedFor(state, nowMs);
    if (waitMs > 0) {
      nowMs += Math.min(waitMs, HOUR);
      continue;
    }
    tries.push(nowMs);
    state = countTry(state, nowMs);
    nowMs += 1;
  }
  return { tries, lockout: state };
}

describe('lockout', () => {
  it('leaves five tries free, then waits 30 s doubling up to 15 minutes (SEC-15)', () => {
    let lockout = restoreLockout(undefined, 0);
    let nowMs = 0;
    const waits: number[] = [];
    for (let count = 0; count < 12; count++) {
      lockout = countTry(lockout, nowMs);
      const { waitMs } = lockedFor(lockout, nowMs);
      waits.push(waitMs / 1000);
      nowMs += waitMs;
    }
    expect(waits).toEqual([0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
    expect(freeTriesLeft(restoreLockout(undefined, 0))).toBe(5);
  });

  it('allows at most 40 tries in any 24 hours, however they are spread (SEC-15)', () => {
    const { tries } = guess(restoreLockout(undefined, 0), 10 * 24 * HOUR);
    for (const from of tries) {
      expect(tries.filter((at) => at >= from && at < from + 24 * HOUR).length).toBeLessThanOrEqual(40);
    }
    expect(tries.length).toBeGreaterThan(300);
  });

  it('starts the current wait again in full after a reboot, and forgets nothing by rebooting', () => {
    let lockout = restoreLockout(undefined, 0);
    for (let count = 0; count < 7; count++) lockout = countTry(lockout, 0);
    expect(lockedFor(lockout, 100_000).waitMs).toBe(20_000);
    const rebooted = restoreLockout(encodeLockout(lockout), 5);
    expect(lockedFor(rebooted, 5).waitMs).toBe(120_000);
    expect(rebooted.total).toBe(7);
  });

  it('comes back from its record hour by hour', () => {
    let lockout = restoreLockout(undefined, 0);
    for (let hour = 0; hour < 30; hour++) {
      lockout = tickLockout(lockout, hour * HOUR);
      if (hour % 3 !== 0) lockout = countTry(lockout, hour * HOUR);
    }
    const rebooted = restoreLockout(encodeLockout(lockout), 0);
    expect(rebooted.hours).toEqual(lockout.hours);
    expect(rebooted.counted).toBe(lockout.counted);
    expect(rebooted.hourStartMs).toBe(0);
  });

  it('slows down whoever cuts the power after each try: every wait is served in full', () => {
    let lockout = restoreLockout(undefined, 0);
    let waitedMs = 0;
    for (let count = 0; count < 12; count++) {
      lockout = restoreLockout(encodeLockout(countTry(lockout, 0)), 0);
      waitedMs += lockedFor(lockout, 0).waitMs;
    }
    expect(waitedMs).toBe((30 + 60 + 120 + 240 + 480 + 900 + 900 + 900) * 1000);
  });

  it('is stricter where the box judges alone: a minute doubling to an hour, twenty tries a day (SEC-15)', () => {
    let lockout = restoreLockout(undefined, 0, 'offline');
    let nowMs = 0;
    const waits: number[] = [];
    for (let count = 0; count < 13; count++) {
      lockout = countTry(lockout, nowMs);
      const { waitMs } = lockedFor(lockout, nowMs);
      waits.push(waitMs / 1000);
      nowMs += waitMs;
    }
    expect(waits).toEqual([0, 0, 0, 0, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600]);
    const { tries } = guess(restoreLockout(undefined, 0, 'offline'), 10 * 24 * HOUR);
    for (const from of tries) {
      expect(tries.filter((at) => at >= from && at < from + 24 * HOUR).length).toBeLessThanOrEqual(20);
    }
  });

  it('gives six challenges for the phone in any 24 hours, without a wait between them', () => {
    const { tries } = guess(restoreLockout(undefined, 0, 'phone'), 5 * 24 * HOUR);
    expect(tries.slice(0, 6)).toEqual([0, 1, 2, 3, 4, 5]);
    for (const from of tries) {
      expect(tries.filter((at) => at >= from && at < from + 24 * HOUR).length).toBeLessThanOrEqual(6);
    }
  });

  it('gives back one try for one granted code, not the tries before it', () => {
    let lockout = restoreLockout(undefined, 0);
    for (let count = 0; count < 5; count++) lockout = countTry(lockout, 0);
    lockout = giveBackTry(countTry(lockout, 30_000), 30_100);
    expect(lockedFor(lockout, 30_100).waitMs).toBe(0);
    expect(lockedFor(countTry(lockout, 30_200), 30_200).waitMs).toBe(60_000);
    expect(lockout.total).toBe(6);
  });

  it('forgets one counted try for each half hour of uptime without a try', () => {
    let lockout = restoreLockout(undefined, 0);
    for (let count = 0; count < 5; count++) lockout = countTry(lockout, 0);
    expect(tickLockout(lockout, boxLimits.tryForgottenMs - 1).counted).toBe(5);
    expect(tickLockout(lockout, boxLimits.tryForgottenMs).counted).toBe(4);
    expect(tickLockout(lockout, 10 * boxLimits.tryForgottenMs).counted).toBe(0);
  });

  it('keeps the longer of its own wait and the one that the cloud asks for', () => {
    const waiting = holdFor(restoreLockout(undefined, 0), 0, 60_000);
    expect(lockedFor(waiting, 0).waitMs).toBe(60_000);
    expect(lockedFor(holdFor(waiting, 0, 1_000), 0).waitMs).toBe(60_000);
    expect(lockedFor(holdFor(waiting, 0, 1e12), 0).waitMs).toBe(boxLimits.longestWaitMs);
  });

  it('treats a damaged record as the worst one: damage is no way in', () => {
    expect(lockedFor(restoreLockout(new Uint8Array(3), 0), 0).waitMs).toBe(boxLimits.longestWaitMs);
  });

  it('never counts fewer tries than were made in the last 24 hours, whatever happens', () => {
    const events = fc.array(fc.constantFrom('try', 'hour', 'minutes', 'reboot'), { maxLength: 120 });
    fc.assert(
      fc.property(events, (names) => {
        let lockout = restoreLockout(undefined, 0);
        let nowMs = 0;
        let uptimeMs = 0;
        let made: number[] = [];
        let total = 0;
        for (const name of names) {
          if (name === 'hour' || name === 'minutes') {
            const ms = name === 'hour' ? HOUR : 7 * 60_000;
            nowMs += ms;
            uptimeMs += ms;
            lockout = tickLockout(lockout, nowMs);
          } else if (name === 'reboot') {
            lockout = restoreLockout(encodeLockout(lockout), 0);
            nowMs = 0;
          } else if (lockedFor(lockout, nowMs).waitMs === 0) {
            lockout = countTry(lockout, nowMs);
            made.push(uptimeMs);
          }
          made = made.filter((at) => at > uptimeMs - 24 * HOUR);
          expect(made.length).toBeLessThanOrEqual(40);
          expect(lockout.total).toBeGreaterThanOrEqual(total);
          total = lockout.total;
        }
      }),
    );
  });

  it('asks to be woken only while there is something to forget', () => {
    expect(lockoutDueMs(restoreLockout(undefined, 0))).toBeUndefined();
    expect(lockoutDueMs(countTry(restoreLockout(undefined, 0), 100))).toBe(100 + boxLimits.tryForgottenMs);
  });
});
