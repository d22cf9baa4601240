// The code that an authenticator app on a phone shows for one box: TOTP (RFC 6238) with SHA-1, 30 seconds and
// 8 digits, the one variant that every app understands. It is worth as much as the box's clock.
import { concatBytes, requireLength, uint32ToBytes } from '../basics/bytes.ts';
import { truncatedCode } from '../basics/decimal-code.ts';
import { limits } from '../basics/limits.ts';
import type { CryptoProvider } from '../secure/crypto-provider.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const WORD = 2 ** 32;

/** @returns which 30 seconds `nowMs` (Unix) lies in */
export function authenticatorStep(nowMs: number): number {
  return Math.floor(nowMs / limits.authenticatorStepMs);
}

/**
 * @param key 20 bytes
 * @returns the 8 digits of one step
 * @throws ProtocolError `out-of-range` without a key: the codes of an empty one are known to all
 */
export function authenticatorCode(crypto: CryptoProvider, key: Uint8Array, step: number): string {
  requireLength(key, limits.authenticatorKeyBytes, 'authenticator-key');
  const counter = concatBytes(uint32ToBytes(Math.floor(step / WORD)), uint32ToBytes(step % WORD));
  return truncatedCode(crypto.hmacSha1(key, counter), limits.authenticatorDigits);
}

/** @returns RFC 4648 base 32 without padding, as `otpauth:` addresses carry keys */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = held * 256 + byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32[Math.floor(held / 2 ** bits)];
      held %= 2 ** bits;
    }
  }
  return bits === 0 ? text : text + BASE32[held * 2 ** (5 - bits)];
}
