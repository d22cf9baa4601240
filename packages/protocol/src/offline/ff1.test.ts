// FF1 on decimal digits, against NIST's own samples and against a library that computes it in another way.
import { FF1 } from '@noble/ciphers/ff1.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { hexToBytes } from '../basics/bytes.ts';
import { ff1Decipher, ff1Encipher } from './ff1.ts';

const KEY_128 = '2b7e151628aed2a6abf7158809cf4f3c';
const KEY_192 = `${KEY_128}ef4359d8d580aa4f`;
const KEY_256 = `${KEY_192}7f036d6f04fc6a94`;
const TWEAK = '39383736353433323130';

describe('FF1', () => {
  it.each([
    [1, KEY_128, '', '2433477484'],
    [2, KEY_128, TWEAK, '6124200773'],
    [4, KEY_192, '', '2830668132'],
    [5, KEY_192, TWEAK, '2496655549'],
    [7, KEY_256, '', '6657667009'],
    [8, KEY_256, TWEAK, '1001623463'],
  ])('enciphers 0123456789 as in sample %i of NIST SP 800-38G, and back', (_, key, tweak, cipher) => {
    const under = { key: hexToBytes(key), tweak: hexToBytes(tweak) };
    expect(ff1Encipher(under, '0123456789')).toBe(cipher);
    expect(ff1Decipher(under, cipher)).toBe('0123456789');
  });

  it('agrees with the library for every key, tweak and length from 6 to 18 digits', () => {
    const keys = fc
      .constantFrom(16, 24, 32)
      .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));
    const tweaks = fc.uint8Array({ maxLength: 40 });
    const texts = fc.oneof(
      fc.stringMatching(/^[0-9]{6,18}$/),
      fc.constantFrom('000000', '999999', '0'.repeat(18), '9'.repeat(18), '000000000000', '999999999999'),
    );
    fc.assert(
      fc.property(keys, tweaks, texts, (key, tweak, text) => {
        const cipher = FF1(10, key, tweak).encrypt(Array.from(text, Number)).join('');
        expect(ff1Encipher({ key, tweak }, text)).toBe(cipher);
        expect(ff1Decipher({ key, tweak }, cipher)).toBe(text);
      }),
      { numRuns: batch(300) },
    );
  });

  it('takes digits only, no fewer than 6 and no more than 18', () => {
    const under = { key: hexToBytes(KEY_256), tweak: new Uint8Array(0) };
    const wrong = ['', '12345', '1'.repeat(19), '12345a', '-12345', '１２３４５６', '123456\n', ' 123456'];
    for (const text of wrong) {
      expect(() => ff1Encipher(under, text)).toThrow('out-of-range at ff1');
      expect(() => ff1Decipher(under, text)).toThrow('out-of-range at ff1');
    }
  });
});
