// What lives for minutes only.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createShortLived } from './short-lived.ts';

const bounds = { lifeMs: 1_000, most: 3 };

describe('something that lives for minutes', () => {
  it('is there until its time is over, and is taken once', () => {
    let nowMs = 5_000;
    const kept = createShortLived<string>({ nowMs: () => nowMs }, bounds);
    kept.keep('a', 'one');
    nowMs += 999;
    expect([kept.get('a'), kept.take('a'), kept.take('a')]).toEqual(['one', 'one', undefined]);
    kept.keep('b', 'two');
    nowMs += 1_000;
    expect([kept.get('b'), kept.take('b')]).toEqual([undefined, undefined]);
  });

  it('lives no longer when the clock is set back', () => {
    let nowMs = 5_000;
    const kept = createShortLived<string>({ nowMs: () => nowMs }, bounds);
    kept.keep('a', 'one');
    nowMs -= 1;
    expect(kept.get('a')).toBeUndefined();
  });

  it('goes when there are too many, the oldest first', () => {
    const kept = createShortLived<number>({ nowMs: () => 0 }, bounds);
    const names = fc.uniqueArray(fc.string(), { minLength: 4, maxLength: 40 });
    fc.assert(
      fc.property(names, (secrets) => {
        for (const [place, secret] of secrets.entries()) kept.keep(secret, place);
        expect(secrets.filter((secret) => kept.get(secret) !== undefined)).toEqual(secrets.slice(-3));
        kept.drop(() => true);
        expect(secrets.filter((secret) => kept.get(secret) !== undefined)).toEqual([]);
      }),
    );
  });
});
