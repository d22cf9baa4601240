// The order of the measurements, which is what makes ratios of one run mean something.
import { expect, it } from 'vitest';
import { interleave, turnOrder } from '../harness/interleave.ts';

it('measures every contender once a repeat and begins each repeat with another', async () => {
  const order: string[] = [];
  const contender = (name: string) => ({
    name,
    measure: async () => {
      order.push(name);
      return order.length;
    },
  });
  const figures = await interleave(['a', 'b', 'c'].map(contender), 3);
  expect(order.join('')).toBe('abcbcacab');
  expect(figures.get('a')).toEqual([1, 6, 8]);
  expect(figures.get('c')).toEqual([3, 5, 7]);
});

it('has no turn for nobody', () => {
  expect(turnOrder([], 3)).toEqual([]);
});
