// From an exchange to the webhook that tells of it: the box hands its log entry to the socket, the cloud verifies and
// stores it, signs the notice and posts it, and a receiver on the same machine has the whole of it (SEC-11).

import type { Bench } from '../harness/bench.ts';
import { BenchError } from '../harness/bench-error.ts';
import type { Child } from '../harness/child.ts';
import {
  type CollectAsks,
  connectFleet,
  type Loaded,
  loadedProcess,
  portOf,
  startLoad,
} from '../harness/contenders.ts';
import type { Contender } from '../harness/interleave.ts';
import { names } from '../harness/names.ts';
import type { SectionResult } from '../harness/report-shapes.ts';
import { ratioOf } from '../harness/statistics.ts';
import type { LoadAsks } from '../load/load-process.ts';
import type { WindowResult } from '../load/loops.ts';
import { faultsIn, type Pattern, sideBySide } from '../load/side-by-side.ts';
import { formatRatio } from '../report.ts';
import { type LoadedCloud, startCloud } from './cloud.ts';
import { startDurableInsert } from './durable-insert.ts';
import { added, figures, windowsTable } from './windows-table.ts';

const population = { boxes: 64, codesPerBox: 1 };
const perSecond = 50;

/** The section `notice`. */
export async function noticeSection(bench: Bench): Promise<SectionResult> {
  const load = await startLoad(bench);
  const insert = await startDurableInsert(bench);
  const loaded = [await startPost(bench, load), await startTellingCloud(bench, load)];
  const run = (pattern: Pattern, others: readonly Contender<WindowResult>[]) =>
    sideBySide(bench, load, { loaded, pattern, others });
  const one = await run({ kind: 'closed', inFlight: 1 }, [insert]);
  const many = await run({ kind: 'open', perSecond }, []);
  const p50 = (name: string) => figures(one, name, 'p50Ms');
  return {
    name: 'notice',
    goals: [],
    tables: [
      windowsTable('Exchange to webhook received, one at a time', one),
      windowsTable(
        `Exchange to webhook received, ${perSecond} a second from ${population.boxes} boxes`,
        many,
      ),
      {
        title: 'p50 from exchange to webhook against the floors',
        columns: ['what', 'ratio'],
        rows: [
          [names.post, formatRatio(ratioOf(p50(names.cloud), p50(names.post)))],
          [
            `${names.post} + ${names.insert}`,
            formatRatio(ratioOf(p50(names.cloud), added(p50(names.post), p50(names.insert)))),
          ],
        ],
      },
    ],
    notes: [...faultsIn(one), ...faultsIn(many)],
  };
}

async function startPost(bench: Bench, load: Child<LoadAsks>): Promise<Loaded> {
  const fleet = names.post;
  const receiverPort = await load.ask('receive', { fleet, boxes: population.boxes });
  const file = new URL('../floors/aedes-post.ts', import.meta.url);
  const server = await bench.server<CollectAsks>(file, { receiverPort });
  const is = loadedProcess(server, { fleet, kind: 'post', port: portOf(server.ready) });
  await connectFleet(load, is, { population, boxes: population.boxes });
  return is;
}

async function startTellingCloud(bench: Bench, load: Child<LoadAsks>): Promise<Loaded> {
  const cloud: LoadedCloud = { ...(await startCloud(bench, population)), kind: 'exchange' };
  const { fleet } = cloud;
  await connectFleet(load, cloud, { population, boxes: population.boxes });
  const port = await load.ask('receive', { fleet, boxes: population.boxes });
  const address = `http://127.0.0.1:${port}/hook`;
  const channel = await make(cloud, 'notice-channels', { kind: 'webhook', label: 'bench', address });
  const { signing } = channel as { readonly signing: { readonly secret: string } };
  await load.ask('trust', { fleet, secret: signing.secret });
  await make(cloud, 'notice-rules', { label: 'bench', events: ['exchange'], channel_ids: [channel.id] });
  return cloud;
}

async function make(
  { ready }: LoadedCloud,
  what: string,
  body: object,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(`${ready.address}/v1/${what}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ready.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.status !== 201) throw new BenchError('unexpected-answer', `${what}: ${response.status}`);
  return (await response.json()) as Readonly<Record<string, unknown>>;
}
