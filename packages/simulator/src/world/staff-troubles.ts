// What happens in a world with staff, beside everything else: people come for keys in right and wrong ways, rights change
// at any moment, openings are ordered from afar while things break, and whoever carries messages has a bad day.
import { CloudError } from '@smartbox/cloud';
import type { Chance } from './chance.ts';
import { pressButton } from './people.ts';
import { badProvider, goodProvider } from './phones.ts';
import { newFobNumber, type SiteBox } from './site-box.ts';
import type { Member, Staff } from './staff.ts';
import { attend, type Entry, enter, enterElsewhere, type Manner } from './staff-scripts.ts';
import { badReceiver, goodReceiver } from './webhook-receiver.ts';
import type { World } from './world.ts';

/** One thing that happens. */
interface Scene {
  readonly world: World;
  readonly staff: Staff;
  readonly site: SiteBox;
  readonly chance: Chance;
}
type StaffTrouble = (scene: Scene) => void | Promise<void>;

const troubles: readonly { readonly weight: number; readonly happens: StaffTrouble }[] = [
  { weight: 30, happens: comeForKey },
  { weight: 4, happens: swapCodes },
  { weight: 4, happens: goToOtherBox },
  { weight: 6, happens: ({ staff, chance }) => staff.giveSomething(chance) },
  { weight: 5, happens: endSomething },
  { weight: 5, happens: changeGroups },
  { weight: 4, happens: changePolicy },
  { weight: 4, happens: changePerson },
  { weight: 12, happens: openFromAfar },
  { weight: 3, happens: askAgain },
  { weight: 4, happens: changeMoods },
];
const totalWeight = troubles.reduce((sum, { weight }) => sum + weight, 0);

const MANNERS: readonly Manner[] = [
  'right',
  'right',
  'right',
  'right',
  'right',
  'wrong',
  'late',
  'old',
  'again',
  'again',
];

/** Lets one thing happen. */
export async function nextStaffTrouble(world: World, staff: Staff, chance: Chance): Promise<void> {
  if (!world.host.running) return;
  const site = chance.pick(world.site.boxes);
  let left = chance.below(totalWeight);
  for (const { weight, happens } of troubles) {
    left -= weight;
    if (left < 0) return happens({ world, staff, site, chance });
  }
}

function entryOf({ world, staff, site, chance }: Scene, member: Member, reads: Member): Entry {
  const ownChance = chance.fork();
  const meanwhile = (): void => {
    const { host, isCalm } = world;
    // One operator does one thing at a time.
    const isFree = host.running && !host.isAnswering;
    if (isCalm || !isFree || !staff.members.includes(member) || !ownChance.chance(20)) return;
    inTheMiddle({ world, staff, site, chance: ownChance }, member);
  };
  return {
    ...{ member, reads, meanwhile },
    manner: chance.pick(MANNERS),
    byBadge: chance.chance(30),
    phones: world.host.phones,
  };
}

/** Somebody of this kind, preferably one whom nothing keeps out. */
function someoneWho({ staff, chance }: Scene, isMeant: (member: Member) => boolean): Member {
  const barred = staff.rights.barred.now();
  const meant = staff.members.filter(isMeant);
  const free = meant.filter(({ personId }) => !barred.some((one) => one.personId === personId));
  const [best] = [free, meant, staff.members].filter(({ length }) => length > 0);
  return chance.pick(chance.chance(85) ? (best ?? staff.members) : staff.members);
}

function facts({ world, chance }: Scene) {
  return { chance: chance.fork(), pockets: world.pockets };
}

function comeForKey(scene: Scene): void {
  const { world, staff, site, chance } = scene;
  const member = someoneWho(scene, () => true);
  const entry = entryOf(scene, member, member);
  // Mostly people come who may take something that hangs here.
  const hanging = world.site.keys.filter(({ fob }) => site.holds(fob));
  if (hanging.length > 0 && chance.chance(70))
    staff.give({
      subjectId: member.personId,
      targetId: chance.chance(25) ? 'all-keys' : chance.pick(hanging).keyId,
    });
  world.perform(
    site,
    `${member.nickname} comes for a key (${entry.manner})`,
    enter(site, entry, facts(scene)),
  );
}

/** Two people at two boxes, each with the other's phone. */
function swapCodes(scene: Scene): void {
  const { world, staff } = scene;
  const one = someoneWho(scene, () => true);
  const other = someoneWho(scene, (member) => member !== one);
  for (const { personId } of [one, other]) staff.give({ subjectId: personId, targetId: 'all-keys' });
  for (const [index, site] of world.site.boxes.entries()) {
    const [member, reads] = index % 2 === 0 ? [one, other] : [other, one];
    const entry: Entry = { ...entryOf(scene, member, reads), manner: 'right' };
    world.perform(
      site,
      `${member.nickname} comes with the phone of ${reads.nickname}`,
      enter(site, entry, facts(scene)),
    );
  }
}

function goToOtherBox(scene: Scene): void {
  const { world, staff, site, chance } = scene;
  const there = chance.pick(world.site.boxes);
  if (there === site) return;
  const member = someoneWho(scene, () => true);
  staff.give({ subjectId: member.personId, targetId: 'all-keys' });
  const entry: Entry = { ...entryOf(scene, member, member), manner: 'right' };
  const script = enterElsewhere({ here: site, there }, entry, facts(scene));
  world.perform(site, `${member.nickname} gets a code here and types it at ${there.name}`, script);
}

