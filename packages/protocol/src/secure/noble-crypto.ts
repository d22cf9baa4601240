// The reference provider, on the audited noble libraries: the same code in the cloud and on a board
// without native cryptography.
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { requireLength } from '../basics/bytes.ts';
import { limits } from '../basics/limits.ts';
import type { CryptoProvider } from './crypto-provider.ts';
import { x25519 } from './x25519.ts';

// RFC 7748, 4.1: the base point's u-coordinate. Multiplying it by hand costs one ladder; the
// library's getPublicKey first fills a table, which takes seconds on a microcontroller.
const BASE_POINT = new Uint8Array(32);
BASE_POINT[0] = 9;
const NONCE_BYTES = 12;

/** @see CryptoProvider */
export const nobleCrypto: CryptoProvider = {
  sha256: (data) => sha256(data),
  hmacSha256: (key, data) => hmac(sha256, key, data),
  hmacSha1: (key, data) => hmac(sha1, key, data),
  seal(key, nonce, parts) {
    requireLengths(key, nonce);
    return chacha20poly1305(key, nonce, parts.associated).encrypt(parts.data);
  },
  open(key, nonce, parts) {
    requireLengths(key, nonce);
    try {
      return chacha20poly1305(key, nonce, parts.associated).decrypt(parts.data);
    } catch {
      // The library reports a wrong tag and a short input by throwing; both are refusals here.
      return undefined;
    }
  },
  x25519Public(secret) {
    requireLength(secret, limits.keyBytes, 'x25519 secret');
    return x25519.scalarMult(secret, BASE_POINT);
  },
  x25519Shared(secret, publicKey) {
    requireLength(secret, limits.keyBytes, 'x25519 secret');
    requireLength(publicKey, limits.keyBytes, 'x25519 public key');
    try {
      return x25519.scalarMult(secret, publicKey);
    } catch {
      // Thrown for a low-order point, whose product is all zeros (RFC 7748, 6.1).
      return undefined;
    }
  },
};

// Checked outside the tries above: a key of the wrong length is our mistake and must not look like a forgery.
function requireLengths(key: Uint8Array, nonce: Uint8Array): void {
  requireLength(key, limits.keyBytes, 'cipher key');
  requireLength(nonce, NONCE_BYTES, 'cipher nonce');
}
