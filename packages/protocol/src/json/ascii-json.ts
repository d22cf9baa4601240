// JSON of ASCII characters only: the same bytes in every encoding, so that what was sealed or signed here is what
// another program reads, and engines without TextEncoder can write it.
import { asciiToBytes } from '../basics/bytes.ts';

/** @returns JSON without blanks; everything outside ASCII as `\uXXXX` */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The same as bytes. */
export function asciiJsonBytes(value: unknown): Uint8Array {
  return asciiToBytes(asciiJson(value));
}

/** @returns the value, or undefined for a text that is no JSON */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A file that a person chose: what it is not is an answer, not an error.
    return undefined;
  }
}

/** @returns the value that the bytes say, or undefined where they are no JSON of ASCII characters */
export function readAsciiJson(bytes: Uint8Array): unknown {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return readJson(text);
}
