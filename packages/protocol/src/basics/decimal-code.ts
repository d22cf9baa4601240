// Secret bytes to digits that a person types. Shared by every code that a box compares, so
// that no two of them round in their own way.
import { readUint } from './bytes.ts';

/** @returns the first 64 bits of `mac` modulo 10^`digits`, with leading zeros. @param digits at most 10 */
export function decimalCode(mac: Uint8Array, digits: number): string {
  const modulus = 10 ** digits;
  let value = 0;
  // Byte by byte: no step leaves the exact integers.
  for (const byte of mac.subarray(0, 8)) value = (value * 256 + byte) % modulus;
  return String(value).padStart(digits, '0');
}

/** RFC 4226, 5.3: dynamic truncation. @param mac of any hash, at least 20 bytes; @param digits 6 to 8 */
export function truncatedCode(mac: Uint8Array, digits: number): string {
  const offset = (mac[mac.length - 1] as number) & 0xf;
  const value = readUint(mac, offset, 4) % 0x8000_0000;
  return String(value % 10 ** digits).padStart(digits, '0');
}

/** @returns whether two codes are the same, in a time that does not tell where they differ */
export function sameCode(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index++) {
    difference |= left.charCodeAt(index) ^ right.charCodeAt(index);
  }
  return difference === 0;
}
