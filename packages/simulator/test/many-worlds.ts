// How many worlds a test run plays, and how a broken promise is reported: with its seed and what was done.
import { mkdirSync, writeFileSync } from 'node:fs';
import { failedWorld, searchSeeds } from '../src/world/search.ts';

/** Every run plays at least this many; SMARTBOX_SIM_SEEDS asks for more. */
const DEFAULT_SEEDS = 2_000;
const FOLDER = '.reports/failed-worlds';

/** Consecutive seeds. */
export interface SeedRange {
  readonly first: number;
  readonly count: number;
}

/** @param half 0 or 1 */
export function halfOfSeeds(half: 0 | 1): SeedRange {
  const all = Number(process.env.SMARTBOX_SIM_SEEDS ?? DEFAULT_SEEDS);
  const count = Math.ceil(all / 2);
  return { first: 1 + half * count, count };
}

/** @returns one text for each world that broke a promise; its log of actions is in a file */
export async function playSeeds(range: SeedRange): Promise<readonly string[]> {
  const { failures } = await searchSeeds(range);
  return failures.map((failure) => {
    const file = `${FOLDER}/seed-${failure.seed}.json`;
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, `${JSON.stringify(failure, undefined, 2)}\n`);
    return failedWorld(failure, file);
  });
}
