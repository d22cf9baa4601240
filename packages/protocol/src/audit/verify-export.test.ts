import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { readGolden } from '../../test/read-vectors.ts';
import { subtreesOf } from '../../test/subtrees.ts';
import { bytesToHex, hexToBytes } from '../basics/bytes.ts';
import { nobleCrypto } from '../secure/noble-crypto.ts';
import { type AuditExport, type AuditFile, auditExportText, readAuditExport } from './audit-export.ts';
import { type AuditRecord, auditRecordHash, auditRecordText, noRecordHash } from './audit-record.ts';
import { treeRoot } from './merkle-tree.ts';
import { type SignedTreeHead, signTreeHead } from './tree-head.ts';
import { verifyAuditExport } from './verify-export.ts';

const golden = readGolden<{
  readonly signingKey: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly heads: readonly SignedTreeHead[];
  readonly exports: readonly string[];
}>('audit');

const { publicKey } = golden;

function fileOf(text: string): AuditFile {
  const file = readAuditExport(text);
  if (file.kind === 'refused') throw new RangeError(file.reason);
  return file;
}

const files = golden.exports.map(fileOf);
const [whole, beginning, middle] = files as [AuditFile, AuditFile, AuditFile, AuditFile];

/** What comes of a file: what it covers, or why it does not hold. */
function outcome(file: AuditFile, kept: readonly SignedTreeHead[] = []): string {
  const result = verifyAuditExport(nobleCrypto, file, { publicKey, kept });
  return result.kind === 'verified' ? `${result.first} to ${result.last}` : result.reason;
}

/** The records chained anew, as by somebody who changes the database and does not stop there. */
function chained(records: readonly AuditRecord[]): readonly AuditRecord[] {
  let previous = noRecordHash;
  return records.map((record, index) => {
    const placed = { ...record, sequence: index + 1, previous_hash: previous };
    previous = auditRecordHash(nobleCrypto, placed);
    return placed;
  });
}

/** A head over other records, signed by whoever has the key. */
function headOf(records: readonly AuditRecord[], signingKey = golden.signingKey): SignedTreeHead {
  const leaves = records.map((record) => hexToBytes(auditRecordHash(nobleCrypto, record)));
  const root = treeRoot(nobleCrypto, leaves.length, subtreesOf(leaves));
  return signTreeHead(signingKey, {
    ...{ tenant_id: whole.tenant_id, tree_size: leaves.length, root_hash: bytesToHex(root), timestamp: 1 },
  });
}

