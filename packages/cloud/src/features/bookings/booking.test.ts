// Which periods digits can say, and how a booking stands: the rules without any table.
import { bookingCode, bookingHours, bookingOf, nobleCrypto, readBookingCode } from '@smartbox/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFeaturesWorld } from '../../../test/features-world.ts';
import { ModelBox } from '../../../test/model-box.ts';
import { bookingState, diesAtMs, payloadOf, windowFor } from './booking.ts';

const hourMs = 3_600_000;
const nowMs = Date.UTC(2026, 3, 1, 9, 0, 0);
const { boxId } = new ModelBox(createFeaturesWorld());

describe('the window of a booking', () => {
  it.each([
    ['09:30', '10:00', '09:00', 1],
    ['10:00', '11:00', '10:00', 1],
    ['10:00', '11:01', '10:00', 2],
    ['10:59', '15:00', '10:00', 6],
    ['12:00', '23:59', '12:00', 12],
  ])('from %s to %s is said as %s and %s hours', (from, to, starts, hours) => {
    const at = (time: string): number => Date.parse(`2026-04-02T${time}:00Z`);
    const window = { startMs: at(starts), endMs: at(starts) + hours * hourMs };
    expect(windowFor({ startsAtMs: at(from), endsAtMs: at(to) }, nowMs)).toEqual(window);
  });

  it.each([
    ['no longer than nothing', 0, 0, 'not-after-start'],
    ['over', -2, -1, 'in-the-past'],
    ['28 days and an hour', 1, 1 + 28 * 24 + 1, 'too-long'],
    ['a year and an hour ahead', 365 * 24 + 1, 365 * 24 + 2, 'too-far-ahead'],
  ])('is refused when it is %s', (_what, from, to, fault) => {
    expect(windowFor({ startsAtMs: nowMs + from * hourMs, endsAtMs: nowMs + to * hourMs }, nowMs)).toBe(
      fault,
    );
  });

  it('may be 28 days, begin a year from now, and have begun already', () => {
    const period = (from: number, to: number) =>
      windowFor({ startsAtMs: nowMs + from * hourMs, endsAtMs: nowMs + to * hourMs }, nowMs);
    for (const [from, to] of [
      [0, 672],
      [8_760, 9_432],
      [-5, 1],
    ] as const)
      expect(period(from, to)).toMatchObject({ startMs: nowMs + from * hourMs });
  });

  it('covers the whole period, and the box reads just it from the digits at any moment of it (EM-08)', () => {
    const key = new Uint8Array(32).fill(5);
    const order = fc.record({
      fromMs: fc.integer({ min: -20 * 24 * hourMs, max: 365 * 24 * hourMs }),
      lengthMs: fc.integer({ min: 1, max: 672 * hourMs }),
      bin: fc.integer({ min: 1, max: 31 }),
      serial: fc.integer({ min: 0, max: 3 }),
      readAt: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(order, ({ fromMs, lengthMs, bin, serial, readAt }) => {
        const period = { startsAtMs: nowMs + fromMs, endsAtMs: nowMs + fromMs + lengthMs };
        const window = windowFor(period, nowMs);
        fc.pre(typeof window !== 'string');
        expect(window.startMs).toBeLessThanOrEqual(period.startsAtMs);
        expect(period.startsAtMs - window.startMs).toBeLessThan(hourMs);
        expect(window.endMs).toBeGreaterThanOrEqual(period.endsAtMs);
        const hours = (window.endMs - window.startMs) / hourMs;
        const shorter = bookingHours.filter((one) => one < hours).at(-1) ?? 0;
        expect(window.startMs + shorter * hourMs).toBeLessThan(period.endsAtMs);
        const under = { boxId, key };
        const digits = bookingCode(nobleCrypto, under, payloadOf({ bin, window, serial }));
        const read = readBookingCode(nobleCrypto, under, digits);
        const atMs = window.startMs - hourMs + readAt * (window.endMs - window.startMs + 2 * hourMs);
        expect(read === undefined ? undefined : bookingOf(read, atMs)).toEqual({ bin, serial, ...window });
      }),
      { numRuns: 60 },
    );
  });
});

describe('a booking', () => {
  const booking = { startsAtMs: 1_000, endsAtMs: 2_000, cancelled: null };

  it('is to come, running and over, to the millisecond', () => {
    expect([999, 1_000, 1_999, 2_000].map((atMs) => bookingState(booking, atMs))).toEqual([
      ...['booked', 'running', 'running', 'over'],
    ]);
  });

  it('is cancelled whatever the time, once it is', () => {
    const cancelled = { atMs: 5, because: 'cancelled', told: 'sent', version: 2 } as const;
    for (const atMs of [0, 1_500, 9_000])
      expect(bookingState({ ...booking, cancelled }, atMs)).toBe('cancelled');
  });

  it('dies everywhere an hour after its window', () => {
    expect(diesAtMs({ startMs: 0, endMs: hourMs })).toBe(2 * hourMs);
  });
});
