// Who may take which key, in a firm of a hundred thousand people and ten thousand keys in groups of groups: one decision
// about the eight keys of a box, beside the join that one would write first.
import type { PermissionAsks, PermissionSettings } from '../cloud/permission-process.ts';
import type { Bench } from '../harness/bench.ts';
import { interleave } from '../harness/interleave.ts';
import { names } from '../harness/names.ts';
import type { SectionResult } from '../harness/report-shapes.ts';
import { type LatencySummary, median, ratioOf } from '../harness/statistics.ts';
import { formatNumber, formatRatio } from '../report.ts';

const firm = { people: 100_000, keys: 10_000 };

/** The section `permissions`. */
export async function permissionsSection(bench: Bench): Promise<SectionResult> {
  const { repeats, windowMs: ms, warmUpMs } = bench.plan;
  bench.progress(`  filling a firm: ${firm.people} people, ${firm.keys} keys`);
  const settings: PermissionSettings = { databasePath: bench.scratch.path('firm.sqlite'), firm };
  const file = new URL('../cloud/permission-process.ts', import.meta.url);
  const server = await bench.server<PermissionAsks>(file, settings, { loader: bench.loader });
  await server.ask('measure', { ms: warmUpMs, by: 'cloud' });
  const contender = (name: string, by: 'cloud' | 'naive') => ({
    name,
    measure: () => server.ask('measure', { ms, by }),
  });
  const summaries = await interleave(
    [contender(names.cloud, 'cloud'), contender(names.naivePermissions, 'naive')],
    repeats,
    (name, repeat) => bench.progress(`  repeat ${repeat + 1}: ${name}`),
  );
  const of = (name: string, pick: (summary: LatencySummary) => number) =>
    (summaries.get(name) ?? []).map(pick);
  const p50 = (summary: LatencySummary) => summary.p50Ms;
  const us = (name: string, pick: (summary: LatencySummary) => number) =>
    formatNumber(median(of(name, pick)) * 1_000);
  return {
    name: 'permissions',
    goals: [],
    tables: [
      {
        title: `One permission decision about the 8 keys of a box, ${formatNumber(firm.people)} people × ${formatNumber(firm.keys)} keys in groups of groups, in process`,
        columns: ['what', 'p50 µs', 'p99 µs', 'max µs', 'p50 against the cloud'],
        rows: [...summaries.keys()].map((name) => [
          name,
          us(name, p50),
          us(name, (summary) => summary.p99Ms),
          us(name, (summary) => summary.maxMs),
          formatRatio(ratioOf(of(name, p50), of(names.cloud, p50))),
        ]),
      },
    ],
    notes: ['Every answer of the naive join was compared with the cloud’s: they are the same.'],
  };
}
