// When a key is due, over any rule and any booking.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueAtMs, isLate, nextLookMs, usualRule } from './lateness.ts';

const hourMs = 3_600_000;
const moment = fc.integer({ min: 0, max: 2 ** 45 });
const anyRule = fc.record({
  dueAfterMs: fc.option(fc.integer({ min: 1, max: 2 ** 35 })),
  graceMs: fc.integer({ min: 0, max: 2 ** 30 }),
});
const anyTaking = fc.record({ takenAtMs: moment, bookingEndsAtMs: fc.option(moment) });

describe('a key that is out', () => {
  it('is due a grace after its booking’s end, and else when its rule says', () => {
    const booked = { takenAtMs: 0, bookingEndsAtMs: hourMs };
    expect(dueAtMs(booked, usualRule)).toBe(hourMs + 900_000);
    const taken = { takenAtMs: 5, bookingEndsAtMs: null };
    expect(dueAtMs(taken, usualRule)).toBeNull();
    expect(dueAtMs(taken, { ...usualRule, dueAfterMs: hourMs })).toBe(hourMs + 5);
  });

  it('is never late when it is taken, nor before its booking ends, and late for ever from some moment on', () => {
    fc.assert(
      fc.property(anyTaking, anyRule, moment, (taking, rule, laterMs) => {
        const due = dueAtMs(taking, rule);
        const isWaitedFor = taking.bookingEndsAtMs !== null || rule.dueAfterMs !== null;
        expect(due !== null).toBe(isWaitedFor);
        if (due === null) {
          expect(isLate({ dueAtMs: due }, laterMs)).toBe(false);
          return;
        }
        expect(due).toBeGreaterThanOrEqual(Math.max(taking.takenAtMs, taking.bookingEndsAtMs ?? 0));
        expect(isLate({ dueAtMs: due }, due - 1)).toBe(false);
        expect(isLate({ dueAtMs: due }, due + laterMs)).toBe(true);
      }),
    );
  });

  it('is looked at no later than when it is due, and not before there is a reason', () => {
    fc.assert(
      fc.property(moment, moment, (due, nowMs) => {
        const waitMs = nextLookMs(due, nowMs) ?? Number.NaN;
        expect(nowMs + waitMs).toBeLessThanOrEqual(Math.max(due, nowMs));
        expect(waitMs).toBe(due <= nowMs ? 0 : Math.min(due - nowMs, hourMs));
      }),
    );
    expect(nextLookMs(undefined, 0)).toBeUndefined();
  });
});
