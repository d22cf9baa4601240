// A break-glass file opened and its uses verified by Node's OpenSSL alone, written from the description in
// docs/break-glass.md and sharing no code with src/: another program, in another language, could do the same.
import { argon2Sync, createDecipheriv, createHmac, createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signUse, usePublicKey } from '../src/index.ts';
import { sampleFile, samplePassphrase, samplePayload } from './break-glass-sample.ts';

/** HKDF-Expand (RFC 5869, 2.3) of one block. */
function subkey(key: Buffer, label: string, length: number): Buffer {
  return createHmac('sha256', key)
    .update(label)
    .update(Buffer.from([1]))
    .digest()
    .subarray(0, length);
}

function ascii(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

describe('a break-glass file', () => {
  it('opens with nothing but Argon2id, HMAC-SHA256 and ChaCha20-Poly1305', async () => {
    const file = JSON.parse(await sampleFile());
    const { memoryKiB, passes, lanes, salt } = file.argon2;
    const key = argon2Sync('argon2id', {
      ...{ message: samplePassphrase.normalize('NFKC'), nonce: Buffer.from(salt, 'hex'), tagLength: 32 },
      ...{ memory: memoryKiB, passes, parallelism: lanes },
    });
    expect(file.passphraseCheck).toBe(subkey(key, 'SBX1 break-glass check', 16).toString('hex'));
    const sealed = Buffer.from(file.ciphertext, 'hex');
    const decipher = createDecipheriv(
      'chacha20-poly1305',
      subkey(key, 'SBX1 break-glass seal', 32),
      Buffer.from(file.nonce, 'hex'),
      { authTagLength: 16 },
    );
    const named = [
      file.exportId,
      file.tenantName,
      file.createdAt,
      memoryKiB,
      passes,
      lanes,
      salt,
      file.nonce,
    ];
    decipher.setAAD(Buffer.from(`smartbox-break-glass-1\n${ascii(named)}`), {
      plaintextLength: sealed.length - 16,
    });
    decipher.setAuthTag(sealed.subarray(-16));
    const opened = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    expect(JSON.parse(opened.toString('ascii'))).toEqual(samplePayload);
  });

  it('is used under a signature that OpenSSL verifies', () => {
    const secret = Buffer.from(samplePayload.useKey, 'hex');
    const use = {
      ...{ exportId: 'bgx_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12', chain: '0011223344556677', sequence: 1 },
      ...({ previousHash: '00'.repeat(32), atMs: 5, kind: 'sheet-shown', boxId: '4ZK7Q1M0P9XWT' } as const),
      ...{ target: null, challengeHash: null },
    };
    const { signature } = signUse(secret, use);
    const x = Buffer.from(usePublicKey(secret)).toString('base64url');
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const signed = Buffer.from(`smartbox-break-glass-use-1\n${ascii(Object.values(use))}`);
    expect(verify(null, signed, publicKey, Buffer.from(signature, 'hex'))).toBe(true);
  });
});
