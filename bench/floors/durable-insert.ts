// What one durable commit costs here and now: one row, one transaction, synchronous=FULL, in a write-ahead log
// that has its full size already, as the product's has. The floor of every answer that must survive a power cut.
import Sqlite from 'better-sqlite3';
import { answerAsks } from '../harness/asks.ts';
import { childSettings } from '../harness/child.ts';
import { type LatencySummary, summarise } from '../harness/statistics.ts';

/** What the floor is told at its start. */
export interface DurableInsertSettings {
  readonly path: string;
}

/** What it answers. */
export type DurableInsertAsks = {
  readonly measure: (options: { readonly ms: number }) => LatencySummary;
};

const walPages = 10_000;
const rowBytes = 100;

const sqlite = new Sqlite(childSettings<DurableInsertSettings>().path);
sqlite.pragma('journal_mode = WAL');
sqlite.pragma('synchronous = OFF');
sqlite.pragma('wal_autocheckpoint = 0');
sqlite.exec('CREATE TABLE filled (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)');
sqlite.prepare('INSERT INTO filled (bytes) VALUES (zeroblob(?))').run(walPages * 4_000);
sqlite.exec('DELETE FROM filled');
sqlite.pragma('wal_checkpoint(RESTART)');
sqlite.pragma(`wal_autocheckpoint = ${walPages}`);
sqlite.pragma('synchronous = FULL');
const insert = sqlite.prepare('INSERT INTO filled (bytes) VALUES (?)');
const row = Buffer.alloc(rowBytes, 7);

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
