// The box's own FF1 against the library's, which reproduces NIST's samples: every key, tweak and number must agree.
import { FF1 } from '@noble/ciphers/ff1.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decipherDigits, digitCipher, encipherDigits } from './booking-cipher.ts';

const digits = (value: number) => Array.from(String(value).padStart(12, '0'), Number);
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe('the cipher of booking codes', () => {
  it('enciphers exactly as the library does, for any key, tweak and number', () => {
    const tweaks = fc.uint8Array({ maxLength: 40 });
    fc.assert(
      fc.property(bytes(32), tweaks, fc.integer({ min: 0, max: 1e12 - 1 }), (key, tweak, value) => {
        const expected = Number(FF1(10, key, tweak).encrypt(digits(value)).join(''));
        expect(encipherDigits(digitCipher(key, tweak), value)).toBe(expected);
      }),
    );
  });

  it('deciphers what it enciphered, at both ends of its range too', () => {
    const cipher = digitCipher(new Uint8Array(32).fill(3), new Uint8Array(16).fill(4));
    for (const value of [0, 1, 999_999, 1_000_000, 999_999_999_999]) {
      expect(decipherDigits(cipher, encipherDigits(cipher, value))).toBe(value);
    }
  });
});
