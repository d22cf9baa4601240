// The outside vectors of C2SP Wycheproof, run through the CryptoProvider port, so that any provider
// (noble, OpenSSL, a board's own) is measured by the same cases.
import { describe, expect, it } from 'vitest';
import { bytesToHex, type CryptoProvider, hexToBytes, hkdfExpand, hkdfExtract } from '../src/index.ts';
import { readWycheproof } from './read-vectors.ts';

interface Group<Case> {
  readonly tagSize: number;
  readonly tests: readonly (Case & {
    readonly tcId: number;
    readonly comment: string;
    readonly result: 'valid' | 'invalid' | 'acceptable';
  })[];
}
interface AeadCase {
  readonly key: string;
  readonly iv: string;
  readonly aad: string;
  readonly msg: string;
  readonly ct: string;
  readonly tag: string;
}
interface MacCase {
  readonly key: string;
  readonly msg: string;
  readonly tag: string;
}
interface HkdfCase {
  readonly ikm: string;
  readonly salt: string;
  readonly info: string;
  readonly size: number;
  readonly okm: string;
}
interface XdhCase {
  readonly public: string;
  readonly private: string;
  readonly shared: string;
}
const ZEROS = '00'.repeat(32);

/** Declares one test per set. @param provider what is measured */
export function wycheproofSets(provider: CryptoProvider): void {
  describe('Wycheproof', () => {
    it('agrees on ChaCha20-Poly1305 and opens nothing that was changed (SEC-07)', () => {
      for (const { tests } of readWycheproof<Group<AeadCase>>('chacha20_poly1305')) {
        for (const test of tests) aead(provider, test, test.result === 'valid', `case ${test.tcId}`);
      }
    });

    it('agrees on HMAC-SHA-256', () => {
      for (const { tests, tagSize } of readWycheproof<Group<MacCase>>('hmac_sha256')) {
        for (const test of tests) {
          const mac = provider.hmacSha256(hexToBytes(test.key), hexToBytes(test.msg));
          const equal = bytesToHex(mac.slice(0, tagSize / 8)) === test.tag;
          expect(equal, `case ${test.tcId}: ${test.comment}`).toBe(test.result === 'valid');
        }
      }
    });

    it('agrees on HKDF-SHA-256 through hkdfExtract and hkdfExpand', () => {
      for (const { tests } of readWycheproof<Group<HkdfCase>>('hkdf_sha256')) {
        for (const test of tests) {
          const prk = hkdfExtract(provider, hexToBytes(test.salt), hexToBytes(test.ikm));
          const expand = () => bytesToHex(hkdfExpand(provider, prk, hexToBytes(test.info), test.size));
          if (test.result === 'valid') expect(expand(), `case ${test.tcId}`).toBe(test.okm);
          else expect(expand, `case ${test.tcId}: ${test.comment}`).toThrow('out-of-range');
        }
      }
    });

    it('agrees on X25519 and gives no secret for a point of low order', () => {
      for (const { tests } of readWycheproof<Group<XdhCase>>('x25519')) {
        for (const test of tests) {
          const shared = provider.x25519Shared(hexToBytes(test.private), hexToBytes(test.public));
          const answer = shared === undefined ? undefined : bytesToHex(shared);
          const expected = test.shared === ZEROS ? undefined : test.shared;
          expect(answer, `case ${test.tcId}: ${test.comment}`).toBe(expected);
        }
      }
    });
  });
}

function aead(provider: CryptoProvider, test: AeadCase, valid: boolean, name: string): void {
  const [key, nonce] = [hexToBytes(test.key), hexToBytes(test.iv)];
  const associated = hexToBytes(test.aad);
  const open = () => provider.open(key, nonce, { data: hexToBytes(test.ct + test.tag), associated });
  const seal = () => provider.seal(key, nonce, { data: hexToBytes(test.msg), associated });
  if (nonce.length !== 12) {
    expect(open, name).toThrow();
    expect(seal, name).toThrow();
  } else if (valid) {
    expect(bytesToHex(seal()), name).toBe(test.ct + test.tag);
    expect(bytesToHex(open() ?? new Uint8Array(0)), name).toBe(test.msg);
  } else {
    expect(open(), name).toBeUndefined();
  }
}
