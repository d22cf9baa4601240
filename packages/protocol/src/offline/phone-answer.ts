// The way in when the sheet is lost: the box shows a challenge, a person reads it out on the phone, the operator
// reads an answer back. OCRA (RFC 6287) with SHA-256, 8 digits and one question of ten characters: the 8 digits of
// the challenge and the 2 of the target. Needs neither clock nor network.
// Characters (QA) and not a number (QN): RFC 6287 pads numbers on the right, so that n and 16 n are the same
// question. A caller could then ask for one bin in a way whose answer opens all.
import { asciiToBytes, concatBytes, requireInteger, requireLength } from '../basics/bytes.ts';
import { truncatedCode } from '../basics/decimal-code.ts';
import { ProtocolError } from '../basics/errors.ts';
import { limits } from '../basics/limits.ts';
import type { CryptoProvider } from '../secure/crypto-provider.ts';

/** RFC 6287, 6: what stands first in every message that is authenticated. */
const SUITE = 'OCRA-1:HOTP-SHA256-8:QA10';
const ANSWER_DIGITS = 8;
const QUESTION_BYTES = 128;

/** A question of the box. */
export interface PhoneChallenge {
  /** 8 digits. */
  readonly challenge: string;
  /** Bin number, or `ALL_BINS`. */
  readonly target: number;
}

/**
 * @param phoneKey 32 bytes
 * @returns the 8 digits that answer
 * @throws ProtocolError `out-of-range` for what no box asks, or without a key
 */
export function phoneAnswer(crypto: CryptoProvider, phoneKey: Uint8Array, asked: PhoneChallenge): string {
  const { challenge, target } = asked;
  requireLength(phoneKey, limits.keyBytes, 'phone-key');
  requireInteger(target, { min: 0, max: limits.sheetBins }, 'phone-challenge');
  if (challenge.length !== limits.challengeDigits || !/^[0-9]+$/.test(challenge)) {
    throw new ProtocolError('out-of-range', 'phone-challenge');
  }
  const question = asciiToBytes(`${challenge}${String(target).padStart(2, '0')}`);
  return ocra(crypto, phoneKey, { suite: SUITE, digits: ANSWER_DIGITS, question });
}

/**
 * OCRA with HMAC-SHA256 (RFC 6287, 5.1).
 * @param parts.question as the suite writes it, at most 128 bytes; padded with zeros on the right
 * @param parts.counter 8 bytes and `parts.pinHash`, where the suite has them: only the RFC's own examples do
 */
export function ocra(
  crypto: CryptoProvider,
  key: Uint8Array,
  parts: {
    readonly suite: string;
    readonly digits: number;
    readonly question: Uint8Array;
    readonly counter?: Uint8Array;
    readonly pinHash?: Uint8Array;
  },
): string {
  const none = new Uint8Array(0);
  const question = new Uint8Array(QUESTION_BYTES);
  question.set(parts.question);
  const message = concatBytes(
    asciiToBytes(parts.suite),
    new Uint8Array(1),
    parts.counter ?? none,
    question,
    parts.pinHash ?? none,
  );
  return truncatedCode(crypto.hmacSha256(key, message), parts.digits);
}
