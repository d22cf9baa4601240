// A thousand boxes with 64 requests always outstanding: how many authorisations one core does in a second, what
// group commit brings, and what the same job costs the plain peer.
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
import { figures, windowsTable } from './windows-table.ts';

/** The section `rate`. */
export async function rateSection(bench: Bench): Promise<SectionResult> {
  const { population, inFlight } = bench.plan;
  const load = await startLoad(bench);
  const loaded = [
    await startTcpEcho(bench),
    ...(bench.hasMosquitto ? [await startMosquittoHop(bench), await startPlainPeer(bench, population)] : []),
    await startAedesEcho(bench),
    await startCloud(bench, population),
    await startCloud(bench, population, { commits: 'single' }),
  ];
  for (const one of loaded) await connectFleet(load, one, { population, boxes: population.boxes });
  const repeats = await sideBySide(bench, load, { loaded, pattern: { kind: 'closed', inFlight } });
  const rate = (name: string) => figures(repeats, name, 'perSecond');
  const against = (name: string) => ratioOf(rate(names.cloud), rate(name));
  return {
    name: 'rate',
    goals: [
      goalResult('G2', against(names.aedes)),
      goalResult('G3', bench.hasMosquitto ? against(names.peer) : mosquittoMissing),
      goalResult('G9 MQTT', against(names.cloudSingle)),
    ],
    tables: [
      windowsTable(`${population.boxes} boxes, ${inFlight} requests in flight`, repeats),
      {
        title: 'Rate of the cloud against each',
        columns: ['what', 'ratio'],
        rows: [...repeats.keys()]
          .filter((name) => name !== names.cloud)
          .map((name) => [name, formatRatio(against(name))]),
      },
    ],
    notes: faultsIn(repeats),
  };
}
