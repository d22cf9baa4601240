// The API under load: 64 callers make key codes, validated, authorised, durable and in the ledger. Shows what group
// commit brings where every caller waits for its own answer.
import { goalResult } from '../goals.ts';
import type { Bench } from '../harness/bench.ts';
import { type Loaded, startLoad } from '../harness/contenders.ts';
import type { SectionResult } from '../harness/report-shapes.ts';
import { ratioOf } from '../harness/statistics.ts';
import { faultsIn, sideBySide } from '../load/side-by-side.ts';
import { startCloud } from './cloud.ts';
import { figures, windowsTable } from './windows-table.ts';

const callers = 64;

/** The section `http`. */
export async function httpSection(bench: Bench): Promise<SectionResult> {
  const { population } = bench.plan;
  const load = await startLoad(bench);
  const loaded: Loaded[] = [];
  for (const commits of ['group', 'single'] as const) {
    const cloud = await startCloud(bench, population, { commits });
    const port = Number(new URL(cloud.ready.address).port);
    const { fleet } = cloud;
    await load.ask('assemble', { fleet, kind: 'create-code', port, population, token: cloud.ready.token });
    await load.ask('connect', { fleet, upTo: callers, atOnce: callers, greets: false });
    loaded.push(cloud);
  }
  const repeats = await sideBySide(bench, load, { loaded, pattern: { kind: 'closed', inFlight: callers } });
  const [group, single] = loaded.map(({ fleet }) => figures(repeats, fleet, 'perSecond'));
  return {
    name: 'http',
    goals: [goalResult('G9 HTTP', ratioOf(group ?? [], single ?? []))],
    tables: [windowsTable(`POST /v1/key-codes, ${callers} connections`, repeats)],
    notes: faultsIn(repeats),
  };
}
