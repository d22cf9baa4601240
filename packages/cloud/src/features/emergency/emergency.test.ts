// The rules of sheets, without database and box: how one stands, what a print does, what its paper may state.
import { parseBoxId } from '@smartbox/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areCellsLow,
  confirmedInForce,
  type EmergencyBox,
  fullOpenOrder,
  isAhead,
  newEmergencyBox,
  sheetState,
  statedUntilMs,
} from './emergency.ts';
import { planPrint } from './print-plan.ts';

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 3, 1);
const boxId = parseBoxId('4ZK7Q1M0P9XWT')!;
const fresh = newEmergencyBox(boxId, nowMs);

/** A box that has confirmed what is wanted. */
function settled(box: EmergencyBox): EmergencyBox {
  const told = {
    ...{ version: box.version, sheetGeneration: box.sheet.generation, sheetRevoked: false },
    ...{ bookingGeneration: box.bookingGeneration, authenticator: false },
  };
  return { ...box, inForce: confirmedInForce(box, told, nowMs) };
}

/** The same with its sheet printed, good for a year. */
function printed(box: EmergencyBox): EmergencyBox {
  const { generation } = box.sheet;
  return settled({
    ...box,
    sheet: { ...box.sheet, untilMs: nowMs + 365 * dayMs, issuedAtMs: nowMs },
    printed: { generation, atMs: nowMs, by: 'Front desk', revoked: false },
  });
}

describe('the state of a sheet (EM-15)', () => {
  const sheet = printed(fresh);
  it.each<readonly [string, EmergencyBox, number]>([
    ['none', settled(fresh), 0],
    ['current', sheet, 0],
    ['current', sheet, 334 * dayMs],
    ['ending_soon', sheet, 335 * dayMs],
    ['ended', sheet, 365 * dayMs],
    ['waiting_for_box', { ...sheet, inForce: fresh.inForce }, 0],
    ['waiting_for_box', { ...sheet, inForce: { ...sheet.inForce, sheetClosed: true } }, 0],
    ['cells_low', { ...sheet, cellsLow: true }, 0],
    [
      'revoked',
      {
        ...sheet,
        sheet: { ...sheet.sheet, generation: 2 },
        printed: { ...sheet.printed!, revoked: true },
      },
      0,
    ],
    ['none', { ...sheet, sheet: { ...sheet.sheet, generation: 2 } }, 0],
  ])('is %s', (state, box, laterMs) => {
    expect(sheetState(box, nowMs + laterMs)).toBe(state);
  });

  it('has few cells left when one in five is, and always when one is', () => {
    expect([3, 2].map((left) => areCellsLow(left, 10))).toEqual([false, true]);
    expect([2, 1].map((left) => areCellsLow(left, 5))).toEqual([false, true]);
    expect(areCellsLow(1, 32)).toBe(true);
  });
});

describe('a print (EM-12, EM-15)', () => {
  const order = { nowMs, connected: true };

  it('shows the sheet that the box has already, and brings its date nearer when the box can hear of it', () => {
    const plan = planPrint(settled(fresh), order);
    expect(plan).toMatchObject({
      kind: 'date-moved',
      sheet: { generation: 1, untilMs: nowMs + 365 * dayMs },
    });
  });

  it('states the date that an offline box knows, whatever was asked for', () => {
    const plan = planPrint(settled(fresh), { ...order, connected: false, validForDays: 28 });
    expect(plan).toEqual({ kind: 'copy', sheet: fresh.sheet });
  });

  it('makes a new sheet the second time, and a copy only when it is asked for', () => {
    expect(planPrint(printed(fresh), order)).toMatchObject({ kind: 'renewed', sheet: { generation: 2 } });
    expect(planPrint(printed(fresh), { ...order, renew: false })).toMatchObject({ kind: 'copy' });
    expect(planPrint(settled(fresh), { ...order, renew: true })).toMatchObject({ kind: 'renewed' });
  });

  it('makes a new sheet where the one at an offline box has nearly ended', () => {
    const late = { ...order, connected: false, nowMs: fresh.sheet.untilMs - 27 * dayMs };
    expect(planPrint(settled(fresh), late)).toMatchObject({ kind: 'renewed', sheet: { generation: 2 } });
  });

  it('gives no copy of a sheet that is dead, and no copy another date', () => {
    const copy = { ...order, renew: false };
    expect(planPrint(printed(fresh), { ...copy, validForDays: 30 })).toMatchObject({ kind: 'refused' });
    expect(planPrint(printed(fresh), { ...copy, nowMs: nowMs + 365 * dayMs })).toMatchObject({
      kind: 'refused',
    });
  });

  it('never states a later date than the box enforces', () => {
    const moved = {
      ...settled(fresh),
      version: 2,
      sheet: { ...fresh.sheet, untilMs: fresh.sheet.untilMs + 1 },
    };
    expect(statedUntilMs(moved)).toBe(fresh.sheet.untilMs);
    expect(statedUntilMs(settled(moved))).toBe(fresh.sheet.untilMs + 1);
    const nearer = { ...moved, sheet: { ...fresh.sheet, untilMs: fresh.sheet.untilMs - 1 } };
    expect(statedUntilMs(nearer)).toBe(fresh.sheet.untilMs - 1);
  });
});

describe('what a box confirms', () => {
  it('dates from the first confirmation of each key', () => {
    const first = settled(fresh);
    const told = { ...first.inForce, sheetRevoked: false, authenticator: true };
    const again = confirmedInForce(first, told, nowMs + 5);
    expect(again).toMatchObject({ sheetSinceMs: nowMs, bookingSinceMs: nowMs, authenticator: true });
    const later = confirmedInForce(first, { ...told, sheetGeneration: 2 }, nowMs + 9);
    expect(later).toMatchObject({ sheetSinceMs: nowMs + 9, bookingSinceMs: nowMs, sheetUntilMs: null });
  });

  it('is ahead of us in version or in either key', () => {
    const told = { ...settled(fresh).inForce, sheetRevoked: false };
    expect(isAhead(fresh, told)).toBe(false);
    for (const more of [{ version: 2 }, { sheetGeneration: 2 }, { bookingGeneration: 2 }])
      expect(isAhead(fresh, { ...told, ...more })).toBe(true);
  });
});

describe('the order of “all” (EM-10)', () => {
  it('begins with the bins that were named and names every bin once', () => {
    expect(fullOpenOrder([3, 1], 4)).toEqual([3, 1, 2, 4]);
    const bins = fc.uniqueArray(fc.integer({ min: 1, max: 31 }));
    fc.assert(
      fc.property(bins, fc.integer({ min: 0, max: 31 }), (order, binCount) => {
        const all = fullOpenOrder(order, binCount);
        expect([...all].sort((a, b) => a - b)).toEqual(Array.from({ length: binCount }, (_, bin) => bin + 1));
      }),
    );
  });
});
