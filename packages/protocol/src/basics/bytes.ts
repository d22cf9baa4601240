// Byte work that every layer needs and that the language does not bring: this package runs on
// engines with no TextEncoder, no Buffer and no structured clone.
import { ProtocolError } from './errors.ts';

/** @returns all parts, one after another, in a new array */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Compares in time that depends on the lengths alone. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index++) {
    difference |= (left[index] as number) ^ (right[index] as number);
  }
  return difference === 0;
}

/** @returns lower-case hexadecimal */
export function bytesToHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += (byte < 16 ? '0' : '') + byte.toString(16);
  return text;
}

/** @throws ProtocolError `bad-text` unless `text` is an even number of hexadecimal digits */
export function hexToBytes(text: string): Uint8Array {
  if (text.length % 2 !== 0) throw new ProtocolError('bad-text');
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = hexDigit(text.charCodeAt(index * 2)) * 16 + hexDigit(text.charCodeAt(index * 2 + 1));
  }
  return bytes;
}

// By hand: on small engines a regular expression over a long text runs out of scratch memory.
function hexDigit(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const letter = unit | 0x20;
  if (letter >= 0x61 && letter <= 0x66 && unit < 0x80) return letter - 0x57;
  throw new ProtocolError('bad-text');
}

/** Labels and digits: one byte a character. @throws ProtocolError `bad-text` outside ASCII */
export function asciiToBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) throw new ProtocolError('bad-text');
    bytes[index] = unit;
  }
  return bytes;
}

/** @throws ProtocolError `out-of-range` with `path` unless `bytes` are exactly `length` */
export function requireLength(bytes: Uint8Array, length: number, path: string): void {
  if (bytes.length !== length) throw new ProtocolError('out-of-range', path);
}

/** @throws ProtocolError `out-of-range` with `path` unless `value` is an integer from `min` to `max` */
export function requireInteger(
  value: number,
  range: { readonly min: number; readonly max: number },
  path: string,
): void {
  if (!Number.isInteger(value) || value < range.min || value > range.max) {
    throw new ProtocolError('out-of-range', path);
  }
}

/** @returns `value` as 4 bytes, most significant first */
export function uint32ToBytes(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  writeUint(bytes, 0, { value, size: 4 });
  return bytes;
}

/**
 * Writes an unsigned integer of `size` bytes (at most 6), most significant first.
 * @throws ProtocolError `out-of-range` where it does not fit: a counter that wraps silently repeats
 */
export function writeUint(
  target: Uint8Array,
  offset: number,
  number: { readonly value: number; readonly size: number },
): void {
  let rest = number.value;
  if (!Number.isInteger(rest) || rest < 0 || rest >= 256 ** number.size) {
    throw new ProtocolError('out-of-range', 'integer');
  }
  for (let index = number.size - 1; index >= 0; index--) {
    target[offset + index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

/** Reads an unsigned integer of `size` bytes (at most 6), most significant first. */
export function readUint(source: Uint8Array, offset: number, size: number): number {
  let value = 0;
  for (let index = 0; index < size; index++) value = value * 256 + (source[offset + index] as number);
  return value;
}

/** Overwrites key material in place: whoever reads this memory later finds zeros. */
export function wipe(bytes: Uint8Array): void {
  bytes.fill(0);
}
