// Wrong codes to a growing pause. A try is counted and SAVED BEFORE its request is sent, so that cutting
// the power after an answer gains nothing: save-record lockout, then send-frame. After a reboot the current
// wait starts again in full, and only uptime lets tries be forgotten, so power-cycling slows a guesser
// down. A granted code gives back its own try and no other: whoever owns one code cannot use it to wipe
// out the tries of a guess. Tapping a fob is no try.
// Three of these run side by side, each by its own policy: codes that the cloud judges, codes that the box judges
// alone, and challenges for the phone. One that is used up leaves the others as they are.
import { readUint, writeUint } from '@smartbox/protocol';
import { boxLimits } from './limits.ts';
import { type LockoutPolicyName, lockoutPolicies } from './lockout-policies.ts';

export interface Lockout {
  readonly policy: LockoutPolicyName;
  /** Every code try ever sent; never falls. */
  readonly total: number;
  /** Tries that count towards the wait, at most `triesCounted` of the policy. */
  readonly counted: number;
  /** No code may be tried before this, monotonic ms of this boot. */
  readonly waitUntilMs: number;
  /** Since when no try was made and none forgotten. */
  readonly quietSinceMs: number;
  /** Tries in the running hour and the hours before it, newest first. */
  readonly hours: readonly number[];
  readonly hourStartMs: number;
}

const RECORD_BYTES = 6 + boxLimits.hoursCounted;
const FORMAT = 1;

/** @returns the lockout as flash knows it; no record means that no code was ever tried */
export function restoreLockout(
  record: Uint8Array | undefined,
  nowMs: number,
  policy: LockoutPolicyName = 'live',
): Lockout {
  const known = record !== undefined && record.length === RECORD_BYTES && record[0] === FORMAT;
  // A record that cannot be read counts as one at its worst: a damaged flash must not be a way in.
  const worst = record !== undefined && !known;
  const counted = known ? (record[1] as number) : worst ? lockoutPolicies[policy].triesCounted : 0;
  const hours: number[] = [];
  for (let hour = 0; hour < boxLimits.hoursCounted; hour++)
    hours.push(known ? (record[6 + hour] as number) : 0);
  return {
    policy,
    total: known ? readUint(record, 2, 4) : 0,
    counted,
    waitUntilMs: nowMs + waitAfter(policy, counted),
    quietSinceMs: nowMs,
    hours,
    hourStartMs: nowMs,
  };
}

/** @returns the bytes of the record that `restoreLockout` takes */
export function encodeLockout(lockout: Lockout): Uint8Array {
  const bytes = new Uint8Array(RECORD_BYTES);
  bytes[0] = FORMAT;
  bytes[1] = lockout.counted;
  writeUint(bytes, 2, { value: lockout.total, size: 4 });
  for (let hour = 0; hour < boxLimits.hoursCounted; hour++) bytes[6 + hour] = lockout.hours[hour] ?? 0;
  return bytes;
}

/** Counts one try; the caller saves the result before the request leaves. */
export function countTry(lockout: Lockout, nowMs: number): Lockout {
  const counted = Math.min(lockout.counted + 1, policyOf(lockout).triesCounted);
  const hours = lockout.hours.slice();
  // With nothing in the count the hours stood still; they run again from this try.
  const hourStartMs = hasHours(lockout) ? lockout.hourStartMs : nowMs;
  hours[0] = Math.min((hours[0] ?? 0) + 1, 255);
  return {
    ...lockout,
    total: Math.min(lockout.total + 1, 0xffff_ffff),
    counted,
    hours,
    hourStartMs,
    waitUntilMs: nowMs + waitAfter(lockout.policy, counted),
    quietSinceMs: nowMs,
  };
}

/** The try that was counted last was a code that the cloud granted, or did not judge: it counts no longer. */
export function giveBackTry(lockout: Lockout, nowMs: number): Lockout {
  const hours = lockout.hours.slice();
  const newest = hours.findIndex((tries) => tries > 0);
  if (newest >= 0) hours[newest] = (hours[newest] as number) - 1;
  return { ...lockout, counted: Math.max(lockout.counted - 1, 0), hours, waitUntilMs: nowMs };
}

/** The cloud asks for a pause; it never shortens the box's own. */
export function holdFor(lockout: Lockout, nowMs: number, waitMs: number): Lockout {
  const until = nowMs + Math.min(waitMs, policyOf(lockout).longestWaitMs);
  return until > lockout.waitUntilMs ? { ...lockout, waitUntilMs: until } : lockout;
}

/** Forgets by time. @returns the same value when nothing changed, else one to be saved */
export function tickLockout(lockout: Lockout, nowMs: number): Lockout {
  let next = lockout;
  const { tryForgottenMs } = policyOf(lockout);
  while (next.counted > 0 && nowMs >= next.quietSinceMs + tryForgottenMs) {
    next = { ...next, counted: next.counted - 1, quietSinceMs: next.quietSinceMs + tryForgottenMs };
  }
  while (hasHours(next) && nowMs >= next.hourStartMs + boxLimits.hourMs) {
    const hours = [0, ...next.hours.slice(0, boxLimits.hoursCounted - 1)];
    next = { ...next, hours, hourStartMs: next.hourStartMs + boxLimits.hourMs };
  }
  return next;
}

/** @returns how long no code may be tried, 0 when one may; and whether it is the day's cap that holds */
export function lockedFor(
  lockout: Lockout,
  nowMs: number,
): { readonly waitMs: number; readonly day: boolean } {
  const pauseMs = Math.max(lockout.waitUntilMs - nowMs, 0);
  const capMs = dayCapMs(lockout, nowMs);
  return capMs > pauseMs ? { waitMs: capMs, day: true } : { waitMs: pauseMs, day: false };
}

/** @returns tries that are left before the next wait; 0 once every wrong try costs one */
export function freeTriesLeft(lockout: Lockout): number {
  return Math.max(policyOf(lockout).freeTries - lockout.counted, 0);
}

/** @returns when something is forgotten next, if anything is left to forget */
export function lockoutDueMs(lockout: Lockout): number | undefined {
  const forget = lockout.counted > 0 ? lockout.quietSinceMs + policyOf(lockout).tryForgottenMs : undefined;
  const shift = hasHours(lockout) ? lockout.hourStartMs + boxLimits.hourMs : undefined;
  if (forget === undefined || shift === undefined) return forget ?? shift;
  return Math.min(forget, shift);
}

function hasHours(lockout: Lockout): boolean {
  return lockout.hours.some((tries) => tries > 0);
}

function policyOf(lockout: Lockout): (typeof lockoutPolicies)[LockoutPolicyName] {
  return lockoutPolicies[lockout.policy];
}

function waitAfter(name: LockoutPolicyName, counted: number): number {
  const { freeTries, firstWaitMs, longestWaitMs } = lockoutPolicies[name];
  if (counted < freeTries) return 0;
  return Math.min(firstWaitMs * 2 ** (counted - freeTries), longestWaitMs);
}

// Until enough of the oldest hours have dropped out of the count.
function dayCapMs(lockout: Lockout, nowMs: number): number {
  let tries = 0;
  for (const hour of lockout.hours) tries += hour;
  let shifts = 0;
  for (let hour = boxLimits.hoursCounted - 1; tries >= policyOf(lockout).triesPerDay && hour >= 0; hour--) {
    tries -= lockout.hours[hour] ?? 0;
    shifts = boxLimits.hoursCounted - hour;
  }
  return shifts === 0 ? 0 : Math.max(lockout.hourStartMs + shifts * boxLimits.hourMs - nowMs, 1);
}
