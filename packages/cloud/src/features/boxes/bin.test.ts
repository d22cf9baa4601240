// What each entry of the log says about a bin: doors by the door switch, keys by the reader.
import { type LogEntry, type LogEntryKind, logEntryKinds, noTag } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { applyToBin, type Bin, newBin, occurredAtMs } from './bin.ts';
import { movedTag } from './on-log-entry.ts';

const tag = new Uint8Array(8).fill(1);
const other = new Uint8Array(8).fill(2);
const entry = (kind: LogEntryKind, change: Partial<LogEntry> = {}): LogEntry => ({
  ...{ sequence: 1, timeMs: 500, timeSource: 'trusted', kind, bin: 3, grant: 0, tag: noTag(), detail: 0 },
  ...change,
});
const full: Bin = { bin: 3, door: 'closed', tag, changedAtMs: 100 };
const open: Bin = { bin: 3, door: 'open', tag: null, changedAtMs: 100 };

describe('a bin follows its sensors (SEC-18)', () => {
  it.each([
    ['bin-opened', full, {}, { door: 'open', tag }],
    ['bin-forced', full, {}, { door: 'open', tag }],
    ['bin-closed', open, {}, { door: 'closed', tag: null }],
    ['key-taken', full, { tag }, { door: 'closed', tag: null }],
    ['key-placed', open, { tag }, { door: 'open', tag }],
    ['key-placed', full, {}, { door: 'closed', tag: null }],
  ] as const)('%s changes what was sensed, and nothing else', (kind, before, change, after) => {
    expect(applyToBin(before, entry(kind, change), 900)).toEqual({ bin: 3, changedAtMs: 900, ...after });
  });

  it('is not changed by what was only meant or granted', () => {
    const telling = ['bin-opened', 'bin-closed', 'bin-forced', 'key-taken', 'key-placed'];
    const silent = (Object.keys(logEntryKinds) as LogEntryKind[]).filter((kind) => !telling.includes(kind));
    expect(silent).toContain('open-intended');
    for (const kind of silent) expect(applyToBin(full, entry(kind, { tag: other }), 900)).toBe(full);
  });
});

describe('a fob has moved', () => {
  const placed = (of: Uint8Array) => ({ tag: of, direction: 'placed' });
  const taken = (of: Uint8Array) => ({ tag: of, direction: 'taken' });

  it('when it is placed, also where another was', () => {
    expect(movedTag(newBin(3), entry('key-placed', { tag }))).toEqual(placed(tag));
    expect(movedTag(full, entry('key-placed', { tag: other }))).toEqual(placed(other));
  });

  it('when it is taken, also where the box no longer knows which it was', () => {
    expect(movedTag(full, entry('key-taken', { tag }))).toEqual(taken(tag));
    expect(movedTag(full, entry('key-taken'))).toEqual(taken(tag));
  });

  it.each([
    ['when it is sensed again where it was', full, 'key-placed', tag],
    ['when nothing was there to be taken', newBin(3), 'key-taken', noTag()],
    ['when a reader reports nothing', newBin(3), 'key-placed', noTag()],
    ['when a door moves', full, 'bin-opened', tag],
  ] as const)('not %s', (_when, before, kind, sensed) => {
    expect(movedTag(before, entry(kind, { tag: sensed }))).toBeUndefined();
  });
});

describe('when it happened', () => {
  it.each([
    ['trusted', 500, 500],
    ['held', 500, 500],
    ['unknown', 500, 900],
    ['held', 0, 900],
  ] as const)('is, with a time that is %s (%i), %i', (timeSource, timeMs, expected) => {
    expect(occurredAtMs({ timeSource, timeMs }, 900)).toBe(expected);
  });
});
