import { describe, expect, it } from 'vitest';
import { beginOpenAll, nextBin, openingOrder, watchBin } from './open-all.ts';

const opening = { grant: 7, purpose: 'withdraw' } as const;
const released = { kind: 'released', pulses: 1, dueMs: 9, ...opening } as const;
const open = { kind: 'open', sinceMs: 1, pulseDueMs: undefined, ...opening } as const;

describe('opening all bins', () => {
  it('takes the order that was set, then the numbers, and only bins that hold a key', () => {
    const holds = (bin: number) => bin !== 2;
    expect(openingOrder(new Uint8Array([4, 2, 9, 4]), 5, holds)).toEqual([4, 1, 3, 5]);
    expect(openingOrder(new Uint8Array(0), 3, () => false)).toEqual([]);
  });

  it('waits while a bin is released or open, and goes on when its door is closed, left open or jammed', () => {
    const first = nextBin(beginOpenAll(7, [3, 1]));
    if (first === undefined) throw new RangeError('no first bin');
    expect(first).toMatchObject({ bin: 3, waiting: [1], total: 2, opened: 0 });
    expect(watchBin(first, released).next).toBe(false);
    const opened = watchBin(first, open);
    expect(opened).toMatchObject({ next: false, openAll: { opened: 1 } });
    expect(watchBin(opened.openAll, open).openAll.opened).toBe(1);
    expect(watchBin(opened.openAll, { kind: 'locked' }).next).toBe(true);
    expect(watchBin(opened.openAll, { kind: 'left-open', remindMs: 5, ...opening }).next).toBe(true);
    const jammed = watchBin(first, { kind: 'jammed', sinceMs: 1, ...opening });
    expect(jammed).toMatchObject({ next: true, openAll: { opened: 0 } });
    expect(nextBin({ ...first, waiting: [] })).toBeUndefined();
  });
});
