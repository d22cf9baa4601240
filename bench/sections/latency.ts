// One box, one request at a time: what a person at the keypad waits for, beside the floors of the same run.
import { goalResult } from '../goals.ts';
import type { Bench } from '../harness/bench.ts';
import {
  connectFleet,
  startAedesEcho,
  startLoad,
  startMosquittoHop,
  startPlainPeer,
  startTcpEcho,
} from '../harness/contenders.ts';
import { names } from '../harness/names.ts';
import type { SectionResult } from '../harness/report-shapes.ts';
import { ratioOf } from '../harness/statistics.ts';
import { faultsIn, sideBySide } from '../load/side-by-side.ts';
import { mosquittoMissing } from '../peers/mosquitto-node/mosquitto.ts';
import { formatRatio } from '../report.ts';
import { startCloud } from './cloud.ts';
import { startDurableInsert } from './durable-insert.ts';
import { added, figures, windowsTable } from './windows-table.ts';

/** The section `latency`. */
export async function latencySection(bench: Bench): Promise<SectionResult> {
  const { population } = bench.plan;
  const load = await startLoad(bench);
  const insert = await startDurableInsert(bench);
  const loaded = [
    await startTcpEcho(bench),
    ...(bench.hasMosquitto ? [await startMosquittoHop(bench), await startPlainPeer(bench, population)] : []),
    await startAedesEcho(bench),
    await startCloud(bench, population),
  ];
  for (const one of loaded) await connectFleet(load, one, { population, boxes: 1 });
  const repeats = await sideBySide(bench, load, {
    loaded,
    pattern: { kind: 'closed', inFlight: 1 },
    others: [insert],
  });
  const p50 = (name: string) => figures(repeats, name, 'p50Ms');
  const floors = [names.tcp, names.hop, names.aedes, names.insert, names.peer].filter((name) =>
    repeats.has(name),
  );
  return {
    name: 'latency',
    goals: [
      goalResult(
        'G1',
        bench.hasMosquitto
          ? ratioOf(p50(names.cloud), added(p50(names.hop), p50(names.insert)))
          : mosquittoMissing,
      ),
    ],
    tables: [
      windowsTable('One box, one request at a time', repeats),
      {
        title: 'p50 of the cloud against each',
        columns: ['what', 'ratio'],
        rows: floors.map((name) => [name, formatRatio(ratioOf(p50(names.cloud), p50(name)))]),
      },
    ],
    notes: faultsIn(repeats),
  };
}
