// What the log last said of each bin: door, release, tag. It is derived from the entries alone and saved as
// the `bins` record, so that after a power cut the box knows what it has already told and tells the
// difference once. Order that matters for each entry: append-log, then save-record bins, then save-record
// log-key. The log key is the mark that the two before it are done: a boot that finds the log ahead of its
// key applies the last entry here again, which changes nothing where it was applied.
import { type LogEntry, readUint, writeUint } from '@smartbox/protocol';
import type { LogFact } from './log-fact.ts';
import { tagNumber } from './tag-number.ts';

export interface BinMemory {
  /** Bit 0 is bin 1: the log's last word is that the door is open. */
  readonly open: number;
  /** Bit 0 is bin 1: an opening was intended and neither happened nor was given up. */
  readonly released: number;
  /** One number a bin that stands for the tag inside, 0 for none. */
  readonly tags: readonly number[];
}

/** A door was found moved at boot: nobody saw when. */
export const DETAIL_FOUND_AT_BOOT = 2;

const FORMAT = 1;
const HEADER_BYTES = 9;

/** @returns the memory of a box that has told nothing yet */
export function emptyMemory(binCount: number): BinMemory {
  return { open: 0, released: 0, tags: new Array<number>(binCount).fill(0) };
}

/** @returns what the record says, empty where there is none; bins beyond `binCount` are forgotten */
export function restoreMemory(record: Uint8Array | undefined, binCount: number): BinMemory {
  const empty = emptyMemory(binCount);
  if (record === undefined || record[0] !== FORMAT || (record.length - HEADER_BYTES) % 4 !== 0) return empty;
  const known = (record.length - HEADER_BYTES) / 4;
  const tags = empty.tags.map((none, index) =>
    index < known ? readUint(record, HEADER_BYTES + index * 4, 4) : none,
  );
  return { open: readUint(record, 1, 4), released: readUint(record, 5, 4), tags };
}

/** @returns the bytes of the `bins` record */
export function encodeMemory(memory: BinMemory): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + memory.tags.length * 4);
  bytes[0] = FORMAT;
  writeUint(bytes, 1, { value: memory.open, size: 4 });
  writeUint(bytes, 5, { value: memory.released, size: 4 });
  for (let index = 0; index < memory.tags.length; index++) {
    writeUint(bytes, HEADER_BYTES + index * 4, { value: memory.tags[index] ?? 0, size: 4 });
  }
  return bytes;
}

/** Learns from one entry of the log. @returns the same value for entries that tell nothing of a bin's state */
export function applyEntry(memory: BinMemory, entry: Pick<LogEntry, 'kind' | 'bin' | 'tag'>): BinMemory {
  const { bin } = entry;
  if (bin < 1 || bin > memory.tags.length) return memory;
  switch (entry.kind) {
    case 'open-intended':
      return { ...memory, released: withBit(memory.released, bin, true) };
    case 'bin-opened':
    case 'bin-forced':
      return {
        ...memory,
        open: withBit(memory.open, bin, true),
        released: withBit(memory.released, bin, false),
      };
    case 'bin-closed':
      return {
        ...memory,
        open: withBit(memory.open, bin, false),
        released: withBit(memory.released, bin, false),
      };
    case 'bin-jammed':
      return { ...memory, released: withBit(memory.released, bin, false) };
    case 'key-taken':
      return { ...memory, tags: withTag(memory.tags, bin, 0) };
    case 'key-placed':
      return { ...memory, tags: withTag(memory.tags, bin, tagNumber(entry.tag)) };
    default:
      return memory;
  }
}

/**
 * What the log must still be told of the doors. Tags are told by key-presence.ts, once the readers settled.
 * @param doorsOpen what the switches say, index 0 is bin 1
 * @param fresh true for a box that has just been claimed: its doors are opened, not forced
 */
export function untoldDoors(memory: BinMemory, doorsOpen: readonly boolean[], fresh: boolean): LogFact[] {
  const facts: LogFact[] = [];
  for (let bin = 1; bin <= memory.tags.length; bin++) {
    const open = doorsOpen[bin - 1] === true;
    if (open === hasBit(memory.open, bin)) continue;
    const openedKind = fresh || hasBit(memory.released, bin) ? 'bin-opened' : 'bin-forced';
    facts.push({ kind: open ? openedKind : 'bin-closed', bin, detail: DETAIL_FOUND_AT_BOOT });
  }
  return facts;
}

/** The pulses that were under way died with the power: a door that opens from now on was not released. */
export function forgetReleases(memory: BinMemory): BinMemory {
  return memory.released === 0 ? memory : { ...memory, released: 0 };
}

function hasBit(bits: number, bin: number): boolean {
  return ((bits >>> (bin - 1)) & 1) === 1;
}

function withBit(bits: number, bin: number, set: boolean): number {
  const bit = (1 << (bin - 1)) >>> 0;
  return (set ? bits | bit : bits & ~bit) >>> 0;
}

function withTag(tags: readonly number[], bin: number, tag: number): readonly number[] {
  const next = tags.slice();
  next[bin - 1] = tag;
  return next;
}
