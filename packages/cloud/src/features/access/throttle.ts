// How wrong codes slow a box down: five are free, then every further one costs a pause that doubles
// from 30 seconds to 15 minutes, and 40 in any 24 hours are the end of that day. A right code clears
// nothing, or whoever owns one code could guess at another's for ever; only time forgives.
// Pure: a box's throttle is the list of the times of its wrong codes, and "now" is an input.

/** When the wrong codes of the last day were typed, ascending, in milliseconds since 1970. */
export type WrongTries = readonly number[];

/** The bounds, with their units. */
export const throttleLimits = {
  freeTries: 5,
  firstPauseMs: 30_000,
  longestPauseMs: 900_000,
  triesPerDay: 40,
  dayMs: 86_400_000,
  /** One try is forgiven for each of these without a wrong code; a pause itself forgives nothing. */
  forgiveMs: 900_000,
} as const;

/** Tries beyond this many add nothing to the pause: it is the longest already. */
const mostTries =
  throttleLimits.freeTries +
  Math.ceil(Math.log2(throttleLimits.longestPauseMs / throttleLimits.firstPauseMs));

/**
 * @returns the moment from which codes are looked at again; not after `nowMs` when they are now.
 * Times later than now (the clock was set back) count as now.
 */
export function throttledUntilMs(wrong: WrongTries, nowMs: number): number {
  const tries = recent(wrong, nowMs);
  const oldest = tries.at(-throttleLimits.triesPerDay);
  const dayEndsMs = oldest === undefined ? nowMs : oldest + throttleLimits.dayMs;
  return Math.max(nowMs, dayEndsMs, pauseEndsMs(tries));
}

/** @returns the list with one wrong try more and without those that are forgotten */
export function addWrongTry(wrong: WrongTries, nowMs: number): WrongTries {
  return [...recent(wrong, nowMs), nowMs].slice(-throttleLimits.triesPerDay);
}

function recent(wrong: WrongTries, nowMs: number): WrongTries {
  return wrong.map((atMs) => Math.min(atMs, nowMs)).filter((atMs) => atMs > nowMs - throttleLimits.dayMs);
}

function pauseEndsMs(tries: WrongTries): number {
  let level = 0;
  let endsMs = Number.NEGATIVE_INFINITY;
  for (const atMs of tries) {
    const forgiven = Math.max(0, atMs - endsMs) / throttleLimits.forgiveMs;
    level = Math.min(mostTries, Math.max(0, level - forgiven) + 1);
    endsMs = atMs + pauseMs(level);
  }
  return endsMs;
}

function pauseMs(level: number): number {
  const beyond = Math.floor(level) - throttleLimits.freeTries;
  return beyond < 0 ? 0 : Math.min(throttleLimits.longestPauseMs, throttleLimits.firstPauseMs * 2 ** beyond);
}
