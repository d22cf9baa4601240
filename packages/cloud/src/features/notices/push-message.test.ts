import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encryptPush, isP256Point, p256Key, p256PublicKey, pushAuthorization } from './push-message.ts';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'));

describe('a push', () => {
  it('is encrypted as the example of RFC 8291 (appendix A) is', () => {
    const encrypted = encryptPush(
      new Uint8Array(Buffer.from('When I grow up, I want to be a watermelon')),
      {
        publicKey: bytes(
          'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
        ),
        auth: bytes('BTBZMqHH6r4Tts7J_aSIgg'),
      },
      { key: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'), salt: bytes('DGv6ra1nlYgDCS1FRnbzlw') },
    );
    expect(Buffer.from(encrypted).toString('base64url')).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    );
  });

  it('proves its sender to the push service by a signed claim (RFC 8292)', () => {
    const privateKey = p256Key(new Uint8Array(32).fill(255));
    const publicKey = p256PublicKey(privateKey);
    const header = pushAuthorization({
      ...{ privateKey, publicKey, contact: 'mailto:a@example.jp' },
      ...{ audience: 'https://push.example.net', expiresAtMs: 1_775_000_000_000 },
    });
    const [, head = '', claims = '', signature = '', key = ''] =
      /^vapid t=([^.]+)[.]([^.]+)[.]([^.]+), k=(.+)$/.exec(header) ?? [];
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      ...{ aud: 'https://push.example.net', exp: 1_775_000_000, sub: 'mailto:a@example.jp' },
    });
    const point = Buffer.from(key, 'base64url');
    const [x, y] = [point.toString('base64url', 1, 33), point.toString('base64url', 33)];
    const shown = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } });
    const signed = { key: shown, dsaEncoding: 'ieee-p1363' } as const;
    expect(
      verify('sha256', Buffer.from(`${head}.${claims}`), signed, Buffer.from(signature, 'base64url')),
    ).toBe(true);
  });

  it('takes only points of the curve for a browser’s key', () => {
    const point = p256PublicKey(p256Key(new Uint8Array(32).fill(7)));
    expect(isP256Point(point)).toBe(true);
    expect(isP256Point(point.with(64, (point[64] ?? 0) ^ 1))).toBe(false);
    expect(isP256Point(point.subarray(1))).toBe(false);
  });

  it('makes a key of whatever was drawn', () => {
    for (const byte of [0, 255])
      expect(isP256Point(p256PublicKey(p256Key(new Uint8Array(32).fill(byte))))).toBe(true);
  });
});
