// The log in flash is the queue of what the cloud must hear: entries are appended here, reported by
// log-delivery.ts, and forgotten only when the cloud has proved that it holds the same history.
// Order that matters, for each entry: append-log, [save-record bins], save-record log-key. The key of the next
// entry replaces the one just used, so a thief of the flash cannot rewrite what was told; a cut between the
// two leaves a log that is one entry ahead of its key, and the next boot steps the key on.
// A full log refuses: an opening needs room for all that follows it, and the last tenth is kept for entries
// that matter for security. save-record log-acknowledged comes before release-log, so that nothing is
// overwritten that a later boot would want to prove again.
import {
  type CryptoProvider,
  chainHash,
  concatBytes,
  encodeLogEntry,
  entryMac,
  genesisHash,
  type LogEntry,
  type LogEntryKind,
  limits,
  nextLogKey,
  noTag,
  readUint,
  uint32ToBytes,
} from '@smartbox/protocol';
import type { LogAtBoot } from './inputs.ts';
import { boxLimits } from './limits.ts';
import type { LogFact } from './log-fact.ts';
import type { Reading } from './trusted-clock.ts';

/** A point of the log. `hash` is empty where the box no longer knows it. */
export interface LogPoint {
  readonly end: number;
  /** Chain hash of entry `end`, 16 bytes. */
  readonly hash: Uint8Array;
}

export interface Outbox {
  /** Entries that are not released which the log surely holds. */
  readonly capacity: number;
  /** The newest entry. */
  readonly head: LogPoint;
  /** Authenticates entry `head.end + 1`. */
  readonly key: Uint8Array;
  /** How far the cloud has proved to hold the log. */
  readonly acknowledged: LogPoint;
  /** How far of that is saved in flash, and released. */
  readonly savedEnd: number;
}

/** An entry in all its forms. */
export interface Appended {
  readonly outbox: Outbox;
  readonly entry: LogEntry;
  /** 64 bytes: body 32, chain hash 16, authenticator 16. */
  readonly bytes: Uint8Array;
}

const FORMAT = 1;
const UNKNOWN_HASH = new Uint8Array(0);
const KEY_RECORD_BYTES = 5 + limits.keyBytes;
const POINT_RECORD_BYTES = 5 + limits.logHashBytes;

// What may be lost when the log is nearly full: power and comfort, never who opened what.
const DISPENSABLE: readonly LogEntryKind[] = [
  'booted',
  'bin-left-open',
  'keypad-locked',
  'mains-lost',
  'mains-restored',
  'battery-low',
  'fell-asleep',
  'battery-empty',
];

/** @returns the outbox of a box that was claimed a moment ago; the log goes on where it stood */
export function claimedOutbox(log: LogAtBoot, firstKey: Uint8Array): Outbox {
  const head = { end: log.end, hash: log.hash };
  return { capacity: log.capacity, head, key: firstKey, acknowledged: head, savedEnd: log.end };
}

/**
 * @returns the outbox at boot, or undefined where flash holds no usable log key: nothing can be written
 * down then. `steppedOver`: the log was ahead of its key, so its last entry may not have been acted on.
 */
export function restoreOutbox(
  crypto: CryptoProvider,
  log: LogAtBoot,
  records: { readonly logKey: Uint8Array | undefined; readonly acknowledged: Uint8Array | undefined },
): { readonly outbox: Outbox; readonly steppedOver: boolean } | undefined {
  const { logKey } = records;
  if (logKey === undefined || logKey.length !== KEY_RECORD_BYTES || logKey[0] !== FORMAT) return undefined;
  let sequence = readUint(logKey, 1, 4);
  let key: Uint8Array = logKey.slice(5);
  const steppedOver = sequence <= log.end;
  for (; sequence <= log.end; sequence++) key = nextLogKey(crypto, key);
  const acknowledged = acknowledgedPoint(log, records.acknowledged);
  const head = { end: log.end, hash: log.hash };
  const outbox = { capacity: log.capacity, head, key, acknowledged, savedEnd: acknowledged.end };
  return { outbox, steppedOver };
}

