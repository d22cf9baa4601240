// The outside vectors of C2SP Wycheproof as asks of the device program: the cases that bend BigInt, typed arrays
// and integer arithmetic, which is exactly where one engine differs from another.
import { readFileSync } from 'node:fs';
import type { Vector } from './rfc-vectors.ts';

interface Case {
  readonly tcId: number;
  readonly result: 'valid' | 'invalid' | 'acceptable';
  readonly [field: string]: unknown;
}

interface Group {
  readonly tagSize?: number;
  readonly tests: readonly Case[];
}

/** What an engine must answer: hex, null for a refusal, or an error for an ask that is a mistake. */
export interface WycheproofVector extends Omit<Vector, 'answer'> {
  readonly answer: string | null | 'error';
  /** Hex digits of the answer that count; undefined for all. */
  readonly digits?: number;
  /** The answer must differ: the case carries a wrong authenticator. */
  readonly differs?: boolean;
}

function groups(name: string): readonly Group[] {
  const file = new URL(`../../../protocol/vectors/wycheproof/${name}_test.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly testGroups: readonly Group[] }).testGroups;
}

const hex = (test: Case, field: string): string => String(test[field]);

/** One ladder costs as much as a hundred of the other cases, and they are all the same loop over BigInt. */
const everyX25519 = 4;

function x25519(): WycheproofVector[] {
  const taken = (_: Case, index: number): boolean => index % everyX25519 === 0;
  return groups('x25519').flatMap(({ tests }) =>
    tests.filter(taken).map((test) => ({
      name: `x25519 ${test.tcId}`,
      ask: { do: 'x25519-shared', secret: hex(test, 'private'), publicKey: hex(test, 'public') },
      answer: /^0+$/.test(hex(test, 'shared')) ? null : hex(test, 'shared'),
    })),
  );
}

function chacha20Poly1305(): WycheproofVector[] {
  return groups('chacha20_poly1305').flatMap(({ tests }) =>
    tests.map((test) => ({
      name: `chacha20-poly1305 ${test.tcId}`,
      ask: {
        do: 'open',
        key: hex(test, 'key'),
        nonce: hex(test, 'iv'),
        associated: hex(test, 'aad'),
        data: hex(test, 'ct') + hex(test, 'tag'),
      },
      answer: hex(test, 'iv').length !== 24 ? 'error' : test.result === 'valid' ? hex(test, 'msg') : null,
    })),
  );
}

function hmacSha256(): WycheproofVector[] {
  return groups('hmac_sha256').flatMap(({ tests, tagSize = 256 }) =>
    tests.map((test) => ({
      name: `hmac-sha256 ${test.tcId}`,
      ask: { do: 'hmac', key: hex(test, 'key'), data: hex(test, 'msg') },
      answer: hex(test, 'tag'),
      digits: tagSize / 4,
      differs: test.result === 'invalid',
    })),
  );
}

/** Longer outputs than any key: only their text would not fit the memory beside a device's heap. */
const longestOutputBytes = 1024;

function hkdfSha256(): WycheproofVector[] {
  const fits = (test: Case): boolean => test.result === 'invalid' || Number(test.size) <= longestOutputBytes;
  return groups('hkdf_sha256').flatMap(({ tests }) =>
    tests.filter(fits).map((test) => ({
      name: `hkdf-sha256 ${test.tcId}`,
      ask: {
        do: 'hkdf',
        material: hex(test, 'ikm'),
        salt: hex(test, 'salt'),
        info: hex(test, 'info'),
        length: Number(test.size),
      },
      answer: test.result === 'valid' ? hex(test, 'okm') : 'error',
    })),
  );
}

/** One list per primitive. */
export function wycheproofVectors(): Readonly<Record<string, readonly WycheproofVector[]>> {
  return {
    X25519: x25519(),
    'ChaCha20-Poly1305': chacha20Poly1305(),
    'HMAC-SHA-256': hmacSha256(),
    'HKDF-SHA-256': hkdfSha256(),
  };
}
