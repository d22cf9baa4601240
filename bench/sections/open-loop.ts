// Requests that fall due by the clock, as people press keys without asking whether the server has time: a moderate
// rate and an overload of the plain peer. Waiting counts from the moment a request was due.
import { goalResult } from '../goals.ts';
import type { Bench } from '../harness/bench.ts';
import { connectFleet, startLoad, startMosquittoHop, startPlainPeer } from '../harness/contenders.ts';
import { names } from '../harness/names.ts';
import type { SectionResult } from '../harness/report-shapes.ts';
import { ratioOf, spreadOf } from '../harness/statistics.ts';
import { faultsIn, sideBySide } from '../load/side-by-side.ts';
import { mosquittoMissing } from '../peers/mosquitto-node/mosquitto.ts';
import { startCloud } from './cloud.ts';
import { startDurableInsert } from './durable-insert.ts';
import { added, figures, p99WithoutLoss, windowsTable } from './windows-table.ts';

const moderatePerSecond = 1_000;
const overloadPerSecond = 2_000;

/** The section `open`. */
export async function openLoopSection(bench: Bench): Promise<SectionResult> {
  const { population } = bench.plan;
  const load = await startLoad(bench);
  const insert = await startDurableInsert(bench);
  const loaded = [
    ...(bench.hasMosquitto ? [await startMosquittoHop(bench), await startPlainPeer(bench, population)] : []),
    await startCloud(bench, population),
  ];
  for (const one of loaded) await connectFleet(load, one, { population, boxes: population.boxes });
  const moderate = await sideBySide(bench, load, {
    loaded,
    pattern: { kind: 'open', perSecond: moderatePerSecond },
    others: [insert],
  });
  const overload = await sideBySide(bench, load, {
    loaded,
    pattern: { kind: 'open', perSecond: overloadPerSecond },
  });
  const p50 = (name: string) => figures(moderate, name, 'p50Ms');
  const p99 = (name: string) => figures(moderate, name, 'p99Ms');
  return {
    name: 'open',
    goals: [
      goalResult(
        'G4 p50',
        bench.hasMosquitto
          ? ratioOf(p50(names.cloud), added(p50(names.hop), p50(names.insert)))
          : mosquittoMissing,
      ),
      goalResult(
        'G4 p99',
        bench.hasMosquitto ? ratioOf(p99(names.cloud), p99(names.peer)) : mosquittoMissing,
      ),
      goalResult('G5', spreadOf(p99WithoutLoss(overload, names.cloud))),
    ],
    tables: [
      windowsTable(`Open loop, ${moderatePerSecond} requests a second`, moderate),
      windowsTable(`Open loop, ${overloadPerSecond} requests a second`, overload),
    ],
    notes: [...faultsIn(moderate), ...faultsIn(overload)],
  };
}
