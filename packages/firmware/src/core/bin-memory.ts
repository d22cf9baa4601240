// What the log last said of each bin: door, release, grant, tag. It is derived from the entries and saved in the
// records `bins` (bins 1 to 7), `bins-8` and `bins-15`, so that after a power cut the box knows what it has already
// told, tells the difference once, and tells it with the grant and the fob that it belongs to.
// Order that matters for each entry: append-log, then save-record of the bin, then save-record log-key. The log key
// is the mark that the two before it are done: a boot that finds the log ahead of its key applies the last
// entry here again, which changes nothing where it was applied.
import { equalBytes, isTag, type LogEntry, limits, readUint, writeUint } from '@smartbox/protocol';
import type { LogFact } from './log-fact.ts';
import type { RecordName } from './outputs.ts';

export interface BinToldOf {
  /** The log's last word is that the door is open. */
  readonly open: boolean;
  /** An opening was intended and neither happened nor was given up. */
  readonly released: boolean;
  /** The grant of the last opening, until its door is closed and its reader has settled; 0 for none. */
  readonly grant: number;
  /** The tag inside, null for none. */
  readonly tag: Uint8Array | null;
}

/** Index 0 is bin 1. */
export type BinMemory = readonly BinToldOf[];

/** A door was found moved at boot: nobody saw when. */
export const DETAIL_FOUND_AT_BOOT = 2;

const FORMAT = 1;
const BIN_BYTES = 13;
/** Bins in one record of at most 96 bytes. */
export const BINS_PER_RECORD = 7;
const RECORDS: readonly RecordName[] = ['bins', 'bins-8', 'bins-15'];
const NOTHING_TOLD: BinToldOf = { open: false, released: false, grant: 0, tag: null };

/** @returns the memory of a box that has told nothing yet */
export function emptyMemory(binCount: number): BinMemory {
  return new Array<BinToldOf>(binCount).fill(NOTHING_TOLD);
}

/** @returns what the records say, nothing where there is none */
export function restoreMemory(
  records: Readonly<Partial<Record<RecordName, Uint8Array>>>,
  binCount: number,
): BinMemory {
  return emptyMemory(binCount).map((nothing, index) => {
    const record = records[recordOf(index + 1)];
    const offset = 1 + (index % BINS_PER_RECORD) * BIN_BYTES;
    if (record === undefined || record[0] !== FORMAT || record.length < offset + BIN_BYTES) return nothing;
    const flags = record[offset] as number;
    const tag = record.slice(offset + 5, offset + BIN_BYTES);
    return {
      open: (flags & 1) !== 0,
      released: (flags & 2) !== 0,
      grant: readUint(record, offset + 1, 4),
      tag: isTag(tag) ? tag : null,
    };
  });
}

/** @returns the record that tells of this bin, and its bytes */
export function encodeMemory(
  memory: BinMemory,
  bin: number,
): { readonly record: RecordName; readonly bytes: Uint8Array } {
  const first = Math.floor((bin - 1) / BINS_PER_RECORD) * BINS_PER_RECORD;
  const bins = memory.slice(first, first + BINS_PER_RECORD);
  const bytes = new Uint8Array(1 + bins.length * BIN_BYTES);
  bytes[0] = FORMAT;
  bins.forEach((told, index) => {
    const offset = 1 + index * BIN_BYTES;
    bytes[offset] = (told.open ? 1 : 0) | (told.released ? 2 : 0);
    writeUint(bytes, offset + 1, { value: told.grant, size: 4 });
    if (told.tag !== null) bytes.set(told.tag.subarray(0, limits.tagBytes), offset + 5);
  });
  return { record: recordOf(bin), bytes };
}

/** Learns from one entry of the log. @returns the same value for entries that tell nothing new of a bin */
export function applyEntry(
  memory: BinMemory,
  entry: Pick<LogEntry, 'kind' | 'bin' | 'grant' | 'tag'>,
): BinMemory {
  const before = memory[entry.bin - 1];
  if (before === undefined) return memory;
  const after = told(before, entry);
  return after === before ? memory : withBin(memory, entry.bin, after);
}

/** The bin's last opening is over, or died with the power: what happens from now on is not its doing. */
export function forgetOpening(memory: BinMemory, bin: number): BinMemory {
  const before = memory[bin - 1];
  if (before === undefined || (before.grant === 0 && !before.released)) return memory;
  return withBin(memory, bin, { ...before, grant: 0, released: false });
}

/**
 * What the log must still be told of the doors. Tags are told by key-presence.ts, once the readers settled.
 * @param doorsOpen what the switches say, index 0 is bin 1
 * @param fresh true for a box that has just been claimed: its doors are opened, not forced
 */
export function untoldDoors(memory: BinMemory, doorsOpen: readonly boolean[], fresh: boolean): LogFact[] {
  const facts: LogFact[] = [];
  memory.forEach((bin, index) => {
    const open = doorsOpen[index] === true;
    if (open === bin.open) return;
    const openedKind = fresh || bin.released ? 'bin-opened' : 'bin-forced';
    const kind = open ? openedKind : 'bin-closed';
    const grant = kind === 'bin-forced' ? 0 : bin.grant;
    facts.push({ kind, bin: index + 1, grant, detail: DETAIL_FOUND_AT_BOOT });
  });
  return facts;
}

function told(before: BinToldOf, entry: Pick<LogEntry, 'kind' | 'grant' | 'tag'>): BinToldOf {
  switch (entry.kind) {
    case 'open-intended':
      return { ...before, released: true, grant: entry.grant };
    case 'bin-opened':
      return { ...before, open: true, released: false, grant: entry.grant };
    case 'bin-forced':
      return { ...before, open: true, released: false, grant: 0 };
    case 'bin-closed':
      return { ...before, open: false, released: false };
    case 'bin-jammed':
      return { ...before, released: false, grant: 0 };
    case 'key-taken':
      return before.tag === null ? before : { ...before, tag: null };
    case 'key-placed':
      return before.tag !== null && equalBytes(before.tag, entry.tag)
        ? before
        : { ...before, tag: entry.tag };
    default:
      return before;
  }
}

function recordOf(bin: number): RecordName {
  return RECORDS[Math.floor((bin - 1) / BINS_PER_RECORD)] ?? 'bins';
}

function withBin(memory: BinMemory, bin: number, told: BinToldOf): BinMemory {
  const next = memory.slice();
  next[bin - 1] = told;
  return next;
}
