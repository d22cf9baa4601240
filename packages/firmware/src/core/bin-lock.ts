// The locks of all bins, and the main lock, which is bin 0 here and nowhere outside. A bin is locked, released, open, left open, jammed or forced: each a state of its
// own, because a pulse that was sent, a door that opened and a door that closed are different facts.
// One coil is driven at a time over the whole box; bins queue by the time their pulse became due. Pulses live
// in RAM only: after a power cut nothing fires. Order that matters: the caller appends open-intended to the
// log BEFORE it calls `releaseBin`, and `release-bin` follows in the outputs.
import { boxLimits } from './limits.ts';
import type { LogFact } from './log-fact.ts';

/** `service`: an administrator opens it from afar, whatever it holds. */
export type Purpose = 'withdraw' | 'return' | 'service';

/** Stands for the main lock where a bin is named. */
export const MAIN_LOCK = 0;

/** What an opening is for; grant 0 where no grant is known (found open, or forced). */
interface Opening {
  readonly grant: number;
  readonly purpose: Purpose;
}

export type BinLock =
  | { readonly kind: 'locked' }
  /** Waiting for the door. `dueMs`: next pulse, or giving up once all pulses are spent. */
  | ({ readonly kind: 'released'; readonly pulses: number; readonly dueMs: number } & Opening)
  /** `pulseDueMs`: a pulse is still owed because the switch said open when the grant came. */
  | ({ readonly kind: 'open'; readonly sinceMs: number; readonly pulseDueMs: number | undefined } & Opening)
  | ({ readonly kind: 'left-open'; readonly remindMs: number } & Opening)
  | ({ readonly kind: 'jammed'; readonly sinceMs: number } & Opening)
  | { readonly kind: 'forced'; readonly remindMs: number };

export interface BinLocks {
  /** Index 0 is bin 1. */
  readonly bins: readonly BinLock[];
  /** The lock of the whole front; undefined on a board that has none. */
  readonly main: BinLock | undefined;
  /** No coil may be driven before this. */
  readonly latchFreeMs: number;
}

/** The door switch already said open when the grant came: a broken switch, or a bin that stood open. */
export const DETAIL_ALREADY_OPEN = 1;

interface Changed {
  readonly locks: BinLocks;
  readonly facts: readonly LogFact[];
}

const LOCKED: BinLock = { kind: 'locked' };

/** What the log last said of the main lock, and what its sensor says. */
interface MainAtBoot {
  readonly told: { readonly grant: number };
  readonly open: boolean;
}

/**
 * @param told what the log last said of each bin; @param doorsOpen what the switches say, index 0 is bin 1
 * @param main the same of the main lock, on a board that has one
 * @returns the locks at boot: a closed door is locked, an open one is open by the grant that opened it
 */
export function locksAtBoot(
  told: readonly { readonly grant: number }[],
  doorsOpen: readonly boolean[],
  nowMs: number,
  main?: MainAtBoot,
): BinLocks {
  const lockAtBoot = (open: boolean, grant: number): BinLock =>
    open ? openedBy(nowMs, { grant, purpose: 'withdraw' }) : LOCKED;
  return {
    bins: told.map(({ grant }, index) => lockAtBoot(doorsOpen[index] === true, grant)),
    main: main === undefined ? undefined : lockAtBoot(main.open, main.told.grant),
    latchFreeMs: nowMs,
  };
}

/** A grant was accepted and written down: the bin gets its pulse as soon as the coils are free. */
export function releaseBin(
  locks: BinLocks,
  release: Opening & { readonly bin: number; readonly nowMs: number },
): Changed {
  const { bin, nowMs, grant, purpose } = release;
  if (isDoorOpen(locks, bin)) {
    // The pulse is sent all the same: where the switch lies, the person still gets the key.
    const open: BinLock = { kind: 'open', sinceMs: nowMs, pulseDueMs: nowMs, grant, purpose };
    const fact = factOf(bin, 'opened', { grant, detail: DETAIL_ALREADY_OPEN });
    return { locks: withBin(locks, bin, open), facts: [fact] };
  }
  return {
    locks: withBin(locks, bin, { kind: 'released', pulses: 0, dueMs: nowMs, grant, purpose }),
    facts: [],
  };
}

/** A door switch changed. */
export function moveDoor(
  locks: BinLocks,
  door: { readonly bin: number; readonly open: boolean; readonly nowMs: number },
): Changed {
  const lock = lockOf(locks, door.bin);
  if (lock === undefined || isDoorOpen(locks, door.bin) === door.open) return { locks, facts: [] };
  const grant = grantOf(lock);
  if (!door.open) {
    return { locks: withBin(locks, door.bin, LOCKED), facts: [factOf(door.bin, 'closed', { grant })] };
  }
  const inGrace = lock.kind === 'jammed' && door.nowMs < lock.sinceMs + boxLimits.jamGraceMs;
  if (lock.kind === 'released' || (lock.kind === 'jammed' && inGrace)) {
    return {
      locks: withBin(locks, door.bin, openedBy(door.nowMs, lock)),
      facts: [factOf(door.bin, 'opened', { grant })],
    };
  }
  const forced: BinLock = { kind: 'forced', remindMs: door.nowMs + boxLimits.remindEveryMs };
  return { locks: withBin(locks, door.bin, forced), facts: [factOf(door.bin, 'forced')] };
}

/**
 * What time brought: at most one pulse, jams, doors left open, and whether the box should remind.
 * @param time.mayPulse false while the battery cannot bear a coil
 */
