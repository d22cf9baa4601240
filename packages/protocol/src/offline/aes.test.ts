// One block of AES, against the standard's own examples and against OpenSSL.
import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { bytesToHex, hexToBytes } from '../basics/bytes.ts';
import { aesEncipher, aesKey } from './aes.ts';

function enciphered(key: Uint8Array, block: Uint8Array): string {
  const copy = block.slice();
  aesEncipher(aesKey(key), copy);
  return bytesToHex(copy);
}

describe('AES', () => {
  // FIPS 197, appendix C.
  it.each([
    [128, '69c4e0d86a7b0430d8cdb78070b4c55a'],
    [192, 'dda97ca4864cdfe06eaf70a0ec0d7191'],
    [256, '8ea2b7ca516745bfeafc49904b496089'],
  ])('with a key of %i bits enciphers as FIPS 197 prints it', (bits, cipher) => {
    const key = Uint8Array.from({ length: bits / 8 }, (_, index) => index);
    expect(enciphered(key, hexToBytes('00112233445566778899aabbccddeeff'))).toBe(cipher);
  });

  it('enciphers any block under any key as OpenSSL does', () => {
    const keys = fc
      .constantFrom(16, 24, 32)
      .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));
    fc.assert(
      fc.property(keys, fc.uint8Array({ minLength: 16, maxLength: 16 }), (key, block) => {
        const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null)
          .update(block)
          .toString('hex');
        expect(enciphered(key, block)).toBe(cipher);
      }),
      { numRuns: batch(500) },
    );
  });

  it('leaves the key as it was', () => {
    const key = new Uint8Array(32).fill(7);
    aesEncipher(aesKey(key), new Uint8Array(16));
    expect(key).toEqual(new Uint8Array(32).fill(7));
  });
});
