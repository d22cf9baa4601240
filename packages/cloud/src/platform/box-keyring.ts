// Where the broker edge finds a box's key material and keeps it up to date. The register of
// boxes implements it, sealing every key with the vault; `load` and `save` are called inside the
// commit group's transaction, so keys and effects move together.

import type { BoxId, RootKeys } from '@smartbox/protocol';
import type { TenantId } from './identifiers.ts';

/** A claimed box as the session handshake needs it. */
export interface KeyedBox {
  readonly tenantId: TenantId;
  /** The evolving root key. */
  readonly keys: RootKeys;
  /** Told to the box in its WELCOME: version of the settings that should be in force. */
  readonly settingsVersion: number;
  /** Told to the box in its WELCOME: sequence of the last log entry that is stored; 0 for none. */
  readonly logEnd: number;
}

/** Loads and keeps key material. */
export interface BoxKeyring {
  /** @returns undefined for an unknown or unclaimed box */
  load(boxId: BoxId): KeyedBox | undefined;
  /** Replaces the root keys of a claimed box. */
  save(boxId: BoxId, keys: RootKeys): void;
  /**
   * SHA-256 hashes of the MQTT passwords (as UTF-8 text) that this box may use now: the factory's
   * while unclaimed, the claim's afterwards, both while it changes over. Empty for an unknown box.
   */
  loginHashes(boxId: BoxId): readonly Uint8Array[];
}
