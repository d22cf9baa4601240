// Chance must be the same on every machine, or a seed would replay nothing.
import { describe, expect, it } from 'vitest';
import { chanceFrom } from './chance.ts';

describe('chance', () => {
  it('gives one history for one seed', () => {
    const first = chanceFrom(42);
    const second = chanceFrom(42);
    expect(Array.from({ length: 100 }, () => first.below(1000))).toEqual(
      Array.from({ length: 100 }, () => second.below(1000)),
    );
    expect(chanceFrom(42).bytes(8)).not.toEqual(chanceFrom(43).bytes(8));
  });

  it('lets a fork draw without shifting its parent', () => {
    const quiet = chanceFrom(7);
    const busy = chanceFrom(7);
    quiet.fork();
    busy.fork().bytes(1000);
    expect(quiet.below(2 ** 31)).toBe(busy.below(2 ** 31));
  });

  it('spreads over its range', () => {
    const random = chanceFrom(1);
    const counts = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 10_000; draw++) {
      const value = random.below(10);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    // 10,000 draws over 10 values: 5 sigma around 1,000 is 150.
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});
