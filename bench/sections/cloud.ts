// Starts the real cloud as a contender: its own process, composed as in production, on a database that is filled for
// the population. Which variations exist is said here; how they are made is the server's business.
import type { Bench } from '../harness/bench.ts';
import {
  type CollectAsks,
  type Loaded,
  loadedProcess,
  portOf,
  type ServerFlags,
} from '../harness/contenders.ts';
import { names } from '../harness/names.ts';
import type { Population } from '../seed/population.ts';

/** How the cloud is started. */
export interface CloudSettings {
  readonly directory: string;
  readonly population: Population;
  /** `group`: as in production. `single`: every request has a transaction of its own. */
  readonly commits: 'group' | 'single';
}

/** Starts it. */
export async function startCloud(
  bench: Bench,
  population: Population,
  options: ServerFlags & { readonly commits?: 'group' | 'single' } = {},
): Promise<Loaded> {
  const { commits = 'group', ...flags } = options;
  const settings: CloudSettings = { directory: bench.scratch.path('cloud'), population, commits };
  const file = new URL('../cloud/server.ts', import.meta.url);
  const server = await bench.server<CollectAsks>(file, settings, { ...flags, loader: bench.loader });
  const fleet = commits === 'group' ? names.cloud : names.cloudSingle;
  return loadedProcess(server, { fleet, kind: 'sealed', port: portOf(server.ready) });
}
