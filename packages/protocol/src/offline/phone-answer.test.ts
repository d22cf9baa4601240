// Answers over the phone: OCRA as RFC 6287 prints it, and one answer for one challenge and one target.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { asciiToBytes, hexToBytes } from '../basics/bytes.ts';
import { limits } from '../basics/limits.ts';
import { nobleCrypto } from '../secure/noble-crypto.ts';
import { ocra, phoneAnswer } from './phone-answer.ts';
import { ALL_BINS } from './sheet-code.ts';

// RFC 6287, Appendix C: the 32-byte key, and the SHA-1 of the PIN "1234".
const RFC_KEY = asciiToBytes('12345678901234567890123456789012');
const pinHash = hexToBytes('7110eda4d09e062aa5e4a390b0a572ac0d2c0220');

/** RFC 6287, 5.1: a number as hexadecimal; half a byte at its end is filled with zero. */
function numericQuestion(digits: string): Uint8Array {
  const hex = BigInt(digits).toString(16);
  return hexToBytes(hex.length % 2 === 0 ? hex : `${hex}0`);
}

function counterBytes(counter: number): Uint8Array {
  return Uint8Array.of(0, 0, 0, 0, 0, 0, 0, counter);
}

describe('OCRA as in RFC 6287, Appendix C', () => {
  const withCounter =
    '65347737 86775851 78192410 71565254 10104329 65983500 70069104 91771096 75011558 08522129'.split(' ');
  it.each(withCounter.map((code, counter) => ({ code, counter })))(
    'OCRA-1:HOTP-SHA256-8:C-QN08-PSHA1 gives $code at the counter $counter',
    ({ code, counter }) => {
      const suite = 'OCRA-1:HOTP-SHA256-8:C-QN08-PSHA1';
      const question = numericQuestion('12345678');
      const parts = { suite, digits: 8, question, counter: counterBytes(counter), pinHash };
      expect(ocra(nobleCrypto, RFC_KEY, parts)).toBe(code);
    },
  );

  it.each([
    ['00000000', '83238735'],
    ['11111111', '01501458'],
    ['22222222', '17957585'],
    ['33333333', '86776967'],
    ['44444444', '86807031'],
  ])('OCRA-1:HOTP-SHA256-8:QN08-PSHA1 answers %s with %s', (asked, code) => {
    const suite = 'OCRA-1:HOTP-SHA256-8:QN08-PSHA1';
    expect(ocra(nobleCrypto, RFC_KEY, { suite, digits: 8, question: numericQuestion(asked), pinHash })).toBe(
      code,
    );
  });

  it.each([
    ['CLI22220SRV11110', '28247970'],
    ['CLI22221SRV11111', '01984843'],
    ['CLI22222SRV11112', '65387857'],
    ['CLI22223SRV11113', '03351211'],
    ['CLI22224SRV11114', '83412541'],
    ['SRV11110CLI22220', '15510767'],
    ['SRV11111CLI22221', '90175646'],
    ['SRV11112CLI22222', '33777207'],
    ['SRV11113CLI22223', '95285278'],
    ['SRV11114CLI22224', '28934924'],
    ['SIG10000', '53095496'],
    ['SIG11000', '04110475'],
    ['SIG12000', '31331128'],
    ['SIG13000', '76028668'],
    ['SIG14000', '46554205'],
  ])('OCRA-1:HOTP-SHA256-8:QA08 answers %s with %s', (asked, code) => {
    const suite = 'OCRA-1:HOTP-SHA256-8:QA08';
    expect(ocra(nobleCrypto, RFC_KEY, { suite, digits: 8, question: asciiToBytes(asked) })).toBe(code);
  });
});

describe('a phone answer', () => {
  const key = new Uint8Array(32).fill(0x5a);
  const challenges = fc
    .nat({ max: 99_999_999 })
    .map((number) => String(number).padStart(limits.challengeDigits, '0'));
  const targets = fc.integer({ min: ALL_BINS, max: limits.sheetBins });

  it('has 8 digits for every challenge and every target', () => {
    fc.assert(
      fc.property(challenges, targets, (challenge, target) => {
        expect(phoneAnswer(nobleCrypto, key, { challenge, target })).toMatch(/^[0-9]{8}$/);
      }),
      { numRuns: batch(300) },
    );
  });

  it('differs between all 32 targets of one challenge, leading zeros or not (EM-09)', () => {
    for (const challenge of ['00000000', '00000001', '12345678', '99999999']) {
      const answers = Array.from({ length: limits.sheetBins + 1 }, (_, target) =>
        phoneAnswer(nobleCrypto, key, { challenge, target }),
      );
      expect(new Set(answers).size).toBe(answers.length);
    }
  });

  it('for bin 25 never opens all bins under a challenge sixteen times as large (EM-09)', () => {
    // As numbers the questions would be q and 16 q, which RFC 6287 pads to the same 128 bytes.
    fc.assert(
      fc.property(fc.nat({ max: 6_249_999 }), (small) => {
        const one = { challenge: String(small).padStart(8, '0'), target: 25 };
        const all = { challenge: String(small * 16 + 4).padStart(8, '0'), target: ALL_BINS };
        const asNumber = (asked: typeof one) => Number(asked.challenge) * 100 + asked.target;
        expect(asNumber(all)).toBe(16 * asNumber(one));
        expect(phoneAnswer(nobleCrypto, key, one)).not.toBe(phoneAnswer(nobleCrypto, key, all));
      }),
      { numRuns: batch(200), seed: 6287 },
    );
  });

  it('is refused for what no box asks, and without a key', () => {
    for (const challenge of [
      '',
      '1234567',
      '123456789',
      '1234567a',
      '１２３４５６７８',
      '-1234567',
      '1234567\n',
    ]) {
      expect(() => phoneAnswer(nobleCrypto, key, { challenge, target: 1 })).toThrow(
        'out-of-range at phone-challenge',
      );
    }
    for (const target of [-1, 0.5, limits.sheetBins + 1, 100, Number.NaN]) {
      expect(() => phoneAnswer(nobleCrypto, key, { challenge: '12345678', target })).toThrow(
        'out-of-range at phone-challenge',
      );
    }
    for (const length of [0, 20, 31, 33]) {
      const wrong = new Uint8Array(length);
      expect(() => phoneAnswer(nobleCrypto, wrong, { challenge: '12345678', target: 1 })).toThrow(
        'out-of-range at phone-key',
      );
    }
  });
});
