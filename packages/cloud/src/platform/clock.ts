// The time ports: what o'clock it is, how long something took, and "call me later".
// They are handed in everywhere, so that the whole cloud runs in a simulated world whose
// time moves only when told to.

/** Time as the process sees it. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z; may be corrected backwards. */
  nowMs(): number;
  /** Milliseconds since an arbitrary moment; never goes backwards. For durations only. */
  monotonicMs(): number;
}

/** Stops a call that was asked for; harmless when it has happened already. */
export type Cancel = () => void;

/** The only way to wait in the cloud. */
export interface Timers {
  /** Calls `run` once, `delayMs` from now. */
  after(delayMs: number, run: () => void): Cancel;
}

/** Runs a function after the current turn of the event loop, in the order of the calls. */
export type Defer = (run: () => void) => void;

/** The steps of one request, in their order; see {@link Trace}. */
export const traceStages = ['frame-received', 'decided', 'before-commit', 'committed', 'answered'] as const;

/** One step of one request. */
export type TraceStage = (typeof traceStages)[number];

/**
 * Told about every step of every request. Production turns it into latency metrics; the
 * crash tests kill the process in it, between any two steps.
 */
export type Trace = (stage: TraceStage, boxId: string) => void;
