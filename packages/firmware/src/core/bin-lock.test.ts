import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BinLocks,
  DETAIL_ALREADY_OPEN,
  isDoorOpen,
  lockOf,
  locksAtBoot,
  locksDueMs,
  MAIN_LOCK,
  moveDoor,
  releaseBin,
  tickLocks,
} from './bin-lock.ts';
import type { LogFact } from './log-fact.ts';

const LEFT_OPEN = 60_000;
const untold = [{ grant: 0 }, { grant: 4 }, { grant: 0 }];
const closed = locksAtBoot(untold, [false, false, false], 0);
const closedWithMain = locksAtBoot(untold, [], 0, { told: { grant: 0 }, open: false });

function release(locks: BinLocks, bin: number, nowMs: number, grant = 7): BinLocks {
  return releaseBin(locks, { bin, grant, purpose: 'withdraw', nowMs }).locks;
}

/** Lets time pass until `untilMs`. */
function run(start: BinLocks, fromMs: number, untilMs: number) {
  let locks = start;
  const pulses: { bin: number; atMs: number }[] = [];
  const facts: LogFact[] = [];
  let reminders = 0;
  for (let nowMs = fromMs; nowMs <= untilMs; ) {
    const ticked = tickLocks(locks, { nowMs, leftOpenMs: LEFT_OPEN, mayPulse: true });
    locks = ticked.locks;
    if (ticked.pulse !== undefined) pulses.push({ bin: ticked.pulse, atMs: nowMs });
    facts.push(...ticked.facts);
    reminders += ticked.remind ? 1 : 0;
    const due = locksDueMs(locks, LEFT_OPEN);
    nowMs = due === undefined ? Number.POSITIVE_INFINITY : Math.max(due, nowMs + 1);
  }
  return { locks, pulses, facts, reminders };
}

