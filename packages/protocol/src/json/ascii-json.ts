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

/**
 * Whether a text of JSON names a field of one object twice. Readers disagree which of the two counts, so such a text
 * shows one thing to a person and another to a program. @param value what `readJson` made of it
 */
export function namesTwice(text: string, value: unknown): boolean {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '');
  let colons = 0;
  for (let at = bare.indexOf(':'); at !== -1; at = bare.indexOf(':', at + 1)) colons += 1;
  return colons !== countFields(value);
}

function countFields(value: unknown): number {
  let count = 0;
  const open: unknown[] = [value];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one !== 'object' || one === null) continue;
    const members: unknown[] = Object.values(one);
    if (!Array.isArray(one)) count += members.length;
    for (const member of members) open.push(member);
  }
  return count;
}

/** @returns the value that the bytes say, or undefined where they are no JSON of ASCII characters */
export function readAsciiJson(bytes: Uint8Array): unknown {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return readJson(text);
}
