// A box's public name: 8 random bytes, printed as 13 Crockford base32 characters so that it can
// be read aloud and used in an MQTT topic. It carries no meaning and no secret. The label on the
// box adds a check byte, because people mistype.
import { bytesToHex } from './bytes.ts';
import { ProtocolError } from './errors.ts';
import { limits } from './limits.ts';

declare const brand: unique symbol;

/** 13 characters of `[0-9A-HJKMNP-TV-Z]` that stand for 8 bytes. */
export type BoxId = string & { readonly [brand]: 'BoxId' };

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHARACTERS = 13;

/** @throws ProtocolError `bad-id` unless `bytes` are 8 */
export function boxIdFromBytes(bytes: Uint8Array): BoxId {
  if (bytes.length !== limits.boxIdBytes) throw new ProtocolError('bad-id');
  let text = '';
  // 13 characters hold 65 bits: the first carries the top 4 bits of the 64, the rest 5 each.
  for (let index = 0; index < CHARACTERS; index++) {
    const firstBit = index * 5 - 1;
    let value = 0;
    for (let bit = firstBit; bit < firstBit + 5; bit++) {
      const set = bit < 0 ? 0 : ((bytes[bit >> 3] as number) >> (7 - (bit & 7))) & 1;
      value = (value << 1) | set;
    }
    text += ALPHABET[value];
  }
  return text as BoxId;
}

/** @returns the 8 bytes behind an id */
export function boxIdToBytes(boxId: BoxId): Uint8Array {
  const bytes = new Uint8Array(limits.boxIdBytes);
  for (let index = 0; index < CHARACTERS; index++) {
    const value = ALPHABET.indexOf(boxId[index] as string);
    for (let place = 0; place < 5; place++) {
      const bit = index * 5 - 1 + place;
      if (bit >= 0 && (value >> (4 - place)) & 1)
        bytes[bit >> 3] = (bytes[bit >> 3] as number) | (1 << (7 - (bit & 7)));
    }
  }
  return bytes;
}

/** @returns the id, or undefined where `text` is none (small letters and O, I, L are forgiven) */
export function parseBoxId(text: string): BoxId | undefined {
  const typed = text.trim();
  // Checked before it is raised to capitals: outside ASCII, small letters share capitals with ours.
  if (!/^[0-9A-Za-z]{13}$/.test(typed)) return undefined;
  const plain = typed.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  return /^[0-9A-F][0-9A-HJKMNP-TV-Z]{12}$/.test(plain) ? (plain as BoxId) : undefined;
}

/** What the label on the box and its QR code say: `SBX1:<id>:<check>`. No secret. */
export function formatLabel(boxId: BoxId): string {
  return `SBX1:${boxId}:${checkByte(boxId)}`;
}

/** @returns the id on a label, or undefined if the label is malformed or its check byte is wrong */
export function parseLabel(text: string): BoxId | undefined {
  const parts = text.trim().split(':');
  const boxId = parts[1] === undefined ? undefined : parseBoxId(parts[1]);
  if (parts.length !== 3 || parts[0]?.toUpperCase() !== 'SBX1' || boxId === undefined) return undefined;
  return parts[2]?.toLowerCase() === checkByte(boxId) ? boxId : undefined;
}

// CRC-8 with the polynomial x^8+x^2+x+1 (ITU-T I.432.1 without its final XOR).
function checkByte(boxId: BoxId): string {
  let crc = 0;
  for (const byte of boxIdToBytes(boxId)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : (crc << 1) & 0xff;
  }
  return bytesToHex(new Uint8Array([crc]));
}

/** @returns what stands for no request and no order where one could be named */
export function noRequest(): Uint8Array {
  return new Uint8Array(limits.requestBytes);
}
