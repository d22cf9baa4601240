// Starts the real cloud as a contender: its own process, composed as in production, on a copy of a database that was
// filled for the population. Filling happens once a population and run.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FillSettings } from '../cloud/fill-process.ts';
import type { CloudServerAsks, CloudServerReady, CloudServerSettings } from '../cloud/server.ts';
import type { Bench } from '../harness/bench.ts';
import type { Child } from '../harness/child.ts';
import { type Loaded, loadedProcess, type ServerFlags } from '../harness/contenders.ts';
import { names } from '../harness/names.ts';
import type { Population } from '../seed/population.ts';

/** The cloud as a contender, and what it can be asked besides. */
export interface LoadedCloud extends Loaded {
  readonly server: Child<CloudServerAsks>;
  readonly ready: CloudServerReady;
}

const filled = new Map<string, Promise<string>>();

/** Starts it. */
export async function startCloud(
  bench: Bench,
  population: Population,
  options: ServerFlags & { readonly commits?: 'group' | 'single' } = {},
): Promise<LoadedCloud> {
  const { commits = 'group', ...flags } = options;
  const template = await filledDatabase(bench, population);
  const directory = bench.scratch.path('cloud');
  mkdirSync(directory);
  const databasePath = join(directory, 'smartbox.sqlite');
  copyFileSync(template, databasePath);
  const settings: CloudServerSettings = { databasePath, commits };
  const file = new URL('../cloud/server.ts', import.meta.url);
  const server = await bench.server<CloudServerAsks>(file, settings, { ...flags, loader: bench.loader });
  const ready = server.ready as CloudServerReady;
  const fleet = commits === 'group' ? names.cloud : names.cloudSingle;
  return { ...loadedProcess(server, { fleet, kind: 'sealed', port: ready.port }), server, ready };
}

// The database that copies are made of: nobody writes to it.
function filledDatabase(bench: Bench, population: Population): Promise<string> {
  const key = JSON.stringify(population);
  const known = filled.get(key) ?? fillDatabase(bench, population);
  filled.set(key, known);
  return known;
}

/** Fills a database of its own. @returns its path */
export async function fillDatabase(bench: Bench, population: Population): Promise<string> {
  const databasePath = bench.scratch.path('filled.sqlite');
  const settings: FillSettings = { databasePath, population };
  bench.progress(`  filling a database: ${population.boxes} boxes, ${population.codesPerBox} codes each`);
  const filling = await bench.server(new URL('../cloud/fill-process.ts', import.meta.url), settings, {
    nodeFlags: ['--max-old-space-size=4096'],
  });
  await bench.end(filling);
  return databasePath;
}
