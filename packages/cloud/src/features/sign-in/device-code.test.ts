// Codes that people type, and how soon a program may ask again.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededEntropy } from '../../../test/fixed-ports.ts';
import { isTooSoon, newUserCode, plainUserCode, showUserCode } from './device-code.ts';

describe('a code that a person types', () => {
  it('has eight consonants, each as likely as the others', () => {
    const entropy = seededEntropy('codes');
    const counts = new Map<string, number>();
    for (let drawn = 0; drawn < 2_000; drawn++) {
      const code = newUserCode(entropy);
      expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/);
      for (const letter of code) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    const expected = (2_000 * 8) / 20;
    for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(expected * 0.15);
  });

  it('is the same however it is typed', () => {
    const code = newUserCode(seededEntropy('one'));
    const shown = showUserCode(code);
    expect(shown).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
    const wide = [...code].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0));
    for (const typed of [shown, ` ${code.toLowerCase()} `, wide.join('　')])
      expect(plainUserCode(typed)).toBe(code);
  });
});

describe('a program that asks', () => {
  it('is told to slow down exactly where it waited a second less than it should', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60_000 }),
        fc.integer({ min: 5_000, max: 60_000 }),
        (waited, interval) => {
          expect(isTooSoon({ lastMs: 7, intervalMs: interval }, 7 + waited)).toBe(waited < interval - 1_000);
        },
      ),
    );
    expect(isTooSoon({ lastMs: null, intervalMs: 5_000 }, 0)).toBe(false);
  });
});
