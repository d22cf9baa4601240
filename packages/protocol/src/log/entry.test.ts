// A log entry has one spelling in 32 bytes: it is hashed and sent as it stands in flash.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { logEntries } from '../../test/log-entries.ts';
import { bytesToHex } from '../basics/bytes.ts';
import { ProtocolError } from '../basics/errors.ts';
import { limits } from '../basics/limits.ts';
import { decodeLogEntry, encodeLogEntry, isTag, type LogEntry, noTag } from './entry.ts';

describe('a log entry', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(logEntries, (entry) => {
        const bytes = encodeLogEntry(entry);
        expect(bytes).toHaveLength(limits.logEntryBytes);
        expect(decodeLogEntry(bytes)).toEqual(entry);
      }),
      { numRuns: batch(500) },
    );
  });

  it('is read from any 32 bytes only if they are what we would write', () => {
    let read = 0;
    let refused = 0;
    const changes = fc.array(fc.tuple(fc.nat({ max: 31 }), fc.nat({ max: 255 })), { maxLength: 3 });
    fc.assert(
      fc.property(logEntries, changes, (entry, changed) => {
        const bytes = encodeLogEntry(entry);
        for (const [at, value] of changed) bytes[at] = value;
        try {
          const again = encodeLogEntry(decodeLogEntry(bytes));
          read++;
          expect(bytesToHex(again)).toBe(bytesToHex(bytes));
        } catch (error) {
          if (!(error instanceof ProtocolError)) throw error;
          refused++;
        }
      }),
      { numRuns: batch(2000) },
    );
    // Both happened often, else this compared nothing.
    expect(Math.min(read, refused)).toBeGreaterThan((read + refused) / 20);
  });

  const entry: LogEntry = {
    ...{ sequence: 1, timeMs: 0, timeSource: 'unknown', kind: 'booted' },
    ...{ bin: 0, grant: 0, tag: noTag(), detail: 0 },
  };

  it.each([
    ['sequence 0', { sequence: 0 }],
    ['a sequence that wrapped', { sequence: 2 ** 32 }],
    ['a time before 1970', { timeMs: -1 }],
    ['a fraction of a millisecond', { timeMs: 0.5 }],
    ['a time beyond 48 bits', { timeMs: 2 ** 48 }],
    ['bin 256', { bin: 256 }],
    ['a grant beyond 32 bits', { grant: 2 ** 32 }],
    ['a tag of 7 bytes', { tag: new Uint8Array(7) }],
    ['a tag of 10 bytes', { tag: new Uint8Array(10) }],
    ['a detail below zero', { detail: -1 }],
  ])('is not written with %s', (_what, wrong) => {
    expect(() => encodeLogEntry({ ...entry, ...wrong })).toThrow(ProtocolError);
  });

  it('is not read at another length, nor with padding in use', () => {
    const bytes = encodeLogEntry(entry);
    expect(() => decodeLogEntry(bytes.slice(0, 31))).toThrow('truncated');
    expect(() => decodeLogEntry(new Uint8Array(33))).toThrow('truncated');
    for (const at of [13, 14, 15]) {
      const changed = bytes.slice();
      changed[at] = 1;
      expect(() => decodeLogEntry(changed)).toThrow('bad-padding');
    }
    for (const [at, value] of [
      [10, 3],
      [11, 0],
      [11, 255],
    ] as const) {
      const changed = bytes.slice();
      changed[at] = value;
      expect(() => decodeLogEntry(changed)).toThrow('out-of-range');
    }
  });

  it('holds no name, code or address: numbers and an opaque tag (SEC-13)', () => {
    expect(Object.keys(decodeLogEntry(encodeLogEntry(entry))).sort()).toEqual(
      ['sequence', 'timeMs', 'timeSource', 'kind', 'bin', 'grant', 'tag', 'detail'].sort(),
    );
  });

  it('names no fob where the tag is zeros', () => {
    expect(isTag(noTag())).toBe(false);
    expect(isTag(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1))).toBe(true);
    noTag().fill(9);
    expect(isTag(noTag())).toBe(false);
  });
});
