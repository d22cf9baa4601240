// Log entries, their chain, their authenticators and the keys that follow one another, against
// vectors that Python computed.
import { describe, expect, it } from 'vitest';
import {
  bytesToHex,
  chainHash,
  decodeLogEntry,
  encodeLogEntry,
  entryMac,
  firstLogKey,
  genesisHash,
  type LogEntry,
  logEntryKinds,
  nextLogKey,
  nobleCrypto,
} from '../src/index.ts';
import { readGolden } from './read-vectors.ts';

const golden = readGolden<{
  readonly rootKey: Uint8Array;
  readonly entries: readonly {
    readonly entry: LogEntry;
    readonly bytes: Uint8Array;
    readonly key: Uint8Array;
    readonly mac: Uint8Array;
    readonly hash: Uint8Array;
  }[];
  readonly keyAfter: Uint8Array;
}>('log');

describe('the golden log', () => {
  it('has an entry of every kind', () => {
    const kinds = golden.entries.map(({ entry }) => entry.kind);
    expect(kinds.toSorted()).toEqual(Object.keys(logEntryKinds).toSorted());
  });

  it.each(golden.entries)('spells $entry.kind both ways', ({ entry, bytes }) => {
    expect(bytesToHex(encodeLogEntry(entry))).toBe(bytesToHex(bytes));
    expect(decodeLogEntry(bytes)).toEqual(entry);
  });

  it('chains and authenticates its entries', () => {
    let key = firstLogKey(nobleCrypto, golden.rootKey);
    let hash = genesisHash();
    for (const step of golden.entries) {
      expect(bytesToHex(key)).toBe(bytesToHex(step.key));
      expect(bytesToHex(entryMac(nobleCrypto, key, step.bytes))).toBe(bytesToHex(step.mac));
      hash = chainHash(nobleCrypto, hash, step.bytes);
      expect(bytesToHex(hash)).toBe(bytesToHex(step.hash));
      key = nextLogKey(nobleCrypto, key);
    }
    expect(bytesToHex(key)).toBe(bytesToHex(golden.keyAfter));
  });
});
