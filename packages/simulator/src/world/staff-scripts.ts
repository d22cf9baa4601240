// Members of staff at a keypad: an ID code or a badge, a second code from a phone, perhaps a bin. They look at displays
// and phones like everybody; they mistype, come late, read somebody else's phone, and walk to another box.
import type { Chance } from './chance.ts';
import { atOpenDoor, LOOK_MS, type PersonFacts, type Script, waitForDoor, wakeUp } from './people.ts';
import type { Phones } from './phones.ts';
import type { SiteBox } from './site-box.ts';
import type { Member } from './staff.ts';

/** Which digits are typed for a second code, and when. */
export type Manner = 'right' | 'wrong' | 'late' | 'old' | 'again';

/** How somebody goes about it. */
export interface Entry {
  readonly member: Member;
  readonly manner: Manner;
  /** Whose phone the code is read from. */
  readonly reads: Member;
  readonly byBadge: boolean;
  readonly phones: Phones;
  /** What else happens in the world between the first code and the second. */
  readonly meanwhile: () => void;
}

/** Somebody waits so long for a message. */
const PHONE_PATIENCE_MS = 70_000;
const ANSWER_PATIENCE_MS = 10_000;
/** Longer than a box waits for a second code; some of it longer than the code is good for. */
const LATE_MS = 130_000;
const LATER_BY_MS = 200_000;

/** From the first code to the closed door, or to the moment at which somebody gives up. */
export function* enter(site: SiteBox, entry: Entry, facts: PersonFacts): Script {
  const { chance } = facts;
  if (yield* present(site, entry)) {
    const code = yield* readPhone(entry, chance);
    if (entry.manner === 'late') {
      yield LATE_MS + chance.below(LATER_BY_MS);
      yield* present(site, entry);
    }
    yield* typeSecondCode(site, code);
    if (entry.manner === 'wrong' && asks(site) === 'second-code')
      yield* typeSecondCode(site, entry.phones.codesOn(entry.member.phone).at(-1) ?? '');
  }
  yield* finish(site, facts);
  if (entry.manner !== 'again') return;
  const used = entry.phones.codesOn(entry.reads.phone).at(-1) ?? '';
  if (yield* present(site, entry)) yield* typeSecondCode(site, used);
  yield* finish(site, facts);
}

/** Begins at one box, and types what comes to the phone at another. */
export function* enterElsewhere(
  boxes: { readonly here: SiteBox; readonly there: SiteBox },
  entry: Entry,
  facts: PersonFacts,
): Script {
  const { here, there } = boxes;
  if (!(yield* present(here, entry))) return;
  const code = yield* readPhone(entry, facts.chance);
  if (there.busy) return;
  there.busy = true;
  if (yield* present(there, entry)) yield* typeSecondCode(there, code);
  yield* finish(there, facts);
  there.busy = false;
}

/** Says who it is. @returns whether a second code is asked for */
function* present(site: SiteBox, { member, byBadge, meanwhile }: Entry): Generator<number, boolean> {
  yield* wakeUp(site);
  if (byBadge && member.badge !== undefined) yield site.tapFob(member.badge);
  else yield site.typeKeys(`${member.idCode}#`);
  for (let waited = 0; waited < ANSWER_PATIENCE_MS; waited += LOOK_MS) {
    if (asks(site) !== undefined || site.openBin() !== undefined) break;
    yield LOOK_MS;
  }
  meanwhile();
  return asks(site) === 'second-code';
}

/** @returns the digits that will be typed */
function* readPhone({ reads, manner, phones }: Entry, chance: Chance): Generator<number, string> {
  if (manner === 'wrong') return String(chance.below(10 ** 6)).padStart(6, '0');
  const before = phones.codesOn(reads.phone).length;
  if (manner === 'old' && before > 1) return phones.codesOn(reads.phone)[before - 2] as string;
  // Mostly the message is there before one looks.
  if (before === 0)
    for (let waited = 0; waited < PHONE_PATIENCE_MS; waited += LOOK_MS) {
      if (phones.codesOn(reads.phone).length > 0) break;
      yield LOOK_MS;
    }
  yield chance.below(8_000);
  return phones.codesOn(reads.phone).at(-1) ?? '';
}

function* typeSecondCode(site: SiteBox, digits: string): Script {
  if (digits === '') return;
  yield site.typeKeys(`${digits}#`);
  for (let waited = 0; waited < ANSWER_PATIENCE_MS; waited += LOOK_MS) {
    yield LOOK_MS;
    if (asks(site) === 'bin' || site.openBin() !== undefined || isRefused(site)) return;
  }
}

/** Chooses a bin where the box asks for one, and deals with the door. */
function* finish(site: SiteBox, facts: PersonFacts): Script {
  const { chance } = facts;
  if (asks(site) === 'bin') {
    yield chance.below(6_000);
    const full = site.box.electronics.bins
      .map((_, index) => index + 1)
      .filter((bin) => site.fobIn(bin) !== null);
    const bin = full.length > 0 && chance.chance(90) ? chance.pick(full) : chance.below(site.binCount) + 1;
    yield site.typeKeys(`${bin}#`);
  }
  const bin = yield* waitForDoor(site);
  if (bin !== undefined) yield* atOpenDoor(site, bin, facts);
}

function asks(site: SiteBox): 'second-code' | 'bin' | undefined {
  const shown = site.shown();
  if (/スマホに届いたコード|A code was sent/.test(shown)) return 'second-code';
  return /何番を開けますか|Which bin\?/.test(shown) ? 'bin' : undefined;
}

function isRefused(site: SiteBox): boolean {
  return /Not accepted|受け付けられません|使えません/.test(site.shown());
}

/** Somebody at a box that was ordered to open from afar: presses the button where that is asked, and shuts what opens. */
export function* attend(site: SiteBox, press: 'none' | 'button', facts: PersonFacts): Script {
  const { chance } = facts;
  yield chance.below(15_000) + 300;
  if (press === 'button') yield site.pressButton();
  const bin = yield* waitForDoor(site);
  if (bin !== undefined) yield* atOpenDoor(site, bin, facts);
  if (site.box.electronics.mainLock.open) site.box.setMainLock(false);
}
