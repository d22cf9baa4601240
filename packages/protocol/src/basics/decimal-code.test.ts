// Digits come from secret bytes as the RFC says, evenly, with their leading zeros; and two codes are compared whole.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { nobleCrypto } from '../secure/noble-crypto.ts';
import { asciiToBytes, hexToBytes } from './bytes.ts';
import { decimalCode, sameCode, truncatedCode } from './decimal-code.ts';

const macs = fc.uint8Array({ minLength: 20, maxLength: 32 });
const digits = fc.integer({ min: 1, max: 10 });

describe('a decimal code', () => {
  it('is the first 64 bits modulo a power of ten, for every number of digits up to ten', () => {
    fc.assert(
      fc.property(macs, digits, (mac, count) => {
        const value = Buffer.from(mac).readBigUInt64BE() % 10n ** BigInt(count);
        expect(decimalCode(mac, count)).toBe(value.toString().padStart(count, '0'));
      }),
      { numRuns: batch(500) },
    );
  });

  it('keeps its leading zeros, and leaves no exact integer at the largest input', () => {
    expect(decimalCode(new Uint8Array(32), 8)).toBe('00000000');
    expect(decimalCode(new Uint8Array(32).fill(0xff), 10)).toBe('3709551615');
    expect(decimalCode(hexToBytes('0000000000000007ffff'), 10)).toBe('0000000007');
  });
});

describe('a truncated code', () => {
  // RFC 4226, Appendix D: the key "12345678901234567890", counters 0 to 9.
  const appendixD = '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' ');

  it.each(appendixD.map((code, counter) => ({ code, counter })))(
    'is $code for the counter $counter of RFC 4226',
    ({ code, counter }) => {
      const key = asciiToBytes('12345678901234567890');
      const mac = nobleCrypto.hmacSha1(key, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, counter));
      expect(truncatedCode(mac, 6)).toBe(code);
    },
  );

  it('takes 31 bits at every one of the sixteen places that the last half byte can name', () => {
    for (let place = 0; place < 16; place++) {
      const mac = new Uint8Array(20).fill(0xff);
      mac.set([0x80, 0x00, 0x00, 0x2a], place);
      // Place 15 and the half byte that names it do not overlap in a 20-byte hash: 15 + 4 = 19.
      mac[19] = 0xf0 | place;
      expect(truncatedCode(mac, 8)).toBe('00000042');
    }
  });

  it('keeps its leading zeros', () => {
    expect(truncatedCode(new Uint8Array(20), 8)).toBe('00000000');
  });
});

describe('comparing codes', () => {
  it('says the same as comparing them letter by letter', () => {
    const codes = fc.stringMatching(/^[0-9]{0,4}$/);
    fc.assert(
      fc.property(codes, codes, (left, right) => {
        expect(sameCode(left, right)).toBe(left === right);
        expect(sameCode(left, left.slice())).toBe(true);
      }),
      { numRuns: batch(500) },
    );
  });

  it('finds one wrong digit wherever it stands', () => {
    for (let at = 0; at < 12; at++) {
      const wrong = '123456789012'.split('');
      wrong[at] = '0' === wrong[at] ? '1' : '0';
      expect(sameCode('123456789012', wrong.join(''))).toBe(false);
    }
  });
});
