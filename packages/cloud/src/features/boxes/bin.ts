// One bin, as the box's sensors tell of it in the log. Pure: a bin, one entry, the next bin. What was
// ordered changes nothing here; only what a sensor saw does.

import { isTag, type LogEntry } from '@smartbox/protocol';

/** A bin's present state. */
export interface Bin {
  /** 1 and up. */
  readonly bin: number;
  readonly door: 'open' | 'closed';
  /** The fob that the bin's reader senses; null for none. 8 bytes. */
  readonly tag: Uint8Array | null;
  /** When the door or the tag last changed. */
  readonly changedAtMs: number | null;
}

/** A bin of which nothing is known yet. */
export function newBin(bin: number): Bin {
  return { bin, door: 'closed', tag: null, changedAtMs: null };
}

/** @returns the bin after this entry, which is about it */
export function applyToBin(bin: Bin, entry: LogEntry, atMs: number): Bin {
  switch (entry.kind) {
    case 'bin-opened':
    case 'bin-forced':
      return { ...bin, door: 'open', changedAtMs: atMs };
    case 'bin-closed':
      return { ...bin, door: 'closed', changedAtMs: atMs };
    case 'key-taken':
      return { ...bin, tag: null, changedAtMs: atMs };
    case 'key-placed':
      return { ...bin, tag: isTag(entry.tag) ? entry.tag : null, changedAtMs: atMs };
    default:
      return bin;
  }
}

/** @returns when it happened: the box's time where it has one, else when it was told */
export function occurredAtMs(entry: Pick<LogEntry, 'timeMs' | 'timeSource'>, toldAtMs: number): number {
  return entry.timeSource === 'unknown' || entry.timeMs === 0 ? toldAtMs : entry.timeMs;
}
