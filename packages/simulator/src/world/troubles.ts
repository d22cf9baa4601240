// What happens next in a world: people, the operator, the weather, the mains, the enemy. One table of
// weights, so that it is easy to see what is tried how often.
import type { Chance } from './chance.ts';
import { fairWeather, foulWeather } from './hostile-network.ts';
import { force, pressButton, returnKey, tidyUp, typeCode, wander } from './people.ts';
import { issueCode, type SiteCode } from './site.ts';
import type { SiteBox } from './site-box.ts';
import type { World } from './world.ts';

const SLEEP_AFTER_MS = 120_000;
const LONG_OUTAGE_MS = 60_000;

type Trouble = (world: World, site: SiteBox, chance: Chance) => void | Promise<void>;

const USES: readonly SiteCode['uses'][] = ['until-withdrawn', 'unlimited', 'once', 'once'];

const troubles: readonly { readonly weight: number; readonly happens: Trouble }[] = [
  { weight: 18, happens: useCode },
  { weight: 10, happens: giveBack },
  { weight: 3, happens: guess },
  {
    weight: 2,
    happens: (world, site, chance) => world.perform(site, 'wanders', wander(site, facts(world, chance))),
  },
  { weight: 2, happens: forceDoor },
  { weight: 3, happens: (world, site) => world.perform(site, 'tidies up', tidyUp(site)) },
  { weight: 3, happens: revoke },
  { weight: 6, happens: changeWeather },
  { weight: 5, happens: changeLink },
  { weight: 6, happens: cutInFlash },
  { weight: 3, happens: unplug },
  { weight: 3, happens: changeMains },
  { weight: 2, happens: longOutage },
  {
    weight: 3,
    happens: (world, site) => world.perform(site, 'presses the black button', pressButton(site)),
  },
  { weight: 3, happens: killCloud },
  { weight: 6, happens: strike },
];
const totalWeight = troubles.reduce((sum, { weight }) => sum + weight, 0);

/** Lets one thing happen. */
export async function nextTrouble(world: World, chance: Chance): Promise<void> {
  const site = chance.pick(world.site.boxes);
  let left = chance.below(totalWeight);
  for (const { weight, happens } of troubles) {
    left -= weight;
    if (left < 0) return happens(world, site, chance);
  }
}

function facts(world: World, chance: Chance) {
  return { chance: chance.fork(), pockets: world.pockets };
}

function useCode(world: World, site: SiteBox, chance: Chance): void {
  const { codes, keys } = world.site;
  const fresh = codes.length === 0 || chance.chance(50);
  if (fresh && !world.host.running) return;
  const code = fresh
    ? issueCode(world.host, world.site, { key: chance.pick(keys), uses: chance.pick(USES) })
    : chance.pick(codes);
  world.perform(site, `types a ${code.uses} code`, typeCode(site, code.digits, facts(world, chance)));
}

function giveBack(world: World, site: SiteBox, chance: Chance): void {
  const { fobs } = world.pockets;
  if (fobs.length === 0) return;
  world.perform(site, 'returns a key', returnKey(site, chance.pick(fobs), facts(world, chance)));
}

function guess(world: World, site: SiteBox, chance: Chance): void {
  const digits = String(chance.below(10 ** 8)).padStart(8, '0');
  if (world.site.codes.some((code) => code.digits === digits)) return;
  world.perform(site, 'guesses', typeCode(site, digits, facts(world, chance)));
}

function forceDoor(world: World, site: SiteBox, chance: Chance): void {
  const bin = chance.below(site.binCount) + 1;
  world.perform(site, `forces bin ${bin}`, force(site, bin, facts(world, chance)));
}

function revoke(world: World, _site: SiteBox, chance: Chance): void {
  const { codes, operator } = world.site;
  if (codes.length === 0 || !world.host.running) return;
  const [code] = codes.splice(chance.below(codes.length), 1) as [SiteCode];
  world.note('the operator revokes a code');
  world.host.call(operator, 'revokeKeyCode', { params: { code_id: code.codeId } });
}

function changeWeather(world: World, _site: SiteBox, chance: Chance): void {
  world.enemy.weather = chance.chance(50) ? fairWeather : foulWeather;
  world.note(`weather: ${world.enemy.weather === fairWeather ? 'fair' : 'foul'}`);
}

function changeLink(world: World, site: SiteBox, chance: Chance): void {
  site.link.state = chance.pick(['up', 'up', 'down', 'silent'] as const);
  world.note(`${site.name}: link ${site.link.state}`);
}

function cutInFlash(world: World, site: SiteBox, chance: Chance): void {
  world.note(`${site.name}: power will fail inside a flash write`);
  site.box.cutPowerAtFlashOperation(chance.below(400), chance.below(5_000) + 300);
}

function unplug(world: World, site: SiteBox, chance: Chance): void {
  world.note(`${site.name}: unplugged and plugged in`);
  site.box.cutPower();
  world.clock.set(() => site.box.powerOn(), chance.below(20_000) + 300);
}

function changeMains(world: World, site: SiteBox, chance: Chance): void {
  const mains = chance.chance(50);
  world.note(`${site.name}: mains ${mains ? 'on' : 'off'}`);
  site.box.setMains(mains);
}

// Long enough for sleep. Mains comes back one day, if only when all faults stop; until then there is the button.
function longOutage(world: World, site: SiteBox, chance: Chance): void {
  world.note(`${site.name}: mains off for long`);
  site.box.setMains(false);
  world.pass(SLEEP_AFTER_MS + chance.below(LONG_OUTAGE_MS));
  if (!chance.chance(30)) return;
  world.note(`${site.name}: mains on`);
  site.box.setMains(true);
}

async function killCloud(world: World, _site: SiteBox, chance: Chance): Promise<void> {
  if (!world.host.running) return;
  world.note('the cloud is killed');
  // Now and then it goes on committing for a moment while nobody hears its answers any more.
  if (chance.chance(50)) {
    world.host.silence();
    world.pass(chance.below(4_000));
  }
  await world.restartCloud(chance.below(15_000) + 200);
}

function strike(world: World, _site: SiteBox, chance: Chance): void {
  if (!world.host.running) return;
  world.note('the broker plays tricks');
  for (let blow = chance.below(6); blow >= 0; blow--) world.enemy.strike(world.boxIds);
}
