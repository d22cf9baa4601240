// Which texts of people are taken, and in which form they are kept.
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { optionalPlainText, plainText, tidyText } from './plain-text.ts';

const needed = plainText(100, 'x');
const optional = optionalPlainText(100, 'x');
const shown = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;

describe('a text that people type', () => {
  it.each(
    [
      ...[0x0000, 0x0007, 0x000a, 0x000d, 0x001b, 0x007f, 0x0085, 0x2028, 0x2029],
      // Unicode's Bidi_Control, whole.
      ...[0x061c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069],
      ...[
        0x00ad, 0x115f, 0x1160, 0x180e, 0x200b, 0x2060, 0x2063, 0x206a, 0x2800, 0x3164, 0xfeff, 0xffa0,
        0xfff9,
      ],
    ].map((code) => [shown(code), code] as const),
  )('holds no %s, at whatever place (SEC-14)', (_name, code) => {
    const character = String.fromCodePoint(code);
    for (const text of [`a${character}b`, character, `${character}a`, `a${character}`])
      for (const schema of [needed, optional])
        expect([text, Value.Check(schema, text)]).toEqual([text, false]);
  });

  it('holds no character that Unicode uses to turn a line round (SEC-14)', () => {
    for (let code = 0; code < 0x1_1000; code++) {
      const character = String.fromCodePoint(code);
      if (/[\p{Bidi_Control}\p{Cc}]/u.test(character))
        expect([shown(code), Value.Check(optional, `a${character}`)]).toEqual([shown(code), false]);
    }
  });

  it.each(['', ' ', '　', '\u200d', '\ufe0f\u200c', '\u00a0'])(
    'is more than what nobody sees: %j is no name',
    (text) => {
      expect(Value.Check(needed, text)).toBe(false);
    },
  );

  it.each([
    '山田 花子',
    '葛\u{e0100}城',
    '👨‍👩‍👧',
    'علی‌رضا',
    '<script>alert(1)</script>',
    '=1+1',
    "Robert'); DROP TABLE person;--",
    '１２３',
  ])('may be %j, and is kept as it is', (text) => {
    expect(Value.Check(needed, text)).toBe(true);
    expect(tidyText(text)).toBe(text);
  });

  it('is kept in one form, without blanks round it', () => {
    expect(tidyText(' か\u3099 ')).toBe('が');
  });
});
