import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordName } from './outputs.ts';
import {
  addPayload,
  hasPayload,
  type PayloadList,
  replacePayloads,
  restorePayloads,
  type Save,
} from './payload-list.ts';

const NAMES = ['cancelled', 'cancelled-24', 'cancelled-47'] as const;
type Records = Partial<Record<RecordName, Uint8Array>>;

const saved = (records: Records, saves: readonly Save[]): Records => ({
  ...records,
  ...Object.fromEntries(saves.map(({ record, bytes }) => [record, bytes])),
});
const listOf = (records: Records) => restorePayloads(records, NAMES);
const never = () => false;

function filled(count: number): PayloadList {
  let list = listOf({});
  for (let payload = 1; payload <= count; payload++) list = addPayload(list, payload, never)?.list ?? list;
  return list;
}

describe('a list of payloads', () => {
  it('holds 64, each in a record of at most 96 bytes, and refuses one more while all are needed', () => {
    const list = filled(64);
    for (let payload = 1; payload <= 64; payload++) expect(hasPayload(list, payload)).toBe(true);
    for (const bytes of list.bytes) expect(bytes.length).toBeLessThanOrEqual(96);
    expect(addPayload(list, 65, never)).toBeUndefined();
  });

  it('gives the place of what is over to what comes', () => {
    const added = addPayload(filled(64), 65, (payload) => payload === 30);
    expect(hasPayload(added?.list ?? filled(0), 65)).toBe(true);
    expect(hasPayload(added?.list ?? filled(0), 30)).toBe(false);
    expect(added?.save.record).toBe('cancelled-24');
  });

  it('comes back from its records', () => {
    const added = addPayload(filled(0), 33_000_000, never);
    expect(hasPayload(listOf(saved({}, added === undefined ? [] : [added.save])), 33_000_000)).toBe(true);
    expect(hasPayload(listOf({ cancelled: new Uint8Array(7) }), 1)).toBe(false);
  });

  it('forgets none that stays, wherever the power is cut while it changes', () => {
    const payloads = fc.uniqueArray(fc.integer({ min: 1, max: 90 }), { maxLength: 64 });
    fc.assert(
      fc.property(payloads, payloads, fc.nat({ max: 3 }), (before, after, cut) => {
        const first = replacePayloads(listOf({}), before);
        const change = replacePayloads(first.list, after);
        const records = saved(saved({}, first.saves), change.saves.slice(0, cut));
        const left = listOf(records);
        for (const payload of before.filter((one) => after.includes(one))) {
          expect(hasPayload(left, payload)).toBe(true);
        }
        // The cloud tells it again, and then it is whole.
        const again = replacePayloads(left, after);
        const whole = listOf(saved(records, again.saves));
        for (let payload = 1; payload <= 90; payload++) {
          expect(hasPayload(whole, payload)).toBe(after.includes(payload));
        }
      }),
    );
  });
});
