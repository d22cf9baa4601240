// A tenant's passphrase: which ones are refused, and how one is kept. Argon2id with the figures that OWASP
// gives for it (19 MiB, 2 passes, 1 lane: about 30 ms), written down with the hash as PHC strings do, so that a
// later release can raise them and still read what is stored.

import { argon2Sync, timingSafeEqual } from 'node:crypto';
import { InvariantBroken } from '../../platform/errors.ts';

/** The bounds of a passphrase, in characters. */
export const passphraseLimits = { shortest: 12, longest: 200 } as const;

/** 16 fresh random bytes for each hash. */
export const saltBytes = 16;

const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const tagBytes = 32;
const stored = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;

/** Why a passphrase is not taken. */
export type PassphraseFault = 'too-short' | 'like-the-name' | 'too-simple';

/** @returns the text in the one form in which it is hashed, however a keyboard wrote it (NFKC) */
export function plainPassphrase(text: string): string {
  return text.normalize('NFKC');
}

/** @returns what is wrong with a passphrase for a tenant of this name; undefined for nothing */
export function passphraseFault(text: string, tenantName: string): PassphraseFault | undefined {
  const letters = [...plainPassphrase(text)];
  if (letters.length < passphraseLimits.shortest) return 'too-short';
  const [name, told] = [folded(tenantName), folded(text)];
  // The name alone, repeated, or with a year behind it is what a thief of a token tries first.
  if (name !== '' && /^\d*$/.test(told.replaceAll(name, ''))) return 'like-the-name';
  return new Set(letters).size < 5 ? 'too-simple' : undefined;
}

/** @param salt 16 random bytes @returns what is stored: `$argon2id$v=19$m=…,t=…,p=…$salt$hash` */
export function hashPassphrase(text: string, salt: Uint8Array): string {
  const { memory, passes, parallelism } = cost;
  const tag = argon2(text, { salt, memory, passes, parallelism, tagLength: tagBytes });
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`;
}

/** @returns whether the text is the passphrase; compared in a time that does not tell where they differ */
export function isPassphrase(text: string, hash: string): boolean {
  const [, memory, passes, parallelism, salt, tag] = stored.exec(hash) ?? [];
  if (salt === undefined || tag === undefined) throw new InvariantBroken('a stored passphrase is unreadable');
  const expected = Buffer.from(tag, 'base64');
  const figures = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const found = argon2(text, {
    ...figures,
    salt: Buffer.from(salt, 'base64'),
    tagLength: expected.length,
  });
  return timingSafeEqual(found, expected);
}

function argon2(
  text: string,
  parts: { readonly salt: Uint8Array } & Record<'memory' | 'passes' | 'parallelism' | 'tagLength', number>,
): Uint8Array {
  const { salt, ...figures } = parts;
  return argon2Sync('argon2id', { ...figures, message: plainPassphrase(text), nonce: salt });
}

function folded(text: string): string {
  return plainPassphrase(text)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '');
}
