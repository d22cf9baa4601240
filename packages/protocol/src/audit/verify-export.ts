// Checks an exported audit against the server's public key: every record in its place, every head signed, every head
// the head of these records. Whatever was changed, left out, added or moved since a head was signed shows here.
import { asciiToBytes, bytesToHex, equalBytes, hexToBytes } from '../basics/bytes.ts';
import { ProtocolError } from '../basics/errors.ts';
import type { AuditFile } from './audit-export.ts';
import { type AuditRecord, auditRecordText, noRecordHash } from './audit-record.ts';
import { type Frontier, frontierLength, frontierRoot, grow } from './frontier.ts';
import { isConsistent } from './merkle-proof.ts';
import { type Hashing, leafHash } from './merkle-tree.ts';
import { isHeadSignedBy, type SignedTreeHead } from './tree-head.ts';

/**
 * What does not fit. `gap`: a record is missing, double or out of its order. `broken-chain`: it names another record
 * before it than the one that is there: one of the two was changed. `no-canonical-form`: it is not what was hashed.
 * `not-signed`: a head that this key did not sign. `other-tenant`: a head of somebody else. `other-root`: the records
 * are not those of the newest head. `other-history`: an earlier head, or one that the reader kept, is of other records.
 * `not-covered`: a head that the reader kept is of a tree that ends before this file begins, or after it.
 */
export type AuditFault =
  | 'gap'
  | 'broken-chain'
  | 'no-canonical-form'
  | 'not-signed'
  | 'other-tenant'
  | 'other-root'
  | 'other-history'
  | 'not-covered';

/** An export that does not hold. */
export interface AuditRefused {
  readonly kind: 'refused';
  readonly reason: AuditFault;
  /** The record, or the size of the tree, at which it showed. */
  readonly at: number;
}

/** An export that holds. */
export interface AuditVerified {
  readonly kind: 'verified';
  /** Sequence of the first and the last record; the last is one less than the first in a file without records. */
  readonly first: number;
  readonly last: number;
  /** How many heads were checked besides the newest. */
  readonly earlierHeads: number;
}

/**
 * @param trusted.publicKey 32 bytes, from a source other than the file
 * @param trusted.kept heads that the reader got earlier: against a server that signs another history now
 */
export function verifyAuditExport(
  crypto: Hashing,
  file: AuditFile,
  trusted: { readonly publicKey: Uint8Array; readonly kept: readonly SignedTreeHead[] },
): AuditVerified | AuditRefused {
  const { head, start, records } = file;
  const earlier = [...file.earlier_heads, ...trusted.kept];
  for (const one of [head, ...earlier]) {
    if (one.tenant_id !== file.tenant_id) return refusal('other-tenant', one.tree_size);
    if (!isHeadSignedBy(trusted.publicKey, one)) return refusal('not-signed', one.tree_size);
  }
  const end = start.size + records.length;
  // Every tree begins with the empty one: a file that shows nothing of an audit would prove nothing, and hold.
  if (records.length === 0 && head.tree_size > 0) return refusal('gap', end + 1);
  const uncovered = earlier.find(({ tree_size }) => tree_size < start.size || tree_size > end);
  // A head of more records than there are is the trace of records that were cut off.
  if (uncovered !== undefined)
    return refusal(
      uncovered.tree_size > head.tree_size ? 'other-history' : 'not-covered',
      uncovered.tree_size,
    );
  const grown = growFrom(crypto, file, earlier);
  if ('kind' in grown) return grown;
  const path = file.consistency.map(hexToBytes);
  const newest = { size: head.tree_size, root: hexToBytes(head.root_hash) };
  if (!isConsistent(crypto, { size: end, root: frontierRoot(crypto, grown) }, newest, path))
    return refusal('other-root', end);
  return { kind: 'verified', first: start.size + 1, last: end, earlierHeads: earlier.length };
}

/** The tree after the last record, with the earlier heads checked on the way. */
function growFrom(
  crypto: Hashing,
  { start, records }: AuditFile,
  earlier: readonly SignedTreeHead[],
): Frontier | AuditRefused {
  const expected = new Map<number, Set<string>>();
  for (const { tree_size, root_hash } of earlier)
    expected.set(tree_size, (expected.get(tree_size) ?? new Set()).add(root_hash));
  const fits = (tree: Frontier): boolean => {
    const wanted = expected.get(tree.size);
    if (wanted === undefined) return true;
    return wanted.size === 1 && wanted.has(bytesToHex(frontierRoot(crypto, tree)));
  };
  let tree: Frontier = { size: start.size, hashes: start.subtree_hashes.map(hexToBytes) };
  if (tree.hashes.length !== frontierLength(start.size)) return refusal('other-root', start.size);
  if (!fits(tree)) return refusal('other-history', tree.size);
  let previous = start.size === 0 ? hexToBytes(noRecordHash) : undefined;
  for (const record of records) {
    const at = tree.size + 1;
    if (record.sequence !== at) return refusal('gap', at);
    if (previous !== undefined && !equalBytes(hexToBytes(record.previous_hash), previous))
      return refusal('broken-chain', at);
    previous = leafOf(crypto, record);
    if (previous === undefined) return refusal('no-canonical-form', at);
    tree = grow(crypto, tree, previous);
    if (!fits(tree)) return refusal('other-history', tree.size);
  }
  return tree;
}

function leafOf(crypto: Hashing, record: AuditRecord): Uint8Array | undefined {
  try {
    return leafHash(crypto, asciiToBytes(auditRecordText(record)));
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

function refusal(reason: AuditFault, at: number): AuditRefused {
  return { kind: 'refused', reason, at };
}
