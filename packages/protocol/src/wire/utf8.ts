// UTF-8 both ways, strictly (RFC 3629), for engines that bring no TextEncoder. Control characters,
// line breaks, the byte order mark and everything with the Unicode property Bidi_Control are refused:
// a display or a log must show what was sent, in the order in which it was sent.
import { ProtocolError } from '../basics/errors.ts';

/** @throws ProtocolError `bad-text` on a lone surrogate or a forbidden character */
export function textToUtf8(text: string, path: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) as number;
    if (isForbidden(point)) throw new ProtocolError('bad-text', path);
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), tail(point, 0));
    else if (point < 0x1_0000) bytes.push(0xe0 | (point >> 12), tail(point, 6), tail(point, 0));
    else bytes.push(0xf0 | (point >> 18), tail(point, 12), tail(point, 6), tail(point, 0));
  }
  return new Uint8Array(bytes);
}

const tail = (point: number, shift: number): number => 0x80 | ((point >> shift) & 0x3f);

/** @throws ProtocolError `bad-text` on anything that `textToUtf8` would not have written */
export function utf8ToText(bytes: Uint8Array, path: string): string {
  let text = '';
  let offset = 0;
  while (offset < bytes.length) {
    const first = bytes[offset] as number;
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (offset + length > bytes.length || (first >= 0x80 && first < 0xc2) || first > 0xf4) {
      throw new ProtocolError('bad-text', path);
    }
    let point = length === 1 ? first : first & (0xff >> (length + 1));
    for (let index = 1; index < length; index++) {
      const next = bytes[offset + index] as number;
      if (next >> 6 !== 2) throw new ProtocolError('bad-text', path);
      point = point * 64 + (next & 0x3f);
    }
    if (point < (SMALLEST[length - 1] as number) || isForbidden(point))
      throw new ProtocolError('bad-text', path);
    text += String.fromCodePoint(point);
    offset += length;
  }
  return text;
}

// The smallest code point that needs 1, 2, 3 and 4 bytes: anything below is an overlong form.
const SMALLEST = [0, 0x80, 0x800, 0x1_0000] as const;

function isForbidden(point: number): boolean {
  if (point < 0x20 || (point >= 0x7f && point < 0xa0)) return true; // control characters
  if (point >= 0xd800 && point <= 0xdfff) return true; // surrogates
  if (point === 0x061c || point === 0x200e || point === 0x200f) return true; // directional marks
  if (point === 0x2028 || point === 0x2029 || point === 0xfeff) return true; // line breaks, byte order mark
  return (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069) || point > 0x10_ffff;
}
