import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeEmergency, confirmedKeys, forgetReplaced, restoreEmergency } from './emergency-keys.ts';
import { encodeCells } from './emergency-records.ts';
import type { RecordName } from './outputs.ts';
import type { Save } from './payload-list.ts';

type Told = Parameters<typeof changeEmergency>[1];
type Records = Partial<Record<RecordName, Uint8Array>>;

const DAY_MS = 86_400_000;
const NOW_MS = 1_800_000_000_000;

const told = (changes: Partial<Told>): Told => ({
  version: 1,
  sheetGeneration: 1,
  sheetKey: new Uint8Array(32).fill(1),
  sheetUntilMs: NOW_MS + 365 * DAY_MS,
  cellsPerBin: 10,
  cellsForAll: 5,
  bookingGeneration: 1,
  bookingKey: new Uint8Array(32).fill(51),
  firstUseHours: 24,
  cancelled: [],
  phoneKey: new Uint8Array(32).fill(9),
  authenticatorKey: new Uint8Array(20).fill(8),
  openOrder: new Uint8Array([3, 1]),
  sleepAfterMs: 300_000,
  awakeMs: 30_000,
  ...changes,
});
const sheet = (generation: number) => ({
  sheetGeneration: generation,
  sheetKey: new Uint8Array(32).fill(generation),
});
const NOTHING = new Uint8Array(0);

const saved = (records: Records, saves: readonly Save[]): Records => ({
  ...records,
  ...Object.fromEntries(saves.map(({ record, bytes }) => [record, bytes])),
});

/** Applies changes one after another, as flash would hold them. */
function life(...changes: Told[]): { records: Records; keys: ReturnType<typeof restoreEmergency> } {
  let records: Records = {};
  let keys = restoreEmergency({});
  for (const change of changes) {
    const changed = changeEmergency(keys, change, NOW_MS);
    records = saved(records, changed?.saves ?? []);
    keys = changed?.keys ?? keys;
  }
  return { records, keys };
}

