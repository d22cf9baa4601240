import { noTag } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import {
  applyEntry,
  BINS_PER_RECORD,
  type BinMemory,
  DETAIL_FOUND_AT_BOOT,
  emptyMemory,
  encodeMemory,
  forgetOpening,
  restoreMemory,
  untoldDoors,
} from './bin-memory.ts';
import { boxLimits } from './limits.ts';
import type { RecordName } from './outputs.ts';

const tag = new Uint8Array([4, 1, 2, 3, 4, 5, 6, 0]);
const entry = (kind: Parameters<typeof applyEntry>[1]['kind'], bin: number, grant = 9) => {
  return { kind, bin, grant, tag: noTag() };
};

/** All records of a memory. */
function records(memory: BinMemory): Partial<Record<RecordName, Uint8Array>> {
  const saved: Partial<Record<RecordName, Uint8Array>> = {};
  for (let bin = 1; bin <= memory.length; bin++) {
    const { record, bytes } = encodeMemory(memory, bin);
    saved[record] = bytes;
  }
  return saved;
}

describe('bin memory', () => {
  it('fits its three records for as many bins as the box may have', () => {
    const saved = records(emptyMemory(boxLimits.bins));
    expect(Object.keys(saved)).toEqual(['bins', 'bins-8', 'bins-15']);
    for (const bytes of Object.values(saved)) expect(bytes.length).toBeLessThanOrEqual(96);
    expect(boxLimits.bins).toBe(3 * BINS_PER_RECORD);
  });

  it('comes back from its records as it was, every bin for itself', () => {
    let memory = emptyMemory(boxLimits.bins);
    for (let bin = 1; bin <= boxLimits.bins; bin++) {
      memory = applyEntry(memory, { ...entry('key-placed', bin), tag: tag.map((byte) => byte + bin) });
      if (bin % 2 === 0) memory = applyEntry(memory, entry('open-intended', bin, 0xffff_ff00 + bin));
      if (bin % 3 === 0) memory = applyEntry(memory, entry('bin-forced', bin));
    }
    expect(restoreMemory(records(memory), boxLimits.bins)).toEqual(memory);
  });

  it('gives the same state when the last entry is applied again', () => {
    for (const kind of ['open-intended', 'bin-opened', 'bin-closed', 'bin-jammed', 'key-taken'] as const) {
      const once = applyEntry(applyEntry(emptyMemory(2), entry('open-intended', 1)), entry(kind, 1));
      expect(applyEntry(once, entry(kind, 1))).toEqual(once);
    }
  });

  it('tells a door that opened while the power was off: opened by its grant after a release, else forced', () => {
    const released = applyEntry(emptyMemory(2), entry('open-intended', 1));
    const detail = DETAIL_FOUND_AT_BOOT;
    expect(untoldDoors(released, [true, true], false)).toEqual([
      { kind: 'bin-opened', bin: 1, grant: 9, detail },
      { kind: 'bin-forced', bin: 2, grant: 0, detail },
    ]);
    expect(untoldDoors(forgetOpening(released, 1), [true, false], false)[0]?.kind).toBe('bin-forced');
    expect(untoldDoors(emptyMemory(2), [true, false], true)[0]?.kind).toBe('bin-opened');
    const opened = applyEntry(released, entry('bin-opened', 1));
    expect(untoldDoors(opened, [false, false], false)).toEqual([
      { kind: 'bin-closed', bin: 1, grant: 9, detail },
    ]);
  });

  it('forgets the grant with a jam, with force, and when the opening is over', () => {
    const opened = applyEntry(emptyMemory(1), entry('bin-opened', 1));
    expect(applyEntry(opened, entry('bin-closed', 1))[0]?.grant).toBe(9);
    expect(applyEntry(opened, entry('bin-jammed', 1))[0]?.grant).toBe(0);
    expect(applyEntry(opened, entry('bin-forced', 1))[0]?.grant).toBe(0);
    expect(forgetOpening(opened, 1)[0]).toMatchObject({ grant: 0, open: true });
    expect(forgetOpening(emptyMemory(1), 1)).toEqual(emptyMemory(1));
  });

  it('knows nothing yet of bins that a bigger board added', () => {
    const small = applyEntry(emptyMemory(3), { ...entry('key-placed', 3), tag });
    expect(restoreMemory(records(small), 5)).toEqual([...small, ...emptyMemory(2)]);
  });

  it('reads no other layout, and no bin beyond the box', () => {
    expect(restoreMemory({ bins: new Uint8Array(92).fill(9) }, 2)).toEqual(emptyMemory(2));
    expect(restoreMemory({}, 2)).toEqual(emptyMemory(2));
    expect(applyEntry(emptyMemory(2), entry('bin-opened', 3))).toEqual(emptyMemory(2));
    expect(applyEntry(emptyMemory(2), entry('booted', 0))).toEqual(emptyMemory(2));
  });
});
