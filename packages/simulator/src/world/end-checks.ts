// The promises that can only be judged when the faults have stopped: boxes come back by themselves, the
// ledger is the replay of their logs, no code was lost or used twice, and no secret lies about.
import { bytesToHex } from '@smartbox/protocol';
import type { Chance } from './chance.ts';
import { checkNotices } from './notice-checks.ts';
import { typeCode } from './people.ts';
import { issueCode, type SiteCode } from './site.ts';
import type { SiteBox } from './site-box.ts';
import { checkStaffSecrets, checkStaffStillTakes } from './staff-checks.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

/** I4: how long a box may take to come back. */
const BACK_WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 5_000;
/** The last entries reach the cloud within this: a batch is repeated after 10 s. */
const REPORT_MS = 60_000;
/** The longest that anybody stands at a box: who comes late with a second code, and leaves the door open. */
const PATIENCE_MS = 900_000;
/** pino's number for `error`. */
const ERROR_LEVEL = 50;
/** A tag is 8 bytes on the wire, a fob's number padded with zeros. */
const TAG_DIGITS = 16;
/** Longer than every wait that wrong codes can cost: the cap of a day and the longest pause. */
const LOCKOUT_MS = 24 * 3_600_000 + 900_000;

/** Waits for the world to come to rest and checks everything. @throws Violation */
export async function checkEnd(world: World, chance: Chance): Promise<void> {
  comeBack(world);
  await comeToRest(world);
  for (const site of world.site.boxes) {
    site.watch.settle();
    checkLedger(world, site);
    checkPresence(world, site);
  }
  checkCodes(world);
  if (world.notices !== undefined) await checkNotices(world, world.notices);
  checkSecrets(world);
  checkErrors(world);
  if (chance.chance(3)) await checkStillOpens(world, chance);
}

function comeBack(world: World): void {
  const away = () => world.site.boxes.filter(({ boxId }) => !isLive(world, boxId));
  for (let waitedMs = 0; away().length > 0; waitedMs += LOOK_EVERY_MS) {
    if (waitedMs > BACK_WITHIN_MS) {
      throw new Violation(
        'I4',
        `${away()[0]?.name} is not back ${BACK_WITHIN_MS / 1_000} s after the faults`,
      );
    }
    world.pass(LOOK_EVERY_MS);
  }
}

// People finish what they began; then the last entries are told. Where something happens all the while, as at a door that
// nobody shuts, an entry more may be on its way.
async function comeToRest(world: World): Promise<void> {
  const { boxes } = world.site;
  for (let waitedMs = 0; waitedMs < PATIENCE_MS && boxes.some(({ busy }) => busy); waitedMs += LOOK_EVERY_MS)
    await world.live(LOOK_EVERY_MS);
  await world.live(REPORT_MS);
  const isBehind = (site: SiteBox): boolean => {
    site.watch.settle();
    return storedLog(world, site).length !== site.watch.log.length;
  };
  for (let waitedMs = 0; waitedMs < REPORT_MS && boxes.some(isBehind); waitedMs += LOOK_EVERY_MS)
    await world.live(LOOK_EVERY_MS);
}

function storedLog(world: World, { boxId }: SiteBox): readonly Uint8Array[] {
  return world.host.cloud.features.boxes.logBodies(world.site.operator.tenantId, boxId);
}

function isLive(world: World, boxId: SiteBox['boxId']): boolean {
  return world.host.cloud.connectedBoxes().includes(boxId);
}

function checkLedger(world: World, site: SiteBox): void {
  const stored = storedLog(world, site).map(bytesToHex);
  const written = site.watch.log.map(bytesToHex);
  if (stored.length !== written.length) {
    throw new Violation('I3', `${site.name} wrote ${written.length} entries, the cloud has ${stored.length}`);
  }
  const differs = stored.findIndex((entry, index) => entry !== written[index]);
  if (differs >= 0) throw new Violation('I3', `${site.name}: entry ${differs + 1} differs in the cloud`);
}

