// Codes that a box took while it was alone, and the bins that it opened: what is possible and what is an alarm.
import type { LogEntryKind } from '@smartbox/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sheet } from './emergency.ts';
import { followOpening, judgeUse, type OfflineBin, type UseFacts } from './offline-opening.ts';

const sheet: Sheet = {
  ...{ generation: 2, untilMs: 9_000, cellsPerBin: 10, cellsForAll: 5 },
  ...{ madeAtMs: 0, issuedAtMs: 1_000, revokedAtMs: null },
};
const facts: UseFacts = { box: { bookingGeneration: 1, authenticatorEver: false }, sheet, lastCell: 0 };
const use = { method: 'sheet', generation: 2, number: 1, target: 3, atMs: 5_000 } as const;

describe('a code of a sheet (EM-09)', () => {
  it.each<
    readonly [string | undefined, Partial<typeof use | { number: number; target: number }>, Partial<UseFacts>]
  >([
    [undefined, {}, {}],
    [undefined, { number: 10 }, {}],
    ['no_such_cell', { number: 11 }, {}],
    ['no_such_cell', { number: 0 }, {}],
    [undefined, { number: 5, target: 0 }, {}],
    ['no_such_cell', { number: 6, target: 0 }, {}],
    ['cell_used_before', { number: 4 }, { lastCell: 4 }],
    [undefined, { number: 5 }, { lastCell: 4 }],
    ['unknown_generation', {}, { sheet: undefined }],
    ['never_printed', {}, { sheet: { ...sheet, issuedAtMs: null } }],
    [undefined, {}, { sheet: { ...sheet, revokedAtMs: 5_000 } }],
    ['sheet_revoked', {}, { sheet: { ...sheet, revokedAtMs: 4_999 } }],
  ])('is judged %s', (because, change, known) => {
    expect(judgeUse({ ...use, ...change }, { ...facts, ...known })).toBe(because);
  });
});

describe('a code of another kind', () => {
  it('is judged by what was ever given to anybody', () => {
    expect(judgeUse({ ...use, method: 'phone' }, facts)).toBeUndefined();
    expect(judgeUse({ ...use, method: 'authenticator' }, facts)).toBe('no_authenticator');
    const enrolled = { ...facts, box: { bookingGeneration: 1, authenticatorEver: true } };
    expect(judgeUse({ ...use, method: 'authenticator' }, enrolled)).toBeUndefined();
    expect(judgeUse({ ...use, method: 'booking', generation: 1 }, facts)).toBeUndefined();
    for (const generation of [0, 2])
      expect(judgeUse({ ...use, method: 'booking', generation }, facts)).toBe('unknown_generation');
  });
});

describe('openings under a code', () => {
  const follow = (target: number, entries: readonly (readonly [LogEntryKind, number])[]) => {
    let bins: readonly OfflineBin[] = [];
    return entries.map(([kind, bin]) => {
      const after = followOpening({ bins, target }, { kind, bin });
      bins = after.bins;
      return after;
    });
  };
  const whole = (bin: number) =>
    [
      ['open-intended', bin],
      ['bin-opened', bin],
      ['bin-closed', bin],
    ] as const;

  it('are covered for the bin of the code, and for each bin once where it says all', () => {
    expect(follow(3, whole(3)).some(({ anomaly }) => anomaly)).toBe(false);
    expect(follow(0, [...whole(3), ...whole(1)]).some(({ anomaly }) => anomaly)).toBe(false);
  });

  it('are an alarm for another bin, for the same bin twice, and where no lock was about to fire', () => {
    expect(follow(3, whole(4)).map(({ anomaly }) => anomaly)).toEqual([true, true, false]);
    expect(follow(0, [...whole(3), ...whole(3)]).map(({ anomaly }) => anomaly)).toEqual([
      ...[false, false, false],
      ...[true, true, false],
    ]);
    expect(follow(3, [['bin-opened', 3]])[0]?.anomaly).toBe(true);
  });

  it('count a jammed bin as done and not as opened', () => {
    const [, after] = follow(3, [
      ['open-intended', 3],
      ['bin-jammed', 3],
    ]);
    expect(after).toMatchObject({ anomaly: false, bins: [{ bin: 3, state: 'closed', opened: false }] });
  });

  it('fire no lock twice for one bin without an alarm, whatever the log says', () => {
    const entry = fc.tuple(
      fc.constantFrom<LogEntryKind>('open-intended', 'bin-opened', 'bin-closed', 'bin-jammed', 'key-taken'),
      fc.integer({ min: 0, max: 4 }),
    );
    fc.assert(
      fc.property(fc.array(entry), fc.integer({ min: 0, max: 4 }), (entries, target) => {
        const quiet = follow(target, entries)
          .map(({ anomaly }, index) => ({ anomaly, entry: entries[index]! }))
          .filter(({ anomaly, entry: [kind] }) => !anomaly && kind === 'open-intended');
        const bins = quiet.map(({ entry: [, bin] }) => bin).filter((bin) => bin > 0);
        expect(new Set(bins).size).toBe(bins.length);
        if (target > 0) expect(bins.every((bin) => bin === target)).toBe(true);
      }),
    );
  });
});
