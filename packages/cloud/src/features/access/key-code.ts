// Key codes: 8 or more digits that open the bin of one key at one location, for whoever holds them
// (AC-01). Pure: what a code is, when it is worth something, and how long it must be.

import type { BoxId } from '@smartbox/protocol';

/** How often a code works. `until-withdrawn` ends when its key was taken out with it. */
export const codeUses = ['until-withdrawn', 'unlimited', 'once'] as const;
/** See `codeUses`. */
export type CodeUses = (typeof codeUses)[number];

/** Why a code ended for good. */
export type CodeEnd = 'withdrawn' | 'used' | 'revoked' | 'expired' | 'key-retired';

/** One code. Its digits are not here: nobody knows them but whoever was shown them. */
export interface KeyCode {
  /** `code_…` */
  readonly codeId: string;
  readonly keyId: string;
  readonly locationId: string;
  /** Keyed hash of the digits: what it is found by. */
  readonly codeMac: Uint8Array;
  readonly digits: number;
  readonly uses: CodeUses;
  readonly label: string;
  readonly startsAtMs: number | null;
  readonly expiresAtMs: number | null;
  readonly createdAtMs: number;
  readonly rev: number;
  readonly endedAtMs: number | null;
  readonly endedBecause: CodeEnd | null;
  /** The grant that holds a one-time code until the box's log tells what became of it. */
  readonly reservedBy: { readonly boxId: BoxId; readonly reference: number } | null;
}

/** What a code is worth at one moment. */
export type CodeWorth = 'valid' | 'not-yet' | 'expired' | 'ended' | 'reserved';

/** @returns what the code is worth at `nowMs`; it is worth nothing from the very millisecond of its end */
export function codeWorth(
  code: Pick<KeyCode, 'startsAtMs' | 'expiresAtMs' | 'endedAtMs' | 'reservedBy'>,
  nowMs: number,
): CodeWorth {
  if (code.endedAtMs !== null) return 'ended';
  if (code.startsAtMs !== null && nowMs < code.startsAtMs) return 'not-yet';
  if (code.expiresAtMs !== null && nowMs >= code.expiresAtMs) return 'expired';
  return code.reservedBy === null ? 'valid' : 'reserved';
}

/** The bounds of codes, each with its reason. */
export const codeLimits = {
  /** 20 codes of 8 digits, 20 wrong tries a day: 0.15 % a year. */
  shortest: 8,
  /** What fits the keypad's message. */
  longest: 16,
  /** Chance that one blind guess hits any live code of the location. */
  guessChance: 1e-6,
} as const;

/** @returns how many live codes of this length one location may have */
export function roomForCodes(digits: number): number {
  return Math.round(10 ** digits * codeLimits.guessChance);
}

/**
 * @param liveCount live codes of the location with so many digits
 * @returns the shortest length at which one code more stays hard to guess
 */
export function digitsForNewCode(liveCount: (digits: number) => number): number {
  let digits: number = codeLimits.shortest;
  while (digits < codeLimits.longest && liveCount(digits) >= roomForCodes(digits)) digits++;
  return digits;
}

/** @returns plain digits, also from full-width ones, blanks and hyphens left out; undefined for anything else */
export function plainDigits(text: string): string | undefined {
  const digits = text.normalize('NFKC').replace(/[\s‐-―−-]/g, '');
  const { shortest, longest } = codeLimits;
  return /^[0-9]+$/.test(digits) && digits.length >= shortest && digits.length <= longest
    ? digits
    : undefined;
}

/** @returns whether people try such a code first: one digit, a run, or a repeated group */
export function isEasyToGuess(digits: string): boolean {
  const steps = [...digits].slice(1).map((digit, index) => (Number(digit) - Number(digits[index]) + 10) % 10);
  const run = steps.every((step) => step === steps[0]) && [0, 1, 9].includes(steps[0] ?? 0);
  const repeated = [1, 2, 3, 4].some(
    (length) =>
      digits.length % length === 0 && digits === digits.slice(0, length).repeat(digits.length / length),
  );
  return run || repeated;
}

/** @param bytes draws random bytes @returns so many random digits, each as likely as the others */
export function randomDigits(count: number, bytes: (length: number) => Uint8Array): string {
  let digits = '';
  while (digits.length < count) {
    // 250 is the largest multiple of 10 in a byte: the rest is drawn again, so no digit is favoured.
    for (const byte of bytes(count)) if (byte < 250 && digits.length < count) digits += byte % 10;
  }
  return digits;
}
