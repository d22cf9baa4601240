// The field kinds as a kit: values of kinds that no message uses yet, down to the depth at which
// the decoder stops.
import { describe, expect, it } from 'vitest';
import { hexToBytes } from '../basics/bytes.ts';
import { limits } from '../basics/limits.ts';
import { decodeValue } from './decode.ts';
import { encodeValue, newDraft } from './encode.ts';
import { boolean, fixedBytes, type Kind, list, text, uint, uint8, uint32 } from './field.ts';

/** `uint8` inside `depth` lists. */
function nested(depth: number): Kind {
  return depth === 0 ? uint8 : list(nested(depth - 1), 1, 1);
}

function roundTrip(kind: Kind, value: unknown): unknown {
  const out = newDraft();
  encodeValue(out, kind, value, 'value');
  return decodeValue({ bytes: out.bytes.slice(0, out.length), offset: 0 }, kind, 'value');
}

describe('the field kinds', () => {
  it('nest to the limit, and refuse one level more', () => {
    expect(roundTrip(nested(limits.nestingDepth - 1), [[[7]]])).toEqual([[[7]]]);
    const deeper = { bytes: hexToBytes('8181818107'), offset: 0 };
    expect(() => decodeValue(deeper, nested(limits.nestingDepth), 'value')).toThrow('too-deep at value');
  });

  it('carry lists of every kind', () => {
    expect(roundTrip(list(text(9), 0, 3), ['', '鍵', 'key'])).toEqual(['', '鍵', 'key']);
    expect(roundTrip(list(boolean, 0, 3), [])).toEqual([]);
    expect(roundTrip(uint(0xffff_ffff_ffff), 0xffff_ffff_ffff)).toBe(0xffff_ffff_ffff);
  });

  it('write no more than the longest message', () => {
    const bytes = list(fixedBytes(64), 0, 99);
    const encode = (count: number) => () => roundTrip(bytes, new Array(count).fill(new Uint8Array(64)));
    expect(encode(15)).not.toThrow();
    expect(encode(16)).toThrow('too-long');
    expect(() => roundTrip(list(uint8, 0, 2_000), new Array(1_022).fill(1))).toThrow('too-long');
  });

  it('refuse the other kinds’ values', () => {
    const encode = (kind: Kind, value: unknown) => () => encodeValue(newDraft(), kind, value, 'value');
    expect(encode(boolean, 1)).toThrow('wrong-kind at value');
    expect(encode(uint8, '1')).toThrow('wrong-kind at value');
    expect(encode(text(3), '鍵x')).toThrow('too-long at value');
    expect(encode(list(uint8, 0, 3), new Uint8Array(2))).toThrow('wrong-kind at value');
    expect(encode(list(uint8, 0, 3), [1, 2, 3, 4])).toThrow('too-long at value');
    expect(encode(list(uint8, 2, 3), [1])).toThrow('too-long at value');
    expect(encode(uint32, 2 ** 32)).toThrow('out-of-range at value');
  });
});
