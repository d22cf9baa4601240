// What a code is worth, how long it must be, and what counts as digits.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codeLimits,
  codeWorth,
  digitsForNewCode,
  isEasyToGuess,
  plainDigits,
  randomDigits,
  roomForCodes,
} from './key-code.ts';

const live = { startsAtMs: null, expiresAtMs: null, endedAtMs: null, reservedBy: null };

describe('what a code is worth (AC-01)', () => {
  it.each([
    ['valid', {}, 500],
    ['not-yet', { startsAtMs: 501 }, 500],
    ['valid', { startsAtMs: 500 }, 500],
    ['valid', { expiresAtMs: 501 }, 500],
    ['expired', { expiresAtMs: 500 }, 500],
    ['ended', { endedAtMs: 400 }, 500],
    ['ended', { endedAtMs: 500, startsAtMs: 900 }, 500],
    ['reserved', { reservedBy: { boxId: 'X' as never, reference: 1 } }, 500],
    ['expired', { expiresAtMs: 400, reservedBy: { boxId: 'X' as never, reference: 1 } }, 500],
  ])('is %s with %j at %i', (worth, change, nowMs) => {
    expect(codeWorth({ ...live, ...change }, nowMs)).toBe(worth);
  });
});

describe('how long a new code must be', () => {
  it('gives 100 codes of 8 digits to a location, then 1,000 of 9', () => {
    expect(roomForCodes(8)).toBe(100);
    expect(roomForCodes(9)).toBe(1_000);
    expect(digitsForNewCode(() => 0)).toBe(8);
    expect(digitsForNewCode((digits) => (digits === 8 ? 99 : 0))).toBe(8);
    expect(digitsForNewCode((digits) => (digits === 8 ? 100 : 0))).toBe(9);
    expect(digitsForNewCode((digits) => (digits <= 9 ? 1_000 : 0))).toBe(10);
  });

  it('keeps the chance of one blind guess at one in a million, whatever its length (SEC-15)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), (codes) => {
        const counts = new Map<number, number>();
        for (let made = 0; made < codes; made++) {
          const digits = digitsForNewCode((length) => counts.get(length) ?? 0);
          counts.set(digits, (counts.get(digits) ?? 0) + 1);
        }
        for (const [digits, count] of counts) {
          expect(count / 10 ** digits).toBeLessThanOrEqual(codeLimits.guessChance);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('digits that people type', () => {
  it.each([
    ['12345678', '12345678'],
    ['１２３４５６７８', '12345678'],
    ['1234 5678', '12345678'],
    ['1234-5678', '12345678'],
    ['1234　5678', '12345678'],
    ['1234567890123456', '1234567890123456'],
  ])('reads %s', (typed, digits) => {
    expect(plainDigits(typed)).toBe(digits);
  });

  it.each(['', '1234567', '12345678901234567', '1234567a', '+1234567', '1.234567', '１２３', '-------'])(
    'refuses %j',
    (typed) => {
      expect(plainDigits(typed)).toBeUndefined();
    },
  );

  it.each(['00000000', '12345678', '87654321', '12121212', '47114711', '90123456'])(
    'warns of %s',
    (digits) => {
      expect(isEasyToGuess(digits)).toBe(true);
    },
  );

  it.each(['40718293', '13579246', '10293847'])('does not warn of %s', (digits) => {
    expect(isEasyToGuess(digits)).toBe(false);
  });
});

describe('random digits', () => {
  it('draws as many as asked, and draws again for bytes that would favour a digit', () => {
    let drawn = 0;
    const digits = randomDigits(8, (length) => new Uint8Array(length).fill(drawn++ === 0 ? 250 : 249));
    expect(digits).toBe('99999999');
    expect(drawn).toBe(2);
  });

  it('gives every digit the same number of bytes', () => {
    const counts = new Array<number>(10).fill(0);
    for (let byte = 0; byte < 250; byte++) {
      const digit = randomDigits(1, () => new Uint8Array([byte]));
      counts[Number(digit)] = (counts[Number(digit)] ?? 0) + 1;
    }
    expect(new Set(counts)).toEqual(new Set([25]));
  });
});