// What the cloud believes of each bin must be what hangs there.
function checkPresence(world: World, site: SiteBox): void {
  const { operator } = world.site;
  for (const { bin, tag } of world.host.cloud.features.boxes.bins(operator.tenantId, site.boxId)) {
    const believed = tag === null ? null : bytesToHex(tag);
    const fob = site.fobIn(bin);
    const real = fob === null ? null : fob.padEnd(TAG_DIGITS, '0');
    if (believed !== real) {
      throw new Violation(
        'I3',
        `${site.name} bin ${bin}: the cloud believes ${believed}, there hangs ${real}`,
      );
    }
  }
}

function checkCodes(world: World): void {
  const { site } = world;
  const uses = new Map<string, number>();
  for (const { boxId, watch } of site.boxes) {
    const grants = new Map(world.host.grants(site.operator, boxId).map((grant) => [grant.reference, grant]));
    for (const reference of watch.intended.keys()) {
      const codeId = grants.get(reference)?.codeId;
      if (codeId != null) uses.set(codeId, (uses.get(codeId) ?? 0) + 1);
    }
  }
  for (const code of site.codes) {
    if (code.uses !== 'once') continue;
    const used = uses.get(code.codeId) ?? 0;
    if (used > 1) throw new Violation('double-use', `a one-time code opened ${used} bins`);
    const because = world.host.cloud.features.access.code(site.operator.tenantId, code.codeId)?.endedBecause;
    if (used === 1 && because == null)
      throw new Violation('double-use', 'a used one-time code is still alive');
    if (used === 0 && because != null)
      throw new Violation('lost-code', `an unused one-time code ended: ${because}`);
  }
}

// I6, by looking for the canaries themselves: codes and names must be nowhere but where they belong.
function checkSecrets(world: World): void {
  const { codes, keys, boxes } = world.site;
  const secrets = [...codes.map(({ digits }) => digits), ...keys.map(({ name }) => name)];
  const logText = world.host.logLines.join('\n');
  const places = boxes.flatMap(({ name, box, watch }) => [
    {
      place: `${name}'s flash`,
      text: latin1(box.electronics.flash.dump('records')) + latin1(box.electronics.flash.dump('log')),
    },
    { place: `${name}'s frames`, text: watch.sentFrames.map(latin1).join('\n') },
  ]);
  const database = latin1(world.host.cloud.database.serialize());
  places.push({ place: 'the database', text: database });
  if (world.staff !== undefined) checkStaffSecrets(world, world.staff, database);
  for (const secret of secrets) {
    if (logText.includes(secret)) throw new Violation('I6', 'a code or a name stands in the log');
  }
  for (const { digits } of codes) {
    for (const { place, text } of places) {
      if (text.includes(digits)) throw new Violation('I6', `a code stands in ${place}`);
    }
  }
}

// Troubles are refusals; an error in the cloud's log is a fault of the cloud.
function checkErrors(world: World): void {
  const line = world.host.logLines.find(
    (text) => (JSON.parse(text) as { level: number }).level >= ERROR_LEVEL,
  );
  if (line !== undefined) throw new Violation('crash', `the cloud logged an error: ${line.slice(0, 400)}`);
}

// A world that survived must still do its job: a new code opens the bin of its key.
async function checkStillOpens(world: World, chance: Chance): Promise<void> {
  const { site } = world;
  for (const { box } of site.boxes) {
    for (const bin of box.electronics.bins) if (bin.open) bin.setDoor(false);
    box.setMainLock(false);
  }
  world.pass(LOCKOUT_MS);
  const place = site.boxes
    .flatMap((box) => site.keys.map((key) => ({ box, key })))
    .find(({ box, key }) => box.holds(key.fob));
  if (place === undefined) return;
  const { staff } = world;
  if (staff !== undefined && chance.chance(50))
    return checkStaffStillTakes(world, staff, { place: place.box, keyId: place.key.keyId, chance });
  const code: SiteCode = issueCode(world.host, site, { key: place.key, uses: 'once' });
  const opened = place.box.watch.intended.size;
  place.box.busy = false;
  world.perform(
    place.box,
    'opens as on the first day',
    typeCode(place.box, code.digits, { chance, pockets: world.pockets }),
  );
  world.pass(120_000);
  if (place.box.watch.intended.size === opened) {
    throw new Violation(
      'lost-code',
      `${place.box.name} refuses a good code: ${place.box.box.state().display.lines.join(' / ')}`,
    );
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