/** Makes the next entry. @returns undefined where the log has no room for a fact of this kind */
export function appendFact(
  crypto: CryptoProvider,
  outbox: Outbox,
  written: { readonly fact: LogFact; readonly reading: Reading },
): Appended | undefined {
  const { fact, reading } = written;
  if (!hasRoomFor(outbox, fact.kind)) return undefined;
  const entry: LogEntry = {
    sequence: outbox.head.end + 1,
    timeMs: reading.timeMs,
    timeSource: reading.source,
    kind: fact.kind,
    bin: fact.bin ?? 0,
    grant: fact.grant ?? 0,
    tag: fact.tag ?? noTag(),
    detail: fact.detail ?? 0,
  };
  const body = encodeLogEntry(entry);
  const hash = chainHash(crypto, outbox.head.hash, body);
  const bytes = concatBytes(body, hash, entryMac(crypto, outbox.key, body));
  const head = { end: entry.sequence, hash };
  return { outbox: { ...outbox, head, key: nextLogKey(crypto, outbox.key) }, entry, bytes };
}

/** @returns whether the log takes a fact of this kind now; an opening also needs room for what it brings */
export function hasRoomFor(outbox: Outbox, kind: LogEntryKind): boolean {
  const used = outbox.head.end - outbox.savedEnd;
  const free = outbox.capacity - used;
  if (kind === 'open-intended') return free > boxLimits.openingReserveEntries;
  if (!DISPENSABLE.includes(kind)) return free > 0;
  return used * 100 < outbox.capacity * boxLimits.logNearlyFullPercent;
}

/**
 * @returns whether the log takes one more opening of a box that is alone: its code, its intent and what follows. Such
 * openings stop first, so that the last part of the log is left to the cloud's grants
 */
export function hasOfflineRoom(outbox: Outbox): boolean {
  const free = outbox.capacity - (outbox.head.end - outbox.savedEnd);
  const share = Math.ceil((outbox.capacity * boxLimits.liveReservePercent) / 100);
  const reserve = Math.max(share, boxLimits.liveReserveEntries);
  return free > reserve + 1 + boxLimits.openingReserveEntries;
}

/** @returns the bytes of the `log-key` record: the next sequence and its key */
export function encodeLogKey(outbox: Outbox): Uint8Array {
  return concatBytes(new Uint8Array([FORMAT]), uint32ToBytes(outbox.head.end + 1), outbox.key);
}

/**
 * The cloud proved to hold the log up to `point`.
 * @returns the outbox; where `save` is set, the `log-acknowledged` record to save before releasing up to it
 */
export function acknowledgeLog(
  outbox: Outbox,
  point: LogPoint,
): { readonly outbox: Outbox; readonly save: Uint8Array | undefined } {
  const known = { ...outbox, acknowledged: point };
  // Rarely, to spare flash; often enough that waiting for the next save never fills the log.
  const everyEntries = Math.min(
    boxLimits.acknowledgedSaveEntries,
    Math.max(Math.floor(outbox.capacity / 8), 1),
  );
  if (point.end - outbox.savedEnd < everyEntries) return { outbox: known, save: undefined };
  return { outbox: { ...known, savedEnd: point.end }, save: encodePoint(point) };
}

/** @returns the bytes of the `log-acknowledged` record */
export function encodePoint(point: LogPoint): Uint8Array {
  return concatBytes(new Uint8Array([FORMAT]), uint32ToBytes(point.end), point.hash);
}

function acknowledgedPoint(log: LogAtBoot, record: Uint8Array | undefined): LogPoint {
  const saved =
    record !== undefined && record.length === POINT_RECORD_BYTES && record[0] === FORMAT
      ? { end: readUint(record, 1, 4), hash: record.slice(5) }
      : { end: 0, hash: genesisHash() };
  if (saved.end <= log.end && saved.end + 1 >= log.first) return saved;
  // Flash no longer holds what follows the saved point: what was released is proved, but not by which hash.
  return { end: Math.min(log.first - 1, log.end), hash: UNKNOWN_HASH };
}
