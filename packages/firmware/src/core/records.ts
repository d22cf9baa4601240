// The byte layouts of the records that hold secrets: factory, root, recovery, login, boot. One format byte each,
// so that a later firmware can tell an older layout; a record that cannot be read counts as absent.
import {
  asciiToBytes,
  type BoxId,
  boxIdFromBytes,
  boxIdToBytes,
  concatBytes,
  limits,
  readUint,
  uint32ToBytes,
} from '@smartbox/protocol';

/** What the factory tool writes, once. */
export interface FactoryRecord {
  readonly boxId: BoxId;
  /** 32 random bytes, known to the box and the registry only. */
  readonly factoryKey: Uint8Array;
}

export interface RootRecord {
  readonly epoch: number;
  readonly rootKey: Uint8Array;
  /**
   * Set only between a recovery and the next handshake: the recovery key that came with this root key. Both
   * change in one atomic write; the `recovery` record is written from it afterwards.
   */
  readonly recoveryKey?: Uint8Array;
}

export interface BootRecord {
  /** The hello block of the newest boot; see `session.ts`. */
  readonly block: number;
  /** Key of the random source for the next boot. */
  readonly randomKey: Uint8Array;
}

const FORMAT = new Uint8Array([1]);
const { keyBytes, boxIdBytes } = limits;

export function encodeFactory(factory: FactoryRecord): Uint8Array {
  return concatBytes(FORMAT, boxIdToBytes(factory.boxId), factory.factoryKey);
}

/** @returns undefined for a board that no factory tool has seen */
export function decodeFactory(record: Uint8Array | undefined): FactoryRecord | undefined {
  const known = formatted(record, 1 + boxIdBytes + keyBytes);
  if (known === undefined) return undefined;
  return { boxId: boxIdFromBytes(known.slice(1, 1 + boxIdBytes)), factoryKey: known.slice(1 + boxIdBytes) };
}

export function encodeRoot(root: RootRecord): Uint8Array {
  return concatBytes(FORMAT, uint32ToBytes(root.epoch), root.rootKey, root.recoveryKey ?? new Uint8Array(0));
}

/** @returns undefined for a box that nobody has claimed */
export function decodeRoot(record: Uint8Array | undefined): RootRecord | undefined {
  const end = 5 + keyBytes;
  const plain = formatted(record, end);
  if (plain !== undefined) return { epoch: readUint(plain, 1, 4), rootKey: plain.slice(5) };
  const both = formatted(record, end + keyBytes);
  if (both === undefined) return undefined;
  return { epoch: readUint(both, 1, 4), rootKey: both.slice(5, end), recoveryKey: both.slice(end) };
}

export function encodeRecovery(recoveryKey: Uint8Array): Uint8Array {
  return concatBytes(FORMAT, recoveryKey);
}

export function decodeRecovery(record: Uint8Array | undefined): Uint8Array | undefined {
  return formatted(record, 1 + keyBytes)?.slice(1);
}

/** @param password ASCII */
export function encodeLogin(password: string): Uint8Array {
  return concatBytes(FORMAT, asciiToBytes(password));
}

export function decodeLogin(record: Uint8Array | undefined): string | undefined {
  if (record === undefined || record[0] !== FORMAT[0]) return undefined;
  let password = '';
  for (let index = 1; index < record.length; index++)
    password += String.fromCharCode(record[index] as number);
  return password;
}

export function encodeBoot(boot: BootRecord): Uint8Array {
  return concatBytes(FORMAT, uint32ToBytes(boot.block), boot.randomKey);
}

export function decodeBoot(record: Uint8Array | undefined): BootRecord | undefined {
  const known = formatted(record, 5 + keyBytes);
  return known === undefined ? undefined : { block: readUint(known, 1, 4), randomKey: known.slice(5) };
}

/** @returns the record if it is of this length and format */
function formatted(record: Uint8Array | undefined, length: number): Uint8Array | undefined {
  return record?.length === length && record[0] === FORMAT[0] ? record : undefined;
}
