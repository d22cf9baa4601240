// What a guesser at the keypad wins, counted: with fewer digits than the real codes have, so that a guess hits often
// enough to be counted, the share of hits agrees with the formula that the real digits are chosen by.
import { FF1 } from '@noble/ciphers/ff1.js';
import { describe, expect, it } from 'vitest';
import {
  asciiToBytes,
  type Booking,
  bookingHours,
  bookingOf,
  bookingPayload,
  boxIdFromBytes,
  decimalCode,
  hkdfExpand,
  limits,
  nobleCrypto,
  readBookingCode,
  readUint,
  uint32ToBytes,
} from '../src/index.ts';

const HOUR_MS = 3_600_000;
const KEY = new Uint8Array(32).fill(0x33);
const BOX = boxIdFromBytes(new Uint8Array(8).fill(0x44));

/** The same guesses every time: 48 bits of a hash, modulo 10^digits. */
function guess(index: number, digits: number): number {
  return readUint(nobleCrypto.sha256(uint32ToBytes(index)), 0, 6) % 10 ** digits;
}

/** How many standard deviations a count lies from what the chance says. */
function sigmas(hits: number, tries: number, chance: number): number {
  return Math.abs(hits - tries * chance) / Math.sqrt(tries * chance * (1 - chance));
}

describe('who guesses at a cell of a sheet', () => {
  it('wins one time in 10^digits (EM-09)', () => {
    const digits = 3;
    const tries = 60_000;
    let hits = 0;
    for (let index = 0; index < tries; index++) {
      const mac = nobleCrypto.hmacSha256(KEY, uint32ToBytes(index % 500));
      if (Number(decimalCode(mac, digits)) === guess(index, digits)) hits++;
    }
    expect(sigmas(hits, tries, 1 / 10 ** digits)).toBeLessThan(5);
    expect(hits).toBeGreaterThan(0);
  });
});

describe('who guesses at booking codes', () => {
  // 14 bits in 6 digits instead of 25 in 12: 16 starts, 16 lengths, 16 bins, 4 serials; the rest is the same.
  const digits = 6;
  const bits = 14;
  const redundancy = Math.floor(10 ** digits / 2 ** bits);
  const firstHour = 30 * 2 ** 14 + 100;
  const nowMs = (firstHour + 9) * HOUR_MS + 1;
  const cipher = FF1(10, hkdfExpand(nobleCrypto, KEY, 'SBX1 booking'), asciiToBytes(BOX));
  const bins = new Set([1, 2, 3, 5, 8, 13]);

  function isOpenNow({ bin, startMs, endMs }: Booking): boolean {
    const graceMs = limits.bookingGraceMs;
    return bins.has(bin) && startMs - graceMs <= nowMs && nowMs < endMs + graceMs;
  }

  /** The short payload spread to the places of the real one. */
  function longPayload(short: number): number {
    const [start, length, bin, serial] = [short >> 10, (short >> 6) & 15, (short >> 2) & 15, short & 3];
    return ((((firstHour % 2 ** 14) + start) * 16 + length) * 32 + bin) * 4 + serial;
  }

  /** What may be issued and opens now, counted by windows alone: no cipher and no payload takes part. */
  function acceptable(): readonly Booking[] {
    const found: Booking[] = [];
    for (let start = 0; start < 16; start++) {
      for (const hours of bookingHours) {
        const startMs = (firstHour + start) * HOUR_MS;
        for (const bin of bins) {
          for (let serial = 0; serial < 4; serial++) {
            found.push({ bin, startMs, endMs: startMs + hours * HOUR_MS, serial });
          }
        }
      }
    }
    return found.filter(isOpenNow);
  }

  it('wins as often as codes are acceptable now, out of 10^digits (EM-09)', () => {
    const count = acceptable().length;
    const tries = 30_000;
    let hits = 0;
    for (let index = 0; index < tries; index++) {
      const typed = String(guess(index, digits)).padStart(digits, '0');
      const short = Number(cipher.decrypt(Array.from(typed, Number)).join('')) / redundancy;
      if (!Number.isInteger(short) || short >= 2 ** bits) continue;
      if (isOpenNow(bookingOf(longPayload(short), nowMs))) hits++;
    }
    expect(count).toBeGreaterThan(1000);
    expect(sigmas(hits, tries, count / 10 ** digits)).toBeLessThan(5);
  });

  it('sees a real code say anything about once in 29,802, whatever it says', () => {
    const tries = 30_000;
    let said = 0;
    for (let index = 0; index < tries; index++) {
      const code = String(guess(index, 12)).padStart(12, '0');
      if (readBookingCode(nobleCrypto, { boxId: BOX, key: KEY }, code) !== undefined) said++;
    }
    const chance = ((31 / 32) * 2 ** 25) / 10 ** 12;
    expect(sigmas(said, tries, chance)).toBeLessThan(5);
  });

  it('would win 8 times in 10^8 at a full box: 20 bins, every length, two serials', () => {
    // Per bin and serial as many starts are open now as the window has hours; the grace of an hour before and after
    // adds two. Counted against the real payloads of one bin.
    const bookings = bookingHours.flatMap((hours) =>
      Array.from({ length: 1400 }, (_, index) => {
        const startMs = (firstHour - 700 + index) * HOUR_MS;
        return { bin: 1, startMs, endMs: startMs + hours * HOUR_MS, serial: 0 };
      }),
    );
    const open = bookings.filter(isOpenNow);
    expect(open.length).toBe(bookingHours.reduce((sum, hours) => sum + hours + 2, 0));
    expect(new Set(open.map(bookingPayload)).size).toBe(open.length);
    const chance = (open.length * 20 * 2) / 10 ** limits.bookingDigits;
    expect(chance).toBeGreaterThan(7e-8);
    expect(chance).toBeLessThan(8e-8);
  });
});
