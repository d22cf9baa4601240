// A booking's twelve digits: everything that a booking can say comes back at any time that
// it may be typed, and what nobody issued says nothing.
import { FF1 } from '@noble/ciphers/ff1.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { asciiToBytes } from '../basics/bytes.ts';
import { type BoxId, boxIdFromBytes } from '../basics/ids.ts';
import { limits } from '../basics/limits.ts';
import { hkdfExpand } from '../secure/key-derivation.ts';
import { nobleCrypto } from '../secure/noble-crypto.ts';
import {
  type Booking,
  bookingCode,
  bookingHours,
  bookingHoursFor,
  bookingOf,
  bookingPayload,
  readBookingCode,
} from './booking-code.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const under = { boxId: boxIdFromBytes(new Uint8Array(8).fill(7)), key: new Uint8Array(32).fill(9) };

const boxIds: fc.Arbitrary<BoxId> = fc.uint8Array({ minLength: 8, maxLength: 8 }).map(boxIdFromBytes);
const keys = fc.uint8Array({ minLength: 32, maxLength: 32 });

/** Any start from 2020 to 2100, so that the modulus of 2^14 hours wraps some forty times. */
const startHours = fc.integer({ min: 438_300, max: 1_139_600 });
const bookings: fc.Arbitrary<Booking> = fc
  .record({
    bin: fc.integer({ min: 1, max: 31 }),
    startHour: fc.oneof(
      startHours,
      // On both sides of a wrap.
      fc
        .tuple(fc.integer({ min: 27, max: 69 }), fc.constantFrom(-1, 0, 1))
        .map(([turn, by]) => turn * 2 ** 14 + by),
    ),
    hours: fc.constantFrom(...bookingHours),
    serial: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ bin, startHour, hours, serial }) => ({
    bin,
    startMs: startHour * HOUR_MS,
    endMs: (startHour + hours) * HOUR_MS,
    serial,
  }));

describe('a booking', () => {
  it('comes back from its code, typed up to a year before it or 28 days and its grace after it', () => {
    const sinceStart = fc.oneof(
      fc.integer({ min: -366 * 24 * HOUR_MS, max: 57 * DAY_MS }),
      fc.constantFrom(-366 * DAY_MS, -1, 0, 1, 28 * DAY_MS, 28 * DAY_MS + limits.bookingGraceMs, 57 * DAY_MS),
    );
    fc.assert(
      fc.property(bookings, sinceStart, (booking, sinceMs) => {
        const payload = bookingPayload(booking);
        const code = bookingCode(nobleCrypto, under, payload);
        expect(code).toMatch(/^[0-9]{12}$/);
        const read = readBookingCode(nobleCrypto, under, code);
        expect(read).toBe(payload);
        expect(bookingOf(read!, booking.startMs + sinceMs)).toEqual(booking);
      }),
      { numRuns: batch(300) },
    );
  });

  it('is understood the same in every hour from a year before its start to 28 days after its end', () => {
    const startHour = 35 * 2 ** 14 + 5;
    for (const hours of [1, 672] as const) {
      const times = { startMs: startHour * HOUR_MS, endMs: (startHour + hours) * HOUR_MS };
      const booking = { bin: 17, ...times, serial: 2 };
      const payload = bookingPayload(booking);
      for (let hour = -366 * 24; hour <= hours + 28 * 24; hour++) {
        expect(bookingOf(payload, booking.startMs + hour * HOUR_MS + 1)).toEqual(booking);
      }
    }
  });

  it('of every bin, length and serial has a payload of its own, of at most 25 bits', () => {
    const seen = new Set<number>();
    for (let bin = 1; bin <= limits.sheetBins; bin++) {
      for (const hours of bookingHours) {
        for (let serial = 0; serial < 4; serial++) {
          for (const startHour of [0, 1, 2 ** 14 - 1]) {
            const endMs = (startHour + hours) * HOUR_MS;
            seen.add(bookingPayload({ bin, startMs: startHour * HOUR_MS, endMs, serial }));
          }
        }
      }
    }
    expect(seen.size).toBe(31 * 16 * 4 * 3);
    expect(Math.max(...seen)).toBeLessThan(2 ** 25);
  });

  it('is refused where no code can say it', () => {
    const good: Booking = { bin: 1, startMs: 500_000 * HOUR_MS, endMs: 500_001 * HOUR_MS, serial: 0 };
    const wrong: readonly Partial<Booking>[] = [
      ...[-1, 0, 0.5, 1.5, 32, Number.NaN].map((bin) => ({ bin })),
      ...[-1, 0.5, 4, Number.NaN].map((serial) => ({ serial })),
      ...[good.startMs + 1, -HOUR_MS, Number.NaN].map((startMs) => ({ startMs, endMs: startMs + HOUR_MS })),
      ...[0, -1, 5, 0.5, 673, Number.NaN].map((hours) => ({ endMs: good.startMs + hours * HOUR_MS })),
    ];
    expect(bookingPayload(good)).toBeGreaterThan(0);
    for (const part of wrong)
      expect(() => bookingPayload({ ...good, ...part })).toThrow('out-of-range at booking');
  });

  it('lasts the shortest length that is not below what was asked, up to 28 days', () => {
    for (let hours = 0; hours <= 672; hours++) {
      const length = bookingHoursFor(hours)!;
      expect(length).toBeGreaterThanOrEqual(hours);
      expect(bookingHours.filter((one) => one >= hours && one < length)).toEqual([]);
    }
    expect(bookingHoursFor(672.5)).toBeUndefined();
  });
});

