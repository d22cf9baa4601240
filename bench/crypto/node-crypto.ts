// The protocol's cryptography by Node's own library, to compare the portable one with. Not used by the product: see
// the section's table for why.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
} from 'node:crypto';
import type { CryptoProvider } from '@smartbox/protocol';

const tagBytes = 16;
const cipherName = 'chacha20-poly1305';
// RFC 8410: what stands before 32 raw bytes of an X25519 key in its standard encodings.
const privatePrefix = Buffer.from('302e020100300506032b656e04220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b656e032100', 'hex');
const basePoint = Buffer.concat([Buffer.from([9]), Buffer.alloc(31)]);

/** @see CryptoProvider */
export const nodeCrypto: CryptoProvider = {
  sha256: (data) => createHash('sha256').update(data).digest(),
  hmacSha256: (key, data) => createHmac('sha256', key).update(data).digest(),
  hmacSha1: (key, data) => createHmac('sha1', key).update(data).digest(),
  seal(key, nonce, { data, associated }) {
    const cipher = createCipheriv(cipherName, key, nonce, { authTagLength: tagBytes });
    cipher.setAAD(associated, { plaintextLength: data.length });
    return Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]);
  },
  open(key, nonce, { data, associated }) {
    const bodyBytes = data.length - tagBytes;
    const decipher = createDecipheriv(cipherName, key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(associated, { plaintextLength: bodyBytes });
    decipher.setAuthTag(data.subarray(bodyBytes));
    try {
      return Buffer.concat([decipher.update(data.subarray(0, bodyBytes)), decipher.final()]);
    } catch {
      // The library reports a wrong tag by throwing.
      return undefined;
    }
  },
  x25519Public: (secret) => agree(secret, basePoint),
  x25519Shared: (secret, publicKey) => agree(secret, publicKey),
};

function agree(secret: Uint8Array, publicKey: Uint8Array): Uint8Array {
  return diffieHellman({
    privateKey: createPrivateKey({
      key: Buffer.concat([privatePrefix, secret]),
      format: 'der',
      type: 'pkcs8',
    }),
    publicKey: createPublicKey({
      key: Buffer.concat([publicPrefix, publicKey]),
      format: 'der',
      type: 'spki',
    }),
  });
}
