// Turns what the sections found into text: a table of goals with the verdict said plainly, then each section's
// figures. Pure: it writes nothing.
import type { Bar, GoalResult, SectionResult, Table } from './harness/report-shapes.ts';
import type { Ratio } from './harness/statistics.ts';

/** What the figures were measured on and how. */
export interface RunFacts {
  readonly command: string;
  readonly when: string;
  readonly processor: string;
  readonly node: string;
  readonly cores: string;
  readonly repeats: number;
  readonly windowMs: number;
  readonly loader: string;
}

/** A whole run. */
export interface Report {
  readonly facts: RunFacts;
  readonly sections: readonly SectionResult[];
}

/** What a goal came to. */
export type Verdict = 'reaches the stretch' | 'passes' | 'falls short' | 'not measured';

/** @returns the verdict, and by what factor the bar was missed (1 where it was not) */
export function judge(
  bar: Bar,
  measured: number | undefined,
): { readonly verdict: Verdict; readonly missedBy: number } {
  if (measured === undefined) return { verdict: 'not measured', missedBy: 1 };
  const excess = (limit: number) => (bar.good === 'at-most' ? measured / limit : limit / measured);
  if (excess(bar.stretch) <= 1) return { verdict: 'reaches the stretch', missedBy: 1 };
  if (excess(bar.must) <= 1) return { verdict: 'passes', missedBy: 1 };
  return { verdict: 'falls short', missedBy: excess(bar.must) };
}

/** Three significant digits, thousands separated. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}

/** `1.20 [1.17–1.58]` */
export function formatRatio(ratio: Ratio): string {
  const [middle, low, high] = [ratio.median, ratio.lowest, ratio.highest].map(formatNumber);
  return ratio.perRepeat.length > 1 ? `${middle} [${low}–${high}]` : `${middle}`;
}

/** A Markdown table. */
export function renderTable(table: Table): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [
    `### ${table.title}`,
    '',
    line(table.columns),
    line(table.columns.map((_, index) => (index === 0 ? '---' : '--:'))),
    ...table.rows.map(line),
    '',
  ].join('\n');
}

/** The goals of all sections in one table. */
export function goalsTable(goals: readonly GoalResult[]): Table {
  const rows = goals.map((goal) => {
    const { verdict, missedBy } = judge(goal.bar, goal.measured?.median);
    const sign = goal.bar.good === 'at-most' ? '≤' : '≥';
    const unit = goal.unit === undefined ? '' : ` ${goal.unit}`;
    return [
      goal.id,
      goal.what,
      `${sign} ${formatNumber(goal.bar.must)}${unit}`,
      `${sign} ${formatNumber(goal.bar.stretch)}${unit}`,
      goal.measured === undefined ? (goal.note ?? '–') : `${formatRatio(goal.measured)}${unit}`,
      verdict === 'falls short' ? `**falls short** by ${formatNumber(missedBy)}×` : verdict,
    ];
  });
  return { title: 'Goals', columns: ['#', 'what', 'must', 'stretch', 'measured', 'verdict'], rows };
}

/** The whole run as Markdown. */
export function renderReport({ facts, sections }: Report): string {
  const goals = sections.flatMap((section) => section.goals);
  return [
    `Made by \`${facts.command}\` on ${facts.when}: ${facts.processor}, Node ${facts.node}, ${facts.cores};`,
    `${facts.repeats} interleaved repeats, windows of ${facts.windowMs / 1000} s, medians of the ratios of each repeat`,
    `[lowest–highest]; sources run by ${facts.loader}.`,
    '',
    ...(goals.length === 0 ? [] : [renderTable(goalsTable(goals))]),
    ...sections.flatMap((section) => [
      ...section.tables.map(renderTable),
      ...section.notes.map((note) => `- ${note}`),
      ...(section.notes.length === 0 ? [] : ['']),
    ]),
  ].join('\n');
}
