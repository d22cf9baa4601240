// Ed25519 by OpenSSL: a file of uses may hold hundreds of signatures, and boxes wait meanwhile.

import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { hexToBytes, type SignedUse, useBytes } from '@smartbox/protocol';

/** @param publicKey 32 bytes. @returns whether a use is signed under it */
export function createUseVerifier(publicKey: Uint8Array): (use: SignedUse) => boolean {
  const key: KeyObject = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') },
    format: 'jwk',
  });
  return (use) => verify(null, useBytes(use), key, hexToBytes(use.signature));
}