/** Something that must count for the very next step. */
function inTheMiddle(scene: Scene, member: Member): void {
  const { world, staff, site, chance } = scene;
  // Mostly the permission itself goes: that is what must never open a moment later.
  const what = chance.pick([0, 0, 0, 1, 2, 3, 4, 5, 6]);
  world.note(`${member.nickname} meanwhile: ${what}`);
  if (what === 0) endAllOf(staff, member);
  if (what === 1) staff.toggleBar(member, 'quarantine');
  if (what === 2 && staff.members.length > 3) staff.erase(member);
  if (what === 3) changePolicy(scene);
  if (what === 4) changeGroups(scene);
  if (what === 5) site.box.cutPower();
  if (what === 5) world.clock.set(() => site.box.powerOn(), chance.below(4_000) + 300);
  if (what === 6) site.link.state = chance.pick(['down', 'silent', 'up'] as const);
}

function endAllOf(staff: Staff, { personId }: Member): void {
  for (const { permissionId, subjectId } of staff.rights.permissions.now())
    if (subjectId === personId || staff.userGroups.includes(subjectId)) staff.endPermission(permissionId);
}

function endSomething({ world, staff, chance }: Scene): void {
  const given = staff.rights.permissions.now();
  if (given.length === 0) return;
  world.note('the operator ends permissions');
  for (let count = chance.below(3); count >= 0; count--) {
    const left = staff.rights.permissions.now();
    if (left.length > 0) staff.endPermission(chance.pick(left).permissionId);
  }
}

function changeGroups({ world, staff, chance }: Scene): void {
  const kind = chance.pick(['user', 'key'] as const);
  const groups = kind === 'user' ? staff.userGroups : staff.keyGroups;
  const [outer, inner] = groups;
  world.note(`the operator changes a group (${kind})`);
  if (outer === undefined || inner === undefined) {
    staff.addGroup(kind);
  } else if (chance.chance(12)) {
    staff.removeGroup(kind, chance.pick(groups));
  } else if (chance.chance(35)) {
    staff.toggleMembership(kind, inner, outer);
  } else {
    const people = staff.members.map(({ personId }) => personId);
    const keys = world.site.keys.map(({ keyId }) => keyId);
    staff.toggleMembership(kind, chance.pick(kind === 'user' ? people : keys), chance.pick(groups));
  }
}

function changePolicy({ world, staff, chance }: Scene): void {
  world.note('the operator changes what the place asks');
  staff.setPolicy({
    secondFactor: chance.chance(75) ? 'text_message' : 'off',
    badge: chance.chance(60) ? 'on' : 'off',
    isOpen: chance.chance(90),
  });
}

function changePerson({ world, staff, chance }: Scene): void {
  const member = chance.pick(staff.members);
  const what = chance.below(7);
  world.note(`the operator changes ${member.nickname}: ${what}`);
  if (what === 0) staff.toggleBar(member, 'quarantine');
  if (what === 1) staff.toggleBar(member, 'elsewhere');
  if (what === 2 && staff.members.length > 3) staff.erase(member);
  if (what === 3) staff.hire(chance, chance.pick(['admin', 'location_manager', null] as const));
  if (what === 4) staff.giveIdCode(member);
  if (what === 5) staff.giveBadge(member, newFobNumber(chance));
  if (what === 6) staff.takeBadge(member);
}

/** An order, and within its life something that goes wrong. */
async function openFromAfar(scene: Scene): Promise<void> {
  const { world, staff, site, chance } = scene;
  const member = someoneWho(scene, (one) => staff.roleOf(one) !== undefined);
  const press = chance.pick(['none', 'button'] as const);
  const bin = chance.chance(25) ? 0 : chance.below(site.binCount) + 1;
  const waitMs = press === 'none' ? 30_000 : chance.pick([10_000, 30_000, 60_000]);
  world.note(`${member.nickname} orders ${site.name} to open ${bin} (${press})`);
  try {
    staff.order(member, { boxId: site.boxId, bin, press, waitMs });
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    world.note(`refused: ${error.code}`);
    return;
  }
  if (chance.chance(70)) world.perform(site, 'somebody waits for it', attend(site, press, facts(scene)));
  if (!chance.chance(50)) return;
  world.pass(chance.below(3_000));
  // Whoever ordered may have been erased meanwhile: then the order has enough trouble.
  if (!staff.members.includes(member)) return;
  switch (chance.below(5)) {
    case 0:
      site.box.cutPower();
      world.clock.set(() => site.box.powerOn(), chance.below(8_000) + 300);
      return;
    case 1:
      site.link.state = 'down';
      world.clock.set(() => {
        site.link.state = 'up';
      }, chance.below(12_000) + 300);
      return;
    case 2:
      world.note('the cloud is killed');
      return world.restartCloud(chance.below(3_000) + 200);
    case 3:
      return staff.setRole(member, chance.pick(['operator', null] as const));
    default:
      return staff.toggleBar(member, 'quarantine');
  }
}

/** A box that somebody tampered with asks for an order that it had before. */
function askAgain({ world, site }: Scene): void {
  site.watch.recallOrder();
  world.perform(site, 'presses the button for an order of before', pressButton(site));
}

function changeMoods({ world, chance }: Scene): void {
  world.host.phones.mood = chance.chance(40) ? goodProvider : badProvider;
  world.host.receiver.mood = chance.chance(40) ? goodReceiver : badReceiver;
  world.note(`text messages and webhooks: ${world.host.phones.mood === goodProvider ? 'well' : 'badly'}`);
}
