// The codes for openings without the cloud against vectors that Python computed, with an AES and an FF1 of its own.
import { describe, expect, it } from 'vitest';
import {
  authenticatorCode,
  authenticatorStep,
  type Booking,
  type BoxId,
  base32,
  bookingCode,
  bookingHours,
  bookingOf,
  bookingPayload,
  bytesToHex,
  decodeOfflineUse,
  encodeOfflineUse,
  isOfflineGrant,
  nobleCrypto,
  type OfflineUse,
  offlineGrant,
  phoneAnswer,
  readBookingCode,
  revocationCode,
  sheetCode,
} from '../src/index.ts';
import { readGolden } from './read-vectors.ts';

interface Keyed {
  readonly key: Uint8Array;
}
interface KeyedByBox extends Keyed {
  readonly boxId: BoxId;
  readonly code: string;
}

const golden = readGolden<{
  readonly sheets: readonly (Keyed & {
    readonly cells: readonly { readonly target: number; readonly cell: number; readonly code: string }[];
    readonly revocations: readonly { readonly generation: number; readonly code: string }[];
  })[];
  readonly bookings: readonly (KeyedByBox & { readonly booking: Booking; readonly payload: number })[];
  readonly foreign: readonly (KeyedByBox & { readonly payload: number | null })[];
  readonly phone: readonly (Keyed & {
    readonly challenge: string;
    readonly target: number;
    readonly answer: string;
  })[];
  readonly authenticators: readonly (Keyed & {
    readonly base32: string;
    readonly codes: readonly { readonly timeMs: number; readonly step: number; readonly code: string }[];
  })[];
  readonly uses: readonly (OfflineUse & { readonly bytes: Uint8Array })[];
  readonly grants: readonly { readonly sequence: number; readonly grant: number }[];
}>('offline');

describe('the golden sheets', () => {
  const cells = golden.sheets.flatMap(({ key, cells: of }) => of.map((cell) => ({ key, ...cell })));
  it.each(cells)('read $code in cell $cell of target $target', ({ key, target, cell, code }) => {
    expect(sheetCode(nobleCrypto, key, { target, cell })).toBe(code);
  });

  const revocations = golden.sheets.flatMap(({ key, revocations: of }) => of.map((one) => ({ key, ...one })));
  it.each(revocations)('are closed by $code in generation $generation', ({ key, generation, code }) => {
    expect(revocationCode(nobleCrypto, key, generation)).toBe(code);
  });

  it('have among them cells for all bins, and codes that begin with two zeros', () => {
    expect(cells.some(({ target }) => target === 0)).toBe(true);
    expect(cells.filter(({ code }) => code.startsWith('00')).length).toBeGreaterThanOrEqual(3);
  });
});

describe('the golden bookings', () => {
  it.each(golden.bookings)('are said by $code', ({ boxId, key, booking, payload, code }) => {
    expect(bookingPayload(booking)).toBe(payload);
    expect(bookingCode(nobleCrypto, { boxId, key }, payload)).toBe(code);
    expect(readBookingCode(nobleCrypto, { boxId, key }, code)).toBe(payload);
    expect(bookingOf(payload, booking.startMs)).toEqual(booking);
    expect(bookingOf(payload, booking.endMs)).toEqual(booking);
  });

  it('have every length among them', () => {
    const hours = golden.bookings.map(({ booking }) => (booking.endMs - booking.startMs) / 3_600_000);
    expect(new Set(hours)).toEqual(new Set(bookingHours));
  });

  it.each(golden.foreign)('are not what $code says', ({ boxId, key, code, payload }) => {
    expect(readBookingCode(nobleCrypto, { boxId, key }, code) ?? null).toBe(payload);
  });
});

describe('the golden answers', () => {
  it.each(golden.phone)(
    'say $answer to $challenge for target $target',
    ({ key, challenge, target, answer }) => {
      expect(phoneAnswer(nobleCrypto, key, { challenge, target })).toBe(answer);
    },
  );

  const codes = golden.authenticators.flatMap(({ key, codes: of }) => of.map((one) => ({ key, ...one })));
  it.each(codes)('show $code in an app at $timeMs', ({ key, timeMs, step, code }) => {
    expect(authenticatorStep(timeMs)).toBe(step);
    expect(authenticatorCode(nobleCrypto, key, step)).toBe(code);
  });

  it.each(golden.authenticators)('spell the key of an app as $base32', (one) => {
    expect(base32(one.key)).toBe(one.base32);
  });
});

describe('the golden log of used codes', () => {
  it.each(golden.uses)('writes $method $generation $number both ways', ({ bytes, ...use }) => {
    expect(bytesToHex(encodeOfflineUse(use))).toBe(bytesToHex(bytes));
    expect(decodeOfflineUse(bytes)).toEqual(use);
  });

  it.each(golden.grants)('calls the opening of entry $sequence $grant', ({ sequence, grant }) => {
    expect(offlineGrant(sequence)).toBe(grant);
    expect(isOfflineGrant(grant)).toBe(true);
  });
});
