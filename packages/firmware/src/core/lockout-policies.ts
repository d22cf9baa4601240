// How many wrong codes are free, how long the waits are, and how many tries a day has: one row for each budget of
// tries. Apart from the machine in lockout.ts so that the rows can be compared side by side.
import { boxLimits } from './limits.ts';

/** How many tries, and how long to wait. */
interface LockoutPolicy {
  /** Tries before the first wait. */
  readonly freeTries: number;
  /** First wait; it doubles with each further try. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** Counted tries above which the wait no longer grows. */
  readonly triesCounted: number;
  /** One counted try is forgotten after this long without a try. */
  readonly tryForgottenMs: number;
  /** Tries in 24 hours of uptime. */
  readonly triesPerDay: number;
}

/** Which budget: codes that the cloud judges, codes that the box judges alone, challenges for the phone. */
export type LockoutPolicyName = 'live' | 'offline' | 'phone';

export const lockoutPolicies: Readonly<Record<LockoutPolicyName, LockoutPolicy>> = {
  live: {
    freeTries: boxLimits.freeTries,
    firstWaitMs: boxLimits.firstWaitMs,
    longestWaitMs: boxLimits.longestWaitMs,
    triesCounted: boxLimits.triesCounted,
    tryForgottenMs: boxLimits.tryForgottenMs,
    triesPerDay: boxLimits.triesPerDay,
  },
  // Nobody watches a box that is alone: longer waits and half the tries. The wait stops growing at 5 + log2(60),
  // rounded up; a try is not forgotten sooner than the longest wait is over.
  offline: {
    freeTries: 5,
    firstWaitMs: 60_000,
    longestWaitMs: 3_600_000,
    triesCounted: 11,
    tryForgottenMs: 7_200_000,
    triesPerDay: 20,
  },
  // A challenge has three tries of its own, so the day's number is what counts here. The wait only matters where the
  // record is damaged.
  phone: {
    freeTries: 6,
    firstWaitMs: 3_600_000,
    longestWaitMs: 3_600_000,
    triesCounted: 6,
    tryForgottenMs: 3_600_000,
    triesPerDay: 6,
  },
};
