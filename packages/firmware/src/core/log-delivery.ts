// Brings the log to the cloud within one session: one batch in flight, read from flash, sent again in a new
// record while unacknowledged. An acknowledgement is believed only if its hash is the box's own; where the box
// no longer has that hash in hand, it reads the entries again and computes it. A cloud that names another
// history gets nothing more in this session: a fork is for people to look at, not to paper over.
import { type BodyNamed, type CryptoProvider, chainHash, equalBytes, limits } from '@smartbox/protocol';
import { boxLimits } from './limits.ts';
import type { LogPoint, Outbox } from './outbox.ts';

export interface Delivery {
  /** Next sequence to report; the first of the batch while one is in flight. */
  readonly next: number;
  readonly reading: { readonly first: number; readonly limit: number; readonly againMs: number } | undefined;
  /** `hash`: of entry `last`, where it could be computed on the way. */
  readonly flight:
    | { readonly last: number; readonly hash: Uint8Array | undefined; readonly againMs: number }
    | undefined;
  /** What the cloud claims to hold, and how far the box has computed its own hash towards it. */
  readonly proving: { readonly claimed: LogPoint; readonly at: LogPoint } | undefined;
  /** Nothing is reported before this: the last acknowledgement brought nothing on. */
  readonly pauseUntilMs: number;
  readonly stopped: boolean;
}

export type DeliveryNote = 'log-forked' | 'log-ahead-at-cloud' | 'log-unreadable';

/** The delivery after an event, and what follows from it. */
export interface DeliveryMoved {
  readonly delivery: Delivery;
  /** The cloud proved to hold the log up to here. */
  readonly proved?: LogPoint;
  readonly report?: BodyNamed<'log-reported'>;
  readonly note?: DeliveryNote;
}

/** A session began. @param cloudEnd the last entry that the cloud says it has stored */
export function startDelivery(outbox: Outbox, cloudEnd: number): DeliveryMoved {
  const stopped = cloudEnd > outbox.head.end;
  const next = cloudEnd + 1;
  const delivery = {
    next,
    reading: undefined,
    flight: undefined,
    proving: undefined,
    pauseUntilMs: 0,
    stopped,
  };
  return stopped ? { delivery, note: 'log-ahead-at-cloud' } : { delivery };
}

/** What to do now. @returns `read`: the flash read to ask for */
export function pumpDelivery(
  delivery: Delivery,
  outbox: Outbox,
  nowMs: number,
): {
  readonly delivery: Delivery;
  readonly read: { readonly first: number; readonly limit: number } | undefined;
} {
  let next = delivery;
  if (next.flight !== undefined && nowMs >= next.flight.againMs) {
    next = { ...next, flight: undefined };
  }
  if (next.reading !== undefined && nowMs >= next.reading.againMs) next = { ...next, reading: undefined };
  const wanted = wantedRead(next, outbox, nowMs);
  if (wanted === undefined) return { delivery: next, read: undefined };
  const reading = { ...wanted, againMs: nowMs + boxLimits.readAgainMs };
  return { delivery: { ...next, reading }, read: wanted };
}

/** Flash answered. */
export function takeLogRead(
  crypto: CryptoProvider,
  state: { readonly delivery: Delivery; readonly outbox: Outbox },
  read: { readonly first: number; readonly entries: readonly Uint8Array[]; readonly nowMs: number },
): DeliveryMoved {
  const { delivery, outbox } = state;
  const { reading } = delivery;
  if (reading === undefined || reading.first !== read.first) return { delivery };
  const idle = { ...delivery, reading: undefined };
  const entryBytes = limits.logEntryBytes + limits.logHashBytes;
  const usable = read.entries.length > 0 && read.entries.every((entry) => entry.length === entryBytes);
  if (!usable) return { delivery: { ...idle, stopped: true }, note: 'log-unreadable' };
  const entries = read.entries.slice(0, reading.limit);
  if (delivery.proving !== undefined) return prove(crypto, idle, entries, delivery.proving);
  const last = read.first + entries.length - 1;
  const follows = outbox.acknowledged.end + 1 === read.first && outbox.acknowledged.hash.length > 0;
  const hash = follows ? chainOver(crypto, outbox.acknowledged.hash, entries) : undefined;
  const flight = { last, hash, againMs: read.nowMs + boxLimits.reportAgainMs };
  return { delivery: { ...idle, flight }, report: { first: read.first, entries } };
}

