// Checks proofs of the Merkle tree by the algorithms of RFC 9162, sections 2.1.3.2 and 2.1.4.2: from a root that was
// signed and a few hashes, without the log.
import { equalBytes } from '../basics/bytes.ts';
import { type Hashing, nodeHash } from './merkle-tree.ts';

/** A tree, as a signed head names it. */
export interface TreeState {
  readonly size: number;
  readonly root: Uint8Array;
}

/** RFC 9162, 2.1.3.2. @returns whether the leaf stands at `index` of the tree */
export function isIncluded(
  crypto: Hashing,
  leaf: { readonly index: number; readonly hash: Uint8Array },
  tree: TreeState,
  path: readonly Uint8Array[],
): boolean {
  if (!(leaf.index >= 0 && leaf.index < tree.size)) return false;
  let place = leaf.index;
  let last = tree.size - 1;
  let hash = leaf.hash;
  for (const other of path) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      hash = nodeHash(crypto, other, hash);
      while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      hash = nodeHash(crypto, hash, other);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && equalBytes(hash, tree.root);
}

/** RFC 9162, 2.1.4.2. @returns whether `second` begins with all that `first` holds */
export function isConsistent(
  crypto: Hashing,
  first: TreeState,
  second: TreeState,
  path: readonly Uint8Array[],
): boolean {
  if (first.size > second.size) return false;
  if (first.size === second.size) return path.length === 0 && equalBytes(first.root, second.root);
  if (first.size === 0) return path.length === 0 && equalBytes(first.root, crypto.sha256(new Uint8Array()));
  const [begin, ...rest] = isPowerOfTwo(first.size) ? [first.root, ...path] : path;
  if (begin === undefined) return false;
  let place = first.size - 1;
  let last = second.size - 1;
  while (isOdd(place)) [place, last] = [half(place), half(last)];
  let [firstRoot, secondRoot] = [begin, begin];
  for (const other of rest) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      firstRoot = nodeHash(crypto, other, firstRoot);
      secondRoot = nodeHash(crypto, other, secondRoot);
      while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      secondRoot = nodeHash(crypto, secondRoot, other);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && equalBytes(firstRoot, first.root) && equalBytes(secondRoot, second.root);
}

// Division instead of shifts: sizes may outgrow the 32 bits of JavaScript's bit operators.
function half(number: number): number {
  return Math.floor(number / 2);
}

function isOdd(number: number): boolean {
  return number % 2 === 1;
}

function isPowerOfTwo(number: number): boolean {
  let rest = number;
  while (rest > 1 && !isOdd(rest)) rest /= 2;
  return rest === 1;
}
