// Plays one world from its seed to its end: a quiet beginning, troubles, and then the question whether
// every promise was kept.
import { checkEnd } from './end-checks.ts';
import { nextStaffTrouble } from './staff-troubles.ts';
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
/** So many worlds of a hundred have members of staff; and so many have somebody who is told by webhook. */
const STAFFED_PERCENT = 40;
const TOLD_PERCENT = 35;
/** In a world with staff, so much of what happens is about them. */
const ABOUT_STAFF_PERCENT = 70;

/** Plays a world from its seed to its end. @throws Violation */
export async function playWorld(world: World, options: PlayOptions = {}): Promise<WorldReport> {
  await world.begin(options.boxes);
  const chance = world.chance.fork();
  const staff = chance.chance(STAFFED_PERCENT) ? world.hireStaff(chance.fork()) : undefined;
  if (chance.chance(TOLD_PERCENT)) world.tellReceiver(chance.fork());
  for (let action = 0; action < (options.actions ?? DEFAULT_ACTIONS); action++) {
    if (staff !== undefined && chance.chance(ABOUT_STAFF_PERCENT))
      await nextStaffTrouble(world, staff, chance);
    else await nextTrouble(world, chance);
    await world.live(chance.below(BETWEEN_ACTIONS_MS) + 200);
  }
  await world.calm();
  await checkEnd(world, chance);
  return world.report();
}
