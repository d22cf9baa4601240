// Box ids and labels: every 8 bytes have one spelling, and a label with a mistyped character is no label.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { bytesToHex } from './bytes.ts';
import { type BoxId, boxIdFromBytes, boxIdToBytes, formatLabel, parseBoxId, parseLabel } from './ids.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const eightBytes = fc.uint8Array({ minLength: 8, maxLength: 8 });

/** Every text that differs from `text` in one place, where it then has one of `characters`. */
function misread(text: string, characters: string): readonly string[] {
  return [...text].flatMap((right, at) =>
    [...characters]
      .filter((wrong) => wrong !== right)
      .map((wrong) => text.slice(0, at) + wrong + text.slice(at + 1)),
  );
}

describe('a box id', () => {
  it('stands for its 8 bytes, both ways', () => {
    fc.assert(
      fc.property(eightBytes, (bytes) => {
        const boxId = boxIdFromBytes(bytes);
        expect(boxId).toMatch(/^[0-9A-F][0-9A-HJKMNP-TV-Z]{12}$/);
        expect(bytesToHex(boxIdToBytes(boxId))).toBe(bytesToHex(bytes));
        expect(parseBoxId(boxId)).toBe(boxId);
      }),
      { numRuns: batch(1000) },
    );
  });

  it('is spelled in one way: two spellings are two boxes', () => {
    const character = fc.constantFrom(...ALPHABET);
    const spelled = fc.array(character, { minLength: 13, maxLength: 13 }).map((all) => all.join(''));
    fc.assert(
      fc.property(spelled, (text) => {
        const boxId = parseBoxId(text);
        // The first character carries 4 bits, so half of the alphabet cannot stand there.
        expect(boxId === undefined).toBe(ALPHABET.indexOf(text.charAt(0)) > 15);
        if (boxId !== undefined) expect(boxIdFromBytes(boxIdToBytes(boxId))).toBe(text);
      }),
      { numRuns: batch(1000) },
    );
  });

  it('is read as people write it: small letters, O for 0, I and L for 1, blanks around', () => {
    expect(parseBoxId(' 0o1iLabcdefgh ')).toBe('00111ABCDEFGH');
  });

  it.each([
    ['a character short', '00111ABCDEFG'],
    ['a character long', '00111ABCDEFGHJ'],
    ['with a U, which is not in the alphabet', '00111ABCDEFGU'],
    ['above 64 bits', 'G0111ABCDEFGH'],
    ['with a dash', '00111-BCDEFGH'],
    ['with a topic wildcard', '00111+BCDEFGH'],
    ['with a small letter that only rises into the alphabet', '00111ABCDEFG\u017f'],
    ['with a line feed behind a shorter one', '00111ABCDEFG\n'],
    ['of nothing', ''],
  ])('is none %s', (_what, text) => {
    expect(parseBoxId(text)).toBeUndefined();
  });

  it('is not made of anything but 8 bytes', () => {
    expect(() => boxIdFromBytes(new Uint8Array(7))).toThrow('bad-id');
    expect(() => boxIdFromBytes(new Uint8Array(9))).toThrow('bad-id');
  });
});

describe('a label', () => {
  it('carries its id', () => {
    fc.assert(
      fc.property(eightBytes, (bytes) => {
        const boxId = boxIdFromBytes(bytes);
        expect(parseLabel(formatLabel(boxId))).toBe(boxId);
        expect(parseLabel(` ${formatLabel(boxId).toLowerCase()} `)).toBe(boxId);
      }),
      { numRuns: batch(300) },
    );
  });

  it('with any one character of the id or the check mistyped is refused', () => {
    fc.assert(
      fc.property(eightBytes, (bytes) => {
        const [start, id = '', check = ''] = formatLabel(boxIdFromBytes(bytes)).split(':');
        for (const wrong of misread(id, ALPHABET)) {
          expect(parseLabel(`${start}:${wrong}:${check}`), wrong).toBeUndefined();
        }
        for (const wrong of misread(check, '0123456789abcdef')) {
          expect(parseLabel(`${start}:${id}:${wrong}`), wrong).toBeUndefined();
        }
      }),
      { numRuns: batch(40) },
    );
  });

  it('with two neighbouring characters exchanged is nearly always refused', () => {
    let swaps = 0;
    let missed = 0;
    for (let seed = 0; seed < 200; seed++) {
      const bytes = new Uint8Array(8).map((_, at) => (seed * 131 + at * 197 + ((seed * at) % 251)) & 255);
      const [, id = '', check] = formatLabel(boxIdFromBytes(bytes)).split(':');
      for (let at = 0; at + 1 < id.length; at++) {
        const swapped = id.slice(0, at) + id.charAt(at + 1) + id.charAt(at) + id.slice(at + 2);
        if (swapped === id) continue;
        swaps++;
        if (parseLabel(`SBX1:${swapped}:${check}`) !== undefined) missed++;
      }
    }
    // An exchange spans 10 bits, two more than the check: it misses some, far fewer than one in 100.
    expect(swaps).toBeGreaterThan(1000);
    expect(missed / swaps).toBeLessThan(0.01);
  });

  it.each(['', 'SBX1', 'SBX1:00000000000000', 'SBX2:0000000000000:00', 'SBX1:0000000000000:00:', ':::'])(
    'is not %j',
    (text) => {
      expect(parseLabel(text)).toBeUndefined();
    },
  );

  it('holds no secret: it is the id and a check byte, nothing else', () => {
    const boxId = boxIdFromBytes(new Uint8Array(8)) as BoxId;
    expect(formatLabel(boxId)).toBe('SBX1:0000000000000:00');
  });
});
