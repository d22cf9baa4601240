// The API where it has most to do: 64 callers make bookings, each with its digits, its key code and its line in ledger and
// audit, beside the least that could take the same request and keep it.
import type { BareFastifySettings } from '../floors/bare-fastify.ts';
import type { Bench } from '../harness/bench.ts';
import { type CollectAsks, type Loaded, loadedProcess, startLoad } from '../harness/contenders.ts';
import { names } from '../harness/names.ts';
import type { SectionResult } from '../harness/report-shapes.ts';
import { ratioOf } from '../harness/statistics.ts';
import { faultsIn, sideBySide } from '../load/side-by-side.ts';
import { formatRatio } from '../report.ts';
import { startCloud } from './cloud.ts';
import { figures, windowsTable } from './windows-table.ts';

const callers = 64;

/** The section `booking`. */
export async function bookingSection(bench: Bench): Promise<SectionResult> {
  const { population } = bench.plan;
  const load = await startLoad(bench);
  const cloud = await startCloud(bench, population);
  const bare = await startBare(bench);
  const ports = { [cloud.fleet]: Number(new URL(cloud.ready.address).port), [bare.fleet]: bare.port };
  for (const [fleet, port] of Object.entries(ports)) {
    await load.ask('assemble', { fleet, kind: 'create-booking', port, population, token: cloud.ready.token });
    await load.ask('connect', { fleet, upTo: callers, atOnce: callers, greets: false });
  }
  const pattern = { kind: 'closed', inFlight: callers } as const;
  const repeats = await sideBySide(bench, load, { loaded: [cloud, bare], pattern });
  const ratio = (figure: 'perSecond' | 'p99Ms') =>
    formatRatio(ratioOf(figures(repeats, cloud.fleet, figure), figures(repeats, bare.fleet, figure)));
  return {
    name: 'booking',
    goals: [],
    tables: [windowsTable(`POST /v1/bookings, ${callers} connections`, repeats)],
    notes: [
      `Bookings a second against ${names.bareHttp}: ${ratio('perSecond')}; p99: ${ratio('p99Ms')}.`,
      ...faultsIn(repeats),
    ],
  };
}

async function startBare(bench: Bench): Promise<Loaded> {
  const settings: BareFastifySettings = { path: bench.scratch.path('bare-http.db') };
  const file = new URL('../floors/bare-fastify.ts', import.meta.url);
  const server = await bench.server<CollectAsks>(file, settings);
  const { port } = server.ready as { readonly port: number };
  return loadedProcess(server, { fleet: names.bareHttp, kind: 'create-booking', port });
}
