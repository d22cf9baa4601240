// The boxes' keys as the broker edge sees them: opened for a handshake, sealed again at once. A row
// copied to another box, tenant or epoch does not open.

import { createHash } from 'node:crypto';
import { type CryptoProvider, mqttPassword, type RootKeys } from '@smartbox/protocol';
import type { BoxKeyring } from '../../platform/box-keyring.ts';
import type { MessageOrigin } from '../../platform/device-port.ts';
import { InvariantBroken } from '../../platform/errors.ts';
import type { KeyVault, SecretPlace } from '../../platform/key-vault.ts';
import type { KeyringStore } from './keyring-store.ts';

/** What is sealed for a box, one word per use. */
export type BoxSecret = 'factory-key' | 'root-key' | 'pending-key' | 'recovery-key' | 'log-key';

/** Where a box's secrets belong. @param epoch for secrets that change with it, else 0 */
export function secretPlace(owned: MessageOrigin, purpose: BoxSecret, epoch = 0): SecretPlace {
  return { tenant: owned.tenantId, box: owned.boxId, epoch, purpose };
}

/** @returns SHA-256 of the broker password that follows from this key */
export function loginHash(crypto: CryptoProvider, key: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(mqttPassword(crypto, key), 'utf8').digest());
}

/** The keyring over its store. */
export function createBoxKeyring(ports: {
  readonly store: KeyringStore;
  readonly vault: KeyVault;
}): BoxKeyring {
  const { store, vault } = ports;
  return {
    load(boxId) {
      const row = store.ownedKeys(boxId);
      if (row === undefined) return undefined;
      const { tenantId, epoch, sealedPendingKey } = row;
      const owned = { tenantId, boxId };
      const pending =
        sealedPendingKey === null
          ? {}
          : { pending: vault.open(sealedPendingKey, secretPlace(owned, 'pending-key', epoch)) };
      return {
        tenantId,
        keys: {
          epoch,
          rootKey: vault.open(row.sealedRootKey, secretPlace(owned, 'root-key', epoch)),
          counter: row.helloCounter,
          ...pending,
        },
        settingsVersion: row.settingsVersion,
        logEnd: row.logEnd,
      };
    },
    save(boxId, keys) {
      const tenantId = store.ownerOf(boxId);
      if (tenantId === undefined)
        throw new InvariantBroken(`keys of ${boxId}, which nobody owns, were to be saved`);
      if (!store.advanceKeys({ tenantId, boxId }, sealKeys(vault, { tenantId, boxId }, keys)))
        throw new InvariantBroken(`the keys of ${boxId} were to move backwards`);
    },
    loginHashes(boxId) {
      const factory = store.factoryBox(boxId);
      const owned = store.ownedKeys(boxId);
      // The factory's password stays good: a box that was wiped must reach us to be claimed again.
      return [owned?.loginHash, owned?.earlierLoginHash, factory?.loginHash].filter(
        (hash) => hash instanceof Uint8Array,
      );
    },
  };
}

function sealKeys(vault: KeyVault, owned: MessageOrigin, keys: RootKeys) {
  const { epoch, pending } = keys;
  return {
    epoch,
    helloCounter: keys.counter,
    sealedRootKey: vault.seal(keys.rootKey, secretPlace(owned, 'root-key', epoch)),
    sealedPendingKey:
      pending === undefined ? null : vault.seal(pending, secretPlace(owned, 'pending-key', epoch)),
  };
}
