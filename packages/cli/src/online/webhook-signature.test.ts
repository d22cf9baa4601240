// Signatures of webhooks, against the example of the Standard Webhooks specification's libraries.
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkDelivery, readSecretBytes, signDelivery } from './webhook-signature.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const delivery = {
  ...{ id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: '1614265330', body: '{"test": 2432232314}' },
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const atMs = 1_614_265_330_000;

describe('a webhook', () => {
  it('is signed as other libraries sign it', () => {
    expect(signDelivery(delivery, secret)).toBe(delivery.signature);
  });

  it.each([
    ['verified', delivery, atMs],
    ['verified', { ...delivery, signature: `v1,AAAA v2,x ${delivery.signature}` }, atMs + 299_000],
    ['stale', delivery, atMs + 301_000],
    ['stale', delivery, atMs - 301_000],
    ['forged', { ...delivery, body: '{"test": 2432232315}' }, atMs],
    ['forged', { ...delivery, id: 'msg_x' }, atMs],
    ['forged', { ...delivery, signature: 'v1a,AAAA' }, atMs],
    ['unsigned', { ...delivery, signature: '' }, atMs],
    ['unsigned', { ...delivery, timestamp: 'now' }, atMs],
  ] as const)('is %s', (verdict, one, nowMs) => {
    expect(checkDelivery(one, secret, nowMs)).toBe(verdict);
  });

  it('is checked with a public key alone', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
    const signed = sign(
      null,
      Buffer.from(`${delivery.id}.${delivery.timestamp}.${delivery.body}`),
      privateKey,
    );
    const one = { ...delivery, signature: `v1,AAAA v1a,${signed.toString('base64')}` };
    const whpk = `whpk_${raw.toString('base64')}`;
    expect(checkDelivery(one, whpk, atMs)).toBe('verified');
    expect(checkDelivery({ ...one, body: '{}' }, whpk, atMs)).toBe('forged');
  });

  it('is not checked without a secret', () => {
    expect(checkDelivery({ ...delivery, signature: '' }, undefined, atMs)).toBe('unchecked');
  });

  it.each(['', 'whsec_', 'whsec_AAAA', 'whpk_AAAA', 'sbk_x', 'whsec_ä'])('is not signed with %j', (text) => {
    expect(readSecretBytes(text)).toBeUndefined();
  });
});
