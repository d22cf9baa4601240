// The byte work under everything else: exact, and refusing what would wrap.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asciiToBytes,
  bytesToHex,
  concatBytes,
  equalBytes,
  hexToBytes,
  readUint,
  requireLength,
  uint32ToBytes,
  wipe,
  writeUint,
} from './bytes.ts';

const anyBytes = fc.uint8Array({ maxLength: 40 });

describe('bytes', () => {
  it('become hexadecimal and back, as the platform does it', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(bytesToHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
        expect(hexToBytes(bytesToHex(bytes).toUpperCase())).toEqual(bytes);
      }),
    );
    // The neighbours of the digits and letters in ASCII, among others:
    for (const wrong of [
      '0/',
      '0:',
      '0@',
      '0G',
      '0`',
      '0',
      '0g',
      ' 00',
      '0x',
      '-1',
      '+1',
      '１２',
      'ａ0',
      '\u00000',
      '0\u0130',
    ]) {
      expect(() => hexToBytes(wrong), wrong).toThrow('bad-text');
    }
  });

  it('are equal where every byte is, and only there', () => {
    fc.assert(
      fc.property(anyBytes, anyBytes, fc.nat(), (left, right, at) => {
        expect(equalBytes(left, left.slice())).toBe(true);
        expect(equalBytes(left, right)).toBe(bytesToHex(left) === bytesToHex(right));
        if (left.length === 0) return;
        const changed = left.slice();
        changed[at % left.length] = (changed[at % left.length] as number) ^ (1 << (at & 7));
        expect(equalBytes(left, changed)).toBe(false);
        expect(equalBytes(left, left.slice(1))).toBe(false);
      }),
    );
  });

  it('are joined in order', () => {
    expect(concatBytes()).toEqual(new Uint8Array(0));
    expect(concatBytes(Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3))).toEqual(
      Uint8Array.of(1, 2, 3),
    );
  });

  it('come from ASCII alone', () => {
    expect(asciiToBytes('SBX1\u0000\u007f')).toEqual(Uint8Array.of(0x53, 0x42, 0x58, 0x31, 0, 0x7f));
    expect(() => asciiToBytes('\u0080')).toThrow('bad-text');
    expect(() => asciiToBytes('鍵')).toThrow('bad-text');
  });

  it('are all zero once wiped', () => {
    const secret = Uint8Array.of(1, 2, 3);
    wipe(secret);
    expect(secret).toEqual(new Uint8Array(3));
  });

  it('have the length that was required, or an error that says whose', () => {
    expect(() => requireLength(new Uint8Array(4), 4, 'key')).not.toThrow();
    expect(() => requireLength(new Uint8Array(3), 4, 'key')).toThrow('out-of-range at key');
    expect(() => requireLength(new Uint8Array(5), 4, 'key')).toThrow('out-of-range at key');
  });
});

describe('unsigned integers', () => {
  it('are written most significant first and read back, in 1 to 6 bytes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (size, part) => {
          const value = Math.min(256 ** size - 1, Math.floor(part * 256 ** size));
          const bytes = new Uint8Array(size + 2).fill(0xee);
          writeUint(bytes, 1, { value, size });
          expect(bytesToHex(bytes)).toBe(`ee${value.toString(16).padStart(size * 2, '0')}ee`);
          expect(readUint(bytes, 1, size)).toBe(value);
        },
      ),
    );
    expect(uint32ToBytes(0x01020304)).toEqual(Uint8Array.of(1, 2, 3, 4));
  });

  it.each([-1, 0.5, 2 ** 32, Number.NaN, Number.POSITIVE_INFINITY])('do not wrap: %d is refused', (value) => {
    expect(() => uint32ToBytes(value)).toThrow('out-of-range');
  });
});
