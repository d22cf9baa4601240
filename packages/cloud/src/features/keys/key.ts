// A key, its fob, and where it is. Pure. Where a key lies is what the sensors say: the bin that senses
// its fob. Who has it is what the log of the box told when it was taken.

import { type BoxId, bytesToHex, limits } from '@smartbox/protocol';

/** A key that is managed. */
export interface Key {
  /** `key_…` */
  readonly keyId: string;
  readonly locationId: string;
  readonly name: string;
  /** What is printed on the fob. */
  readonly fobLabel: string;
  /** What the fob says to a reader: 8 bytes, left-aligned. */
  readonly fobTag: Uint8Array;
  readonly rev: number;
  readonly createdAtMs: number;
}

/** The last withdrawal of a key that has not come back. */
export interface Custody {
  readonly boxId: BoxId;
  readonly bin: number;
  /** The box's grant under which it was taken; 0 for none. */
  readonly grant: number;
  /** The code of that grant; null where nobody is known. */
  readonly codeId: string | null;
  /** Who it was given to by ID code or badge; null where nobody is known. */
  readonly personId: string | null;
  readonly takenAtMs: number;
}

/** A bin that senses a key's fob. */
export interface Sensed {
  readonly boxId: BoxId;
  readonly bin: number;
  readonly sinceMs: number | null;
}

/** Where a key is: in a bin, out with somebody, or never seen yet. */
export type Whereabouts =
  | { readonly kind: 'in-bin'; readonly sensed: Sensed }
  | { readonly kind: 'out'; readonly custody: Custody }
  | { readonly kind: 'unknown' };

/**
 * @returns where the key is. A box that was offline may still believe that it holds a key which was
 * taken out of it or of another box since: the later word counts.
 */
export function whereabouts(sensed: Sensed | undefined, custody: Custody | undefined): Whereabouts {
  if (sensed === undefined) return custody === undefined ? { kind: 'unknown' } : { kind: 'out', custody };
  const isOlder = custody !== undefined && (sensed.sinceMs ?? 0) < custody.takenAtMs;
  return isOlder ? { kind: 'out', custody } : { kind: 'in-bin', sensed };
}

/** @returns a tag as 8 bytes, from any number of bytes up to that; undefined for none or too many */
export function padTag(tag: Uint8Array): Uint8Array | undefined {
  if (tag.length === 0 || tag.length > limits.tagBytes || tag.every((byte) => byte === 0)) return undefined;
  const padded = new Uint8Array(limits.tagBytes);
  padded.set(tag);
  return padded;
}

/** @returns the tag in a person's or a reader's hexadecimal, with or without separators */
export function readTag(text: string): Uint8Array | undefined {
  const digits = text.normalize('NFKC').replace(/[\s:-]/g, '');
  if (!/^([0-9a-fA-F]{8}|[0-9a-fA-F]{14}|[0-9a-fA-F]{16})$/.test(digits)) return undefined;
  return padTag(new Uint8Array(Buffer.from(digits, 'hex')));
}

/** @returns a tag as readers print it: 4, 7 or 8 bytes in hexadecimal, without the padding */
export function showTag(tag: Uint8Array): string {
  const ends = (from: number): boolean => tag.subarray(from).every((byte) => byte === 0);
  return bytesToHex(tag.subarray(0, ends(4) ? 4 : ends(7) ? 7 : limits.tagBytes));
}
