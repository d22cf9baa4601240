// Plays one world from its seed to its end: a quiet beginning, troubles, and then the question whether
// every promise was kept.
import { checkEnd } from './end-checks.ts';
import { nextTrouble } from './troubles.ts';
import type { World, WorldReport } from './world.ts';

/** How much a world is given. */
export interface PlayOptions {
  readonly boxes?: number;
  /** How many things people and faults do. */
  readonly actions?: number;
}

const DEFAULT_ACTIONS = 24;
const BETWEEN_ACTIONS_MS = 9_000;

/** Plays a world from its seed to its end. @throws Violation */
export async function playWorld(world: World, options: PlayOptions = {}): Promise<WorldReport> {
  await world.begin(options.boxes);
  const chance = world.chance.fork();
  for (let action = 0; action < (options.actions ?? DEFAULT_ACTIONS); action++) {
    await nextTrouble(world, chance);
    world.pass(chance.below(BETWEEN_ACTIONS_MS) + 200);
  }
  await world.calm();
  await checkEnd(world, chance);
  return world.report();
}
