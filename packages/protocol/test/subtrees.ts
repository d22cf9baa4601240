// The hashes of whole subtrees over leaves in memory, computed from below at each asking.
import { nobleCrypto, nodeHash, type SubtreeHash } from '../src/index.ts';

/** @param leaves hashes of leaves */
export function subtreesOf(leaves: readonly Uint8Array[]): SubtreeHash {
  const subtree: SubtreeHash = (level, index) =>
    level === 0
      ? (leaves[index] as Uint8Array)
      : nodeHash(nobleCrypto, subtree(level - 1, index * 2), subtree(level - 1, index * 2 + 1));
  return subtree;
}
