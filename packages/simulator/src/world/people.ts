// Scripted people: each is a generator that acts and yields how long it waits, in milliseconds. They
// type, take, forget, force and walk away as people do; what the box allows them is its own affair.
import type { Chance } from './chance.ts';
import type { SiteBox } from './site-box.ts';

/** What a person does, step by step; each yield is a pause in milliseconds. */
export type Script = Generator<number, void>;

/** The longest that anybody waits for a door. */
const PATIENCE_MS = 9_000;
/** How often somebody looks. */
export const LOOK_MS = 500;
/** How long somebody who has woken a box waits for it to say that it is ready. */
const WAKING_PATIENCE_MS = 10_000;

/** Keys in people's pockets, shared by everybody in the world. */
export interface Pockets {
  /** Fob numbers of keys that are outside every box. */
  readonly fobs: string[];
}

/** Types a code; if a door opens, deals with it. */
export function* typeCode(site: SiteBox, code: string, { chance, pockets }: PersonFacts): Script {
  yield* wakeUp(site);
  const keys = chance.chance(10) ? `${code.slice(0, 3)}*${code}#` : `${code}#`;
  yield site.typeKeys(keys);
  const bin = yield* waitForDoor(site);
  if (bin !== undefined) yield* atOpenDoor(site, bin, { chance, pockets });
}

/** Holds a fob to the front reader; if a door opens, hangs the key up. */
export function* returnKey(site: SiteBox, fob: string, { chance, pockets }: PersonFacts): Script {
  yield* wakeUp(site);
  yield site.tapFob(fob);
  const bin = yield* waitForDoor(site);
  if (bin === undefined) return;
  yield chance.below(4_000);
  // A few walk off with the key although the door is open for it.
  if (site.fobIn(bin) === null && chance.chance(92) && pockets.fobs.includes(fob)) {
    site.box.setTag(bin, fob);
    pockets.fobs.splice(pockets.fobs.indexOf(fob), 1);
  }
  yield* closeDoor(site, bin, chance);
}

/** Types a few digits and goes away. */
export function* wander(site: SiteBox, { chance }: PersonFacts): Script {
  yield site.typeKeys(String(chance.below(10_000)));
}

/** Presses the black button, to see what happens or because children do. */
export function* pressButton(site: SiteBox): Script {
  yield site.pressButton();
}

/** Pulls a door open with a tool. */
export function* force(site: SiteBox, bin: number, { chance }: PersonFacts): Script {
  site.box.setDoor(bin, true);
  yield chance.below(5_000) + 500;
  site.box.setDoor(bin, false);
}

/** Comes by and shuts what stands open. */
export function* tidyUp(site: SiteBox): Script {
  for (let bin = site.openBin(); bin !== undefined; bin = site.openBin()) {
    site.box.setDoor(bin, false);
    yield LOOK_MS;
  }
  if (site.box.electronics.mainLock.open) site.box.setMainLock(false);
}

/** What people share. */
export interface PersonFacts {
  readonly chance: Chance;
  readonly pockets: Pockets;
}

/** Before a dark screen people press the only other thing there is, and wait until the box has connected. */
export function* wakeUp(site: SiteBox): Script {
  if (!site.box.state().power.asleep) return;
  yield site.pressButton();
  for (let waited = 0; waited < WAKING_PATIENCE_MS; waited += LOOK_MS) {
    if (site.box.state().network.broker === 'connected') return;
    yield LOOK_MS;
  }
}

/** @returns the bin that opened; undefined when patience ends */
export function* waitForDoor(site: SiteBox): Generator<number, number | undefined> {
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
    const bin = site.openBin();
    if (bin !== undefined) return bin;
    yield LOOK_MS;
  }
  return undefined;
}

/** Takes what hangs there, or thinks better of it, and mostly shuts the door. */
export function* atOpenDoor(site: SiteBox, bin: number, { chance, pockets }: PersonFacts): Script {
  yield chance.below(5_000) + 300;
  const fob = site.fobIn(bin);
  if (fob !== null && chance.chance(90)) {
    site.box.setTag(bin, null);
    pockets.fobs.push(fob);
    yield chance.below(3_000) + 200;
    // Second thoughts: some hang it back before they close.
    if (chance.chance(10)) {
      site.box.setTag(bin, fob);
      pockets.fobs.splice(pockets.fobs.indexOf(fob), 1);
      yield 1_000;
    }
  }
  yield* closeDoor(site, bin, chance);
}

function* closeDoor(site: SiteBox, bin: number, chance: Chance): Script {
  yield chance.chance(10) ? 70_000 : chance.below(4_000) + 300;
  site.box.setDoor(bin, false);
  yield 2_000;
}
