// The life of a text message as a table and as a property.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterLook, afterTry, textLimits } from './text-message.ts';

const nowMs = Date.UTC(2026, 3, 1, 9);
const owed = { attempts: 0, expiresAtMs: nowMs + 300_000 };
const again = { kind: 'again', reason: 'timeout', afterMs: undefined } as const;

describe('a text message that is owed', () => {
  it('is looked after once the provider has it', () => {
    expect(afterTry(owed, { kind: 'accepted', providerId: 'SM1' }, nowMs)).toMatchObject({
      ...{ state: 'accepted', providerId: 'SM1', dueAtMs: nowMs + 20_000, settledAtMs: null },
    });
  });

  it('fails for good at the provider’s word (MO-08)', () => {
    expect(afterTry(owed, { kind: 'failed', reason: 'provider-21211' }, nowMs)).toMatchObject({
      ...{ state: 'failed', reason: 'provider-21211', dueAtMs: null, settledAtMs: nowMs },
    });
  });

  it('waits longer after each try, and as long as the provider asks', () => {
    const waits = [0, 1, 2, 3, 4, 5].map((attempts) => {
      const { dueAtMs } = afterTry({ ...owed, attempts }, again, nowMs);
      return ((dueAtMs ?? 0) - nowMs) / 1_000;
    });
    expect(waits).toEqual([1, 3, 10, 30, 60, 60]);
    expect(afterTry(owed, { ...again, afterMs: 7_000 }, nowMs).dueAtMs).toBe(nowMs + 7_000);
  });

  it('is given up before its code ends, never after', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9 }), fc.nat({ max: 400_000 }), (attempts, leftMs) => {
        const { state, dueAtMs } = afterTry({ attempts, expiresAtMs: nowMs + leftMs }, again, nowMs);
        if (state === 'owed') expect(dueAtMs).toBeLessThan(nowMs + leftMs);
        else expect([state, dueAtMs]).toEqual(['failed', null]);
      }),
    );
  });
});

describe('a text message that the provider has', () => {
  const accepted = { attempts: 0, providerId: 'SM1' };

  it('is asked about three times, and left where nobody knows', () => {
    let message = accepted;
    const dues: (number | null)[] = [];
    for (let look = 0; look < 3; look++) {
      const next = afterLook(message, { kind: 'pending' }, nowMs);
      dues.push(next.dueAtMs);
      message = { ...message, attempts: next.attempts };
    }
    expect(dues).toEqual([nowMs + textLimits.looksMs[1], nowMs + textLimits.looksMs[2], null]);
  });

  it('is settled by what the provider says', () => {
    expect(afterLook(accepted, { kind: 'delivered' }, nowMs)).toMatchObject({
      state: 'delivered',
      dueAtMs: null,
    });
    expect(afterLook(accepted, { kind: 'failed', reason: 'provider-30003' }, nowMs)).toMatchObject({
      ...{ state: 'failed', reason: 'provider-30003', providerId: 'SM1', dueAtMs: null },
    });
  });
});
