import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DETAIL_FOUND_AT_BOOT } from './bin-memory.ts';
import {
  encodeMainLock,
  forgetMainRelease,
  isSameTold,
  type MainLockTold,
  mainLockAfter,
  mainLockUntold,
  restoreMainLock,
  untoldMainLock,
} from './main-lock-memory.ts';

const told = fc.record<MainLockTold>({
  open: fc.boolean(),
  released: fc.boolean(),
  grant: fc.integer({ min: 0, max: 0xffff_ffff }),
});
const intended = { kind: 'open-intended', bin: 0, grant: 9 } as const;

describe('what the log said of the main lock', () => {
  it('comes back from its record as it was, and as nothing where the record is none of ours', () => {
    fc.assert(
      fc.property(told, (one) => {
        expect(restoreMainLock(encodeMainLock(one))).toEqual(one);
      }),
    );
    for (const bytes of [undefined, new Uint8Array(0), new Uint8Array([1, 1]), new Uint8Array(6).fill(2)]) {
      expect(restoreMainLock(bytes)).toEqual(mainLockUntold());
    }
  });

  it('follows its own entries, and those of no bin (SEC-18)', () => {
    const released = mainLockAfter(mainLockUntold(), intended);
    expect(released).toEqual({ open: false, released: true, grant: 9 });
    const heard = (kind: Parameters<typeof mainLockAfter>[1]['kind'], bin = 0) =>
      mainLockAfter(released, { kind, bin, grant: 9 });
    expect(heard('main-lock-opened')).toEqual({ open: true, released: false, grant: 9 });
    expect(heard('main-lock-forced')).toEqual({ open: true, released: false, grant: 0 });
    expect(heard('main-lock-jammed')).toEqual(mainLockUntold());
    expect(heard('main-lock-closed')).toEqual(mainLockUntold());
    for (const kind of ['bin-opened', 'bin-closed', 'open-intended'] as const) {
      expect(isSameTold(heard(kind, 3), released)).toBe(true);
    }
  });

  it('is the same after an entry was applied a second time, as a boot may do', () => {
    const kinds = fc.constantFrom(
      ...(['main-lock-opened', 'main-lock-forced', 'main-lock-jammed', 'main-lock-closed'] as const),
      ...(['open-intended', 'bin-opened', 'booted'] as const),
    );
    fc.assert(
      fc.property(told, kinds, fc.nat({ max: 1 }), (before, kind, bin) => {
        const once = mainLockAfter(before, { kind, bin, grant: 9 });
        expect(mainLockAfter(once, { kind, bin, grant: 9 })).toEqual(once);
      }),
    );
  });

  it('tells once what the sensor says otherwise: opened by its grant, forced without one, closed', () => {
    const detail = DETAIL_FOUND_AT_BOOT;
    const released = mainLockAfter(mainLockUntold(), intended);
    expect(untoldMainLock(released, true, false)).toEqual([{ kind: 'main-lock-opened', grant: 9, detail }]);
    expect(untoldMainLock(mainLockUntold(), true, false)).toEqual([{ kind: 'main-lock-forced', detail }]);
    expect(untoldMainLock(mainLockUntold(), true, true)).toMatchObject([{ kind: 'main-lock-opened' }]);
    const open = { open: true, released: false, grant: 9 };
    expect(untoldMainLock(open, false, false)).toEqual([{ kind: 'main-lock-closed', grant: 9, detail }]);
    expect(untoldMainLock(open, true, false)).toEqual([]);
    expect(forgetMainRelease(released)).toEqual(mainLockUntold());
    expect(forgetMainRelease(open)).toBe(open);
  });
});
