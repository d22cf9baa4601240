// The durable insert as a contender beside the servers: measured in the same repeats, because the disk's mood is
// part of every answer.
import type { DurableInsertAsks, DurableInsertSettings } from '../floors/durable-insert.ts';
import type { Bench } from '../harness/bench.ts';
import type { Contender } from '../harness/interleave.ts';
import { names } from '../harness/names.ts';
import type { WindowResult } from '../load/loops.ts';

/** Starts the floor. Its figures have no network and no load generator. */
export async function startDurableInsert(bench: Bench): Promise<Contender<WindowResult>> {
  const settings: DurableInsertSettings = { path: bench.scratch.path('insert.db') };
  const file = new URL('../floors/durable-insert.ts', import.meta.url);
  const server = await bench.server<DurableInsertAsks>(file, settings);
  const ms = bench.plan.windowMs / 2;
  return {
    name: names.insert,
    async measure() {
      const summary = await server.ask('measure', { ms });
      const none = { serverUs: Number.NaN, serverShare: Number.NaN, loadShare: Number.NaN };
      return { ...summary, ...none, perSecond: (summary.count * 1000) / ms, wrong: 0, lost: 0 };
    },
  };
}
