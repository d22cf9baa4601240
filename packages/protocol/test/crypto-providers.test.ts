// The reference provider and an independent one keep the contract and give the same answers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToHex, nobleCrypto } from '../src/index.ts';
import { cryptoProviderContract } from './crypto-provider-contract.ts';
import { batch } from './effort.ts';
import { nodeCrypto } from './node-crypto.ts';

cryptoProviderContract('noble', nobleCrypto);
cryptoProviderContract('OpenSSL', nodeCrypto);

describe('noble beside OpenSSL', () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  const data = fc.uint8Array({ maxLength: 1200 });

  it('hashes and authenticates the same', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), data, (key, message) => {
        expect(bytesToHex(nobleCrypto.sha256(message))).toBe(bytesToHex(nodeCrypto.sha256(message)));
        expect(bytesToHex(nobleCrypto.hmacSha256(key, message))).toBe(
          bytesToHex(nodeCrypto.hmacSha256(key, message)),
        );
        expect(bytesToHex(nobleCrypto.hmacSha1(key, message))).toBe(
          bytesToHex(nodeCrypto.hmacSha1(key, message)),
        );
      }),
      { numRuns: batch(500) },
    );
  });

  it('seals the same, and each opens what the other sealed', () => {
    fc.assert(
      fc.property(bytes(32), bytes(12), data, data, (key, nonce, plaintext, associated) => {
        const sealed = nobleCrypto.seal(key, nonce, { data: plaintext, associated });
        expect(bytesToHex(sealed)).toBe(
          bytesToHex(nodeCrypto.seal(key, nonce, { data: plaintext, associated })),
        );
        for (const provider of [nobleCrypto, nodeCrypto]) {
          const opened = provider.open(key, nonce, { data: sealed, associated });
          expect(bytesToHex(opened!)).toBe(bytesToHex(plaintext));
        }
      }),
      { numRuns: batch(500) },
    );
  });

  it('agrees on X25519 for every secret and every 32 bytes taken as a public key', () => {
    fc.assert(
      fc.property(bytes(32), bytes(32), (secret, point) => {
        expect(nobleCrypto.x25519Public(secret)).toEqual(nodeCrypto.x25519Public(secret));
        expect(nobleCrypto.x25519Shared(secret, point)).toEqual(nodeCrypto.x25519Shared(secret, point));
      }),
      { numRuns: batch(60) },
    );
  });
});
