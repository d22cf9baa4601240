import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerOf, askFurther, furtherDigitsMin } from './further-question.ts';
import { boxLimits } from './limits.ts';

const request = new Uint8Array(8).fill(3);
const ask = (what: 'second-code' | 'bin', waitMs = 60_000) => askFurther({ request, what, waitMs }, 1_000);
const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 16 });

describe('a further question', () => {
  it('follows the request that it answers, and waits as long as it was told, ten minutes at most', () => {
    expect(ask('bin')).toEqual({ follows: request, what: 'bin', untilMs: 61_000 });
    expect(ask('bin', 0).untilMs).toBe(1_000);
    expect(ask('bin', 0xffff_ffff).untilMs).toBe(1_000 + boxLimits.furtherWaitMaxMs);
  });

  it('takes a code of the usual length as it was keyed, leading zeros too (SEC-04)', () => {
    expect(furtherDigitsMin(ask('second-code'))).toBe(boxLimits.codeDigitsMin);
    expect(answerOf(ask('second-code'), '001234', 8)).toEqual({ code: '001234', bin: 0 });
    expect(answerOf(ask('second-code'), '123', 8)).toBe('too-short');
  });

  it('takes the number of a bin that there is, with or without a zero before it', () => {
    expect(furtherDigitsMin(ask('bin'))).toBe(1);
    expect(answerOf(ask('bin'), '8', 8)).toEqual({ code: '', bin: 8 });
    expect(answerOf(ask('bin'), '08', 8)).toEqual({ code: '', bin: 8 });
    for (const wrong of ['0', '00', '9', '008', '8888']) {
      expect(answerOf(ask('bin'), wrong, 8)).toBe('no-such-bin');
    }
  });

  it('gives a request a code or a bin, never both and never the main lock', () => {
    fc.assert(
      fc.property(
        digits,
        fc.constantFrom('second-code' as const, 'bin' as const),
        fc.integer({ min: 1, max: boxLimits.bins }),
        (keyed, what, binCount) => {
          const answer = answerOf(ask(what), keyed, binCount);
          if (typeof answer === 'string') return;
          expect(answer.code === '').toBe(answer.bin > 0);
          expect(answer.bin).toBeLessThanOrEqual(binCount);
          if (what === 'second-code') expect(answer.code).toBe(keyed);
        },
      ),
    );
  });
});
