// The machine's clock and timers, with leaps: a process whose sockets are real lives through hours in a moment. What
// falls due within a leap happens at its end, as on a machine that was asleep.

import type { Cancel, Clock, Timers } from '../src/platform/clock.ts';
import { systemClock, systemTimers } from '../src/platform/system-clock.ts';

/** Time that can be skipped. */
export interface SkippingTime {
  readonly clock: Clock;
  readonly timers: Timers;
  /** @returns the time then, in milliseconds since 1970 */
  skip(byMs: number): number;
}

interface Waiting {
  readonly dueMs: number;
  readonly run: () => void;
  cancel: Cancel;
}

/** @param skippedMs how far ahead of the machine it begins: what was skipped before a restart */
export function createSkippingTime(skippedMs = 0): SkippingTime {
  let aheadMs = skippedMs;
  const waiting = new Set<Waiting>();
  const clock: Clock = {
    nowMs: () => systemClock.nowMs() + aheadMs,
    monotonicMs: () => systemClock.monotonicMs() + aheadMs,
  };
  const arm = (timer: Waiting): void => {
    const fire = (): void => {
      waiting.delete(timer);
      timer.run();
    };
    timer.cancel = systemTimers.after(Math.max(0, timer.dueMs - clock.monotonicMs()), fire);
  };
  return {
    clock,
    timers: {
      after: (delayMs, run) => {
        const timer: Waiting = { dueMs: clock.monotonicMs() + delayMs, run, cancel: () => {} };
        waiting.add(timer);
        arm(timer);
        return () => {
          waiting.delete(timer);
          timer.cancel();
        };
      },
    },
    skip: (byMs) => {
      aheadMs += byMs;
      for (const timer of waiting) {
        timer.cancel();
        arm(timer);
      }
      return clock.nowMs();
    },
  };
}
