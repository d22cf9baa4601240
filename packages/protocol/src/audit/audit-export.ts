// The file that an auditor takes away: a stretch of the records, the signed heads, and what ties them together. To
// check it needs the server's public key and no server.
import { namesTwice, readJson } from '../json/ascii-json.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import { type Check, fields, hex, list, textLike, whole } from '../json/shape.ts';
import { type AuditRecord, isAuditRecord } from './audit-record.ts';
import { isSignedTreeHead, type SignedTreeHead } from './tree-head.ts';

const FAMILY = 'smartbox-audit-';
const FORMAT = `${FAMILY}1`;

/** The most that one file holds: made without anybody waiting for it, and small enough for a mail. */
export const auditExportLimits = {
  records: 20_000,
  heads: 100,
} as const;

/** What stands before the first record of the file. */
export interface AuditStart {
  /** How many records: 0 for a file from the beginning. */
  readonly size: number;
  /** The frontier of the tree of `size` leaves. Hexadecimal. */
  readonly subtree_hashes: readonly string[];
}

/** A file. */
export interface AuditExport {
  readonly tenant_id: string;
  readonly start: AuditStart;
  /** Without gaps, from `start.size` + 1. */
  readonly records: readonly AuditRecord[];
  /** Heads that were signed earlier, of trees that end within the file; oldest first. */
  readonly earlier_heads: readonly SignedTreeHead[];
  /** The newest head. */
  readonly head: SignedTreeHead;
  /** That the head's tree begins with the records up to the file's last. Hexadecimal. */
  readonly consistency: readonly string[];
}

/** A file as it was read. What it says may still be false. */
export interface AuditFile extends AuditExport {
  readonly kind: 'file';
}

/** Why a text is no file that can be checked. */
export interface AuditUnreadable {
  readonly kind: 'refused';
  readonly reason: 'no-export' | 'unknown-version' | 'damaged';
}

const hashes = list(hex(32), 64);

const isExport: Check<AuditExport & { readonly format: string }> = fields({
  format: textLike(new RegExp(`^${FORMAT}$`)),
  tenant_id: textLike(/^[\x21-\x7e]{1,64}$/),
  start: fields<AuditStart>({
    size: whole(0, Number.MAX_SAFE_INTEGER),
    subtree_hashes: hashes,
  }),
  records: list(isAuditRecord, auditExportLimits.records),
  earlier_heads: list(isSignedTreeHead, auditExportLimits.heads),
  head: isSignedTreeHead,
  consistency: list(hex(32), 128),
});

/**
 * @param recordTexts from `auditRecordText`, in order
 * @returns the text of the file: ASCII, one record on each line
 */
export function auditExportText(made: Omit<AuditExport, 'records'>, recordTexts: readonly string[]): string {
  const { tenant_id, start, earlier_heads, head, consistency } = made;
  const facts = canonicalJson({ format: FORMAT, tenant_id, start, earlier_heads, head, consistency });
  return `${facts.slice(0, -1)},"records":[\n${recordTexts.join(',\n')}\n]}\n`;
}

/** Reads a file; see `verifyAuditExport` for what comes next. */
export function readAuditExport(text: string): AuditFile | AuditUnreadable {
  const value = readJson(text);
  const { format } = (value ?? {}) as { readonly format?: unknown };
  if (typeof format !== 'string' || !format.startsWith(FAMILY))
    return { kind: 'refused', reason: 'no-export' };
  if (format !== FORMAT) return { kind: 'refused', reason: 'unknown-version' };
  if (!isExport(value) || namesTwice(text, value)) return { kind: 'refused', reason: 'damaged' };
  const { tenant_id, start, records, earlier_heads, head, consistency } = value;
  return { kind: 'file', tenant_id, start, records, earlier_heads, head, consistency };
}
