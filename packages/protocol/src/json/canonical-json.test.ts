import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { canonicalJson } from './canonical-json.ts';

const name = fc
  .string({ unit: 'grapheme-ascii' })
  .filter((text) => !/^\d+$/.test(text) && text !== '__proto__');
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 5 },
    fc.string({ unit: 'binary' }),
    fc.maxSafeInteger().map((number) => number + 0),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(name, tie('any'), { maxKeys: 4 }),
  ),
})).any;

describe('canonical JSON', () => {
  it('says the same and is ASCII, whatever it says', () => {
    fc.assert(
      fc.property(value, (any) => {
        const text = canonicalJson(any);
        expect(text).toMatch(/^[\x20-\x7e]*$/);
        expect(JSON.parse(text)).toEqual(any);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      { numRuns: batch(300) },
    );
  });

  it('does not depend on the order in which names were written', () => {
    expect(canonicalJson({ b: 1, a: { d: [], c: '鍵' } })).toBe('{"a":{"c":"\\u9375","d":[]},"b":1}');
    expect(canonicalJson({ a: { c: '鍵', d: [] }, b: 1 })).toBe('{"a":{"c":"\\u9375","d":[]},"b":1}');
  });

  it.each([0.1, Number.NaN, 2 ** 53, -0, undefined, { é: 1 }, { 10: 1 }, [() => 1]])(
    'refuses %j, which has no one form',
    (strange) => {
      expect(() => canonicalJson(strange)).toThrow('out-of-range');
    },
  );

  it('refuses what nests deeper than any record, before it exhausts the stack', () => {
    let deep: unknown = null;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(() => canonicalJson(deep)).toThrow('too-deep');
  });
});
