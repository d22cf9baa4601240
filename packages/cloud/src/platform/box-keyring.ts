// Where the broker edge finds a box's key material and keeps it up to date. The register of
// boxes implements it, sealing every key with the vault; both calls happen inside the commit
// group's transaction, so keys and effects move together.

import type { BoxId } from '@smartbox/protocol';
import type { TenantId } from './identifiers.ts';

/** A box as the broker edge needs it. */
export interface KeyedBox {
  readonly boxId: BoxId;
  /** Its owner; null while it is unclaimed. */
  readonly tenantId: TenantId | null;
  /** The factory's key: 32 bytes. Used for the claim only. */
  readonly factoryKey: Uint8Array;
  /** Traffic keys since the claim; null while unclaimed. */
  readonly keys: BoxKeys | null;
}

/** The evolving traffic keys of a claimed box, one serialisable value. */
export interface BoxKeys {
  /** Epoch of `rootKey`; rises by one with every confirmed handshake. */
  readonly epoch: number;
  readonly rootKey: Uint8Array;
  /** The next epoch's key while a Diffie-Hellman step waits for its confirmation. */
  readonly pendingRootKey: Uint8Array | null;
  /** Highest handshake counter seen in this epoch. */
  readonly helloCounter: number;
  /** Authenticates one fresh key exchange when the traffic key is out of step; null until delivered. */
  readonly recoveryKey: Uint8Array | null;
}

/** Loads and keeps key material. */
export interface BoxKeyring {
  load(boxId: BoxId): KeyedBox | undefined;
  /** Replaces the traffic keys of a claimed box. */
  save(boxId: BoxId, keys: BoxKeys): void;
  /** SHA-256 hashes of the MQTT passwords that this box may use now; empty for an unknown box. */
  loginHashes(boxId: BoxId): readonly Uint8Array[];
}
