// How long and how often: the one table behind `--quick` and the full run, so that the report can say what a figure
// rests on.
import type { Population } from '../seed/population.ts';

/** The lengths of a run. */
export interface Plan {
  readonly repeats: number;
  readonly warmUpMs: number;
  /** One window of load. */
  readonly windowMs: number;
  /** Who is in the latency, rate and open-loop sections. */
  readonly population: Population;
  readonly inFlight: number;
  /** Boxes of the memory and herd sections, in the order in which they are reached. */
  readonly crowds: readonly number[];
  /** Stored codes of the growth section. */
  readonly storedCodes: readonly number[];
}

/** The run whose figures go into the document. */
export const fullPlan: Plan = {
  repeats: 5,
  warmUpMs: 1_000,
  windowMs: 4_000,
  population: { boxes: 1_000, codesPerBox: 100 },
  inFlight: 64,
  crowds: [1_000, 5_000],
  storedCodes: [10_000, 1_000_000, 10_000_000],
};

/** One or two minutes: shows that everything works and roughly where it stands. */
export const quickPlan: Plan = {
  repeats: 2,
  warmUpMs: 300,
  windowMs: 1_000,
  population: { boxes: 200, codesPerBox: 20 },
  inFlight: 64,
  crowds: [500],
  storedCodes: [10_000, 100_000],
};
