// Codes of an authenticator app: TOTP as RFC 6238 prints it, and keys as such apps read them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { asciiToBytes } from '../basics/bytes.ts';
import { limits } from '../basics/limits.ts';
import { nobleCrypto } from '../secure/noble-crypto.ts';
import { authenticatorCode, authenticatorStep, base32 } from './authenticator-code.ts';

const RFC_KEY = asciiToBytes('12345678901234567890');

describe('an authenticator code', () => {
  // RFC 6238, Appendix B, the lines for SHA-1.
  it.each([
    [59, 0x1, '94287082'],
    [1_111_111_109, 0x23523ec, '07081804'],
    [1_111_111_111, 0x23523ed, '14050471'],
    [1_234_567_890, 0x273ef07, '89005924'],
    [2_000_000_000, 0x3f940aa, '69279037'],
    [20_000_000_000, 0x27bc86aa, '65353130'],
  ])('at second %i is of step %i and reads %s', (second, step, code) => {
    expect(authenticatorStep(second * 1000)).toBe(step);
    expect(authenticatorCode(nobleCrypto, RFC_KEY, step)).toBe(code);
  });

  it('stays for exactly 30 seconds', () => {
    fc.assert(
      fc.property(fc.nat({ max: 200_000_000 }), (step) => {
        const start = step * limits.authenticatorStepMs;
        expect([start, start + 29_999, start + 30_000].map(authenticatorStep)).toEqual([
          step,
          step,
          step + 1,
        ]);
      }),
      { numRuns: batch(200) },
    );
  });

  it('counts in 64 bits, as the RFC says', () => {
    const far = 2 ** 32;
    const codes = [0, far, far * 2, far + 1].map((step) => authenticatorCode(nobleCrypto, RFC_KEY, step));
    expect(new Set(codes).size).toBe(4);
  });

  it('is refused without a key of 20 bytes: the codes of an empty key are known to all', () => {
    for (const length of [0, 10, 19, 21, 32]) {
      expect(() => authenticatorCode(nobleCrypto, new Uint8Array(length), 1)).toThrow(
        'out-of-range at authenticator-key',
      );
    }
    expect(() => authenticatorCode(nobleCrypto, RFC_KEY, -1)).toThrow('out-of-range');
  });
});

describe('base 32', () => {
  // RFC 4648, 10, without the padding.
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('of “%s” is “%s”', (text, encoded) => {
    expect(base32(asciiToBytes(text))).toBe(encoded);
  });

  it('of a key has 32 characters, each of them five of its bits', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (key) => {
        const text = base32(key);
        expect(text).toMatch(/^[A-Z2-7]{32}$/);
        const bits = Array.from(text, (letter) =>
          'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
        ).join('');
        expect(bits).toBe(Array.from(key, (byte) => byte.toString(2).padStart(8, '0')).join(''));
      }),
      { numRuns: batch(200) },
    );
  });
});
