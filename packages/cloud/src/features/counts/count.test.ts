// The rules of counts, without a database.
import { type LogEntry, type LogEntryKind, noTag, offlineGrant } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { fob } from '../../../test/model-box.ts';
import { afterOpening, differenceOf, type Hanging, neverAsked, withEntry } from './count.ts';

const entry = (kind: LogEntryKind, tag = noTag()): LogEntry => ({
  ...{ sequence: 5, timeMs: 1_000, timeSource: 'trusted', bin: 3, detail: 0 },
  ...{ kind, tag, grant: offlineGrant(5) },
});

describe('an opening by hand', () => {
  it('is known by its last code, its last open door, and what was taken and put back (EM-10)', () => {
    const told = [
      [entry('code-used'), 100],
      [entry('open-intended'), 110],
      [entry('bin-opened'), 120],
      [entry('key-taken', fob(7)), 130],
    ] as const;
    const taken = told.reduce<ReturnType<typeof withEntry> | undefined>(
      (before, [one, atMs]) => withEntry(before, one, { atMs, method: 'sheet' }),
      undefined,
    );
    expect(taken).toEqual({
      ...{ bin: 3, method: 'sheet', openedAtMs: 120, lastAtMs: 130 },
      ...{ taken: true, takenTag: fob(7), putBack: false },
    });
    const back = withEntry(taken, entry('key-placed', fob(7)), { atMs: 200, method: 'booking' });
    expect(back).toMatchObject({ method: 'booking', lastAtMs: 200, taken: true, putBack: true });
    const again = withEntry(back, entry('key-taken'), { atMs: 300, method: 'booking' });
    expect(again).toMatchObject({ taken: true, takenTag: null, putBack: false });
  });

  it('whose door was never seen to open has no time of opening', () => {
    const ordered = withEntry(undefined, entry('open-intended'), { atMs: 110, method: 'phone' });
    expect(ordered).toMatchObject({ openedAtMs: null, lastAtMs: 110, taken: false });
  });
});

describe('people are asked', () => {
  const outage = { ...neverAsked, toldEnd: 40 };

  it('once for all that a box did between two sessions', () => {
    const first = afterOpening(outage, offlineGrant(10), 1_000);
    expect(first).toMatchObject({ asks: true, state: { askedAtMs: 1_000, askedThrough: 40, rev: 1 } });
    const second = afterOpening(first.state, offlineGrant(38), 2_000);
    expect(second).toMatchObject({ asks: false, state: { askedAtMs: 1_000, askedThrough: 40, rev: 2 } });
  });

  it('again for the next time without the cloud, though nobody has counted yet', () => {
    const { state } = afterOpening(outage, offlineGrant(10), 1_000);
    const next = afterOpening({ ...state, toldEnd: 90 }, offlineGrant(60), 2_000);
    expect(next).toMatchObject({ asks: true, state: { askedAtMs: 1_000, askedThrough: 90 } });
  });

  it('again when nothing waited any more, whatever the entry', () => {
    const { state } = afterOpening(outage, offlineGrant(10), 1_000);
    const late = afterOpening({ ...state, askedAtMs: null }, offlineGrant(12), 2_000);
    expect(late).toMatchObject({ asks: true, state: { askedAtMs: 2_000, askedThrough: 40 } });
  });
});

describe('a count and the ledger', () => {
  const nothing: Hanging = { kind: 'nothing' };
  const van: Hanging = { kind: 'key', keyId: 'key_van', fobLabel: 'A-07' };
  const car: Hanging = { kind: 'key', keyId: 'key_car', fobLabel: 'A-08' };
  const strange: Hanging = { kind: 'unknown-fob', fobLabel: 'X' };

  it.each([
    ['agree on nothing', nothing, nothing, null],
    ['agree on a key, whatever its fob is called', van, { ...van, fobLabel: 'B' } as Hanging, null],
    ['agree on a fob that nobody knows', { ...strange, fobLabel: null } as Hanging, strange, null],
    ['differ in a key that is gone', van, nothing, 'missing'],
    ['differ in a fob that is gone', strange, nothing, 'missing'],
    ['differ in a key that nobody expected', nothing, van, 'unexpected'],
    ['differ in which key hangs there', van, car, 'another'],
    ['differ in whether it is a key at all', van, strange, 'another'],
    ['differ where a sensor knows a fob and a person a key', strange, van, 'another'],
  ])('%s', (_title, ledger, found, difference) => {
    expect(differenceOf(ledger, found)).toBe(difference);
  });
});
