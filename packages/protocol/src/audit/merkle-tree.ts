// The Merkle tree of RFC 9162, section 2.1: roots and proofs over leaves that are only ever added. It asks for hashes
// of whole subtrees, so that whoever stores those computes a proof from a few dozen of them however long the log is.
import { concatBytes } from '../basics/bytes.ts';
import { ProtocolError } from '../basics/errors.ts';
import type { CryptoProvider } from '../secure/crypto-provider.ts';

/** The one primitive that trees need. */
export type Hashing = Pick<CryptoProvider, 'sha256'>;

/** @returns the hash over the 2^`level` leaves that begin at `index` × 2^`level`; all of them are there */
export type SubtreeHash = (level: number, index: number) => Uint8Array;

// RFC 9162, 2.1.1: different first bytes, so that no leaf can be taken for a node.
const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

/** @returns the hash of one leaf, 32 bytes */
export function leafHash(crypto: Hashing, leaf: Uint8Array): Uint8Array {
  return crypto.sha256(concatBytes(LEAF, leaf));
}

/** @returns the hash over two subtrees, 32 bytes */
export function nodeHash(crypto: Hashing, left: Uint8Array, right: Uint8Array): Uint8Array {
  return crypto.sha256(concatBytes(NODE, left, right));
}

/** RFC 9162, 2.1.1: `MTH(D_n)` for the first `size` leaves. */
export function treeRoot(crypto: Hashing, size: number, subtree: SubtreeHash): Uint8Array {
  return size === 0 ? crypto.sha256(new Uint8Array()) : rangeRoot(crypto, { begin: 0, end: size }, subtree);
}

/**
 * RFC 9162, 2.1.3.1: `PATH(m, D_n)`, from the leaf to the root.
 * @param wanted.index of the leaf, from 0
 * @throws ProtocolError `out-of-range` unless the leaf is in the tree
 */
export function inclusionProof(
  crypto: Hashing,
  wanted: { readonly index: number; readonly size: number },
  subtree: SubtreeHash,
): readonly Uint8Array[] {
  const { index, size } = wanted;
  if (!(index >= 0 && index < size)) throw new ProtocolError('out-of-range', 'inclusion-proof');
  const fromRoot: Uint8Array[] = [];
  let range = { begin: 0, end: size };
  while (range.end - range.begin > 1) {
    const middle = splitOf(range);
    const left = { begin: range.begin, end: middle };
    const right = { begin: middle, end: range.end };
    fromRoot.push(rangeRoot(crypto, index < middle ? right : left, subtree));
    range = index < middle ? left : right;
  }
  return fromRoot.reverse();
}

/**
 * RFC 9162, 2.1.4.1: `PROOF(m, D_n)`: that the tree of `second` leaves begins with the one of `first`. Empty where
 * both are the same, and for the empty tree, with which every tree begins.
 * @throws ProtocolError `out-of-range` when the first is the larger one
 */
export function consistencyProof(
  crypto: Hashing,
  wanted: { readonly first: number; readonly second: number },
  subtree: SubtreeHash,
): readonly Uint8Array[] {
  const { first, second } = wanted;
  if (!(first >= 0 && first <= second)) throw new ProtocolError('out-of-range', 'consistency-proof');
  if (first === 0) return [];
  const fromRoot: Uint8Array[] = [];
  let range = { begin: 0, end: second };
  while (range.end !== first) {
    const middle = splitOf(range);
    const left = { begin: range.begin, end: middle };
    const right = { begin: middle, end: range.end };
    fromRoot.push(rangeRoot(crypto, first <= middle ? right : left, subtree));
    range = first <= middle ? left : right;
  }
  // The verifier knows the first tree's root; of a part of it, it must be told.
  if (range.begin > 0) fromRoot.push(rangeRoot(crypto, range, subtree));
  return fromRoot.reverse();
}

interface Range {
  readonly begin: number;
  /** Exclusive. */
  readonly end: number;
}

function rangeRoot(crypto: Hashing, range: Range, subtree: SubtreeHash): Uint8Array {
  const { begin, end } = range;
  const middle = splitOf(range);
  const width = 2 * (middle - begin);
  // Ranges come from halving a tree, so a whole one begins at a multiple of its own width.
  if (end - begin === 1) return subtree(0, begin);
  if (end - begin === width) return subtree(Math.log2(width), begin / width);
  return nodeHash(
    crypto,
    rangeRoot(crypto, { begin, end: middle }, subtree),
    rangeRoot(crypto, { begin: middle, end }, subtree),
  );
}

/** Where the RFC splits a range: after the largest power of two that is smaller than its length. */
function splitOf({ begin, end }: Range): number {
  let half = 1;
  while (half * 2 < end - begin) half *= 2;
  return begin + half;
}