describe('a booking code', () => {
  it('keeps leading zeros, in the digits that are enciphered and in those that come out', () => {
    const least = bookingPayload({ bin: 1, startMs: 0, endMs: HOUR_MS, serial: 0 });
    expect(least * limits.bookingRedundancy).toBeLessThan(10 ** 6);
    let zeros = 0;
    for (let payload = least; payload < least + 300 * 128; payload += 128) {
      const code = bookingCode(nobleCrypto, under, payload);
      expect(code).toHaveLength(12);
      expect(readBookingCode(nobleCrypto, under, code)).toBe(payload);
      if (code.startsWith('0')) zeros++;
    }
    expect(zeros).toBeGreaterThan(10);
  });

  it('says something once in 29,802 to who types twelve digits at random, and never bin 0 (EM-09)', () => {
    // FF1 is a permutation, so it is enough to know the plain numbers that mean something: counted here by themselves.
    const ff1 = FF1(10, hkdfExpand(nobleCrypto, under.key, 'SBX1 booking'), asciiToBytes(under.boxId));
    const readPlain = (value: number) =>
      readBookingCode(
        nobleCrypto,
        under,
        ff1.encrypt(Array.from(String(value).padStart(12, '0'), Number)).join(''),
      );
    const quotients = fc.oneof(
      fc.nat({ max: 33_554_793 }),
      fc.constantFrom(0, 1, 127, 128, 131, 132, 2 ** 25 - 1, 2 ** 25, 33_554_793),
    );
    const rests = fc.oneof(fc.constant(0), fc.nat({ max: 29_801 }), fc.constantFrom(1, 29_801));
    fc.assert(
      fc.property(quotients, rests, (quotient, rest) => {
        const means = rest === 0 && quotient < 2 ** 25 && Math.floor(quotient / 4) % 32 !== 0;
        expect(readPlain(quotient * 29_802 + rest)).toBe(means ? quotient : undefined);
      }),
      { numRuns: batch(500) },
    );
    expect(10 ** 12 / 2 ** 25).toBeCloseTo(29_802.3, 1);
  });

  it('of another box or of another key says nothing', () => {
    fc.assert(
      fc.property(bookings, boxIds, keys, (booking, boxId, key) => {
        const code = bookingCode(nobleCrypto, under, bookingPayload(booking));
        // By chance one in 30,000 says something; the same booking it never says.
        const others = [
          { ...under, boxId },
          { ...under, key },
        ].map((other) => readBookingCode(nobleCrypto, other, code));
        expect(others).not.toContain(bookingPayload(booking));
        expect(others.filter((read) => read !== undefined).length).toBeLessThan(2);
      }),
      { numRuns: batch(200) },
    );
  });

  it('of another box is not read', () => {
    const codes = Array.from({ length: 200 }, (_, index) =>
      bookingCode(nobleCrypto, under, 132 + index * 128),
    );
    const other = { ...under, boxId: boxIdFromBytes(new Uint8Array(8).fill(8)) };
    expect(
      codes.map((code) => readBookingCode(nobleCrypto, other, code)).filter((read) => read !== undefined),
    ).toEqual([]);
  });

  it('is twelve figures and nothing else, and needs a key', () => {
    for (const code of [
      '',
      '12345678901',
      '1234567890123',
      '12345678901a',
      '１２３４５６７８９０１２',
      '12345678901\n',
    ]) {
      expect(() => readBookingCode(nobleCrypto, under, code)).toThrow('out-of-range');
    }
    for (const payload of [-1, 0.5, 2 ** 25, Number.NaN]) {
      expect(() => bookingCode(nobleCrypto, under, payload)).toThrow('out-of-range at booking-payload');
    }
    for (const length of [0, 16, 31, 33]) {
      const without = { ...under, key: new Uint8Array(length) };
      expect(() => bookingCode(nobleCrypto, without, 132)).toThrow('out-of-range at booking-key');
      expect(() => readBookingCode(nobleCrypto, without, '123456789012')).toThrow(
        'out-of-range at booking-key',
      );
    }
  });
});