describe('emergency keys', () => {
  it('come back from their records as they were, each of at most 96 bytes', () => {
    const { records, keys } = life(told({}), told({ version: 2, ...sheet(2), cancelled: [4, 5] }));
    expect(restoreEmergency(records)).toEqual(keys);
    for (const bytes of Object.values(records)) expect(bytes.length).toBeLessThanOrEqual(96);
    expect(keys.rules).toMatchObject({ version: 2, firstUseHours: 24, sleepAfterMs: 300_000 });
    expect(keys.sheetBefore).toMatchObject({ generation: 1, goodUntilMs: NOW_MS + DAY_MS });
  });

  it('are changed by a higher version only, and the version is what is written last', () => {
    const { keys } = life(told({ version: 5 }));
    expect(changeEmergency(keys, told({ version: 5, ...sheet(2) }), NOW_MS)).toBeUndefined();
    expect(changeEmergency(keys, told({ version: 4, ...sheet(2) }), NOW_MS)).toBeUndefined();
    expect(changeEmergency(keys, told({ version: 6 }), NOW_MS)?.saves.at(-1)?.record).toBe('emergency');
  });

  it('are gone at once where the cloud takes them back, without a day of grace, and gone from flash', () => {
    const none = {
      sheetGeneration: 0,
      sheetKey: NOTHING,
      bookingGeneration: 0,
      bookingKey: NOTHING,
      phoneKey: NOTHING,
      authenticatorKey: NOTHING,
    };
    const { records, keys } = life(
      told({}),
      told({ version: 2, ...sheet(2) }),
      told({ version: 3, ...none }),
    );
    for (const key of [keys.sheet, keys.sheetBefore, keys.booking, keys.bookingBefore, keys.phone]) {
      expect(key).toBeUndefined();
    }
    expect(restoreEmergency(records)).toEqual(keys);
    for (const name of ['sheet', 'sheet-before', 'booking-key', 'phone-key', 'authenticator'] as const) {
      expect(records[name]?.length ?? 0).toBeLessThan(10);
    }
    expect(confirmedKeys(keys)).toMatchObject({ sheetGeneration: 0, bookingGeneration: 0 });
  });

  it('keep the newest step of the app, so that no code is taken twice after a change', () => {
    const { records } = life(told({}));
    const used = { ...restoreEmergency(records) };
    const keys = { ...used, authenticator: { ...used.authenticator, lastStep: 77 } };
    const removed = changeEmergency(keys, told({ version: 2, authenticatorKey: NOTHING }), NOW_MS);
    expect(removed?.keys.authenticator.lastStep).toBe(77);
    const again = changeEmergency(removed?.keys ?? keys, told({ version: 3 }), NOW_MS);
    expect(again?.keys.authenticator).toEqual({ key: new Uint8Array(20).fill(8), lastStep: 77 });
  });

  it('do not bring a closed sheet back to life, nor give it a day', () => {
    const { keys } = life(told({}));
    const closed = { ...keys, cells: { ...keys.cells, revoked: true } };
    const same = changeEmergency(closed, told({ version: 2 }), NOW_MS);
    expect(same?.keys.cells.revoked).toBe(true);
    const next = changeEmergency(closed, told({ version: 2, ...sheet(2) }), NOW_MS);
    expect(next?.keys.cells.revoked).toBe(false);
    expect(next?.keys.sheetBefore).toBeUndefined();
  });

  it('forget what was replaced after a day that is surely over', () => {
    const change = { version: 2, ...sheet(2), bookingGeneration: 2, bookingKey: new Uint8Array(32).fill(52) };
    const { keys } = life(told({}), told(change));
    const at = (timeMs: number, source: 'trusted' | 'unknown') => forgetReplaced(keys, { timeMs, source });
    expect(at(NOW_MS + DAY_MS - 1, 'trusted')).toBeUndefined();
    expect(at(NOW_MS + 9 * DAY_MS, 'unknown')).toBeUndefined();
    const forgotten = at(NOW_MS + DAY_MS, 'trusted');
    expect(forgotten?.saves.map(({ record }) => record)).toEqual(['sheet-before', 'booking-key-before']);
    expect(forgotten?.keys.sheetBefore).toBeUndefined();
  });

  it('are right after any cut: no cell comes back, and the same change made again makes them whole', () => {
    const step = fc.record({
      generation: fc.integer({ min: 0, max: 4 }),
      booking: fc.integer({ min: 0, max: 3 }),
      burn: fc.boolean(),
      cut: fc.nat({ max: 12 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let records: Records = {};
        const burnt = new Map<number, number>();
        let version = 0;
        for (const { generation, booking, burn, cut } of steps) {
          version += 1;
          const bookingKey = booking === 0 ? NOTHING : new Uint8Array(32).fill(50 + booking);
          const sheetKey = generation === 0 ? NOTHING : new Uint8Array(32).fill(generation);
          const change = told({
            version,
            sheetGeneration: generation,
            sheetKey,
            bookingGeneration: booking,
            bookingKey,
          });
          const changed = changeEmergency(restoreEmergency(records), change, NOW_MS);
          // The power goes in the middle; the box boots, and the cloud tells it again.
          records = saved(records, changed?.saves.slice(0, cut) ?? []);
          const rest = changeEmergency(restoreEmergency(records), change, NOW_MS);
          records = saved(records, rest?.saves ?? []);
          const keys = restoreEmergency(records);
          for (const [held, cells] of [
            [keys.sheet, keys.cells],
            [keys.sheetBefore, keys.cellsBefore],
          ] as const) {
            if (held === undefined || cells.revoked) continue;
            expect(cells.generation).toBe(held.generation);
            expect(cells.used[3]).toBe(burnt.get(held.generation) ?? 0);
          }
          if (burn && keys.sheet !== undefined) {
            const used = keys.cells.used.slice();
            used[3] = (used[3] ?? 0) + 1;
            records = saved(records, [{ record: 'cells', bytes: encodeCells({ ...keys.cells, used }) }]);
            burnt.set(keys.sheet.generation, used[3] ?? 0);
          }
          expect(keys.rules.version).toBe(version);
        }
      }),
    );
  });
});
