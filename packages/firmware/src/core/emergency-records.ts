// The byte layouts of the emergency records: keys with their generation, the cells of a sheet that are used up, the
// enrolled authenticator, and the rules with their version. One format byte each, as in records.ts; a record that
// cannot be read counts as absent, except where that would open something.
import { concatBytes, limits, readUint, writeUint } from '@smartbox/protocol';

/** A key for openings without the cloud. Fields that a kind of key does not have are 0. */
export interface StoredKey {
  readonly generation: number;
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** Unix ms: when its sheet ends. */
  readonly untilMs: number;
  readonly cellsPerBin: number;
  readonly cellsForAll: number;
  /** Unix ms: a key that was replaced is good until then; 0 for one in force. */
  readonly goodUntilMs: number;
}

/** What is used up of one generation of sheets. */
export interface UsedCells {
  readonly generation: number;
  /** Closed by its revocation code. */
  readonly revoked: boolean;
  /** How many cells are used of each target, index 0 for all bins: cells are used in order. 32 bytes. */
  readonly used: Uint8Array;
}

export interface Authenticator {
  /** 20 bytes, or empty where none is enrolled. */
  readonly key: Uint8Array;
  /** The newest 30 seconds whose code was taken; never falls. */
  readonly lastStep: number;
}

export interface EmergencyRules {
  /** Of the desired state that is in force. */
  readonly version: number;
  /** A booking must be used within this many hours of its start; 0 for no such rule. */
  readonly firstUseHours: number;
  readonly sleepAfterMs: number;
  readonly awakeMs: number;
  /** Bins in the order in which all are opened; the others follow. */
  readonly openOrder: Uint8Array;
}

const FORMAT = 1;
/** Places: format 0, generation 1, until 4, cells 10 and 11, good until 12, key 18. */
const KEY_AT = 18;
const CELLS_AT = 5;
const TARGETS = limits.sheetBins + 1;
const ORDER_AT = 14;

/** @param stored undefined for no key: the record is emptied, and the key it held is gone from flash */
export function encodeKey(stored: StoredKey | undefined): Uint8Array {
  if (stored === undefined) return new Uint8Array([FORMAT]);
  const head = new Uint8Array(KEY_AT);
  head[0] = FORMAT;
  writeUint(head, 1, { value: stored.generation, size: 3 });
  writeUint(head, 4, { value: stored.untilMs, size: 6 });
  head[10] = stored.cellsPerBin;
  head[11] = stored.cellsForAll;
  writeUint(head, 12, { value: stored.goodUntilMs, size: 6 });
  return concatBytes(head, stored.key);
}

export function decodeKey(record: Uint8Array | undefined): StoredKey | undefined {
  if (record?.length !== KEY_AT + limits.keyBytes || record[0] !== FORMAT) return undefined;
  return {
    generation: readUint(record, 1, 3),
    untilMs: readUint(record, 4, 6),
    cellsPerBin: record[10] as number,
    cellsForAll: record[11] as number,
    goodUntilMs: readUint(record, 12, 6),
    key: record.slice(KEY_AT),
  };
}

/** @returns cells of which none is used */
export function freshCells(generation: number): UsedCells {
  return { generation, revoked: false, used: new Uint8Array(TARGETS) };
}

export function encodeCells(cells: UsedCells): Uint8Array {
  const head = new Uint8Array(CELLS_AT);
  head[0] = FORMAT;
  writeUint(head, 1, { value: cells.generation, size: 3 });
  head[4] = cells.revoked ? 1 : 0;
  return concatBytes(head, cells.used);
}

/**
 * @param generation of the sheet that the cells should belong to, undefined where there is no sheet
 * @returns its cells; none used where the record is of an older sheet, all closed where it tells nothing sure
 */
export function decodeCells(record: Uint8Array | undefined, generation: number | undefined): UsedCells {
  const known = record?.length === CELLS_AT + TARGETS && record[0] === FORMAT;
  const of = known ? readUint(record, 1, 3) : 0;
  const wanted = generation ?? of;
  if (record === undefined || (known && of < wanted)) return freshCells(wanted);
  // Damage must be no way in, and a record of a newer sheet says nothing of an older one.
  if (!known || of > wanted) return { ...freshCells(wanted), revoked: true };
  return { generation: of, revoked: record[4] !== 0, used: record.slice(CELLS_AT) };
}

export function encodeAuthenticator({ key, lastStep }: Authenticator): Uint8Array {
  const head = new Uint8Array(6);
  head[0] = FORMAT;
  writeUint(head, 1, { value: lastStep, size: 5 });
  return concatBytes(head, key);
}

export function decodeAuthenticator(record: Uint8Array | undefined): Authenticator {
  const known = record !== undefined && record.length >= 6 && record[0] === FORMAT;
  if (!known) return { key: new Uint8Array(0), lastStep: 0 };
  return { lastStep: readUint(record, 1, 5), key: record.slice(6) };
}

export function encodeRules(rules: EmergencyRules): Uint8Array {
  const head = new Uint8Array(ORDER_AT);
  head[0] = FORMAT;
  writeUint(head, 1, { value: rules.version, size: 4 });
  head[5] = rules.firstUseHours;
  writeUint(head, 6, { value: rules.sleepAfterMs, size: 4 });
  writeUint(head, 10, { value: rules.awakeMs, size: 4 });
  return concatBytes(head, rules.openOrder);
}

/** @returns undefined for a box that was told none */
export function decodeRules(record: Uint8Array | undefined): EmergencyRules | undefined {
  if (record === undefined || record.length < ORDER_AT || record[0] !== FORMAT) return undefined;
  return {
    version: readUint(record, 1, 4),
    firstUseHours: record[5] as number,
    sleepAfterMs: readUint(record, 6, 4),
    awakeMs: readUint(record, 10, 4),
    openOrder: record.slice(ORDER_AT),
  };
}
