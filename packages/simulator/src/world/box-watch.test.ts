// The observer must see what it is there for: each promise is broken once on purpose.
import { encodeLogEntry, encodeOfflineUse, type LogEntryKind, noTag, offlineGrant } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { BoxWatch } from './box-watch.ts';
import { Violation } from './violation.ts';

const grants = new Map([
  [7, { bin: 3, codeId: 'code_a' }],
  [8, { bin: 4, codeId: 'code_b' }],
]);

function entry(
  sequence: number,
  kind: LogEntryKind,
  about: { bin?: number; grant?: number; timeMs?: number; tag?: Uint8Array } = {},
) {
  const { bin = 0, grant = 0, timeMs = 1_000 * sequence, tag = noTag() } = about;
  const body = encodeLogEntry({
    sequence,
    kind,
    bin,
    grant,
    timeMs,
    timeSource: 'trusted',
    tag,
    detail: 0,
  });
  return new Uint8Array([...body, ...new Uint8Array(32)]);
}

function used(sequence: number, about: { bin: number }) {
  const tag = encodeOfflineUse({ method: 'sheet', generation: 1, number: 1 });
  return entry(sequence, 'code-used', { ...about, grant: offlineGrant(sequence), tag });
}

function watched() {
  return new BoxWatch('box 1', (reference) => grants.get(reference));
}

function brokenBy(action: () => void): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof Violation) return error.invariant;
    throw error;
  }
}

describe('the observer of a box', () => {
  it('is content with a bolt that follows its entry', () => {
    const watch = watched();
    watch.order({ kind: 'append-log', sequence: 1, entry: entry(1, 'open-intended', { bin: 3, grant: 7 }) });
    expect(brokenBy(() => watch.released(3))).toBeUndefined();
  });

  it('is content with the bolt of a pulse that was under way when the door was shut, once (I1)', () => {
    const watch = watched();
    watch.order({ kind: 'append-log', sequence: 1, entry: entry(1, 'open-intended', { bin: 3, grant: 7 }) });
    watch.order({ kind: 'release-bin', bin: 3, pulseMs: 400 });
    watch.order({ kind: 'append-log', sequence: 2, entry: entry(2, 'bin-closed', { bin: 3, grant: 7 }) });
    expect(brokenBy(() => watch.released(3))).toBeUndefined();
    expect(brokenBy(() => watch.released(3))).toBe('I1');
  });

  it('sees a bolt that moves without an entry, or another bin’s bolt (I1)', () => {
    const watch = watched();
    expect(brokenBy(() => watch.released(3))).toBe('I1');
    watch.order({ kind: 'append-log', sequence: 1, entry: entry(1, 'open-intended', { bin: 3, grant: 7 }) });
    expect(brokenBy(() => watch.released(4))).toBe('I1');
  });

  it('sees an opening for a grant that nobody gave, or for another bin, or twice (I1)', () => {
    for (const [bin, grant] of [
      [3, 99],
      [5, 7],
    ] as const) {
      const watch = watched();
      watch.order({ kind: 'append-log', sequence: 1, entry: entry(1, 'open-intended', { bin, grant }) });
      expect(brokenBy(() => watch.settle())).toBe('I1');
    }
    const twice = watched();
    twice.order({ kind: 'append-log', sequence: 1, entry: entry(1, 'open-intended', { bin: 3, grant: 7 }) });
    twice.order({ kind: 'append-log', sequence: 2, entry: entry(2, 'open-intended', { bin: 3, grant: 7 }) });
    expect(brokenBy(() => twice.settle())).toBe('I1');
  });

  it('is content with openings under a code that was used up, each bin once (I1)', () => {
    const watch = watched();
    watch.order({ kind: 'append-log', sequence: 1, entry: used(1, { bin: 0 }) });
    for (const [sequence, bin] of [
      [2, 3],
      [3, 4],
    ] as const) {
      const about = { bin, grant: offlineGrant(1) };
      watch.order({ kind: 'append-log', sequence, entry: entry(sequence, 'open-intended', about) });
      expect(brokenBy(() => watch.released(bin))).toBeUndefined();
    }
  });

  it('sees an opening under a code that was not used up, or for another bin, or twice (I1)', () => {
    const opens = (bin: number, sequence = 2) =>
      entry(sequence, 'open-intended', { bin, grant: offlineGrant(1) });
    const unused = watched();
    unused.order({ kind: 'append-log', sequence: 1, entry: opens(3, 1) });
    expect(brokenBy(() => unused.settle())).toBe('I1');
    const other = watched();
    other.order({ kind: 'append-log', sequence: 1, entry: used(1, { bin: 4 }) });
    other.order({ kind: 'append-log', sequence: 2, entry: opens(3) });
    expect(brokenBy(() => other.settle())).toBe('I1');
    const twice = watched();
    twice.order({ kind: 'append-log', sequence: 1, entry: used(1, { bin: 3 }) });
    twice.order({ kind: 'append-log', sequence: 2, entry: opens(3) });
    twice.order({ kind: 'append-log', sequence: 3, entry: opens(3, 3) });
    expect(brokenBy(() => twice.settle())).toBe('I1');
  });

  it('sees a cell of a sheet that is taken twice', () => {
    const watch = watched();
    watch.order({ kind: 'append-log', sequence: 1, entry: used(1, { bin: 3 }) });
    watch.order({ kind: 'append-log', sequence: 2, entry: used(2, { bin: 3 }) });
    expect(brokenBy(() => watch.settle())).toBe('double-use');
  });

  it('sees a latch that is fired before it is written down (I2)', () => {
    expect(brokenBy(() => watched().order({ kind: 'release-bin', bin: 3, pulseMs: 400 }))).toBe('I2');
  });

  it('sees a gap in the numbers of the log, a hello counter that repeats, and time that goes back (I5)', () => {
    const gap = watched();
    expect(brokenBy(() => gap.order({ kind: 'append-log', sequence: 2, entry: entry(2, 'booted') }))).toBe(
      'I5',
    );
    const hello = new Uint8Array(48);
    hello[0] = 0x21;
    const repeats = watched();
    repeats.order({ kind: 'send-frame', frame: hello });
    expect(brokenBy(() => repeats.order({ kind: 'send-frame', frame: hello }))).toBe('I5');
    const back = watched();
    back.order({ kind: 'append-log', sequence: 1, entry: entry(1, 'booted', { timeMs: 9_000 }) });
    back.order({ kind: 'append-log', sequence: 2, entry: entry(2, 'booted', { timeMs: 8_000 }) });
    expect(brokenBy(() => back.settle())).toBe('I5');
  });

  it('sees a restart that forgets entries, or that has entries nobody wrote (I3)', () => {
    const forgets = watched();
    forgets.order({ kind: 'append-log', sequence: 1, entry: entry(1, 'booted') });
    forgets.settle();
    expect(brokenBy(() => forgets.restarted(0))).toBe('I3');
    expect(brokenBy(() => watched().restarted(1))).toBe('I3');
  });

  it('lets no grant of before a restart move a bolt (I1)', () => {
    const watch = watched();
    watch.order({ kind: 'append-log', sequence: 1, entry: entry(1, 'open-intended', { bin: 3, grant: 7 }) });
    watch.restarted(1);
    expect(brokenBy(() => watch.released(3))).toBe('I1');
  });
});
