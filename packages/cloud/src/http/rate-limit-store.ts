// Where the rate limiter counts: fixed windows on the clock that was handed in, so that a
// simulated world has limits too. Bounded: whoever is counted longest ago is forgotten first.

import type { Clock } from '../platform/clock.ts';

interface Window {
  current: number;
  startedMs: number;
}

type Counted = (error: Error | null, result?: { current: number; ttl: number }) => void;

const keysAtMost = 20_000;

/** Counts calls by key. */
export class RateLimitStore {
  readonly #windows = new Map<string, Window>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts one call; `counted` is called at once. */
  incr(key: string, counted: Counted, timeWindowMs: number): void {
    const nowMs = this.#clock.nowMs();
    const known = this.#windows.get(key);
    const window =
      known !== undefined && nowMs - known.startedMs < timeWindowMs
        ? known
        : { current: 0, startedMs: nowMs };
    window.current += 1;
    this.#windows.delete(key);
    this.#windows.set(key, window);
    const oldest = this.#windows.keys().next();
    if (this.#windows.size > keysAtMost && !oldest.done) this.#windows.delete(oldest.value);
    counted(null, { current: window.current, ttl: window.startedMs + timeWindowMs - nowMs });
  }

  /** A store of its own for a limit of its own. */
  child(): RateLimitStore {
    return new RateLimitStore(this.#clock);
  }
}

/** The class that the rate limiter constructs, bound to a clock. */
export function rateLimitStore(clock: Clock): new () => RateLimitStore {
  return class extends RateLimitStore {
    constructor() {
      super(clock);
    }
  };
}
