// What one durable commit costs here and now. The floor of every answer that must survive a power cut.
import { answerAsks } from '../harness/asks.ts';
import { childSettings } from '../harness/child.ts';
import { type LatencySummary, summarise } from '../harness/statistics.ts';
import { openDurableTable } from './durable-table.ts';

/** What the floor is told at its start. */
export interface DurableInsertSettings {
  readonly path: string;
}

/** What it answers. */
export type DurableInsertAsks = {
  readonly measure: (options: { readonly ms: number }) => LatencySummary;
};

const insert = openDurableTable(childSettings<DurableInsertSettings>().path);
const row = Buffer.alloc(100, 7);

answerAsks({
  measure({ ms }) {
    const latencies: number[] = [];
    const endMs = performance.now() + ms;
    for (let startMs = performance.now(); startMs < endMs; startMs = performance.now()) {
      insert.run(row);
      latencies.push(performance.now() - startMs);
    }
    return summarise(Float64Array.from(latencies));
  },
} satisfies DurableInsertAsks);
