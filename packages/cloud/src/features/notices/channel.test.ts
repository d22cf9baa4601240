import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roomAt, withinHour } from './channel.ts';

const hourMs = 3_600_000;

describe('the cap of a channel', () => {
  it('has room until it is reached, and again when the oldest is an hour old (MO-07)', () => {
    expect(roomAt([], 1, 5)).toBe(5);
    expect(roomAt([1, 2], 3, 5)).toBe(5);
    expect(roomAt([1, 2, 3], 3, 5)).toBe(1 + hourMs);
    expect(roomAt([1, 2, 3], 3, 1 + hourMs)).toBe(1 + hourMs);
    expect(withinHour([3, 1, 2, 9], 2 + hourMs)).toEqual([3, 9]);
  });

  it('is never exceeded in any hour, however the sendings are asked for (MO-07)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 0, max: hourMs }), { maxLength: 40 }),
        (cap, pauses) => {
          const sent: number[] = [];
          let nowMs = 0;
          for (const pauseMs of pauses) {
            nowMs = roomAt(sent, cap, nowMs + pauseMs);
            sent.push(nowMs);
            expect(withinHour(sent, nowMs).length).toBeLessThanOrEqual(cap);
          }
        },
      ),
    );
  });
});
