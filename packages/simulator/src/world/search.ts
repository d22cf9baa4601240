// Plays many worlds and gathers what went wrong. A failure is a seed and what was done up to it: the same
// seed on the same commit does the same again.

import { playWorld } from './play.ts';
import { Violation } from './violation.ts';
import { World, type WorldReport } from './world.ts';

/** Which worlds to play. */
export interface SearchOptions {
  readonly first: number;
  readonly count: number;
  readonly actions?: number;
  readonly boxes?: number;
}

/** A world in which a promise was broken. */
export interface FailedWorld {
  readonly seed: number;
  readonly message: string;
  readonly stack: string;
  /** What had been done, with times, oldest first. */
  readonly actions: readonly string[];
}

/** What a search found. */
export interface SearchResult {
  readonly played: number;
  readonly openings: number;
  readonly logEntries: number;
  readonly simulatedMs: number;
  readonly failures: readonly FailedWorld[];
}

/** Plays `count` worlds from seed `first`. */
export async function searchSeeds(
  options: SearchOptions,
  onReport: (report: WorldReport) => void = () => {},
): Promise<SearchResult> {
  const { first, count, ...world } = options;
  const totals = { openings: 0, logEntries: 0, simulatedMs: 0 };
  const failures: FailedWorld[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const played = new World(seed);
    try {
      const report = await playWorld(played, world);
      totals.openings += report.openings;
      totals.logEntries += report.logEntries;
      totals.simulatedMs += report.simulatedMs;
      onReport(report);
    } catch (error) {
      failures.push(failure(played, error));
    }
  }
  return { played: count, ...totals, failures };
}

/** A failure as a person wants to read it. */
export function failedWorld({ seed, message, actions }: FailedWorld, file: string): string {
  return `seed ${seed} failed: ${message}\n  after: ${actions.slice(-5).join('\n         ')}\n  replay: pnpm sim --seed ${seed}\n  log: ${file}`;
}

function failure(world: World, error: unknown): FailedWorld {
  const cause = error instanceof Error ? error : new Violation('crash', String(error));
  return { seed: world.seed, message: cause.message, stack: cause.stack ?? '', actions: world.actions };
}