describe('bin lock', () => {
  it('pulses a released bin at once, and again while its door stays shut', () => {
    const { pulses, facts, locks } = run(release(closed, 2, 1_000), 1_000, 60_000);
    expect(pulses).toEqual([
      { bin: 2, atMs: 1_000 },
      { bin: 2, atMs: 4_000 },
      { bin: 2, atMs: 7_000 },
    ]);
    expect(facts).toEqual([{ kind: 'bin-jammed', bin: 2, grant: 7 }]);
    expect(locks.bins[1]?.kind).toBe('jammed');
  });

  it('stops pulsing when the door opens, and tells opened and closed apart (SEC-18)', () => {
    const first = run(release(closed, 2, 0), 0, 500);
    const opened = moveDoor(first.locks, { bin: 2, open: true, nowMs: 500 });
    expect(opened.facts).toEqual([{ kind: 'bin-opened', bin: 2, grant: 7 }]);
    const later = run(opened.locks, 500, 20_000);
    expect(later.pulses).toEqual([]);
    const shut = moveDoor(later.locks, { bin: 2, open: false, nowMs: 20_000 });
    expect(shut.facts).toEqual([{ kind: 'bin-closed', bin: 2, grant: 7 }]);
    expect(shut.locks.bins[1]).toEqual({ kind: 'locked' });
  });

  it('calls a door that opens without a release forced', () => {
    const forced = moveDoor(closed, { bin: 1, open: true, nowMs: 5 });
    expect(forced.facts).toEqual([{ kind: 'bin-forced', bin: 1 }]);
    expect(forced.locks.bins[0]?.kind).toBe('forced');
    expect(run(forced.locks, 5, 61_000).reminders).toBe(2);
  });

  it('counts a jammed door that gives way soon as opened by its grant, later as forced', () => {
    const jammed = run(release(closed, 1, 0), 0, 11_000).locks;
    expect(moveDoor(jammed, { bin: 1, open: true, nowMs: 100_000 }).facts[0]?.kind).toBe('bin-opened');
    expect(moveDoor(jammed, { bin: 1, open: true, nowMs: 200_000 }).facts[0]?.kind).toBe('bin-forced');
  });

  it('tells once that a door is left open, and goes on reminding', () => {
    const opened = moveDoor(release(closed, 3, 0), { bin: 3, open: true, nowMs: 10 }).locks;
    const { facts, reminders } = run(opened, 10, 10 + LEFT_OPEN + 65_000);
    expect(facts).toEqual([{ kind: 'bin-left-open', bin: 3, grant: 7 }]);
    expect(reminders).toBe(3);
  });

  it('still fires where the door switch wrongly says open', () => {
    const broken = locksAtBoot(untold, [true, false, false], 0);
    const released = releaseBin(broken, { bin: 1, grant: 9, purpose: 'return', nowMs: 50 });
    expect(released.facts).toEqual([{ kind: 'bin-opened', bin: 1, grant: 9, detail: DETAIL_ALREADY_OPEN }]);
    expect(run(released.locks, 50, 1_000).pulses).toEqual([{ bin: 1, atMs: 50 }]);
  });

  it('knows after a boot under which grant an open door was opened', () => {
    const open = locksAtBoot(untold, [false, true, false], 0);
    expect(moveDoor(open, { bin: 2, open: false, nowMs: 9 }).facts).toEqual([
      { kind: 'bin-closed', bin: 2, grant: 4 },
    ]);
  });

  it('drives one coil at a time over the whole box, the bin that waited longest first', () => {
    const both = release(release(closed, 3, 0, 1), 1, 10, 2);
    const { pulses } = run(both, 10, 2_000);
    expect(pulses).toEqual([
      { bin: 3, atMs: 10 },
      { bin: 1, atMs: 610 },
    ]);
  });

  it('treats the main lock like a bin with entries of its own, where the board has one (SEC-18)', () => {
    const released = run(release(closedWithMain, MAIN_LOCK, 0), 0, 11_000);
    expect(released.pulses.map(({ bin }) => bin)).toEqual([0, 0, 0]);
    expect(released.facts).toEqual([{ kind: 'main-lock-jammed', grant: 7 }]);
    const opened = moveDoor(release(closedWithMain, MAIN_LOCK, 0), { bin: MAIN_LOCK, open: true, nowMs: 5 });
    expect(opened.facts).toEqual([{ kind: 'main-lock-opened', grant: 7 }]);
    expect(isDoorOpen(opened.locks, MAIN_LOCK)).toBe(true);
    expect(run(opened.locks, 5, LEFT_OPEN + 5).facts).toEqual([{ kind: 'main-lock-left-open', grant: 7 }]);
    const shut = moveDoor(opened.locks, { bin: MAIN_LOCK, open: false, nowMs: 9 });
    expect(shut.facts).toEqual([{ kind: 'main-lock-closed', grant: 7 }]);
    expect(moveDoor(shut.locks, { bin: MAIN_LOCK, open: true, nowMs: 10 }).facts).toEqual([
      { kind: 'main-lock-forced' },
    ]);
  });

  it('has no main lock where the board has none', () => {
    expect(lockOf(closed, MAIN_LOCK)).toBeUndefined();
    expect(moveDoor(closed, { bin: MAIN_LOCK, open: true, nowMs: 5 })).toEqual({ locks: closed, facts: [] });
    expect(run(closed, 0, 20_000)).toMatchObject({ pulses: [], facts: [] });
  });

  it('knows after a boot under which grant an open main lock was opened', () => {
    const open = locksAtBoot(untold, [], 0, { told: { grant: 4 }, open: true });
    expect(moveDoor(open, { bin: MAIN_LOCK, open: false, nowMs: 9 }).facts).toEqual([
      { kind: 'main-lock-closed', grant: 4 },
    ]);
  });

  it('never overlaps pulses and never pulses a bin more than three times a release', () => {
    const event = fc.oneof(
      fc.record({ kind: fc.constant('release' as const), bin: fc.integer({ min: 0, max: 3 }) }),
      fc.record({
        kind: fc.constant('door' as const),
        bin: fc.integer({ min: 0, max: 3 }),
        open: fc.boolean(),
      }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 90_000 }) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let locks = closedWithMain;
        let nowMs = 0;
        let lastPulseMs = Number.NEGATIVE_INFINITY;
        const owed = [0, 0, 0, 0];
        for (const one of events) {
          if (one.kind === 'release') {
            locks = release(locks, one.bin, nowMs);
            owed[one.bin] = 3;
          }
          if (one.kind === 'door') locks = moveDoor(locks, { bin: one.bin, open: one.open, nowMs }).locks;
          const untilMs = nowMs + (one.kind === 'wait' ? one.ms : 0);
          const ran = run(locks, nowMs, untilMs);
          for (const pulse of ran.pulses) {
            expect(pulse.atMs - lastPulseMs).toBeGreaterThanOrEqual(600);
            lastPulseMs = pulse.atMs;
            owed[pulse.bin] = (owed[pulse.bin] as number) - 1;
            expect(owed[pulse.bin]).toBeGreaterThanOrEqual(0);
          }
          locks = ran.locks;
          nowMs = untilMs;
          if (one.kind === 'door') expect(isDoorOpen(locks, one.bin)).toBe(one.open);
        }
      }),
    );
  });
});
