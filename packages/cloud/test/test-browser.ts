// A browser that subscribed to pushes: has the keys of its subscription, and reads what a push service brings (RFC 8291).

import { createDecipheriv, createECDH, createHmac } from 'node:crypto';
import { p256Key, p256PublicKey } from '../src/features/notices/push-message.ts';

/** A push as the page's worker gets it. */
export interface ReadPush {
  readonly title: string;
  readonly body: string;
  readonly delivery_id: string;
}

/** @param number makes its keys differ from those of others */
export function createTestBrowser(number = 5) {
  const privateKey = p256Key(new Uint8Array(32).fill(number));
  const publicKey = p256PublicKey(privateKey);
  const auth = Buffer.alloc(16, number);
  return {
    /** `keys` of its PushSubscription. */
    keys: {
      p256dh: Buffer.from(publicKey).toString('base64url'),
      auth: auth.toString('base64url'),
    },
    /** Opens the body of a push. */
    read: (body: Uint8Array): ReadPush => {
      const bytes = Buffer.from(body);
      const salt = bytes.subarray(0, 16);
      const sender = bytes.subarray(21, 21 + bytes.readUInt8(20));
      const sealed = bytes.subarray(21 + sender.length);
      const pair = createECDH('prime256v1');
      pair.setPrivateKey(privateKey);
      const shared = hmac(auth, pair.computeSecret(sender));
      const input = expand(shared, Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, sender]), 32);
      const secret = hmac(salt, input);
      const key = expand(secret, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
      const nonce = expand(secret, Buffer.from('Content-Encoding: nonce\0'), 12);
      const cipher = createDecipheriv('aes-128-gcm', key, nonce);
      cipher.setAuthTag(sealed.subarray(-16));
      const text = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
      // The last byte ends the record (RFC 8188).
      return JSON.parse(text.subarray(0, -1).toString('utf8'));
    },
  };
}

function hmac(key: Uint8Array, data: Uint8Array): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

function expand(key: Uint8Array, info: Uint8Array, length: number): Buffer {
  return hmac(key, Buffer.concat([info, Uint8Array.of(1)])).subarray(0, length);
}