export function tickLocks(
  locks: BinLocks,
  time: { readonly nowMs: number; readonly leftOpenMs: number; readonly mayPulse: boolean },
): Changed & { readonly pulse: number | undefined; readonly remind: boolean } {
  let next = locks;
  let remind = false;
  const facts: LogFact[] = [];
  for (let bin = MAIN_LOCK; bin <= locks.bins.length; bin++) {
    const lock = lockOf(locks, bin) ?? LOCKED;
    if (lock.kind === 'released' && lock.pulses >= boxLimits.pulses && time.nowMs >= lock.dueMs) {
      const { grant, purpose } = lock;
      next = withBin(next, bin, { kind: 'jammed', sinceMs: time.nowMs, grant, purpose });
      facts.push(factOf(bin, 'jammed', { grant }));
    } else if (lock.kind === 'open' && time.nowMs >= lock.sinceMs + time.leftOpenMs) {
      const { grant, purpose } = lock;
      const remindMs = time.nowMs + boxLimits.remindEveryMs;
      next = withBin(next, bin, { kind: 'left-open', remindMs, grant, purpose });
      facts.push(factOf(bin, 'left-open', { grant }));
      remind = true;
    } else if ((lock.kind === 'left-open' || lock.kind === 'forced') && time.nowMs >= lock.remindMs) {
      next = withBin(next, bin, { ...lock, remindMs: time.nowMs + boxLimits.remindEveryMs });
      remind = true;
    }
  }
  const fired = time.mayPulse ? firePulse(next, time.nowMs) : { locks: next, pulse: undefined };
  return { locks: fired.locks, facts, pulse: fired.pulse, remind };
}

/** @returns when a lock changes by itself next, if one does */
export function locksDueMs(locks: BinLocks, leftOpenMs: number): number | undefined {
  let due: number | undefined;
  for (const lock of [locks.main ?? LOCKED, ...locks.bins]) {
    const own = dueOf(lock, locks.latchFreeMs, leftOpenMs);
    if (own !== undefined && (due === undefined || own < due)) due = own;
  }
  return due;
}

/** @returns the lock of this bin, or the main lock; undefined where the board has none such */
export function lockOf(locks: BinLocks, bin: number): BinLock | undefined {
  return bin === MAIN_LOCK ? locks.main : locks.bins[bin - 1];
}

/** @returns what the switch of this bin, or the sensor of the main lock, last said */
export function isDoorOpen(locks: BinLocks, bin: number): boolean {
  const kind = lockOf(locks, bin)?.kind;
  return kind === 'open' || kind === 'left-open' || kind === 'forced';
}

/** @returns the grant under which this bin was last released, 0 for none */
export function grantOf(lock: BinLock | undefined): number {
  return lock === undefined || lock.kind === 'locked' || lock.kind === 'forced' ? 0 : lock.grant;
}

function openedBy(nowMs: number, opening: Opening): BinLock {
  const { grant, purpose } = opening;
  return { kind: 'open', sinceMs: nowMs, pulseDueMs: undefined, grant, purpose };
}

type Happening = 'opened' | 'closed' | 'jammed' | 'forced' | 'left-open';

// The main lock has entries of its own: whoever counts openings of bins must not count it.
function factOf(bin: number, what: Happening, more: Pick<LogFact, 'grant' | 'detail'> = {}): LogFact {
  return bin === MAIN_LOCK ? { kind: `main-lock-${what}`, ...more } : { kind: `bin-${what}`, bin, ...more };
}

function withBin(locks: BinLocks, bin: number, lock: BinLock): BinLocks {
  if (bin === MAIN_LOCK) return { ...locks, main: lock };
  const bins = locks.bins.slice();
  bins[bin - 1] = lock;
  return { ...locks, bins };
}

function pulseDueOf(lock: BinLock): number | undefined {
  if (lock.kind === 'released') return lock.pulses < boxLimits.pulses ? lock.dueMs : undefined;
  return lock.kind === 'open' ? lock.pulseDueMs : undefined;
}

// The bin that has waited longest gets the coil supply.
function firePulse(
  locks: BinLocks,
  nowMs: number,
): { readonly locks: BinLocks; readonly pulse: number | undefined } {
  let chosen: number | undefined;
  let chosenDue = nowMs;
  for (let bin = locks.bins.length; bin >= MAIN_LOCK; bin--) {
    const due = pulseDueOf(lockOf(locks, bin) ?? LOCKED);
    if (due !== undefined && due <= chosenDue) {
      chosen = bin;
      chosenDue = due;
    }
  }
  if (chosen === undefined || nowMs < locks.latchFreeMs) return { locks, pulse: undefined };
  const lock = lockOf(locks, chosen) as BinLock;
  const after: BinLock =
    lock.kind === 'released'
      ? { ...lock, pulses: lock.pulses + 1, dueMs: nowMs + boxLimits.pulseRetryMs }
      : { ...(lock as Extract<BinLock, { kind: 'open' }>), pulseDueMs: undefined };
  const latchFreeMs = nowMs + boxLimits.pulseMs + boxLimits.latchRestMs;
  return { locks: { ...withBin(locks, chosen, after), latchFreeMs }, pulse: chosen };
}

function dueOf(lock: BinLock, latchFreeMs: number, leftOpenMs: number): number | undefined {
  const pulse = pulseDueOf(lock);
  const pulseDue = pulse === undefined ? undefined : Math.max(pulse, latchFreeMs);
  switch (lock.kind) {
    case 'released':
      return pulseDue ?? lock.dueMs;
    case 'open':
      return Math.min(pulseDue ?? Number.POSITIVE_INFINITY, lock.sinceMs + leftOpenMs);
    case 'left-open':
    case 'forced':
      return lock.remindMs;
    case 'locked':
    case 'jammed':
      return undefined;
  }
}
