// Which tag lies in which bin. A reader's word is only believed where it makes sense: a tag that appears behind
// a closed door is a fob held to the bin from outside (a wish to return it); a tag that is gone for a blink is
// still there; a tag that vanished behind a closed door and comes back was never out, and must not count as a
// wish to open. What is told goes to the log; presence starts from what the log last said, so that a change
// during a power cut is told once.
import { equalBytes } from '@smartbox/protocol';
import { boxLimits } from './limits.ts';
import type { LogFact } from './log-fact.ts';

interface BinPresence {
  /** The tag inside as last told, null for none. */
  readonly inside: Uint8Array | null;
  /** What the reader sees now. */
  readonly seen: Uint8Array | null;
  /** Until then the reader is finding out what lies inside: after a door closed, and after boot. */
  readonly settleUntilMs: number | undefined;
  /** When the tag inside counts as gone, unless it is seen again. */
  readonly goneAtMs: number | undefined;
  /** The tag that was inside when the door was last closed: back again, it was never out. */
  readonly vanished: Uint8Array | null;
  /** The grant under which the door was opened last, until the reader has settled again; 0 for none. */
  readonly grant: number;
}

export interface KeyPresence {
  /** Index 0 is bin 1. */
  readonly bins: readonly BinPresence[];
}

/** The change came about behind a closed door: a reader that fails, or a bin that was opened unseen. */
export const DETAIL_DOOR_CLOSED = 1;

interface Changed {
  readonly presence: KeyPresence;
  readonly facts: readonly LogFact[];
}

/**
 * @param told what the log last said of each bin; the difference is told once the readers settled
 * @param tags what the readers see, index 0 is bin 1
 */
export function presenceFrom(
  told: readonly { readonly tag: Uint8Array | null; readonly grant: number }[],
  tags: readonly (Uint8Array | null)[],
  nowMs: number,
): KeyPresence {
  const bins = told.map(({ tag, grant }, index): BinPresence => {
    const settleUntilMs = nowMs + boxLimits.tagSettleMs;
    const seen = tags[index] ?? null;
    return { inside: tag, seen, settleUntilMs, goneAtMs: undefined, vanished: tag, grant };
  });
  return { bins };
}

/** A bin's reader changed its mind. @returns `tapped`: a fob was held to this closed bin from outside */
export function senseTag(
  presence: KeyPresence,
  sensed: {
    readonly bin: number;
    readonly tag: Uint8Array | null;
    readonly doorOpen: boolean;
    readonly nowMs: number;
  },
): Changed & { readonly tapped: Uint8Array | undefined } {
  const { tag, nowMs } = sensed;
  const before = presence.bins[sensed.bin - 1];
  if (before === undefined) return { presence, facts: [], tapped: undefined };
  const bin = { ...before, seen: tag };
  if (before.settleUntilMs !== undefined) return changed(presence, sensed.bin, bin, []);
  if (sameTag(tag, bin.inside)) return changed(presence, sensed.bin, { ...bin, goneAtMs: undefined }, []);
  if (tag === null) {
    const graceMs = sensed.doorOpen ? boxLimits.tagGoneMs : boxLimits.tagVanishedMs;
    return changed(presence, sensed.bin, { ...bin, goneAtMs: nowMs + graceMs }, []);
  }
  if (sensed.doorOpen || sameTag(tag, bin.vanished)) {
    const told = tellSeen(bin, sensed.bin, sensed.doorOpen ? 0 : DETAIL_DOOR_CLOSED);
    return changed(presence, sensed.bin, told.bin, told.facts);
  }
  return { ...changed(presence, sensed.bin, bin, []), tapped: tag };
}