describe('an exported audit', () => {
  it('holds as it was written, whichever part of the records it has (SEC-14)', () => {
    expect(files.map((file) => outcome(file))).toEqual(['1 to 11', '1 to 6', '6 to 9', '9 to 11']);
  });

  it('holds without any record: the head of an empty audit', () => {
    const empty: AuditFile = {
      ...{ ...whole, records: [], earlier_heads: [], head: golden.heads[0] as SignedTreeHead },
    };
    expect(outcome(empty)).toBe('1 to 0');
  });

  it('is the same after its text was written and read again', () => {
    const { records, kind: _, ...facts } = whole;
    expect(fileOf(auditExportText(facts, records.map(auditRecordText)))).toEqual(whole);
  });

  it('does not hold when any one field of any record was changed (SEC-14)', () => {
    // Without earlier heads: what they add is tried below, and each costs a signature.
    for (const file of files.map((one) => ({ ...one, earlier_heads: [] })))
      for (const [index, record] of file.records.entries())
        for (const [name, value] of Object.entries(record)) {
          const changed =
            typeof value === 'number' ? value + 1 : name === 'previous_hash' ? '11'.repeat(32) : 'x';
          const records = file.records.with(index, { ...record, [name]: changed });
          expect(outcome({ ...file, records })).toMatch(/gap|broken-chain|other-root/);
        }
  });

  it('does not hold when a record was added to, or lost a field (SEC-14)', () => {
    for (const [index, record] of whole.records.entries()) {
      const { kind: _, ...less } = record;
      for (const changed of [{ ...record, more: null }, less as AuditRecord])
        expect(
          outcome({ ...whole, earlier_heads: [], records: whole.records.with(index, changed) }),
        ).not.toMatch(/ to /);
    }
  });

  it('names the first record that no longer fits', () => {
    const records = whole.records.with(4, { ...whole.records[4], note: 'changed' } as unknown as AuditRecord);
    const file = { ...whole, earlier_heads: [], records };
    const trusted = { publicKey, kept: [] };
    expect(verifyAuditExport(nobleCrypto, file, trusted)).toEqual({
      kind: 'refused',
      reason: 'broken-chain',
      at: 6,
    });
  });

  it.each([
    ['the first', (all: readonly AuditRecord[]) => all.slice(1), 'gap'],
    ['one in the middle', (all: readonly AuditRecord[]) => all.toSpliced(5, 1), 'gap'],
    ['the last', (all: readonly AuditRecord[]) => all.slice(0, -1), 'other-root'],
    ['all', () => [], 'gap'],
  ])('does not hold when %s was left out (SEC-14)', (_which, cut, reason) => {
    expect(outcome({ ...whole, earlier_heads: [], records: cut(whole.records) })).toBe(reason);
  });

  it('does not hold when records were swapped, doubled or made up (SEC-14)', () => {
    const [a, b] = whole.records as [AuditRecord, AuditRecord];
    const made = {
      ...b,
      sequence: 12,
      previous_hash: auditRecordHash(nobleCrypto, whole.records.at(-1) ?? a),
    };
    const bare = { ...whole, earlier_heads: [] };
    expect(outcome({ ...bare, records: whole.records.with(0, b).with(1, a) })).toBe('gap');
    expect(outcome({ ...bare, records: whole.records.toSpliced(1, 0, a) })).toBe('gap');
    expect(outcome({ ...bare, records: [...whole.records, made] })).toBe('other-root');
  });

  it('does not hold when everything was computed anew, but for the signature (SEC-14)', () => {
    const records = chained(whole.records.toSpliced(5, 1));
    const own = headOf(records, new Uint8Array(32).fill(1));
    const rewritten = { ...whole, records, earlier_heads: [] };
    expect(outcome({ ...rewritten, consistency: [] })).toBe('other-root');
    expect(outcome({ ...rewritten, head: own })).toBe('not-signed');
    expect(outcome({ ...rewritten, head: { ...own, signature: whole.head.signature } })).toBe('not-signed');
  });

  it('does not hold when any field of a head was changed (SEC-14)', () => {
    const changes = {
      tenant_id: 'ten_other',
      tree_size: whole.head.tree_size + 1,
      root_hash: '22'.repeat(32),
      timestamp: whole.head.timestamp + 1,
      signature: '33'.repeat(64),
    };
    for (const [name, value] of Object.entries(changes)) {
      const head = { ...whole.head, [name]: value };
      const wanted = name === 'tenant_id' ? 'other-tenant' : 'not-signed';
      expect(outcome({ ...whole, head })).toBe(wanted);
      expect(outcome({ ...whole, earlier_heads: [{ ...whole.earlier_heads[2], ...head }] })).toBe(wanted);
    }
    expect(outcome({ ...whole, tenant_id: 'ten_other' })).toBe('other-tenant');
  });

  it('does not hold with another key, or with bytes that are no key', () => {
    for (const other of [golden.signingKey, new Uint8Array(32), new Uint8Array(31), new Uint8Array()])
      expect(verifyAuditExport(nobleCrypto, whole, { publicKey: other, kept: [] })).toMatchObject({
        reason: 'not-signed',
      });
  });

  it('does not hold when what stands before it, or after it, was changed', () => {
    const hashes = middle.start.subtree_hashes;
    const start = (subtree_hashes: readonly string[]) => ({ ...middle.start, subtree_hashes });
    const bare = { ...middle, earlier_heads: [] };
    expect(outcome({ ...bare, start: start(hashes.slice(1)) })).toBe('other-root');
    expect(outcome({ ...bare, start: start([...hashes, '44'.repeat(32)]) })).toBe('other-root');
    expect(outcome({ ...bare, start: start(hashes.with(0, '44'.repeat(32))) })).toBe('other-root');
    expect(outcome({ ...middle, start: start(hashes.with(0, '44'.repeat(32))) })).toBe('other-history');
    for (const consistency of [
      [],
      beginning.consistency.slice(1),
      [...beginning.consistency, '44'.repeat(32)],
    ])
      expect(outcome({ ...beginning, consistency })).toBe('other-root');
  });

  it('is refused for a head that the reader kept, when a server with the key signs another history (SEC-14)', () => {
    const kept = [golden.heads[7] as SignedTreeHead];
    expect(outcome(whole, kept)).toBe('1 to 11');
    const [first, ...rest] = whole.records as [AuditRecord, ...AuditRecord[]];
    const rewritten = chained([{ ...first, kind: 'other' }, ...rest]);
    const file = { ...whole, records: rewritten, earlier_heads: [], head: headOf(rewritten) };
    expect(outcome(file)).toBe('1 to 11');
    expect(outcome(file, kept)).toBe('other-history');
  });

  it('is refused for a head that the reader kept, when the last records were cut off with their heads (SEC-14)', () => {
    const records = whole.records.slice(0, 6);
    const file = { ...whole, records, earlier_heads: [], head: golden.heads[6] as SignedTreeHead };
    expect(outcome(file)).toBe('1 to 6');
    expect(outcome(file, [golden.heads[7] as SignedTreeHead])).toBe('other-history');
  });

  it('says so when a head that the reader kept is of a tree outside of the file', () => {
    expect(outcome(middle, [golden.heads[3] as SignedTreeHead])).toBe('not-covered');
    expect(outcome(beginning, [golden.heads[8] as SignedTreeHead])).toBe('not-covered');
  });
});

