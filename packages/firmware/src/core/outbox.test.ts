import {
  chainHash,
  decodeLogEntry,
  entryMac,
  firstLogKey,
  nextLogKey,
  nobleCrypto,
} from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import {
  acknowledgeLog,
  appendFact,
  claimedOutbox,
  encodeLogKey,
  hasOfflineRoom,
  hasRoomFor,
  type Outbox,
  restoreOutbox,
} from './outbox.ts';

const firstKey = firstLogKey(nobleCrypto, new Uint8Array(32).fill(3));
const reading = { timeMs: 1_800_000_000_000, source: 'trusted' } as const;
const zeros = new Uint8Array(16);

function fresh(capacity = 64): Outbox {
  return claimedOutbox({ first: 1, end: 0, hash: zeros, capacity }, firstKey);
}

function filled(outbox: Outbox, count: number): Outbox {
  let next = outbox;
  for (let index = 0; index < count; index++) {
    next = appendFact(nobleCrypto, next, { fact: { kind: 'key-taken', bin: 1 }, reading })?.outbox ?? next;
  }
  return next;
}

describe('outbox', () => {
  it('leaves its last part to the cloud’s grants: a box that is alone stops opening first', () => {
    const stops = (capacity: number) => {
      let count = 0;
      for (; hasOfflineRoom(filled(fresh(capacity), count)); count++);
      return capacity - count;
    };
    expect(stops(64)).toBe(32 + 1 + 8);
    expect(stops(640)).toBe(64 + 1 + 8);
    expect(hasRoomFor(filled(fresh(64), 64 - 41), 'open-intended')).toBe(true);
  });

  it('makes entries that chain to each other, each under a key of its own', () => {
    const one = appendFact(nobleCrypto, fresh(), { fact: { kind: 'bin-opened', bin: 2, grant: 5 }, reading });
    const two = one && appendFact(nobleCrypto, one.outbox, { fact: { kind: 'bin-closed', bin: 2 }, reading });
    if (one === undefined || two === undefined) throw new RangeError('an entry is missing');
    const body = two.bytes.slice(0, 32);
    expect(decodeLogEntry(body)).toMatchObject({ sequence: 2, kind: 'bin-closed', bin: 2, grant: 0 });
    expect(two.bytes.slice(32, 48)).toEqual(chainHash(nobleCrypto, one.bytes.slice(32, 48), body));
    expect(two.bytes.slice(48)).toEqual(entryMac(nobleCrypto, nextLogKey(nobleCrypto, firstKey), body));
    expect(two.outbox.key).not.toEqual(one.outbox.key);
  });

  it('comes back after a reboot, also where the power went between the entry and its key', () => {
    const before = filled(fresh(), 2);
    const after = filled(before, 1);
    const log = { first: 1, end: 3, hash: after.head.hash, capacity: 64 };
    const whole = restoreOutbox(nobleCrypto, log, { logKey: encodeLogKey(after), acknowledged: undefined });
    expect(whole).toMatchObject({ steppedOver: false, outbox: { head: after.head, key: after.key } });
    const cut = restoreOutbox(nobleCrypto, log, { logKey: encodeLogKey(before), acknowledged: undefined });
    expect(cut).toMatchObject({ steppedOver: true, outbox: { head: after.head, key: after.key } });
    const none = { logKey: undefined, acknowledged: undefined };
    expect(restoreOutbox(nobleCrypto, log, none)).toBeUndefined();
  });

  it('keeps the last tenth for entries that matter, and room for what an opening brings', () => {
    const outbox = filled(fresh(), 55);
    expect(hasRoomFor(outbox, 'open-intended')).toBe(true);
    expect(hasRoomFor(filled(outbox, 1), 'open-intended')).toBe(false);
    expect(hasRoomFor(outbox, 'booted')).toBe(true);
    expect(hasRoomFor(filled(outbox, 3), 'booted')).toBe(false);
    expect(hasRoomFor(filled(outbox, 8), 'bin-forced')).toBe(true);
    expect(hasRoomFor(filled(outbox, 9), 'bin-forced')).toBe(false);
    expect(
      appendFact(nobleCrypto, filled(outbox, 9), { fact: { kind: 'bin-forced' }, reading }),
    ).toBeUndefined();
  });

  it('frees room only through what is saved as acknowledged, and saves that rarely', () => {
    const outbox = filled(fresh(), 20);
    const few = acknowledgeLog(outbox, { end: 7, hash: zeros });
    expect(few.save).toBeUndefined();
    expect(few.outbox.savedEnd).toBe(0);
    const enough = acknowledgeLog(outbox, { end: 8, hash: zeros });
    expect(enough.save).toBeDefined();
    expect(enough.outbox.savedEnd).toBe(8);
    const log = { first: 5, end: 20, hash: outbox.head.hash, capacity: 64 };
    const records = { logKey: encodeLogKey(outbox), acknowledged: enough.save };
    expect(restoreOutbox(nobleCrypto, log, records)?.outbox.acknowledged).toEqual({ end: 8, hash: zeros });
  });

  it('does not know the hash of a point that its flash no longer joins', () => {
    const outbox = filled(fresh(), 20);
    const log = { first: 10, end: 20, hash: outbox.head.hash, capacity: 64 };
    const restored = restoreOutbox(nobleCrypto, log, {
      logKey: encodeLogKey(outbox),
      acknowledged: undefined,
    });
    expect(restored?.outbox.acknowledged.end).toBe(9);
    expect(restored?.outbox.acknowledged.hash).toHaveLength(0);
  });
});