/** A door moved: a closing door gives its reader time to settle. */
export function doorMovedAtReader(
  presence: KeyPresence,
  door: { readonly bin: number; readonly open: boolean; readonly grant: number; readonly nowMs: number },
): KeyPresence {
  const bin = presence.bins[door.bin - 1];
  if (bin === undefined) return presence;
  const { nowMs, grant } = door;
  if (!door.open) {
    const settleUntilMs = nowMs + boxLimits.tagSettleMs;
    return withBin(presence, door.bin, { ...bin, settleUntilMs, goneAtMs: undefined });
  }
  const gone = bin.inside !== null && bin.seen === null;
  const goneAtMs = gone ? nowMs + boxLimits.tagGoneMs : undefined;
  const opened = { ...bin, settleUntilMs: undefined, goneAtMs, vanished: null, grant };
  return withBin(presence, door.bin, opened);
}

/**
 * Tells what has become certain by waiting.
 * @param isOpen whether a bin's door is open
 * @returns `settled`: the bins whose opening is now over
 */
export function tickPresence(
  presence: KeyPresence,
  nowMs: number,
  isOpen: (bin: number) => boolean,
): Changed & { readonly settled: readonly number[] } {
  let next = presence;
  let facts: readonly LogFact[] = [];
  const settledBins: number[] = [];
  for (let number = 1; number <= presence.bins.length; number++) {
    const bin = presence.bins[number - 1] as BinPresence;
    const settled = bin.settleUntilMs !== undefined && nowMs >= bin.settleUntilMs;
    const gone = bin.goneAtMs !== undefined && nowMs >= bin.goneAtMs;
    if (!settled && !gone) continue;
    const open = isOpen(number);
    const waited = { ...bin, settleUntilMs: undefined, goneAtMs: undefined };
    const told = settled ? tellSeen(waited, number, 0) : tellGone(waited, number, !open);
    const over = settled && !open;
    if (over) settledBins.push(number);
    next = withBin(next, number, over ? { ...told.bin, grant: 0 } : told.bin);
    facts = facts.concat(told.facts);
  }
  return { presence: next, facts, settled: settledBins };
}

/** @returns when waiting makes something certain next, if anything is uncertain */
export function presenceDueMs(presence: KeyPresence): number | undefined {
  let due: number | undefined;
  for (const bin of presence.bins) {
    const own = bin.settleUntilMs ?? bin.goneAtMs;
    if (own !== undefined && (due === undefined || own < due)) due = own;
  }
  return due;
}

type Told = { readonly bin: BinPresence; readonly facts: readonly LogFact[] };

// The bin holds what its reader sees.
function tellSeen(bin: BinPresence, number: number, detail: number): Told {
  const { inside, seen, grant } = bin;
  if (sameTag(seen, inside)) return { bin, facts: [] };
  const facts: LogFact[] = [];
  if (inside !== null) facts.push({ kind: 'key-taken', bin: number, grant, tag: inside, detail });
  if (seen !== null) facts.push({ kind: 'key-placed', bin: number, grant, tag: seen, detail });
  return { bin: { ...bin, inside: seen }, facts };
}

// The tag inside is gone, whatever else is held to the reader.
function tellGone(bin: BinPresence, number: number, hidden: boolean): Told {
  const { inside, grant } = bin;
  if (inside === null) return { bin, facts: [] };
  const detail = hidden ? DETAIL_DOOR_CLOSED : 0;
  const vanished = hidden ? inside : null;
  const fact: LogFact = { kind: 'key-taken', bin: number, grant, tag: inside, detail };
  return { bin: { ...bin, inside: null, vanished }, facts: [fact] };
}

function sameTag(left: Uint8Array | null, right: Uint8Array | null): boolean {
  if (left === null || right === null) return left === right;
  return equalBytes(left, right);
}

function changed(
  presence: KeyPresence,
  number: number,
  bin: BinPresence,
  facts: readonly LogFact[],
): Changed & { readonly tapped: undefined } {
  return { presence: withBin(presence, number, bin), facts, tapped: undefined };
}

function withBin(presence: KeyPresence, number: number, bin: BinPresence): KeyPresence {
  const bins = presence.bins.slice();
  bins[number - 1] = bin;
  return { bins };
}
