// The order of appointments is what makes a run repeatable.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';

describe('virtual clock', () => {
  it('keeps appointments in the order of their time, then of their asking', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { maxLength: 60 }), (delays) => {
        const clock = new VirtualClock(1_000);
        const kept: { atMs: number; index: number }[] = [];
        for (const [index, delayMs] of delays.entries()) {
          clock.after(delayMs, () => kept.push({ atMs: clock.nowMs(), index }));
        }
        while (clock.step(2_000));
        const expected = delays
          .map((delayMs, index) => ({ atMs: 1_000 + delayMs, index }))
          .sort((left, right) => left.atMs - right.atMs || left.index - right.index);
        expect(kept).toEqual(expected);
      }),
    );
  });

  it('does not keep a cancelled appointment, and stands still at the end it was given', () => {
    const clock = new VirtualClock(0);
    let kept = false;
    clock.after(5, () => {
      kept = true;
    })();
    while (clock.step(10));
    expect(kept).toBe(false);
    expect(clock.nowMs()).toBe(10);
  });

  it('lets an appointment make another one for the same moment', () => {
    const clock = new VirtualClock(0);
    const kept: string[] = [];
    clock.after(1, () => {
      kept.push('first');
      clock.after(0, () => kept.push('third'));
    });
    clock.after(1, () => kept.push('second'));
    while (clock.step(1));
    expect(kept).toEqual(['first', 'second', 'third']);
  });
});