/** The cloud says how far it holds the log. */
export function takeAcknowledged(
  state: { readonly delivery: Delivery; readonly outbox: Outbox },
  claimed: LogPoint,
  nowMs: number,
): DeliveryMoved {
  const { delivery, outbox } = state;
  if (delivery.stopped) return { delivery };
  const { flight } = delivery;
  if (claimed.end > outbox.head.end) {
    return { delivery: { ...delivery, stopped: true }, note: 'log-ahead-at-cloud' };
  }
  // The answer to an earlier copy of a batch: says nothing of the one in flight.
  if (flight !== undefined && claimed.end + 1 === delivery.next) return { delivery };
  // A cloud that goes back (its database was restored) is followed, but not in a tight circle.
  const pauseUntilMs = claimed.end >= delivery.next ? 0 : nowMs + boxLimits.reportAgainMs;
  const next = claimed.end + 1;
  const moved = {
    ...delivery,
    next,
    reading: undefined,
    flight: undefined,
    proving: undefined,
    pauseUntilMs,
  };
  if (claimed.end <= outbox.acknowledged.end) return { delivery: moved };
  const own = ownHash(outbox, flight, claimed.end);
  if (own !== undefined) return judge(moved, claimed, own);
  if (outbox.acknowledged.hash.length === 0) return { delivery: moved };
  return { delivery: { ...moved, proving: { claimed, at: outbox.acknowledged } } };
}

/** @returns when the delivery goes on by itself, if it does */
export function deliveryDueMs(delivery: Delivery, outbox: Outbox): number | undefined {
  if (delivery.stopped) return undefined;
  if (delivery.reading !== undefined) return delivery.reading.againMs;
  if (delivery.flight !== undefined) return delivery.flight.againMs;
  return delivery.next <= outbox.head.end && delivery.pauseUntilMs > 0 ? delivery.pauseUntilMs : undefined;
}

function wantedRead(
  delivery: Delivery,
  outbox: Outbox,
  nowMs: number,
): { readonly first: number; readonly limit: number } | undefined {
  if (delivery.stopped || delivery.reading !== undefined) return undefined;
  const { proving } = delivery;
  const { logBatchEntries } = boxLimits;
  if (proving !== undefined) {
    const missing = proving.claimed.end - proving.at.end;
    return { first: proving.at.end + 1, limit: Math.min(missing, logBatchEntries) };
  }
  const waits = delivery.flight !== undefined || nowMs < delivery.pauseUntilMs;
  if (waits || delivery.next > outbox.head.end) return undefined;
  return { first: delivery.next, limit: logBatchEntries };
}

function ownHash(outbox: Outbox, flight: Delivery['flight'], end: number): Uint8Array | undefined {
  if (end === outbox.head.end) return outbox.head.hash;
  return flight?.last === end ? flight.hash : undefined;
}

function judge(delivery: Delivery, claimed: LogPoint, own: Uint8Array): DeliveryMoved {
  if (equalBytes(own, claimed.hash)) return { delivery, proved: claimed };
  return { delivery: { ...delivery, stopped: true }, note: 'log-forked' };
}

function prove(
  crypto: CryptoProvider,
  delivery: Delivery,
  entries: readonly Uint8Array[],
  proving: { readonly claimed: LogPoint; readonly at: LogPoint },
): DeliveryMoved {
  const { claimed } = proving;
  const hash = chainOver(crypto, proving.at.hash, entries);
  const at = { end: proving.at.end + entries.length, hash };
  if (at.end < claimed.end) return { delivery: { ...delivery, proving: { claimed, at } } };
  return judge({ ...delivery, proving: undefined }, claimed, hash);
}

function chainOver(crypto: CryptoProvider, start: Uint8Array, entries: readonly Uint8Array[]): Uint8Array {
  let hash = start;
  for (const entry of entries) hash = chainHash(crypto, hash, entry.subarray(0, limits.logEntryBytes));
  return hash;
}
