// What every load section prints and computes from its windows: a table with one row a contender, and the figures
// of one contender over the repeats.
import { BenchError } from '../harness/bench-error.ts';
import type { Repeats } from '../harness/interleave.ts';
import type { Table } from '../harness/report-shapes.ts';
import { median } from '../harness/statistics.ts';
import type { WindowResult } from '../load/loops.ts';
import { formatNumber } from '../report.ts';

/** A figure of a window. */
type Figure = Exclude<keyof WindowResult, 'count'>;

const columns: readonly (readonly [string, Figure])[] = [
  ['p50 ms', 'p50Ms'],
  ['p99 ms', 'p99Ms'],
  ['max ms', 'maxMs'],
  ['per s', 'perSecond'],
  ['server µs each', 'serverUs'],
  ['server core', 'serverShare'],
  ['load core', 'loadShare'],
];

/** @param title what was done to all of them; @returns the medians over the repeats */
export function windowsTable(title: string, repeats: Repeats<WindowResult>): Table {
  const rows = [...repeats].map(([name, windows]) => [
    name,
    ...columns.map(([, figure]) => formatNumber(median(windows.map((window) => window[figure])))),
  ]);
  return { title, columns: ['what', ...columns.map(([heading]) => heading)], rows };
}

/**
 * One figure of one contender, one value a repeat.
 * @throws BenchError `no-figures` where there is none, `unexpected-answer` where one of the answers was wrong
 */
export function figures(repeats: Repeats<WindowResult>, name: string, figure: Figure): readonly number[] {
  const windows = repeats.get(name);
  if (windows === undefined) throw new BenchError('no-figures', `nothing was measured of ${name}`);
  if (windows.some(({ wrong }) => wrong > 0))
    throw new BenchError('unexpected-answer', `${name} gave wrong answers: its speed means nothing`);
  return windows.map((window) => window[figure]);
}

/** The 99th percentile of each repeat; endless where an answer never came. */
export function p99WithoutLoss(repeats: Repeats<WindowResult>, name: string): readonly number[] {
  const lost = (repeats.get(name) ?? []).map((window) => window.lost);
  return figures(repeats, name, 'p99Ms').map((p99Ms, repeat) =>
    (lost[repeat] ?? 0) > 0 ? Number.POSITIVE_INFINITY : p99Ms,
  );
}

/** Adds up two figures repeat by repeat. */
export function added(left: readonly number[], right: readonly number[]): readonly number[] {
  return left.map((value, repeat) => value + (right[repeat] as number));
}
