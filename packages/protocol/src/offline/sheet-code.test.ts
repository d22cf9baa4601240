// A printed sheet: every cell has a code of its own, under its own key, and nothing else has it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { limits } from '../basics/limits.ts';
import { nobleCrypto } from '../secure/noble-crypto.ts';
import { ALL_BINS, revocationCode, type SheetCell, sheetCode } from './sheet-code.ts';

const KEY = new Uint8Array(32).map((_, index) => index * 5);
const keys = fc.uint8Array({ minLength: 32, maxLength: 32 });
const everyCell: readonly SheetCell[] = Array.from({ length: limits.sheetBins + 1 }, (_, target) =>
  Array.from({ length: limits.sheetCells }, (__, index) => ({ target, cell: index + 1 })),
).flat();

describe('a sheet', () => {
  it('has 8 digits in every cell, of every bin and of all bins (EM-09)', () => {
    for (const cell of everyCell) expect(sheetCode(nobleCrypto, KEY, cell)).toMatch(/^[0-9]{8}$/);
  });

  it('repeats no code: not in another cell, not for another bin (EM-09)', () => {
    const codes = new Set(everyCell.map((cell) => sheetCode(nobleCrypto, KEY, cell)));
    expect(codes.size).toBe(everyCell.length);
  });

  it('shares not one code, place by place, with a sheet under another key', () => {
    fc.assert(
      fc.property(keys, fc.nat({ max: 255 }), (key, bit) => {
        const other = key.slice();
        other[bit >> 3]! ^= 1 << (bit & 7);
        for (const target of [ALL_BINS, 1, limits.sheetBins]) {
          // One in 10^8 is equal by chance: two in a row never in a test's life.
          const both = [1, 2].map(
            (cell) =>
              sheetCode(nobleCrypto, key, { target, cell }) ===
              sheetCode(nobleCrypto, other, { target, cell }),
          );
          expect(both).not.toEqual([true, true]);
        }
      }),
      { numRuns: batch(100) },
    );
  });

  it('has no cell outside its rows, none between two numbers, and none without a key', () => {
    const cells = [
      ...[-1, 0.5, limits.sheetBins + 1, 256, Number.NaN].map((target) => ({ target, cell: 1 })),
      ...[0, -1, 1.5, limits.sheetCells + 1, 257, Number.NaN].map((cell) => ({ target: 1, cell })),
    ];
    for (const cell of cells) {
      expect(() => sheetCode(nobleCrypto, KEY, cell)).toThrow('out-of-range at sheet-cell');
    }
    for (const length of [0, 31, 33]) {
      const key = new Uint8Array(length);
      expect(() => sheetCode(nobleCrypto, key, { target: 1, cell: 1 })).toThrow('out-of-range at sheet-key');
      expect(() => revocationCode(nobleCrypto, key, 1)).toThrow('out-of-range at sheet-key');
    }
  });
});

describe('a revocation code', () => {
  it('has 10 digits that no cell of its sheet begins or ends with', () => {
    const cells = new Set(everyCell.map((cell) => sheetCode(nobleCrypto, KEY, cell)));
    for (let generation = 1; generation <= 50; generation++) {
      const code = revocationCode(nobleCrypto, KEY, generation);
      expect(code).toMatch(/^[0-9]{10}$/);
      expect(cells.has(code.slice(0, 8)) || cells.has(code.slice(2))).toBe(false);
    }
  });

  it('differs between generations and between keys', () => {
    const generations = Array.from({ length: 200 }, (_, index) => index + 1);
    expect(new Set(generations.map((one) => revocationCode(nobleCrypto, KEY, one))).size).toBe(200);
    const other = new Uint8Array(32).fill(1);
    expect(revocationCode(nobleCrypto, other, 1)).not.toBe(revocationCode(nobleCrypto, KEY, 1));
  });
});
