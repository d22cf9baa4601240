// The tree over a tenant's records: from stored subtrees, and from the records themselves where none is stored yet, so
// that a head or a proof can be given at any moment.

import {
  bytesToHex,
  type CryptoProvider,
  frontierAt,
  grow,
  hexToBytes,
  nodeHash,
  type SignedTreeHead,
  type SubtreeHash,
  signTreeHead,
  treeRoot,
} from '@smartbox/protocol';
import { InvariantBroken } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { AuditStore, StoredHead } from './store.ts';

type Hashing = Pick<CryptoProvider, 'sha256'>;

/** What signing needs. */
export interface HeadPorts {
  readonly crypto: Hashing;
  /** Ed25519 secret, 32 bytes. */
  readonly signingKey: Uint8Array;
  readonly stores: (tenantId: TenantId) => AuditStore;
}

/** The subtrees of one tenant's records. */
export function subtreesOf(crypto: Hashing, store: AuditStore): SubtreeHash {
  const subtree: SubtreeHash = (level, place) => {
    if (level === 0) return store.hash(place + 1) ?? missing(place + 1);
    const stored = store.subtree(level, place);
    return stored ?? nodeHash(crypto, subtree(level - 1, place * 2), subtree(level - 1, place * 2 + 1));
  };
  return subtree;
}

/** Stores the subtrees that the records from `from` (exclusive) to `to` complete. */
export function storeSubtrees(
  crypto: Hashing,
  store: AuditStore,
  range: { readonly from: number; readonly to: number },
): void {
  let tree = frontierAt(range.from, subtreesOf(crypto, store));
  for (let sequence = range.from + 1; sequence <= range.to; sequence++) {
    const leaf = store.hash(sequence) ?? missing(sequence);
    tree = grow(crypto, tree, leaf, (level, place, hash) => {
      if (level > 0) store.addSubtree(level, place, hash);
    });
  }
}

/** @returns a head of the first `size` records, signed now */
export function signHead(
  ports: HeadPorts,
  tenantId: TenantId,
  at: { readonly size: number; readonly atMs: number },
): SignedTreeHead {
  const root = treeRoot(ports.crypto, at.size, subtreesOf(ports.crypto, ports.stores(tenantId)));
  const head = { tenant_id: tenantId, tree_size: at.size, root_hash: bytesToHex(root), timestamp: at.atMs };
  return signTreeHead(ports.signingKey, head);
}

/** A head as it is stored. */
export function toStored(head: SignedTreeHead): StoredHead {
  return {
    size: head.tree_size,
    rootHash: hexToBytes(head.root_hash),
    signedAtMs: head.timestamp,
    signature: hexToBytes(head.signature),
  };
}

/** A head as it is given out. */
export function fromStored(tenantId: TenantId, head: StoredHead): SignedTreeHead {
  return {
    tenant_id: tenantId,
    tree_size: head.size,
    root_hash: bytesToHex(head.rootHash),
    timestamp: head.signedAtMs,
    signature: bytesToHex(head.signature),
  };
}

function missing(sequence: number): never {
  throw new InvariantBroken(`the audit has no record ${sequence}`);
}