describe('the text of an exported audit', () => {
  it('is refused as no export, as one of another version, or as damaged, and never throws', () => {
    const reason = (text: string) => {
      const file = readAuditExport(text);
      return file.kind === 'refused' ? file.reason : 'file';
    };
    for (const text of ['', 'null', '[]', '{}', '{"format":1}', '{"format":"smartbox-break-glass-1"}'])
      expect(reason(text)).toBe('no-export');
    expect(reason('{"format":"smartbox-audit-2"}')).toBe('unknown-version');
    const content = JSON.parse(golden.exports[0] as string) as AuditExport;
    for (const change of [
      { records: [null] },
      { records: [{ ...content.records[0], sequence: 0 }] },
      { head: { ...content.head, more: 1 } },
      { consistency: ['AB'.repeat(32)] },
      { start: { size: -1, subtree_hashes: [] } },
      { more: 1 },
    ])
      expect(reason(JSON.stringify({ ...content, ...change }))).toBe('damaged');
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(['no-export', 'damaged']).toContain(reason(text));
      }),
      { numRuns: batch(300) },
    );
  });

  it('is damaged where a field is named twice: a person would read the one, a program the other (SEC-14)', () => {
    const text = JSON.stringify(JSON.parse(golden.exports[0] as string));
    expect(readAuditExport(text).kind).toBe('file');
    for (const [once, twice] of [
      ['"kind":"', '"kind":"made_up","kind":"'],
      ['"tree_size":', '"tree_size":1,"tree_size":'],
      ['"records":[', '"records":[],"records":['],
    ] as const) {
      expect(text).toContain(once);
      expect(readAuditExport(text.replace(once, twice))).toEqual({ kind: 'refused', reason: 'damaged' });
    }
    // Blanks, colons and quotes within texts mislead nobody.
    const spaced = JSON.stringify(JSON.parse(text), null, 2);
    expect(readAuditExport(spaced).kind).toBe('file');
    const record = { ...whole.records[0], note: 'a:b "c:d" \\', more: { deep: [{ x: ':' }, {}] } };
    const file = { ...JSON.parse(text), records: [record] };
    expect(readAuditExport(JSON.stringify(file)).kind).toBe('file');
  });

  it('holds no record that languages would write differently: fractions, huge numbers, strange names', () => {
    for (const strange of [0.5, 2 ** 53, -0, { 鍵: 1 }, { 7: 1 }, nested(40)]) {
      const record = { ...whole.records[0], strange } as unknown as AuditRecord;
      expect(outcome({ ...whole, records: whole.records.with(0, record) })).toBe('no-canonical-form');
    }
  });
});

function nested(depth: number): unknown {
  return depth === 0 ? null : [nested(depth - 1)];
}
