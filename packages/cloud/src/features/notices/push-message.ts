// Web push: a message that only the browser can read (RFC 8291), with the proof of who sends it (RFC 8292). Pure:
// key, salt and time are inputs.

import { createCipheriv, createECDH, createHmac, createPrivateKey, sign } from 'node:crypto';

/** The browser's half of a subscription. */
export interface PushReceiver {
  /** Uncompressed point of P-256, 65 bytes. */
  readonly publicKey: Uint8Array;
  /** 16 bytes. */
  readonly auth: Uint8Array;
}

/** Drawn anew for each message. */
export interface PushChance {
  /** Private key, 32 bytes; see {@link p256Key}. */
  readonly key: Uint8Array;
  /** 16 bytes. */
  readonly salt: Uint8Array;
}

const curve = 'prime256v1';
/** One record holds all: push services take 4096 bytes. */
const recordBytes = 4_096;

/** Longest text that fits, in bytes. */
export const longestPushBytes = 3_000;

/** A private key of P-256 from 32 random bytes: below the group's order, whatever was drawn. */
export function p256Key(random: Uint8Array): Uint8Array {
  const key = Uint8Array.from(random);
  key[0] = (key[0] ?? 0) & 0x7f;
  key[31] = (key[31] ?? 0) | 1;
  return key;
}

/** @returns the public half, 65 bytes */
export function p256PublicKey(privateKey: Uint8Array): Uint8Array {
  const pair = createECDH(curve);
  pair.setPrivateKey(privateKey);
  return new Uint8Array(pair.getPublicKey());
}

/** @returns whether the bytes are a point of the curve */
export function isP256Point(bytes: Uint8Array): boolean {
  if (bytes.length !== 65 || bytes[0] !== 4) return false;
  const pair = createECDH(curve);
  pair.setPrivateKey(p256Key(new Uint8Array(32)));
  try {
    pair.computeSecret(bytes);
    return true;
  } catch {
    // The library's way to say that it is no point.
    return false;
  }
}

/** @returns the body of the request (content coding aes128gcm) */
export function encryptPush(text: Uint8Array, receiver: PushReceiver, { key, salt }: PushChance): Uint8Array {
  const pair = createECDH(curve);
  pair.setPrivateKey(key);
  const ours = pair.getPublicKey();
  const shared = pair.computeSecret(receiver.publicKey);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), receiver.publicKey, ours]);
  const input = expand(hmac(receiver.auth, shared), info, 32);
  const secret = hmac(salt, input);
  const contentKey = expand(secret, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = expand(secret, Buffer.from('Content-Encoding: nonce\0'), 12);
  const cipher = createCipheriv('aes-128-gcm', contentKey, nonce);
  // 0x02 ends the last record (RFC 8188).
  const sealed = [cipher.update(text), cipher.update(Uint8Array.of(2)), cipher.final(), cipher.getAuthTag()];
  const size = Buffer.alloc(5);
  size.writeUInt32BE(recordBytes);
  size.writeUInt8(ours.length, 4);
  return new Uint8Array(Buffer.concat([salt, size, ours, ...sealed]));
}

/** @param about.audience origin of the push service @returns header `authorization` */
export function pushAuthorization(about: {
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly audience: string;
  readonly expiresAtMs: number;
  /** A way to reach whoever runs this server. */
  readonly contact: string;
}): string {
  const point = Buffer.from(about.publicKey);
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { aud: about.audience, exp: Math.floor(about.expiresAtMs / 1_000), sub: about.contact };
  const signed = `${encode({ typ: 'JWT', alg: 'ES256' })}.${encode(claims)}`;
  const key = createPrivateKey({
    format: 'jwk',
    key: {
      ...{ kty: 'EC', crv: 'P-256', d: Buffer.from(about.privateKey).toString('base64url') },
      x: point.toString('base64url', 1, 33),
      y: point.toString('base64url', 33, 65),
    },
  });
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return `vapid t=${signed}.${signature.toString('base64url')}, k=${point.toString('base64url')}`;
}

function hmac(key: Uint8Array, data: Uint8Array): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

// HKDF's second half, one block of it.
function expand(key: Uint8Array, info: Uint8Array, length: number): Buffer {
  return hmac(key, Buffer.concat([info, Uint8Array.of(1)])).subarray(0, length);
}
