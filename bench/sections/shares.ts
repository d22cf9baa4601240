// Who uses the processor during an authorisation: cryptography, SQLite, broker, sockets, the rest. Sampled by the
// engine's profiler in the server while it is under full load.
import { goalResult } from '../goals.ts';
import type { Bench } from '../harness/bench.ts';
import { connectFleet, startLoad } from '../harness/contenders.ts';
import { type Part, type ProfileShares, parts } from '../harness/profile-shares.ts';
import type { SectionResult } from '../harness/report-shapes.ts';
import { median, spreadOf } from '../harness/statistics.ts';
import { loadOnce } from '../load/side-by-side.ts';
import { formatNumber } from '../report.ts';
import { startCloud } from './cloud.ts';

interface Sampled {
  readonly shares: ProfileShares;
  /** Answers while it was sampled. */
  readonly answers: number;
}

/** The section `shares`. */
export async function sharesSection(bench: Bench): Promise<SectionResult> {
  const { population, inFlight, repeats } = bench.plan;
  const load = await startLoad(bench);
  const cloud = await startCloud(bench, population);
  await connectFleet(load, cloud, { population, boxes: population.boxes });
  const pattern = { kind: 'closed', inFlight } as const;
  await loadOnce(bench, load, { loaded: cloud, pattern });
  const sampled: Sampled[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    bench.progress(`  repeat ${repeat + 1}: sampling`);
    await cloud.server.ask('startProfile', undefined as never);
    const window = await loadOnce(bench, load, { loaded: cloud, pattern });
    const shares = await cloud.server.ask('stopProfile', undefined as never);
    const measuredMs = bench.plan.warmUpMs + bench.plan.windowMs;
    sampled.push({ shares, answers: (window.perSecond * measuredMs) / 1000 });
  }
  const share = (part: Part) => sampled.map(({ shares }) => (100 * shares.partUs[part]) / shares.busyUs);
  const each = (part: Part) => sampled.map(({ shares, answers }) => shares.partUs[part] / answers);
  return {
    name: 'shares',
    goals: [goalResult('G11 share', spreadOf(share('cryptography')))],
    tables: [
      {
        title: `Who uses the processor: ${population.boxes} boxes, ${inFlight} requests in flight`,
        columns: ['part', '% of the busy time', 'µs an authorisation'],
        rows: parts.map((part) => [
          part,
          formatNumber(median(share(part))),
          formatNumber(median(each(part))),
        ]),
      },
    ],
    notes: ['Waiting for the disk counts as COMMIT: the profiler samples the wall clock of a busy thread.'],
  };
}
