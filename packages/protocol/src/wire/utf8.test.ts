// UTF-8 both ways against the platform's own coders, and everything that must not reach a display.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { hexToBytes } from '../basics/bytes.ts';
import { textToUtf8, utf8ToText } from './utf8.ts';

const FORBIDDEN =
  /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/u;

/** @returns the text, or undefined where it was refused */
function decoded(bytes: Uint8Array): string | undefined {
  try {
    return utf8ToText(bytes, 'text');
  } catch (error) {
    expect(error).toMatchObject({ code: 'bad-text', path: 'text' });
    return undefined;
  }
}

describe('texts', () => {
  it('take every code point but control characters, line breaks, bidi controls and halves', () => {
    for (let point = 0; point <= 0x10_ffff; point++) {
      const text = String.fromCodePoint(point);
      const allowed = !((point >= 0xd800 && point <= 0xdfff) || FORBIDDEN.test(text));
      let bytes: Uint8Array | undefined;
      try {
        bytes = textToUtf8(text, 'text');
      } catch {
        bytes = undefined;
      }
      if ((bytes !== undefined) !== allowed) expect.fail(`U+${point.toString(16)} allowed: ${!allowed}`);
      if (bytes !== undefined && utf8ToText(bytes, 'text') !== text) expect.fail(`U+${point.toString(16)}`);
    }
  });

  it('are written as the platform writes them', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 0x10_ffff }), { maxLength: 20 }), (points) => {
        const text = String.fromCodePoint(...points);
        fc.pre(!FORBIDDEN.test(text));
        expect(textToUtf8(text, 'text')).toEqual(new TextEncoder().encode(text));
      }),
      { numRuns: batch(200) },
    );
  });

  it('are read only where the platform reads the same, and written back to the same bytes', () => {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const lead = fc.constantFrom(
      0x7f,
      0x80,
      0xc0,
      0xc1,
      0xc2,
      0xdf,
      0xe0,
      0xed,
      0xef,
      0xf0,
      0xf4,
      0xf5,
      0xff,
    );
    const tail = fc.constantFrom(0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0);
    fc.assert(
      fc.property(fc.array(fc.oneof(lead, tail), { maxLength: 6 }), (units) => {
        const bytes = Uint8Array.from(units);
        const text = decoded(bytes);
        if (text === undefined) return;
        expect(strict.decode(bytes)).toBe(text);
        expect(textToUtf8(text, 'text')).toEqual(bytes);
      }),
      { numRuns: batch(5000) },
    );
  });

  it.each([
    ['an overlong slash', 'c0af'],
    ['an overlong slash in three bytes', 'e080af'],
    ['an overlong slash in four bytes', 'f08080af'],
    ['a surrogate', 'eda080'],
    ['a surrogate pair', 'eda080edb080'],
    ['a point above U+10FFFF', 'f4908080'],
    ['a lead byte of five', 'f888808080'],
    ['a tail alone', '80'],
    ['a character cut short', 'e697'],
    ['a character interrupted', 'e641a5'],
    ['a NUL', '00'],
    ['an escape sequence', '1b5b324a'],
    ['a C1 control', 'c29b'],
    ['an Arabic letter mark', 'd89c'],
    ['a left-to-right mark', 'e2808e'],
    ['a right-to-left override', 'e280ae'],
    ['an isolate', 'e281a7'],
    ['a line separator', 'e280a8'],
    ['a byte order mark', 'efbbbf'],
  ])('refuse %s', (_what, hex) => {
    expect(decoded(hexToBytes(hex))).toBeUndefined();
  });
});
