// Fills a database in a process of its own: the garbage of filling must not be counted as the server's memory.
import { answerAsks } from '../harness/asks.ts';
import { childSettings } from '../harness/child.ts';
import type { Population } from '../seed/population.ts';
import { composeForBench } from './compose-for-bench.ts';
import { fill } from './fill.ts';

/** What to fill. */
export interface FillSettings {
  readonly databasePath: string;
  readonly population: Population;
}

const { databasePath, population } = childSettings<FillSettings>();
const cloud = composeForBench({ databasePath, defer: setImmediate });
fill(cloud, population);
await cloud.stop();
answerAsks({}, {});
