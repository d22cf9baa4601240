// What one authorisation costs when ten thousand, a million, ten million codes are stored, in groups of 32 to a
// commit, beside the naive schema of four statements at the fewest codes.
import { statSync } from 'node:fs';
import type { InProcessAsks, InProcessSettings } from '../cloud/in-process.ts';
import type { AuthorisationCost, NaiveAsks, NaiveSettings } from '../floors/naive-authorise.ts';
import { goalResult } from '../goals.ts';
import type { Bench } from '../harness/bench.ts';
import type { Child } from '../harness/child.ts';
import { interleave } from '../harness/interleave.ts';
import type { SectionResult } from '../harness/report-shapes.ts';
import { median, ratioOf } from '../harness/statistics.ts';
import { formatNumber, formatRatio } from '../report.ts';
import { fillDatabase } from './cloud.ts';

interface Cost extends AuthorisationCost {
  /** Of it, the protocol's part: open, decode, encode, seal. */
  readonly sealingUs: number;
}

/** A database of one size, with the cloud on it. */
interface Grown {
  readonly name: string;
  readonly megabytes: number;
  readonly process: Child<InProcessAsks>;
}

const group = 32;
const boxes = 1_000;
const warmUpMs = 1_500;
const naiveName = 'naive four statements';

/** The section `growth`. */
export async function growthSection(bench: Bench): Promise<SectionResult> {
  const { storedCodes, repeats, windowMs: ms } = bench.plan;
  const grown: Grown[] = [];
  for (const codes of storedCodes) grown.push(await grow(bench, codes));
  const fewest = storedCodes[0] ?? 0;
  const naive = await startNaive(bench, fewest);
  const contenders = grown.map(({ name, process }) => ({
    name,
    measure: async (): Promise<Cost> => ({
      ...(await process.ask('measure', { ms, group })),
      sealingUs: await process.ask('sealing', { ms: ms / 10 }),
    }),
  }));
  const costs = await interleave(
    [
      ...contenders,
      {
        name: naiveName,
        measure: async (): Promise<Cost> => ({
          ...(await naive.ask('measure', { ms, group })),
          sealingUs: 0,
        }),
      },
    ],
    repeats,
    (name, repeat) => bench.progress(`  repeat ${repeat + 1}: ${name}`),
  );
  const of = (name: string, pick: (cost: Cost) => number) => (costs.get(name) ?? []).map(pick);
  const wall = (cost: Cost) => cost.wallUs;
  const withoutSealing = (cost: Cost) => cost.wallUs - cost.sealingUs;
  const first = grown[0]?.name ?? '';
  const last = grown.at(-1)?.name ?? '';
  const growth = (name: string) => ratioOf(of(name, wall), of(first, wall));
  const megabytes = new Map(grown.map(({ name, megabytes }) => [name, megabytes]));
  return {
    name: 'growth',
    goals: [
      goalResult('G6 growth', growth(last)),
      goalResult('G6 naive', ratioOf(of(last, withoutSealing), of(naiveName, wall))),
    ],
    tables: [
      {
        title: `One authorisation by stored codes, ${group} to a commit, in process`,
        columns: ['what', 'database MB', 'µs', 'of it sealing', 'processor µs', 'against fewest codes'],
        rows: [...costs.keys()].map((name) => [
          name,
          formatNumber(megabytes.get(name) ?? Number.NaN),
          formatNumber(median(of(name, wall))),
          formatNumber(median(of(name, (cost) => cost.sealingUs))),
          formatNumber(median(of(name, (cost) => cost.processorUs))),
          formatRatio(growth(name)),
        ]),
      },
    ],
    notes: [
      `The naive schema is compared without what sealing costs the cloud; it has ${formatNumber(fewest)} codes.`,
    ],
  };
}

async function grow(bench: Bench, codes: number): Promise<Grown> {
  const population = { boxes, codesPerBox: codes / boxes };
  const databasePath = await fillDatabase(bench, population);
  const settings: InProcessSettings = { databasePath, population };
  const file = new URL('../cloud/in-process.ts', import.meta.url);
  const process = await bench.server<InProcessAsks>(file, settings, { loader: bench.loader });
  await process.ask('measure', { ms: warmUpMs, group });
  const megabytes = statSync(databasePath).size / 1e6;
  return { name: `${formatNumber(codes)} codes`, megabytes, process };
}

async function startNaive(bench: Bench, codes: number): Promise<Child<NaiveAsks>> {
  const settings: NaiveSettings = { path: bench.scratch.path('naive.db'), codes };
  const file = new URL('../floors/naive-authorise.ts', import.meta.url);
  const process = await bench.server<NaiveAsks>(file, settings);
  await process.ask('measure', { ms: warmUpMs, group });
  return process;
}
