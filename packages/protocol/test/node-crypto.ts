// A second provider, on OpenSSL through node:crypto: an implementation that shares no code with
// noble. It runs the contract, and random inputs are given to both.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type KeyObject,
} from 'node:crypto';
import { type CryptoProvider, concatBytes, hexToBytes, limits, ProtocolError } from '../src/index.ts';

const CIPHER = 'chacha20-poly1305';
const TAG = { authTagLength: limits.tagLengthBytes } as const;
// RFC 8410: what stands before the 32 bytes of an X25519 key in PKCS #8 and in SubjectPublicKeyInfo.
const PKCS8 = hexToBytes('302e020100300506032b656e04220420');
const SPKI = hexToBytes('302a300506032b656e032100');

/** @see CryptoProvider */
export const nodeCrypto: CryptoProvider = {
  sha256: (data) => plain(createHash('sha256').update(data).digest()),
  hmacSha256: (key, data) => plain(createHmac('sha256', key).update(data).digest()),
  hmacSha1: (key, data) => plain(createHmac('sha1', key).update(data).digest()),
  seal(key, nonce, parts) {
    requireNonce(nonce);
    const cipher = createCipheriv(CIPHER, key, nonce, TAG);
    cipher.setAAD(parts.associated, { plaintextLength: parts.data.length });
    return concatBytes(cipher.update(parts.data), cipher.final(), cipher.getAuthTag());
  },
  open(key, nonce, parts) {
    requireNonce(nonce);
    const length = parts.data.length - limits.tagLengthBytes;
    const cipher = createDecipheriv(CIPHER, key, nonce, TAG);
    if (length < 0) return undefined;
    cipher.setAAD(parts.associated, { plaintextLength: length });
    cipher.setAuthTag(parts.data.subarray(length));
    const opened = cipher.update(parts.data.subarray(0, length));
    try {
      return concatBytes(opened, cipher.final());
    } catch {
      return undefined; // the tag does not match
    }
  },
  x25519Public: (secret) => plain(createPublicKey(secretKey(secret)).export(SPKI_DER).subarray(SPKI.length)),
  x25519Shared(secret, publicKey) {
    const keys = { privateKey: secretKey(secret), publicKey: publicKeyOf(publicKey) };
    try {
      return plain(diffieHellman(keys));
    } catch {
      return undefined; // OpenSSL refuses a product of zeros
    }
  },
};

const SPKI_DER = { format: 'der', type: 'spki' } as const;

function secretKey(secret: Uint8Array): KeyObject {
  requireKey(secret);
  return createPrivateKey({ key: Buffer.from(concatBytes(PKCS8, secret)), format: 'der', type: 'pkcs8' });
}

function publicKeyOf(publicKey: Uint8Array): KeyObject {
  requireKey(publicKey);
  return createPublicKey({ key: Buffer.from(concatBytes(SPKI, publicKey)), ...SPKI_DER });
}

function requireKey(key: Uint8Array): void {
  if (key.length !== limits.keyBytes) throw new ProtocolError('out-of-range', 'key');
}

// OpenSSL takes shorter nonces too.
function requireNonce(nonce: Uint8Array): void {
  if (nonce.length !== 12) throw new ProtocolError('out-of-range', 'nonce');
}

/** A Buffer is a Uint8Array with a pooled memory behind it: the contract wants an array of its own. */
function plain(buffer: Buffer): Uint8Array {
  return Uint8Array.from(buffer);
}
