// One person's time at a box without a session, from the first key to a while after the last. The first key makes
// the box try its connection at once; only when that has failed, or 20 seconds have passed, does the box count as
// alone and take codes by itself. What was submitted before that is known waits here. In RAM only.
import { boxLimits } from './limits.ts';

export interface Visit {
  readonly sinceMs: number;
  /** A connection attempt has failed since. */
  readonly connectFailed: boolean;
  /** Digits that were submitted before it was known whether there is a cloud. */
  readonly waiting: string | undefined;
}

/** Somebody pressed the first key. */
export function beginVisit(nowMs: number): Visit {
  return { sinceMs: nowMs, connectFailed: false, waiting: undefined };
}

/** A connection attempt failed, or a connection was lost. */
export function connectFailed(visit: Visit | undefined): Visit | undefined {
  return visit === undefined ? undefined : { ...visit, connectFailed: true };
}

/** @returns whether the box is alone, given that it has no session */
export function isAlone(visit: Visit | undefined, nowMs: number): boolean {
  return visit !== undefined && (visit.connectFailed || nowMs >= visit.sinceMs + boxLimits.aloneAfterMs);
}

/** @returns when it turns out that the box is alone, if that is open */
export function aloneDueMs(visit: Visit | undefined): number | undefined {
  return visit === undefined || visit.connectFailed ? undefined : visit.sinceMs + boxLimits.aloneAfterMs;
}
