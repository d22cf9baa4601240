// A code that was used up comes back from the log as it went in, and its number is never one of the cloud's.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { bytesToHex, hexToBytes } from '../basics/bytes.ts';
import { limits } from '../basics/limits.ts';
import {
  decodeOfflineUse,
  encodeOfflineUse,
  isOfflineGrant,
  type OfflineUse,
  offlineGrant,
} from './offline-use.ts';

const uses: fc.Arbitrary<OfflineUse> = fc.record({
  method: fc.constantFrom('sheet', 'booking', 'phone', 'authenticator'),
  generation: fc.oneof(fc.nat({ max: limits.generations }), fc.constantFrom(0, 1, limits.generations)),
  number: fc.oneof(fc.nat({ max: 0xffff_ffff }), fc.constantFrom(0, 1, 0xffff_ffff)),
});

describe('a used code', () => {
  it('comes back from the log as it was written', () => {
    fc.assert(
      fc.property(uses, (use) => {
        const bytes = encodeOfflineUse(use);
        expect(bytes.length).toBe(limits.tagBytes);
        expect(decodeOfflineUse(bytes)).toEqual(use);
      }),
      { numRuns: batch(500) },
    );
  });

  it('is written as method, generation and number', () => {
    const use: OfflineUse = { method: 'booking', generation: 0x010203, number: 0xa0b0c0d0 };
    expect(bytesToHex(encodeOfflineUse(use))).toBe('02010203a0b0c0d0');
  });

  it('is any 8 bytes that begin with a known method, and no others', () => {
    for (let method = 0; method < 256; method++) {
      const tag = hexToBytes(`${method.toString(16).padStart(2, '0')}0000010000000a`);
      if (method >= 1 && method <= 4)
        expect(bytesToHex(encodeOfflineUse(decodeOfflineUse(tag)))).toBe(bytesToHex(tag));
      else expect(() => decodeOfflineUse(tag)).toThrow('out-of-range at offline-use');
    }
    for (const length of [0, 7, 9]) {
      expect(() => decodeOfflineUse(new Uint8Array(length).fill(1))).toThrow('out-of-range at offline-use');
    }
  });

  it('is not cut to what its place can hold', () => {
    const use: OfflineUse = { method: 'sheet', generation: 1, number: 1 };
    expect(() => encodeOfflineUse({ ...use, generation: limits.generations + 1 })).toThrow('out-of-range');
    expect(() => encodeOfflineUse({ ...use, number: 2 ** 32 })).toThrow('out-of-range');
    expect(() => encodeOfflineUse({ ...use, number: 0.5 })).toThrow('out-of-range');
  });
});

describe('the grant number of an offline opening', () => {
  const sequences = fc.oneof(
    fc.integer({ min: 1, max: 0xffff_ffff }),
    fc.constantFrom(1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff),
  );

  it('fits the log, is never 0 and never one of the cloud', () => {
    fc.assert(
      fc.property(sequences, (sequence) => {
        const grant = offlineGrant(sequence);
        expect(Number.isInteger(grant) && grant > 0 && grant < 2 ** 32).toBe(true);
        expect(isOfflineGrant(grant)).toBe(true);
      }),
      { numRuns: batch(500) },
    );
  });

  const aparts = fc.oneof(
    fc.integer({ min: 1, max: 0x7fff_ffff }),
    fc.constantFrom(1, 0x4000_0000, 0x7fff_ffff),
  );

  it('differs between two openings less than 2^31 entries apart', () => {
    fc.assert(
      fc.property(sequences, aparts, (sequence, apart) => {
        fc.pre(sequence + apart <= 0xffff_ffff);
        expect(offlineGrant(sequence + apart)).not.toBe(offlineGrant(sequence));
      }),
      { numRuns: batch(500) },
    );
  });

  it('leaves the cloud all numbers below 2^31', () => {
    for (const grant of [0, 1, 41, 0x7fff_ffff]) expect(isOfflineGrant(grant)).toBe(false);
    for (const grant of [0x8000_0000, 0xffff_ffff]) expect(isOfflineGrant(grant)).toBe(true);
  });
});
