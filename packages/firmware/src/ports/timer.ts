// Timers and the monotonic clock, in the shape of Moddable's `Timer` and `Time.ticks` (ECMA-419 leaves
// them to the host). Callbacks come from the event loop, never from inside `set`.

/** What `set` gives back; opaque. */
export type TimerHandle = unknown;

export interface Timer {
  /** Calls `callback` once, not before `delayMs` milliseconds. */
  set(callback: () => void, delayMs: number): TimerHandle;
  /** Harmless for undefined and for a timer that is over. */
  clear(timer: TimerHandle | undefined): void;
}

export interface MonotonicClock {
  /** Milliseconds since some moment before the start; never goes back. */
  nowMs(): number;
}
