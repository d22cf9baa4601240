import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { subtreesOf } from '../../test/subtrees.ts';
import { concatBytes } from '../basics/bytes.ts';
import { nobleCrypto } from '../secure/noble-crypto.ts';
import { frontierAt, frontierLength, frontierRoot, grow } from './frontier.ts';
import { isConsistent, isIncluded } from './merkle-proof.ts';
import { consistencyProof, inclusionProof, leafHash, nodeHash, treeRoot } from './merkle-tree.ts';

const most = 70;
const leaves = Array.from({ length: most }, (_, index) => leafHash(nobleCrypto, new Uint8Array([index, 7])));
const subtree = subtreesOf(leaves);
const rootAt = (size: number) => treeRoot(nobleCrypto, size, subtree);

/** RFC 9162, 2.1.1, as it is written: over a list that is cut in two. */
function naiveRoot(of: readonly Uint8Array[]): Uint8Array {
  if (of.length === 0) return sha256(new Uint8Array());
  if (of.length === 1) return of[0] as Uint8Array;
  const cut = 2 ** Math.floor(Math.log2(of.length - 1));
  return sha256(concatBytes(new Uint8Array([1]), naiveRoot(of.slice(0, cut)), naiveRoot(of.slice(cut))));
}

const sizes = Array.from({ length: most + 1 }, (_, size) => size);
const bent = (hash: Uint8Array, bit: number) =>
  hash.map((byte, place) => (place === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));

