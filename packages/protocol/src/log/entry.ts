// One entry of a box's log: 32 bytes with fixed places, because it lives in flash, is hashed and is
// sent as it stands. Grant, latch pulse, open door, taken key and closed door are separate facts.
import { readUint, requireLength, writeUint } from '../basics/bytes.ts';
import { ProtocolError } from '../basics/errors.ts';
import { limits } from '../basics/limits.ts';

/** What a box writes down, with the number that stands for it for ever. */
export const logEntryKinds = {
  booted: 1,
  claimed: 2,
  'open-intended': 10,
  'bin-opened': 11,
  'bin-closed': 12,
  'bin-jammed': 13,
  'bin-forced': 14,
  'bin-left-open': 15,
  'key-taken': 20,
  'key-placed': 21,
  'keypad-locked': 30,
  'code-used': 31,
  'emergency-changed': 32,
  'sheet-revoked': 33,
  'open-all-ended': 34,
  'mains-lost': 40,
  'mains-restored': 41,
  'battery-low': 42,
  'fell-asleep': 43,
  'battery-empty': 44,
  'network-added': 45,
  'network-removed': 46,
  'main-lock-opened': 50,
  'main-lock-closed': 51,
  'main-lock-jammed': 52,
  'main-lock-forced': 53,
  'main-lock-left-open': 54,
} as const;

/** What happened. */
export type LogEntryKind = keyof typeof logEntryKinds;

/** How far a time can be trusted: not at all, kept by the clock alone, or told by the cloud in this boot. */
export const timeSources = ['unknown', 'held', 'trusted'] as const;
/** See `timeSources`. */
export type TimeSource = (typeof timeSources)[number];

/** One entry. `timeMs` is milliseconds since 1970 UTC, 0 where the source is `unknown` and no floor is known. */
export interface LogEntry {
  /** From 1, without gaps, for ever. */
  readonly sequence: number;
  readonly timeMs: number;
  readonly timeSource: TimeSource;
  readonly kind: LogEntryKind;
  /** 0 where no bin is concerned; an `open-intended` of bin 0 is the main lock's. */
  readonly bin: number;
  /** The grant that allowed it, 0 for none. */
  readonly grant: number;
  /** The fob concerned; 8 zero bytes for none. Of `code-used`: which code, see offline-use.ts. */
  readonly tag: Uint8Array;
  /**
   * A number whose meaning the kind decides: boot count, wait in seconds, battery in percent, generation of a
   * sheet, version of the emergency keys, bins that were opened; else 0.
   */
  readonly detail: number;
}

const kindByNumber = new Map<number, LogEntryKind>(
  Object.entries(logEntryKinds).map(([kind, number]) => [number, kind as LogEntryKind]),
);
const NO_TAG = new Uint8Array(limits.tagBytes);

/** @returns the tag that stands for no fob */
export function noTag(): Uint8Array {
  return NO_TAG.slice();
}

/** @returns whether a tag field names a fob */
export function isTag(tag: Uint8Array): boolean {
  return tag.some((byte) => byte !== 0);
}

// Places: sequence 0, time 4, source 10, kind 11, bin 12, three zero bytes, grant 16, tag 20, detail 28.
/**
 * @returns the 32 bytes that are stored, hashed and sent
 * @throws ProtocolError `out-of-range` for what `decodeLogEntry` would refuse or the places cannot hold
 */
export function encodeLogEntry(entry: LogEntry): Uint8Array {
  const bytes = new Uint8Array(limits.logEntryBytes);
  if (entry.sequence === 0) throw new ProtocolError('out-of-range', 'log-entry');
  requireLength(entry.tag, limits.tagBytes, 'log-entry.tag');
  writeUint(bytes, 0, { value: entry.sequence, size: 4 });
  writeUint(bytes, 4, { value: entry.timeMs, size: 6 });
  bytes[10] = timeSources.indexOf(entry.timeSource);
  bytes[11] = logEntryKinds[entry.kind];
  writeUint(bytes, 12, { value: entry.bin, size: 1 });
  writeUint(bytes, 16, { value: entry.grant, size: 4 });
  bytes.set(entry.tag, 20);
  writeUint(bytes, 28, { value: entry.detail, size: 4 });
  return bytes;
}

/** @throws ProtocolError unless the bytes are an entry of a known kind */
export function decodeLogEntry(bytes: Uint8Array): LogEntry {
  if (bytes.length !== limits.logEntryBytes) throw new ProtocolError('truncated', 'log-entry');
  const kind = kindByNumber.get(bytes[11] as number);
  const timeSource = timeSources[bytes[10] as number];
  const sequence = readUint(bytes, 0, 4);
  if (kind === undefined || timeSource === undefined || sequence === 0) {
    throw new ProtocolError('out-of-range', 'log-entry');
  }
  if (bytes[13] !== 0 || bytes[14] !== 0 || bytes[15] !== 0)
    throw new ProtocolError('bad-padding', 'log-entry');
  return {
    sequence,
    timeMs: readUint(bytes, 4, 6),
    timeSource,
    kind,
    bin: bytes[12] as number,
    grant: readUint(bytes, 16, 4),
    tag: bytes.slice(20, 28),
    detail: readUint(bytes, 28, 4),
  };
}
