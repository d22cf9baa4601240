// Signs webhooks as Standard Webhooks say: over `id.timestamp.body`, `v1` by a shared secret (HMAC-SHA256) and `v1a`
// by a key of which the receiver needs only the public half (Ed25519).

import { createHmac, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';

/** Bytes of one secret as it is kept: 32 for v1, 32 (a seed) for v1a. */
export const webhookSecretBytes = 64;

const half = 32;
/** RFC 8410: what stands before the seed of an Ed25519 key. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

/** What is sent. */
export interface SignedText {
  /** The same for every attempt. */
  readonly id: string;
  /** Of this attempt, in seconds since 1970. */
  readonly timestampSeconds: number;
  readonly body: string;
}

/** @param secrets the present one first, then the one before while both sign @returns header `webhook-signature` */
export function webhookSignature(text: SignedText, secrets: readonly Uint8Array[]): string {
  const signed = `${text.id}.${text.timestampSeconds}.${text.body}`;
  return secrets
    .flatMap((secret) => [
      `v1,${createHmac('sha256', secret.subarray(0, half)).update(signed).digest('base64')}`,
      `v1a,${sign(null, Buffer.from(signed), privateKey(secret)).toString('base64')}`,
    ])
    .join(' ');
}

/** @returns `whsec_…` for v1 and `whpk_…` for v1a, as receivers' libraries take them */
export function showWebhookSecret(secret: Uint8Array): {
  readonly secret: string;
  readonly publicKey: string;
} {
  const raw = createPublicKey(privateKey(secret)).export({ format: 'jwk' }).x ?? '';
  return {
    secret: `whsec_${Buffer.from(secret.subarray(0, half)).toString('base64')}`,
    publicKey: `whpk_${Buffer.from(raw, 'base64url').toString('base64')}`,
  };
}

function privateKey(secret: Uint8Array): KeyObject {
  const key = Buffer.concat([pkcs8Head, secret.subarray(half)]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}
