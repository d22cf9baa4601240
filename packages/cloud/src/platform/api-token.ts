// The text of an API token: `sbk_<id>_<secret>_<crc32>` (`sbs_…` for a session). The prefix lets secret scanners find a
// leaked one, the checksum tells a mistyped one from a revoked one without asking the database.
// The secret has 256 random bits, so its plain SHA-256 is what is stored.

import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Entropy } from './entropy.ts';

/** A token's public id and the hash of its secret. */
export interface TokenProof {
  /** Of a program, or of a person who has signed in. */
  readonly kind: 'token' | 'session';
  /** 12 base62 characters; not secret. */
  readonly publicId: string;
  /** SHA-256 of the secret's characters. */
  readonly secretHash: Uint8Array;
}

const pattern = /^(sbk|sbs)_([0-9A-Za-z]{12})_([0-9A-Za-z]{43})_([0-9a-f]{8})$/;
const prefixes = { token: 'sbk', session: 'sbs' } as const;
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A new token. Its text is shown once and stored nowhere. */
export function mintApiToken(
  entropy: Entropy,
  kind: TokenProof['kind'] = 'token',
): TokenProof & { readonly text: string } {
  const publicId = base62(entropy.bytes(8), 12);
  const secret = base62(entropy.bytes(32), 43);
  const body = `${prefixes[kind]}_${publicId}_${secret}`;
  return { text: `${body}_${checksum(body)}`, kind, publicId, secretHash: hashSecret(secret) };
}

/** @returns undefined for a text that no token has */
export function parseApiToken(text: string): TokenProof | undefined {
  const [, prefix, publicId, secret, check] = pattern.exec(text) ?? [];
  if (publicId === undefined || secret === undefined) return undefined;
  if (checksum(`${prefix}_${publicId}_${secret}`) !== check) return undefined;
  const kind = prefix === prefixes.session ? 'session' : 'token';
  return { kind, publicId, secretHash: hashSecret(secret) };
}

function hashSecret(secret: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(secret, 'ascii').digest());
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

function base62(bytes: Uint8Array, length: number): string {
  let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let text = '';
  for (let place = 0; place < length; place++) {
    text = alphabet[Number(rest % 62n)] + text;
    rest /= 62n;
  }
  return text;
}
