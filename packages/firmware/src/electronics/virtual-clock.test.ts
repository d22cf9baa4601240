import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';

describe('the virtual clock', () => {
  it('moves only when told, and shows each timer its own moment', () => {
    const clock = new VirtualClock();
    const moments: number[] = [];
    clock.set(() => moments.push(clock.nowMs()), 700);
    clock.set(() => moments.push(clock.nowMs()), 300.5);
    expect([clock.nowMs(), clock.nextDueMs()]).toEqual([0, 300.5]);
    clock.advance(1_000);
    expect([moments, clock.nowMs()]).toEqual([[300.5, 700], 1_000]);
  });

  it('runs what is left in order of time and setting, whatever is set and cleared', () => {
    const plan = fc.array(fc.record({ delayMs: fc.nat(50), clears: fc.boolean() }), { maxLength: 300 });
    fc.assert(
      fc.property(plan, (list) => {
        const clock = new VirtualClock();
        const ran: number[] = [];
        const timers = list.map(({ delayMs }, index) => clock.set(() => ran.push(index), delayMs));
        list.forEach(({ clears }, index) => {
          if (clears) clock.clear(timers[index]);
        });
        clock.advance(60);
        const expected = list
          .map((timer, index) => ({ ...timer, index }))
          .filter(({ clears }) => !clears)
          .sort((left, right) => left.delayMs - right.delayMs || left.index - right.index);
        expect(ran).toEqual(expected.map(({ index }) => index));
      }),
    );
  });

  it('does not grow by a wake-up that is set anew at every step', () => {
    const clock = new VirtualClock();
    let wake: unknown;
    for (let step = 0; step < 100_000; step++) {
      clock.clear(wake);
      wake = clock.set(() => {}, 1_000_000);
    }
    expect(clock.pending).toBeLessThan(200);
  });

  it('goes on after a callback that threw', () => {
    const clock = new VirtualClock();
    const ran: string[] = [];
    clock.set(() => {
      throw new RangeError('broken');
    }, 1);
    clock.set(() => ran.push('next'), 2);
    expect(() => clock.advance(10)).toThrow('broken');
    clock.advance(10);
    expect(ran).toEqual(['next']);
  });
});