describe('a Merkle tree', () => {
  it('has at every size the root of the naive definition', () => {
    for (const size of sizes) expect(rootAt(size)).toEqual(naiveRoot(leaves.slice(0, size)));
  });

  it('has the proofs of the example in RFC 9162, 2.1.5', () => {
    const join = (left: Uint8Array | undefined, right: Uint8Array | undefined) =>
      nodeHash(nobleCrypto, left as Uint8Array, right as Uint8Array);
    const [a, b, c, d, e, f, j] = leaves;
    const [g, h, i] = [join(a, b), join(c, d), join(e, f)];
    const [k, l] = [join(g, h), join(i, j)];
    const path = (index: number) => inclusionProof(nobleCrypto, { index, size: 7 }, subtree);
    const proof = (first: number) => consistencyProof(nobleCrypto, { first, second: 7 }, subtree);
    expect([path(0), path(3), path(4), path(6)]).toEqual([
      [b, h, l],
      [c, g, l],
      [f, j, k],
      [i, k],
    ]);
    expect([proof(3), proof(4), proof(6)]).toEqual([[c, d, g, l], [l], [i, j, k]]);
  });

  it('takes no leaf for a node: the hash of two hashes is not the hash of their bytes', () => {
    const [left, right] = leaves as [Uint8Array, Uint8Array];
    expect(leafHash(nobleCrypto, concatBytes(left, right))).not.toEqual(nodeHash(nobleCrypto, left, right));
  });

  it('proves every leaf of every size, and no other leaf and no other place', () => {
    for (const size of sizes)
      for (let index = 0; index < size; index++) {
        const path = inclusionProof(nobleCrypto, { index, size }, subtree);
        const tree = { size, root: rootAt(size) };
        const claim = (at: number, leaf: number) =>
          isIncluded(nobleCrypto, { index: at, hash: leaves[leaf] as Uint8Array }, tree, path);
        expect(claim(index, index)).toBe(true);
        expect(claim(index, (index + 1) % most)).toBe(false);
        expect(claim((index + 1) % size, index)).toBe(size === 1);
        expect(claim(size, index)).toBe(false);
      }
  });

  it('proves that every size begins with every smaller one', () => {
    for (const second of sizes)
      for (let first = 0; first <= second; first++) {
        const path = consistencyProof(nobleCrypto, { first, second }, subtree);
        const [before, after] = [rootAt(first), rootAt(second)];
        const claim = (firstSize: number, secondSize: number) =>
          isConsistent(
            nobleCrypto,
            { size: firstSize, root: before },
            { size: secondSize, root: after },
            path,
          );
        expect(claim(first, second)).toBe(true);
        if (first < second) expect(claim(second, first)).toBe(false);
        if (first > 0 && first < second) expect(claim(first - 1, second)).toBe(false);
      }
  });

  it('refuses a proof of which one bit was changed, or that is one hash too short or too long', () => {
    const tree = fc
      .integer({ min: 2, max: most })
      .chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1), fc.integer({ min: 1, max: size - 1 })));
    fc.assert(
      fc.property(tree, fc.nat(), fc.nat(255), ([size, index, first], place, bit) => {
        const head = { size, root: rootAt(size) };
        const older = { size: first, root: rootAt(first) };
        const leaf = { index, hash: leaves[index] as Uint8Array };
        for (const [path, holds] of [
          [
            inclusionProof(nobleCrypto, { index, size }, subtree),
            (changed: readonly Uint8Array[]) => isIncluded(nobleCrypto, leaf, head, changed),
          ],
          [
            consistencyProof(nobleCrypto, { first, second: size }, subtree),
            (changed: readonly Uint8Array[]) => isConsistent(nobleCrypto, older, head, changed),
          ],
        ] as const) {
          const at = place % path.length;
          expect(holds(path)).toBe(true);
          expect(holds(path.map((hash, step) => (step === at ? bent(hash, bit) : hash)))).toBe(false);
          expect(holds(path.slice(0, -1))).toBe(false);
          expect(holds([...path, rootAt(1)])).toBe(false);
        }
      }),
      { numRuns: batch(200) },
    );
  });

  it('refuses to prove what is not in it', () => {
    for (const index of [-1, 3, Number.NaN])
      expect(() => inclusionProof(nobleCrypto, { index, size: 3 }, subtree)).toThrow('out-of-range');
    for (const first of [-1, 4, Number.NaN])
      expect(() => consistencyProof(nobleCrypto, { first, second: 3 }, subtree)).toThrow('out-of-range');
  });

  it('computes a root beyond the 32 bits of bit operators from a few dozen hashes', () => {
    const asked: string[] = [];
    const wide = (level: number, index: number) => {
      asked.push(`${level}/${index}`);
      return leafHash(nobleCrypto, new Uint8Array([level]));
    };
    const size = 2 ** 40 + 2 ** 33 + 3;
    const root = treeRoot(nobleCrypto, size, wide);
    expect(asked).toEqual(['40/0', '33/128', `1/${(size - 3) / 2}`, `0/${size - 1}`]);
    const index = 2 ** 40 + 5;
    const path = inclusionProof(nobleCrypto, { index, size }, wide);
    expect(path.length).toBeLessThan(40);
    expect(root).toHaveLength(32);
  });
});

describe('a frontier', () => {
  it('grows leaf by leaf to the root of the whole tree, and tells each subtree once when it is whole', () => {
    let tree = frontierAt(0, subtree);
    const told = new Map<string, Uint8Array>();
    for (const size of sizes.slice(1)) {
      tree = grow(nobleCrypto, tree, leaves[size - 1] as Uint8Array, (level, index, hash) => {
        expect(told.has(`${level}/${index}`)).toBe(false);
        told.set(`${level}/${index}`, hash);
      });
      expect(tree).toEqual(frontierAt(size, subtree));
      expect(tree.hashes).toHaveLength(frontierLength(size));
      expect(frontierRoot(nobleCrypto, tree)).toEqual(rootAt(size));
    }
    for (const [name, hash] of told) {
      const [level, index] = name.split('/').map(Number) as [number, number];
      expect(hash).toEqual(subtree(level, index));
    }
    expect(told.size).toBe(70 + 35 + 17 + 8 + 4 + 2 + 1);
  });

  it('of nothing has the root of no leaf', () => {
    expect(frontierRoot(nobleCrypto, { size: 0, hashes: [] })).toEqual(rootAt(0));
  });
});
