// What a box's log says of an opening that no grant allowed: which code was used up, and the number by which
// the openings that follow refer to it. Half of all grant numbers belongs to the cloud, the other half to boxes.
import { readUint, writeUint } from '../basics/bytes.ts';
import { ProtocolError } from '../basics/errors.ts';
import { limits } from '../basics/limits.ts';

/** How a person proved it, with the number that stands for it for ever. */
const methods = { sheet: 1, booking: 2, phone: 3, authenticator: 4 } as const;

/** See `methods`. */
export type OfflineMethod = keyof typeof methods;

/** A code that was used up. */
export interface OfflineUse {
  readonly method: OfflineMethod;
  /** Of the sheet, or of the booking key; 0 for the other methods. At most 2^24 - 1. */
  readonly generation: number;
  /** Sheet: the cell. Booking: its payload. Phone: the challenge. Authenticator: the 30-second step. */
  readonly number: number;
}

const FIRST_OFFLINE_GRANT = 0x8000_0000;

/** @returns the grant number of the openings under the `code-used` entry with this sequence */
export function offlineGrant(sequence: number): number {
  return FIRST_OFFLINE_GRANT + (sequence % FIRST_OFFLINE_GRANT);
}

/** @returns whether a grant number of the log is a box's own */
export function isOfflineGrant(grant: number): boolean {
  return grant >= FIRST_OFFLINE_GRANT;
}

/** @returns the 8 bytes that stand in the tag field of a `code-used` entry */
export function encodeOfflineUse(use: OfflineUse): Uint8Array {
  const bytes = new Uint8Array(limits.tagBytes);
  bytes[0] = methods[use.method];
  writeUint(bytes, 1, { value: use.generation, size: 3 });
  writeUint(bytes, 4, { value: use.number, size: 4 });
  return bytes;
}

/** @throws ProtocolError `out-of-range` for a method that is not known */
export function decodeOfflineUse(tag: Uint8Array): OfflineUse {
  const method = (Object.keys(methods) as OfflineMethod[]).find((name) => methods[name] === tag[0]);
  if (method === undefined || tag.length !== limits.tagBytes)
    throw new ProtocolError('out-of-range', 'offline-use');
  return { method, generation: readUint(tag, 1, 3), number: readUint(tag, 4, 4) };
}
