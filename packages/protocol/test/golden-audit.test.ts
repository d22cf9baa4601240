// The audit's tree, heads and files against what the Python script computed from the standards, and against the known
// answers of Certificate Transparency's own tests, which neither of us computed.
import { describe, expect, it } from 'vitest';
import {
  type AuditRecord,
  auditPublicKey,
  auditRecordHash,
  auditRecordText,
  bytesToHex,
  consistencyProof,
  inclusionProof,
  isConsistent,
  isHeadSignedBy,
  isIncluded,
  leafHash,
  nobleCrypto,
  readAuditExport,
  type SignedTreeHead,
  type SubtreeHash,
  signTreeHead,
  treeRoot,
  verifyAuditExport,
} from '../src/index.ts';
import { readGolden } from './read-vectors.ts';
import { subtreesOf } from './subtrees.ts';

interface Golden {
  readonly trees: readonly {
    readonly size: number;
    readonly root: Uint8Array;
    readonly paths: readonly (readonly Uint8Array[])[];
    readonly proofs: readonly (readonly Uint8Array[])[];
  }[];
  readonly leaves: readonly Uint8Array[];
  readonly signingKey: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly records: readonly { readonly record: string; readonly text: string; readonly hash: Uint8Array }[];
  readonly heads: readonly SignedTreeHead[];
  readonly exports: readonly string[];
}

const golden = readGolden<Golden>('audit');
const leaves = golden.leaves.map((leaf) => leafHash(nobleCrypto, leaf));
const subtree: SubtreeHash = subtreesOf(leaves);
const hex = (hashes: readonly Uint8Array[]) => hashes.map(bytesToHex);

/** transparency-dev/merkle, testonly: roots of the first 1 to 8 reference leaves. */
const knownRoots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** The same project's proofs, by the leaf's index and the tree's size. */
const knownPaths = [
  {
    index: 0,
    size: 8,
    path: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    index: 5,
    size: 8,
    path: [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  { index: 2, size: 3, path: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'] },
  {
    index: 1,
    size: 5,
    path: [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
];

describe('the tree of the audit', () => {
  it('has the roots that Certificate Transparency publishes, and for no leaf the hash of nothing', () => {
    expect(knownRoots.map((_, index) => bytesToHex(treeRoot(nobleCrypto, index + 1, subtree)))).toEqual(
      knownRoots,
    );
    expect(bytesToHex(treeRoot(nobleCrypto, 0, subtree))).toMatch(/^e3b0c44298fc1c14/);
  });

  it('has the inclusion proofs that Certificate Transparency publishes', () => {
    for (const { index, size, path } of knownPaths)
      expect(hex(inclusionProof(nobleCrypto, { index, size }, subtree))).toEqual(path);
  });

  it('has the roots and the proofs of the recursive definitions, and its checks accept them', () => {
    for (const { size, root, paths, proofs } of golden.trees) {
      const tree = { size, root };
      expect(treeRoot(nobleCrypto, size, subtree)).toEqual(root);
      for (const [index, path] of paths.entries()) {
        expect(inclusionProof(nobleCrypto, { index, size }, subtree)).toEqual(path);
        const leaf = { index, hash: leaves[index] as Uint8Array };
        expect(isIncluded(nobleCrypto, leaf, tree, path)).toBe(true);
      }
      for (const [first, path] of proofs.entries()) {
        expect(consistencyProof(nobleCrypto, { first, second: size }, subtree)).toEqual(path);
        const before = { size: first, root: treeRoot(nobleCrypto, first, subtree) };
        expect(isConsistent(nobleCrypto, before, tree, path)).toBe(true);
      }
    }
  });
});

describe('the records, heads and files of the audit', () => {
  it('writes a record as every language writes it, and hashes those bytes', () => {
    for (const { record, text, hash } of golden.records) {
      const read = JSON.parse(record) as AuditRecord;
      expect(auditRecordText(read)).toBe(text);
      expect(auditRecordHash(nobleCrypto, read)).toBe(bytesToHex(hash));
    }
  });

  it('signs a head as RFC 8032 says', () => {
    expect(auditPublicKey(golden.signingKey)).toEqual(golden.publicKey);
    for (const head of golden.heads) {
      const { signature, ...unsigned } = head;
      expect(signTreeHead(golden.signingKey, unsigned).signature).toBe(signature);
      expect(isHeadSignedBy(golden.publicKey, head)).toBe(true);
    }
  });

  it('accepts a file that another program wrote: from the beginning, from the middle, up to the end or not', () => {
    const outcomes = golden.exports.map((text) => {
      const file = readAuditExport(text);
      if (file.kind === 'refused') return file;
      return verifyAuditExport(nobleCrypto, file, { publicKey: golden.publicKey, kept: [] });
    });
    expect(outcomes).toEqual([
      { kind: 'verified', first: 1, last: 11, earlierHeads: 11 },
      { kind: 'verified', first: 1, last: 6, earlierHeads: 7 },
      { kind: 'verified', first: 6, last: 9, earlierHeads: 5 },
      { kind: 'verified', first: 9, last: 11, earlierHeads: 3 },
    ]);
  });
});
