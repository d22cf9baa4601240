// Figures that rest on wrong or lost answers must not become a verdict.
import { expect, it } from 'vitest';
import { spreadOf } from '../harness/statistics.ts';
import type { WindowResult } from '../load/loops.ts';
import { added, figures, p99WithoutLoss, windowsTable } from '../sections/windows-table.ts';

const window = (over: Partial<WindowResult>): WindowResult => ({
  count: 10,
  p50Ms: 1,
  p99Ms: 2,
  maxMs: 3,
  perSecond: 10,
  serverUs: 5,
  serverShare: 0.1,
  loadShare: 0.1,
  wrong: 0,
  lost: 0,
  ...over,
});

it('refuses the figures of a server that gave a wrong answer', () => {
  const repeats = new Map([['a', [window({}), window({ wrong: 1 })]]]);
  expect(() => figures(repeats, 'a', 'p50Ms')).toThrow('unexpected-answer');
  expect(() => figures(repeats, 'b', 'p50Ms')).toThrow('no-figures');
});

it('counts a repeat with a lost answer as endless', () => {
  const repeats = new Map([['a', [window({ lost: 1 }), window({}), window({ lost: 2 })]]]);
  expect(p99WithoutLoss(repeats, 'a')).toEqual([Number.POSITIVE_INFINITY, 2, Number.POSITIVE_INFINITY]);
  expect(spreadOf(p99WithoutLoss(repeats, 'a')).median).toBe(Number.POSITIVE_INFINITY);
});

it('adds floors repeat by repeat', () => {
  expect(added([1, 2], [10, 20])).toEqual([11, 22]);
});

it('prints the median of every figure', () => {
  const repeats = new Map([['a', [window({ p50Ms: 1 }), window({ p50Ms: 5 }), window({ p50Ms: 3 })]]]);
  expect(windowsTable('t', repeats).rows[0]?.slice(0, 2)).toEqual(['a', '3']);
});
