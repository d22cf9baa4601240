// Device codes: how a program without a browser is let in by a person who has one (RFC 8628). The texts of the codes, and
// how often one may ask. Pure.

import type { Entropy } from '../../platform/entropy.ts';

/** How long a person has to let a program in, and how often the program may ask whether he has. */
export const deviceCodeTimes = { lifeMs: 600_000, intervalMs: 5_000, slowerMs: 5_000 } as const;

/** A program waits the interval and asks; on the way some of that may get lost. */
const toleranceMs = 1_000;

/** Consonants: no word comes about, and none looks like a digit (RFC 8628, 6.1). 34 bits. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';
const userCodeLength = 8;

/** @returns a new code that a person types, without the dash */
export function newUserCode(entropy: Entropy): string {
  // Bytes beyond the last whole multiple would favour the first letters.
  const fair = 256 - (256 % letters.length);
  let code = '';
  while (code.length < userCodeLength)
    for (const byte of entropy.bytes(2 * userCodeLength))
      if (byte < fair && code.length < userCodeLength) code += letters[byte % letters.length];
  return code;
}

/** @returns the code as people read it: WDJB-MJHT */
export function showUserCode(code: string): string {
  return `${code.slice(0, userCodeLength / 2)}-${code.slice(userCodeLength / 2)}`;
}

/** @returns the code without what people type around and between: dashes, blanks, full-width letters */
export function plainUserCode(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, '');
}

/** @returns whether a program asks sooner than it was told to */
export function isTooSoon(
  asked: { readonly lastMs: number | null; readonly intervalMs: number },
  nowMs: number,
): boolean {
  return asked.lastMs !== null && nowMs - asked.lastMs < asked.intervalMs - toleranceMs;
}
