// One record of the audit: what is hashed of it, and how each record names the one before. A record is any JSON object
// with these fields; what else it tells belongs to whoever wrote it and is covered by the hash as it stands.
import { asciiToBytes, bytesToHex } from '../basics/bytes.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import { hex, textLike, whole } from '../json/shape.ts';
import { type Hashing, leafHash } from './merkle-tree.ts';

/** What every record has. */
export interface AuditRecord {
  /** From 1, per tenant, without gaps. The leaf of record n is number n - 1 of the tree. */
  readonly sequence: number;
  /** Hash of the record before, 32 bytes in hexadecimal; zeros for the first. */
  readonly previous_hash: string;
  /** RFC 3339. */
  readonly recorded_at: string;
  /** What it is a record of. */
  readonly kind: string;
}

/** What the first record names as the one before it. */
export const noRecordHash = '00'.repeat(32);

const isSequence = whole(1, Number.MAX_SAFE_INTEGER);
const isHash = hex(32);
const isInstant = textLike(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const isKind = textLike(/^[a-z_]{1,40}$/);

/** Whether a value from outside is a record, apart from its hash. */
export function isAuditRecord(value: unknown): value is AuditRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { sequence, previous_hash, recorded_at, kind } = value as Partial<AuditRecord>;
  return isSequence(sequence) && isHash(previous_hash) && isInstant(recorded_at) && isKind(kind);
}

/** @returns the text whose bytes are the leaf. @throws ProtocolError for a record that has no canonical form */
export function auditRecordText(record: AuditRecord): string {
  return canonicalJson(record);
}

/** @returns the leaf's hash, by which the next record names this one; 32 bytes in hexadecimal */
export function auditRecordHash(crypto: Hashing, record: AuditRecord): string {
  return bytesToHex(leafHash(crypto, asciiToBytes(auditRecordText(record))));
}
