// A tree that grows leaf by leaf and remembers no leaf: the roots of its whole subtrees, at most one of each height,
// are all that its root and its next leaf need.
import { type Hashing, nodeHash, type SubtreeHash, treeRoot } from './merkle-tree.ts';

/** The right edge of a tree. */
export interface Frontier {
  /** Leaves so far. */
  readonly size: number;
  /** Roots of the whole subtrees, from the widest to the narrowest: one for each bit that is set in `size`. */
  readonly hashes: readonly Uint8Array[];
}

/** The edge of the tree of the first `size` leaves. */
export function frontierAt(size: number, subtree: SubtreeHash): Frontier {
  const hashes: Uint8Array[] = [];
  let begin = 0;
  for (let level = Math.floor(Math.log2(Math.max(1, size))); level >= 0; level--) {
    const width = 2 ** level;
    if (size - begin < width) continue;
    hashes.push(subtree(level, begin / width));
    begin += width;
  }
  return { size, hashes };
}

/**
 * @param leaf the hash of the next leaf
 * @param whole told of every subtree that this leaf completes, from the leaf itself upwards
 */
export function grow(
  crypto: Hashing,
  frontier: Frontier,
  leaf: Uint8Array,
  whole: (level: number, index: number, hash: Uint8Array) => void = () => {},
): Frontier {
  const hashes = [...frontier.hashes];
  let hash = leaf;
  let place = frontier.size;
  let level = 0;
  whole(level, place, hash);
  while (place % 2 === 1) {
    hash = nodeHash(crypto, hashes.pop() as Uint8Array, hash);
    place = (place - 1) / 2;
    level += 1;
    whole(level, place, hash);
  }
  hashes.push(hash);
  return { size: frontier.size + 1, hashes };
}

/** @returns the root of the tree; a frontier with the wrong number of hashes has the root of no tree */
export function frontierRoot(crypto: Hashing, { size, hashes }: Frontier): Uint8Array {
  if (size === 0) return treeRoot(crypto, 0, () => new Uint8Array());
  return hashes.reduceRight((right, left) => nodeHash(crypto, left, right));
}

/** @returns how many hashes the frontier of a tree has */
export function frontierLength(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
