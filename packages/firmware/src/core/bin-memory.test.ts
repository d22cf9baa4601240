import { noTag } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import {
  applyEntry,
  DETAIL_FOUND_AT_BOOT,
  emptyMemory,
  encodeMemory,
  forgetReleases,
  restoreMemory,
  untoldDoors,
} from './bin-memory.ts';
import { boxLimits } from './limits.ts';

const tag = new Uint8Array([4, 1, 2, 3, 4, 5, 6, 0]);
const entry = (kind: Parameters<typeof applyEntry>[1]['kind'], bin: number) => ({ kind, bin, tag: noTag() });

describe('bin memory', () => {
  it('fits its record for as many bins as the box may have', () => {
    expect(encodeMemory(emptyMemory(boxLimits.bins)).length).toBeLessThanOrEqual(96);
    expect(encodeMemory(emptyMemory(boxLimits.bins + 1)).length).toBeGreaterThan(96);
  });

  it('keeps the highest bin apart from the others', () => {
    const last = boxLimits.bins;
    const memory = applyEntry(emptyMemory(last), entry('bin-opened', last));
    expect(untoldDoors(memory, [], false)).toEqual([
      { kind: 'bin-closed', bin: last, detail: DETAIL_FOUND_AT_BOOT },
    ]);
  });

  it('comes back from its record as it was', () => {
    let memory = applyEntry(emptyMemory(3), entry('open-intended', 2));
    memory = applyEntry(memory, { kind: 'key-placed', bin: 3, tag });
    memory = applyEntry(memory, entry('bin-forced', 1));
    expect(restoreMemory(encodeMemory(memory), 3)).toEqual(memory);
  });

  it('gives the same state when the last entry is applied again', () => {
    for (const kind of ['open-intended', 'bin-opened', 'bin-closed', 'bin-jammed', 'key-taken'] as const) {
      const once = applyEntry(applyEntry(emptyMemory(2), entry('open-intended', 1)), entry(kind, 1));
      expect(applyEntry(once, entry(kind, 1))).toEqual(once);
    }
  });

  it('tells a door that opened while the power was off: opened after a release, else forced', () => {
    const released = applyEntry(emptyMemory(2), entry('open-intended', 1));
    expect(untoldDoors(released, [true, true], false).map((fact) => fact.kind)).toEqual([
      'bin-opened',
      'bin-forced',
    ]);
    expect(untoldDoors(forgetReleases(released), [true, false], false)[0]?.kind).toBe('bin-forced');
    expect(untoldDoors(emptyMemory(2), [true, false], true)[0]?.kind).toBe('bin-opened');
  });

  it('reads no other layout', () => {
    expect(restoreMemory(new Uint8Array([9, 0, 0, 0, 1, 0, 0, 0, 1]), 2)).toEqual(emptyMemory(2));
    expect(restoreMemory(undefined, 2)).toEqual(emptyMemory(2));
  });
});
