// Many boxes at once: what each costs in memory while it is connected, and what a reconnecting herd costs when power
// comes back to a town. Every repeat starts fresh servers, because memory once taken is not given back.
import { goalResult } from '../goals.ts';
import type { Bench } from '../harness/bench.ts';
import type { Child } from '../harness/child.ts';
import { type Loaded, startAedesEcho, startLoad } from '../harness/contenders.ts';
import { interleave, type Repeats } from '../harness/interleave.ts';
import { names } from '../harness/names.ts';
import { processorTimeUs, residentMemory } from '../harness/processors.ts';
import type { SectionResult, Table } from '../harness/report-shapes.ts';
import { median, ratioOf, spreadOf } from '../harness/statistics.ts';
import type { LoadAsks } from '../load/load-process.ts';
import { formatNumber } from '../report.ts';
import type { Population } from '../seed/population.ts';
import { startCloud } from './cloud.ts';

/** Memory at one number of boxes, per box. */
interface MemoryFigures {
  readonly boxes: number;
  readonly totalKb: number;
  readonly anonymousKb: number;
}

/** One herd: all boxes at once. */
interface HerdFigures {
  readonly seconds: number;
  readonly usPerBox: number;
  readonly failed: number;
}

interface CrowdFigures {
  readonly memory: readonly MemoryFigures[];
  /** Log in and subscribe. */
  readonly subscribing: HerdFigures;
  /** The same, and the handshake to a confirmed session. Equal for a server without sessions. */
  readonly greeting: HerdFigures;
}

/** Connected before memory counts, so that code compiled on first use is nobody's share. */
const firstBoxes = 50;
const settleMs = 1_000;

/** The section `crowd`. */
export async function crowdSection(bench: Bench): Promise<SectionResult> {
  const boxes = bench.plan.crowds.at(-1) ?? 0;
  const population: Population = { boxes, codesPerBox: 1 };
  const load = await startLoad(bench);
  const flags = { nodeFlags: ['--expose-gc'] };
  const contender = (name: string, start: () => Promise<Loaded>) => ({
    name,
    measure: () => measureCrowd({ bench, load, population }, start),
  });
  const repeats = await interleave(
    [
      contender(names.aedes, () => startAedesEcho(bench, flags)),
      contender(names.cloud, () => startCloud(bench, population, flags)),
    ],
    bench.plan.repeats,
    (name, repeat) => bench.progress(`  repeat ${repeat + 1}: ${name}`),
  );
  const of = (name: string, pick: (crowd: CrowdFigures) => number) => (repeats.get(name) ?? []).map(pick);
  const perBox = (crowd: CrowdFigures) => crowd.memory.at(-1)?.totalKb ?? Number.NaN;
  const herdUs = (crowd: CrowdFigures) => crowd.subscribing.usPerBox;
  const cloud = (pick: (crowd: CrowdFigures) => number) => spreadOf(of(names.cloud, pick));
  return {
    name: 'crowd',
    goals: [
      goalResult('G7 ratio', ratioOf(of(names.cloud, perBox), of(names.aedes, perBox))),
      goalResult('G7 size', cloud(perBox)),
      goalResult('G8 cost', ratioOf(of(names.cloud, herdUs), of(names.aedes, herdUs))),
      goalResult(
        'G8 time',
        cloud((crowd) => crowd.subscribing.seconds),
      ),
    ],
    tables: [memoryTable(repeats), herdTable(repeats, boxes)],
    notes: [],
  };
}

async function measureCrowd(
  means: { readonly bench: Bench; readonly load: Child<LoadAsks>; readonly population: Population },
  start: () => Promise<Loaded>,
): Promise<CrowdFigures> {
  const { bench, load, population } = means;
  const loaded = await start();
  const { fleet, kind, port } = loaded;
  const greets = kind === 'sealed';
  await load.ask('assemble', { fleet, kind, port, population });
  await load.ask('connect', { fleet, upTo: firstBoxes, atOnce: firstBoxes, greets });
  const before = await settledMemory(loaded);
  const memory: MemoryFigures[] = [];
  for (const boxes of bench.plan.crowds) {
    await load.ask('connect', { fleet, upTo: boxes, atOnce: firstBoxes, greets });
    const now = await settledMemory(loaded);
    const added = boxes - firstBoxes;
    memory.push({
      boxes,
      totalKb: (now.totalKb - before.totalKb) / added,
      anonymousKb: (now.anonymousKb - before.anonymousKb) / added,
    });
  }
  const subscribing = await herd(load, loaded, { boxes: population.boxes, greets: false });
  const greeting = greets ? await herd(load, loaded, { boxes: population.boxes, greets: true }) : subscribing;
  await load.ask('disband', { fleet });
  await bench.end(loaded);
  return { memory, subscribing, greeting };
}

async function settledMemory(loaded: Loaded) {
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  await loaded.collectGarbage();
  return residentMemory(loaded.watch[0] ?? 0);
}

async function herd(
  load: Child<LoadAsks>,
  loaded: Loaded,
  options: { readonly boxes: number; readonly greets: boolean },
): Promise<HerdFigures> {
  const { fleet } = loaded;
  await load.ask('cut', { fleet });
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  const beforeUs = processorTimeUs(loaded.watch);
  const { boxes, greets } = options;
  const came = await load.ask('connect', { fleet, upTo: boxes, atOnce: boxes, greets });
  const usedUs = processorTimeUs(loaded.watch) - beforeUs;
  return { seconds: came.greetedMs / 1000, usPerBox: usedUs / boxes, failed: came.failed };
}

function memoryTable(repeats: Repeats<CrowdFigures>): Table {
  const rows = [...repeats].flatMap(([name, crowds]) =>
    (crowds[0]?.memory ?? []).map(({ boxes }, index) => {
      const middle = (figure: 'totalKb' | 'anonymousKb') =>
        formatNumber(median(crowds.map((crowd) => crowd.memory[index]?.[figure] ?? Number.NaN)));
      return [name, formatNumber(boxes), middle('totalKb'), middle('anonymousKb')];
    }),
  );
  return {
    title: 'Memory per connected box',
    columns: ['what', 'boxes', 'resident KB', 'of it not backed by files'],
    rows,
  };
}

function herdTable(repeats: Repeats<CrowdFigures>, boxes: number): Table {
  const rows = [...repeats].flatMap(([name, crowds]) =>
    (['subscribing', 'greeting'] as const).map((step) => [
      `${name}: ${step === 'subscribing' ? 'logged in and subscribed' : 'session confirmed'}`,
      formatNumber(median(crowds.map((crowd) => crowd[step].seconds))),
      formatNumber(median(crowds.map((crowd) => crowd[step].usPerBox))),
      formatNumber(median(crowds.map((crowd) => crowd[step].failed))),
    ]),
  );
  return {
    title: `Herd of ${boxes} boxes that come back at once`,
    columns: ['what', 'seconds until all are', 'server µs per box', 'failed'],
    rows,
  };
}
