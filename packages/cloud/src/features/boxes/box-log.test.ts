// What is taken of a box's log and what is not: nothing that was altered, left out or made up.
import {
  chainHash,
  encodeLogEntry,
  entryMac,
  firstLogKey,
  genesisHash,
  nextLogKey,
  nobleCrypto,
  noTag,
} from '@smartbox/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkLogHead, type LogChain, verifyReport } from './box-log.ts';

const rootKey = new Uint8Array(32).fill(1);
const start: LogChain = { end: 0, hash: genesisHash(), nextKey: firstLogKey(nobleCrypto, rootKey) };

/** A true log of so many entries, as the box sends it. */
function trueLog(length: number): { readonly entries: readonly Uint8Array[]; readonly end: LogChain } {
  const entries: Uint8Array[] = [];
  let chain = start;
  for (let sequence = 1; sequence <= length; sequence++) {
    const body = encodeLogEntry({
      ...{ sequence, timeMs: sequence * 1_000, timeSource: 'trusted', kind: 'booted' },
      ...{ bin: 0, grant: 0, tag: noTag(), detail: sequence },
    });
    entries.push(new Uint8Array([...body, ...entryMac(nobleCrypto, chain.nextKey, body)]));
    chain = {
      end: sequence,
      hash: chainHash(nobleCrypto, chain.hash, body),
      nextKey: nextLogKey(nobleCrypto, chain.nextKey),
    };
  }
  return { entries, end: chain };
}

const { entries, end } = trueLog(12);
const bodies = entries.map((bytes) => bytes.slice(0, 32));
const stored = (sequence: number): Uint8Array | undefined => bodies[sequence - 1];
const verify = (chain: LogChain, first: number, sent: readonly Uint8Array[]) =>
  verifyReport(nobleCrypto, chain, { first, entries: sent }, stored);

describe('a batch of a box’s log', () => {
  it('is taken whole when it continues the chain', () => {
    const report = verify(start, 1, entries);
    expect(report.fault).toBeUndefined();
    expect(report.accepted.map(({ entry }) => entry.sequence)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
    ]);
    expect(report.chain).toEqual(end);
  });

  it('is taken in any cut, with any overlap, to the same end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(12), fc.integer({ min: 1, max: 6 })), { maxLength: 30 }),
        (cuts) => {
          let chain = start;
          const taken: number[] = [];
          for (const [from, count] of cuts) {
            const first = Math.min(from, chain.end) + 1;
            const report = verify(chain, first, entries.slice(first - 1, first - 1 + count));
            expect(report.fault).toBeUndefined();
            taken.push(...report.accepted.map(({ entry }) => entry.sequence));
            chain = report.chain;
          }
          const rest = verify(chain, chain.end + 1, entries.slice(chain.end));
          expect(rest.chain).toEqual(end);
          expect([...taken, ...rest.accepted.map(({ entry }) => entry.sequence)]).toEqual(
            entries.map((_, i) => i + 1),
          );
        },
      ),
    );
  });

  it('is refused from the first bit that differs', () => {
    const position = fc.tuple(fc.nat(11), fc.nat(47), fc.nat(7));
    fc.assert(
      fc.property(position, ([index, place, bit]) => {
        const altered = entries.map((bytes) => bytes.slice());
        const bytes = altered[index] as Uint8Array;
        bytes[place] = (bytes[place] as number) ^ (1 << bit);
        const report = verify(start, 1, altered);
        expect(report.fault).toEqual({ kind: 'forged', sequence: index + 1 });
        expect(report.accepted).toHaveLength(index);
        expect(report.chain.end).toBe(index);
      }),
    );
  });

  it('is not taken past a gap', () => {
    const report = verify(start, 3, entries.slice(2));
    expect(report).toMatchObject({ accepted: [], fault: { kind: 'gap', sequence: 1 } });
  });

  it('is not taken with an entry left out or two swapped', () => {
    expect(verify(start, 1, entries.toSpliced(4, 1)).fault).toEqual({ kind: 'forged', sequence: 5 });
    const [one, two, ...others] = entries as [Uint8Array, Uint8Array];
    expect(verify(start, 1, [two, one, ...others]).fault).toEqual({ kind: 'forged', sequence: 1 });
  });

  it('is a fork when an entry differs from the one that is stored', () => {
    const other = trueLog(1).entries.map((bytes) => bytes.slice());
    const first = other[0] as Uint8Array;
    first[4] = 9;
    expect(verify(end, 1, other)).toMatchObject({ accepted: [], fault: { kind: 'forked', sequence: 1 } });
  });

  it('is refused when it is authentic but not an entry that we know', () => {
    const body = (bodies[0] as Uint8Array).slice();
    body[11] = 250;
    const strange = new Uint8Array([...body, ...entryMac(nobleCrypto, start.nextKey, body)]);
    expect(verify(start, 1, [strange]).fault).toEqual({ kind: 'unreadable', sequence: 1 });
  });
});

describe('the head of a log, as a box tells it', () => {
  it.each([
    [undefined, 12, end.hash],
    [undefined, 15, new Uint8Array(16)],
    ['forked', 12, new Uint8Array(16)],
    ['rolled-back', 11, end.hash],
  ])('is %s at entry %i', (kind, logEnd, logHash) => {
    expect(checkLogHead(end, { logEnd, logHash })?.kind).toBe(kind);
  });
});
