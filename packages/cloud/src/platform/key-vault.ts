// Keys at rest: AES-256-GCM under a key-encryption key that is not in the database, so a stolen
// backup opens no box. The associated data ties each ciphertext to its tenant, box, epoch and
// purpose: a row copied elsewhere does not open.

import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import type { Entropy } from './entropy.ts';
import { InvariantBroken } from './errors.ts';

/** Where a sealed secret belongs. All four parts are authenticated. */
export interface SecretPlace {
  /** Tenant id, or `-` while the thing has no owner. */
  readonly tenant: string;
  readonly box: string;
  readonly epoch: number;
  /** `root-key`, `factory-key`, …: one word per use. */
  readonly purpose: string;
}

/** Seals and opens secrets for storage. */
export interface KeyVault {
  /** Names the key-encryption key in use; stored with what it sealed. */
  readonly keyId: string;
  /** `keyId(8) | nonce(12) | ciphertext | tag(16)`. */
  seal(secret: Uint8Array, place: SecretPlace): Uint8Array;
  /** @throws InvariantBroken when it was sealed elsewhere, altered, or by a key that is not here */
  open(sealed: Uint8Array, place: SecretPlace): Uint8Array;
}

const keyIdBytes = 8;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * A vault. The first key seals; the others only open what they sealed earlier (rotation).
 * @param ports.keys 32 bytes each
 */
export function createKeyVault(ports: {
  keys: readonly [Uint8Array, ...Uint8Array[]];
  entropy: Entropy;
}): KeyVault {
  const byId = new Map(ports.keys.map((key) => [identify(key), key]));
  const [sealing] = ports.keys;
  const keyId = identify(sealing);
  return {
    keyId,
    seal(secret, place) {
      const nonce = ports.entropy.bytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce);
      cipher.setAAD(associated(place));
      return new Uint8Array(
        Buffer.concat([
          Buffer.from(keyId, 'hex'),
          nonce,
          cipher.update(secret),
          cipher.final(),
          cipher.getAuthTag(),
        ]),
      );
    },
    open(sealed, place) {
      const key = byId.get(Buffer.from(sealed.subarray(0, keyIdBytes)).toString('hex'));
      if (key === undefined || sealed.length < keyIdBytes + nonceBytes + tagBytes) {
        throw new InvariantBroken(`no key here opens the ${place.purpose} of ${place.box}`);
      }
      const decipher = createDecipheriv(
        'aes-256-gcm',
        key,
        sealed.subarray(keyIdBytes, keyIdBytes + nonceBytes),
      );
      decipher.setAAD(associated(place));
      decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
      try {
        const body = sealed.subarray(keyIdBytes + nonceBytes, sealed.length - tagBytes);
        return new Uint8Array(Buffer.concat([decipher.update(body), decipher.final()]));
      } catch (cause) {
        throw new InvariantBroken(`the ${place.purpose} of ${place.box} was altered or belongs elsewhere`, {
          cause,
        });
      }
    },
  };
}

function identify(key: Uint8Array): string {
  return createHash('sha256')
    .update('SBX1 key id')
    .update(key)
    .digest('hex')
    .slice(0, keyIdBytes * 2);
}

function associated(place: SecretPlace): Buffer {
  return Buffer.from(`${place.tenant}|${place.box}|${place.epoch}|${place.purpose}`, 'utf8');
}
