// The arithmetic of the bench, pure: percentiles of one window, and ratios of numbers that were measured in the
// same repeat. The host's speed wanders between repeats, so a ratio is formed inside each repeat first and the
// median is taken of the ratios, never the other way round.
import { BenchError } from './bench-error.ts';

/** One ratio, measured once a repeat. */
export interface Ratio {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
  readonly perRepeat: readonly number[];
}

/** The latencies of one window, in milliseconds. */
export interface LatencySummary {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/**
 * Nearest-rank percentile: the smallest value that at least `share` of all values do not exceed.
 * @param sorted ascending; @param share 0 to 1
 * @throws BenchError `no-figures` for an empty list
 */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  const value = sorted[Math.min(rank, sorted.length) - 1];
  if (value === undefined) throw new BenchError('no-figures', 'a percentile of nothing');
  return value;
}

/** The middle value; the mean of the two middle ones for an even count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const upper = percentile(sorted, 0.5 + 1 / (2 * Math.max(1, sorted.length)));
  return sorted.length % 2 === 1 ? upper : (percentile(sorted, 0.5) + upper) / 2;
}

/** Summarises one window. @param latenciesMs in any order */
export function summarise(latenciesMs: Float64Array): LatencySummary {
  const sorted = latenciesMs.slice().sort();
  return {
    count: sorted.length,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    maxMs: percentile(sorted, 1),
  };
}

/**
 * @param over one figure a repeat; @param under one figure a repeat, in the same order
 * @throws BenchError `no-figures` where the lists are empty or differ in length
 */
export function ratioOf(over: readonly number[], under: readonly number[]): Ratio {
  if (over.length !== under.length)
    throw new BenchError('no-figures', 'a ratio needs both figures of every repeat');
  return spreadOf(over.map((value, repeat) => value / (under[repeat] as number)));
}

/** The median of a figure over the repeats, with its spread. */
export function spreadOf(perRepeat: readonly number[]): Ratio {
  return {
    median: median(perRepeat),
    lowest: Math.min(...perRepeat),
    highest: Math.max(...perRepeat),
    perRepeat,
  };
}
