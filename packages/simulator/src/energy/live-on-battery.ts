// Weeks without mains, lived by the real firmware on the simulated board, with the real cloud: somebody comes so many
// times, wakes the box, opens a bin and shuts it. What that took out of the cell is compared with the formula that the
// display and the table rest on.
import { energyFigures, exchangeJoule, joulesAfter } from '@smartbox/firmware/core';
import { issueCode, type SiteKey } from '../world/site.ts';
import type { SiteBox } from '../world/site-box.ts';
import { Violation } from '../world/violation.ts';
import { World } from '../world/world.ts';

const DAY_MS = 86_400_000;
const STEP_MS = 500;
const PATIENCE_MS = 30_000;
/** Until the key is out and the door shut. */
const AT_DOOR_MS = 6_000;

export interface LivedOnBattery {
  /** What the cell lost from the first sleep to the end. */
  readonly drainedJoule: number;
  readonly predictedJoule: number;
  readonly batteryPercent: number;
}

/** Lives `days` with `exchanges` in them. @throws Violation where an exchange fails */
export async function liveOnBattery({
  exchanges,
  days,
}: {
  readonly exchanges: number;
  readonly days: number;
}): Promise<LivedOnBattery> {
  const world = new World(1);
  const lastsMs = days * DAY_MS;
  await world.begin(1);
  const site = world.site.boxes[0] as SiteBox;
  const [key] = world.site.keys as readonly [SiteKey];
  const { digits } = issueCode(world.host, world.site, { key, uses: 'unlimited' });
  const { battery } = site.box.electronics;
  site.box.setMains(false);
  passUntil(world, 'the box sleeps', () => site.box.state().power.asleep, 10 * PATIENCE_MS);
  const beganMs = world.clock.nowMs();
  const before = battery.joule;
  for (let exchange = 0; exchange < exchanges; exchange++) {
    world.clock.advanceTo(beganMs + ((exchange + 0.5) * lastsMs) / exchanges);
    openOnce(world, site, digits);
  }
  world.clock.advanceTo(beganMs + lastsMs);
  const seconds = lastsMs / 1_000;
  const watt = energyFigures.asleepWatt + (exchanges * exchangeJoule) / seconds;
  return {
    drainedJoule: before - battery.joule,
    predictedJoule: before - joulesAfter(before, watt, seconds),
    batteryPercent: battery.percent,
  };
}

function openOnce(world: World, site: SiteBox, digits: string): void {
  const { box } = site;
  box.pressButton();
  passUntil(world, 'the box has connected', () => box.state().network.broker === 'connected');
  // It greets the cloud first.
  world.pass(1_000);
  world.pass(box.pressKeys(`${digits}#`));
  passUntil(world, 'the bin opens', () => site.openBin() !== undefined);
  world.pass(AT_DOOR_MS);
  box.setDoor(site.openBin() ?? 1, false);
  passUntil(world, 'the box sleeps again', () => box.state().power.asleep, 10 * PATIENCE_MS);
}

function passUntil(world: World, what: string, isSo: () => boolean, patienceMs = PATIENCE_MS): void {
  for (let waitedMs = 0; !isSo(); waitedMs += STEP_MS) {
    if (waitedMs > patienceMs) throw new Violation('I4', `not within ${patienceMs / 1_000} s: ${what}`);
    world.pass(STEP_MS);
  }
}
