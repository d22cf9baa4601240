// Bytes inside JSON: a Uint8Array is written as {"hex":"…"} and read back as one, so that a line can carry any
// input or output of the core as it is.
import { bytesToHex, hexToBytes } from '@smartbox/protocol';

/** @returns one line of text */
export function encodeLine(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part instanceof Uint8Array ? { hex: bytesToHex(part) } : part,
  );
}

/** @returns what `encodeLine` was given, as far as JSON can say it */
export function decodeLine(text: string): unknown {
  return JSON.parse(text, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && 'hex' in part ? hexToBytes(String(part.hex)) : part,
  );
}
