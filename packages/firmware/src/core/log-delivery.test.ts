import { firstLogKey, nobleCrypto } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import {
  type Delivery,
  deliveryDueMs,
  pumpDelivery,
  startDelivery,
  takeAcknowledged,
  takeLogRead,
} from './log-delivery.ts';
import { acknowledgeLog, appendFact, claimedOutbox, type LogPoint, type Outbox } from './outbox.ts';

/** A log of `count` entries, its 48-byte forms, and its hash after each. */
function logOf(count: number) {
  const zeros = new Uint8Array(16);
  const start = { first: 1, end: 0, hash: zeros, capacity: 500 };
  let outbox = claimedOutbox(start, firstLogKey(nobleCrypto, new Uint8Array(32)));
  const short: Uint8Array[] = [];
  const points: LogPoint[] = [{ end: 0, hash: zeros }];
  for (let index = 0; index < count; index++) {
    const reading = { timeMs: 0, source: 'unknown' } as const;
    const appended = appendFact(nobleCrypto, outbox, { fact: { kind: 'key-taken', bin: 1 }, reading });
    if (appended === undefined) throw new RangeError('full');
    outbox = appended.outbox;
    short.push(new Uint8Array([...appended.bytes.slice(0, 32), ...appended.bytes.slice(48)]));
    points.push(appended.outbox.head);
  }
  return { outbox, short, points };
}

const { outbox, short, points } = logOf(40);

/** Carries out a wanted read and hands its entries back. */
function read(delivery: Delivery, from: Outbox, nowMs: number) {
  const pumped = pumpDelivery(delivery, from, nowMs);
  if (pumped.read === undefined) throw new RangeError('nothing to read');
  const { first, limit } = pumped.read;
  const entries = short.slice(first - 1, first - 1 + limit);
  return takeLogRead(nobleCrypto, { delivery: pumped.delivery, outbox: from }, { first, entries, nowMs });
}

const point = (end: number) => points[end] as LogPoint;

describe('log delivery', () => {
  it('brings the whole log in batches of at most 16, one in flight', () => {
    let delivery = startDelivery(outbox, 0).delivery;
    let known = outbox;
    const batches: number[] = [];
    for (let nowMs = 0; delivery.next <= 40; nowMs++) {
      const sent = read(delivery, known, nowMs);
      batches.push(sent.report?.entries.length ?? 0);
      expect(pumpDelivery(sent.delivery, known, nowMs).read).toBeUndefined();
      const last = (sent.report?.first ?? 0) + (sent.report?.entries.length ?? 0) - 1;
      const moved = takeAcknowledged({ delivery: sent.delivery, outbox: known }, point(last), nowMs);
      expect(moved.proved).toEqual(point(last));
      known = acknowledgeLog(known, point(last)).outbox;
      delivery = moved.delivery;
    }
    expect(batches).toEqual([16, 16, 8]);
    expect(pumpDelivery(delivery, known, 99).read).toBeUndefined();
  });

  it('sends a batch again when nothing is heard of it', () => {
    const sent = read(startDelivery(outbox, 0).delivery, outbox, 0);
    expect(deliveryDueMs(sent.delivery, outbox)).toBe(10_000);
    expect(pumpDelivery(sent.delivery, outbox, 9_999).read).toBeUndefined();
    expect(pumpDelivery(sent.delivery, outbox, 10_000).read).toEqual({ first: 1, limit: 16 });
  });

  it('believes no acknowledgement of another history, and reports nothing more', () => {
    const sent = read(startDelivery(outbox, 0).delivery, outbox, 0);
    const forged = { end: 16, hash: new Uint8Array(16).fill(1) };
    const moved = takeAcknowledged({ delivery: sent.delivery, outbox }, forged, 5);
    expect(moved.proved).toBeUndefined();
    expect(moved.note).toBe('log-forked');
    expect(pumpDelivery(moved.delivery, outbox, 99_999).read).toBeUndefined();
  });

  it('stops where the cloud claims entries that this box never wrote', () => {
    expect(startDelivery(outbox, 41).note).toBe('log-ahead-at-cloud');
    const sent = read(startDelivery(outbox, 0).delivery, outbox, 0);
    const ahead = { end: 41, hash: point(40).hash };
    expect(takeAcknowledged({ delivery: sent.delivery, outbox }, ahead, 5).note).toBe('log-ahead-at-cloud');
  });

  it('computes its own hash from flash where the cloud holds more than the box knew', () => {
    const sent = read(startDelivery(outbox, 0).delivery, outbox, 0);
    let moved = takeAcknowledged({ delivery: sent.delivery, outbox }, point(35), 5);
    let reads = 0;
    while (moved.proved === undefined && reads < 9) {
      moved = read(moved.delivery, outbox, 6);
      expect(moved.report).toBeUndefined();
      reads += 1;
    }
    expect(moved.proved).toEqual(point(35));
    expect(reads).toBe(3);
    const forged = { end: 35, hash: point(34).hash };
    let lied = takeAcknowledged({ delivery: sent.delivery, outbox }, forged, 5);
    for (let count = 0; count < 3; count++) lied = read(lied.delivery, outbox, 6);
    expect(lied.note).toBe('log-forked');
  });

  it('takes the head by its hash at once', () => {
    const sent = read(startDelivery(outbox, 30).delivery, outbox, 0);
    expect(sent.report?.first).toBe(31);
    expect(takeAcknowledged({ delivery: sent.delivery, outbox }, point(40), 5).proved).toEqual(point(40));
  });

  it('is not led astray by the answer to an earlier copy of a batch', () => {
    const known = acknowledgeLog(outbox, point(16)).outbox;
    const sent = read(startDelivery(outbox, 16).delivery, known, 0);
    const stale = takeAcknowledged({ delivery: sent.delivery, outbox: known }, point(16), 5);
    expect(stale.delivery).toBe(sent.delivery);
  });

  it('follows a cloud that went back, without a tight circle', () => {
    const known = acknowledgeLog(outbox, point(32)).outbox;
    const sent = read(startDelivery(known, 32).delivery, known, 0);
    const back = takeAcknowledged({ delivery: sent.delivery, outbox: known }, point(10), 5);
    expect(pumpDelivery(back.delivery, known, 6).read).toBeUndefined();
    expect(deliveryDueMs(back.delivery, known)).toBe(10_005);
    expect(pumpDelivery(back.delivery, known, 10_005).read).toEqual({ first: 11, limit: 16 });
  });

  it('stops on a flash that does not give what it holds', () => {
    const pumped = pumpDelivery(startDelivery(outbox, 0).delivery, outbox, 0);
    const state = { delivery: pumped.delivery, outbox };
    const empty = takeLogRead(nobleCrypto, state, { first: 1, entries: [], nowMs: 1 });
    expect(empty.note).toBe('log-unreadable');
    const stray = takeLogRead(nobleCrypto, state, { first: 9, entries: short.slice(0, 1), nowMs: 1 });
    expect(stray.delivery).toBe(pumped.delivery);
    expect(pumpDelivery(pumped.delivery, outbox, 5_000).read).toEqual({ first: 1, limit: 16 });
  });
});
