// The way in when the sheet is lost: the box shows a challenge, a person reads it out on the phone, the operator
// reads an answer back. OCRA (RFC 6287) with SHA-256, 8 digits and one numeric question: the 8 digits of the
// challenge and the 2 of the bin. Needs neither clock nor network.
import { asciiToBytes, concatBytes, hexToBytes } from '../basics/bytes.ts';
import { truncatedCode } from '../basics/decimal-code.ts';
import { ProtocolError } from '../basics/errors.ts';
import { limits } from '../basics/limits.ts';
import type { CryptoProvider } from '../secure/crypto-provider.ts';

/** RFC 6287, 6: what stands first in every message that is authenticated. */
const SUITE = 'OCRA-1:HOTP-SHA256-8:QN10';
const QUESTION_BYTES = 128;

/** A question of the box. */
export interface PhoneChallenge {
  /** 8 digits. */
  readonly challenge: string;
  /** Bin number, or `ALL_BINS`. */
  readonly target: number;
}

/** @returns the 8 digits that answer. @param phoneKey 32 bytes */
export function phoneAnswer(crypto: CryptoProvider, phoneKey: Uint8Array, asked: PhoneChallenge): string {
  const { challenge, target } = asked;
  if (!/^[0-9]{8}$/.test(challenge) || target < 0 || target > limits.sheetBins) {
    throw new ProtocolError('out-of-range', 'phone-challenge');
  }
  const question = `${challenge}${String(target).padStart(2, '0')}`;
  return ocra(crypto, phoneKey, { suite: SUITE, digits: 8, question });
}

/**
 * OCRA with HMAC-SHA256 (RFC 6287, 5.1).
 * @param parts.question decimal digits
 * @param parts.counter 8 bytes and `parts.pinHash`, where the suite has them: only the RFC's own examples do
 */
export function ocra(
  crypto: CryptoProvider,
  key: Uint8Array,
  parts: {
    readonly suite: string;
    readonly digits: number;
    readonly question: string;
    readonly counter?: Uint8Array;
    readonly pinHash?: Uint8Array;
  },
): string {
  const none = new Uint8Array(0);
  const message = concatBytes(
    asciiToBytes(parts.suite),
    new Uint8Array(1),
    parts.counter ?? none,
    numericQuestion(parts.question),
    parts.pinHash ?? none,
  );
  return truncatedCode(crypto.hmacSha256(key, message), parts.digits);
}

// RFC 6287, 5.1: a numeric question is written in hexadecimal and padded with zeros on the right.
function numericQuestion(question: string): Uint8Array {
  return hexToBytes(
    Number(question)
      .toString(16)
      .padEnd(QUESTION_BYTES * 2, '0'),
  );
}
