// What a section hands back: tables of figures, and goals with the ratio that was measured for each. The report
// prints them; nothing is judged in the sections.
import type { Ratio } from './statistics.ts';

/** One goal of the performance plan, with what was measured for it. */
export interface GoalResult {
  /** `G1` and so on. */
  readonly id: string;
  /** What is compared with what. */
  readonly what: string;
  /** Which way is good, and the two bars. */
  readonly bar: Bar;
  /** Undefined where it could not be measured; `note` says why. */
  readonly measured: Ratio | undefined;
  /** Unit behind the figure where it is not a plain ratio. */
  readonly unit?: string;
  readonly note?: string;
}

/** The bar that must be reached and the one to stretch for. */
export interface Bar {
  readonly good: 'at-most' | 'at-least';
  readonly must: number;
  readonly stretch: number;
}

/** A table of the report. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What one section found. */
export interface SectionResult {
  readonly name: string;
  readonly goals: readonly GoalResult[];
  readonly tables: readonly Table[];
  readonly notes: readonly string[];
}
