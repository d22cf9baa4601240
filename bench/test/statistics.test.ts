// Statistics are where a bench lies most easily, so every definition has a case worked out by hand.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, percentile, ratioOf, spreadOf, summarise } from '../harness/statistics.ts';

describe('percentile', () => {
  it('is the smallest value that enough values do not exceed', () => {
    const sorted = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect(percentile(sorted, 0.5)).toBe(5);
    expect(percentile(sorted, 0.99)).toBe(10);
    expect(percentile(sorted, 0.1)).toBe(1);
    expect(percentile(sorted, 0)).toBe(1);
    expect(percentile(sorted, 1)).toBe(10);
  });

  it('refuses to speak about nothing', () => {
    expect(() => percentile([], 0.5)).toThrow('no-figures');
  });
});

describe('median', () => {
  it('is the middle value, or the mean of the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([7])).toBe(7);
  });

  it('has as many values below it as above', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 }), (values) => {
        const middle = median(values);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        expect(below).toBeLessThanOrEqual(values.length / 2);
        expect(above).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });
});

describe('ratioOf', () => {
  it('forms the ratio inside each repeat before it takes the median', () => {
    // A host that is twice as slow in the second repeat slows both sides: each ratio is 3.
    expect(ratioOf([3, 6, 3], [1, 2, 1])).toEqual({ median: 3, lowest: 3, highest: 3, perRepeat: [3, 3, 3] });
    expect(ratioOf([10, 1, 4], [10, 2, 1])).toMatchObject({ median: 1, lowest: 0.5, highest: 4 });
  });

  it('refuses figures of different repeats', () => {
    expect(() => ratioOf([1, 2], [1])).toThrow('no-figures');
  });
});

describe('summarise', () => {
  it('sorts a copy and leaves the window as it was', () => {
    const window = Float64Array.from([3, 1, 2]);
    expect(summarise(window)).toEqual({ count: 3, p50Ms: 2, p99Ms: 3, maxMs: 3 });
    expect([...window]).toEqual([3, 1, 2]);
  });
});

describe('spreadOf', () => {
  it('keeps the lowest and the highest beside the median', () => {
    expect(spreadOf([5, 1, 3])).toEqual({ median: 3, lowest: 1, highest: 5, perRepeat: [5, 1, 3] });
  });
});
