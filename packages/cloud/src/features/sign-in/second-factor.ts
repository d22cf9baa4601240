// What is proven beside a password: a code of an authenticator app (RFC 6238), or one of the recovery codes.

import { createHash } from 'node:crypto';
import {
  authenticatorCode,
  authenticatorStep,
  base32,
  type CryptoProvider,
  limits,
} from '@smartbox/protocol';
import type { Entropy } from '../../platform/entropy.ts';
import type { KeyVault } from '../../platform/key-vault.ts';
import type { PersonOf } from './store.ts';

/** Recovery codes that a person gets at once. */
export const recoveryCodeCount = 10;

/** 80 bits: 16 letters and digits. */
const recoveryBytes = 10;

/** Half minutes before and after now whose codes count: clocks of phones are a little off. */
const driftSteps = 1;

/** Seals the key of an authenticator app for storage. */
export function sealAuthenticator(vault: KeyVault, of: PersonOf, key: Uint8Array): Uint8Array {
  return vault.seal(key, placeOf(of));
}

/**
 * @param lastStep no code of this half minute or an earlier one counts: nobody uses a code that was looked at
 * @returns the half minute of which the code is; undefined for a wrong one
 */
export function matchingStep(
  ports: { readonly crypto: CryptoProvider; readonly vault: KeyVault },
  of: PersonOf,
  proof: {
    readonly sealed: Uint8Array;
    readonly code: string;
    readonly lastStep: number;
    readonly nowMs: number;
  },
): number | undefined {
  const { sealed, code, lastStep, nowMs } = proof;
  const key = ports.vault.open(sealed, placeOf(of));
  const digits = plainCode(code);
  const now = authenticatorStep(nowMs);
  for (let step = now - driftSteps; step <= now + driftSteps; step++)
    if (step > lastStep && authenticatorCode(ports.crypto, key, step) === digits) return step;
  return undefined;
}

/** @returns the address that an app reads from a QR code */
export function authenticatorUri(mail: string, key: Uint8Array): string {
  const account = encodeURIComponent(mail.replaceAll(':', ' '));
  const settings = `algorithm=SHA1&digits=${limits.authenticatorDigits}&period=30`;
  return `otpauth://totp/SmartBox:${account}?secret=${base32(key)}&issuer=SmartBox&${settings}`;
}

/** @returns new codes in groups of four, as people write them down */
export function newRecoveryCodes(entropy: Entropy): readonly string[] {
  return Array.from({ length: recoveryCodeCount }, () =>
    base32(entropy.bytes(recoveryBytes)).replaceAll(/(.{4})(?=.)/g, '$1-'),
  );
}

/** @returns what is stored of a recovery code, however it was typed */
export function recoveryHash(code: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(plainCode(code), 'utf8').digest());
}

function plainCode(code: string): string {
  return code
    .normalize('NFKC')
    .replaceAll(/[\s\p{Dash}]/gu, '')
    .toUpperCase();
}

function placeOf({ tenantId, personId }: PersonOf) {
  return { tenant: tenantId, box: personId, epoch: 0, purpose: 'person-authenticator' };
}
