// A fob's number as people write it: hexadecimal, 4, 7 or 8 bytes, the first byte first.
import { bytesToHex, hexToBytes } from '@smartbox/protocol';
import { ElectronicsError } from './electronics-error.ts';

const UID_BYTES = [4, 7, 8];

/** @returns the UID; throws ElectronicsError `bad-tag` for any other text */
export function parseTagId(text: string): Uint8Array {
  if (!/^[0-9a-fA-F]+$/.test(text) || !UID_BYTES.includes(text.length / 2)) {
    throw new ElectronicsError('bad-tag', 'a fob number is 8, 14 or 16 hexadecimal digits');
  }
  return hexToBytes(text);
}

/** @returns lower-case hexadecimal */
export function formatTagId(uid: Uint8Array): string {
  return bytesToHex(uid);
}
