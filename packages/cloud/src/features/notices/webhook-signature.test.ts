import { createPublicKey, verify } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { showWebhookSecret, webhookSignature } from './webhook-signature.ts';

const secret = Uint8Array.from({ length: 64 }, (_, index) => index);
const other = secret.map((byte) => byte ^ 255);
const nowSeconds = Math.floor(Date.now() / 1_000);
const text = { id: 'dlv_1', timestampSeconds: nowSeconds, body: '{"type":"key.withdrawn","名":"鍵"}' };
const headers = (signature: string) => ({
  ...{ 'webhook-id': text.id, 'webhook-timestamp': String(nowSeconds), 'webhook-signature': signature },
});

describe('the signature of a webhook', () => {
  it('is taken by the library of Standard Webhooks', () => {
    const library = new Webhook(showWebhookSecret(secret).secret);
    const signed = headers(webhookSignature(text, [secret]));
    expect(library.verify(text.body, signed)).toEqual(JSON.parse(text.body));
    expect(() => library.verify(`${text.body} `, signed)).toThrow('No matching signature');
  });

  it('is proven by the public key alone', () => {
    const { publicKey } = showWebhookSecret(secret);
    const x = Buffer.from(publicKey.slice('whpk_'.length), 'base64').toString('base64url');
    const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
    const signature = webhookSignature(text, [secret]).split(' ')[1]?.slice('v1a,'.length) ?? '';
    const signed = Buffer.from(`${text.id}.${text.timestampSeconds}.${text.body}`);
    expect(verify(null, signed, key, Buffer.from(signature, 'base64'))).toBe(true);
    expect(verify(null, Buffer.concat([signed, signed]), key, Buffer.from(signature, 'base64'))).toBe(false);
  });

  it('is taken by whoever has either secret while both sign', () => {
    const signed = headers(webhookSignature(text, [secret, other]));
    for (const one of [secret, other])
      expect(() => new Webhook(showWebhookSecret(one).secret).verify(text.body, signed)).not.toThrow();
  });
});
