// SQL of the boxes' keys: the factory register, the evolving root keys, logins, answered exchanges and
// approvals of recoveries. Everything secret in here is sealed; keyring.ts and exchange.ts seal it.
// Boxes connect before anybody knows whose they are, so some questions here go across tenants.

import type { BoxId } from '@smartbox/protocol';
import type { Database } from '../../platform/database.ts';
import type { MessageOrigin } from '../../platform/device-port.ts';
import type { TenantId } from '../../platform/identifiers.ts';

/** A box that left the factory. */
export interface FactoryBox {
  /** Who brought it into the register. */
  readonly makerId: TenantId;
  readonly sealedFactoryKey: Uint8Array;
  readonly loginHash: Uint8Array;
}

/** The stored keys of a claimed box. */
export interface BoxKeyRow {
  readonly epoch: number;
  readonly sealedRootKey: Uint8Array;
  readonly sealedPendingKey: Uint8Array | null;
  readonly helloCounter: number;
  readonly sealedRecoveryKey: Uint8Array;
  readonly loginHash: Uint8Array;
  readonly earlierLoginHash: Uint8Array | null;
}

/** What a handshake needs to know of a box besides its keys. */
export interface OwnedKeyRow extends BoxKeyRow {
  readonly tenantId: TenantId;
  readonly settingsVersion: number;
  readonly logEnd: number;
}

/** An operator's permission for one recovery. */
export interface RecoveryApproval {
  readonly approvedAtMs: number;
  readonly expiresAtMs: number;
  readonly usedAtMs: number | null;
}

/** Keys of all boxes. */
export interface KeyringStore {
  addFactoryBox(boxId: BoxId, box: FactoryBox & { readonly atMs: number }): void;
  factoryBox(boxId: BoxId): FactoryBox | undefined;
  /** The tenant whose box this is now. */
  ownerOf(boxId: BoxId): TenantId | undefined;
  ownedKeys(boxId: BoxId): OwnedKeyRow | undefined;
  /** Keys after a claim or a recovery: replaces whatever there was. */
  replaceKeys(owned: MessageOrigin, keys: BoxKeyRow): void;
  /** Keys after a handshake. @returns false when the stored epoch or counter is further on */
  advanceKeys(
    owned: MessageOrigin,
    keys: Pick<BoxKeyRow, 'epoch' | 'sealedRootKey' | 'sealedPendingKey' | 'helloCounter'>,
  ): boolean;
  removeKeys(owned: MessageOrigin): void;
  saveExchange(
    owned: MessageOrigin,
    exchange: { readonly hello: Uint8Array; readonly answer: Uint8Array },
  ): void;
  /** The answer that this very hello was given before. */
  answeredExchange(owned: MessageOrigin, hello: Uint8Array): Uint8Array | undefined;
  approval(owned: MessageOrigin): RecoveryApproval | undefined;
  saveApproval(owned: MessageOrigin, approval: RecoveryApproval): void;
}

/** Prepares the statements. */
export function createKeyringStore(database: Database): KeyringStore {
  return { ...factoryQueries(database), ...keyQueries(database), ...exchangeQueries(database) };
}

function factoryQueries(database: Database): Pick<KeyringStore, 'addFactoryBox' | 'factoryBox' | 'ownerOf'> {
  const add = database.prepare(
    `INSERT INTO factory_box (tenant_id, box_id, sealed_factory_key, login_hash, imported_at_ms)
     VALUES (?, ?, ?, ?, ?)`,
  );
  const find = database.prepare<FactoryBox>(
    `SELECT tenant_id AS makerId, sealed_factory_key AS sealedFactoryKey, login_hash AS loginHash
     FROM factory_box WHERE box_id = ?`,
  );
  const owner = database.prepare<{ tenant_id: TenantId }>(
    `SELECT tenant_id FROM box WHERE box_id = ? AND life <> 'released'`,
  );
  return {
    addFactoryBox: (boxId, box) =>
      void add.run(box.makerId, boxId, box.sealedFactoryKey, box.loginHash, box.atMs),
    factoryBox: (boxId) => find.get(boxId),
    ownerOf: (boxId) => owner.get(boxId)?.tenant_id,
  };
}

function keyQueries(
  database: Database,
): Pick<KeyringStore, 'ownedKeys' | 'replaceKeys' | 'advanceKeys' | 'removeKeys'> {
  const owned = database.prepare<OwnedKeyRow>(
    `SELECT k.tenant_id AS tenantId, k.epoch, k.sealed_root_key AS sealedRootKey,
       k.sealed_pending_key AS sealedPendingKey, k.hello_counter AS helloCounter,
       k.sealed_recovery_key AS sealedRecoveryKey, k.login_hash AS loginHash,
       k.earlier_login_hash AS earlierLoginHash, b.settings_version AS settingsVersion, l.log_end AS logEnd
     FROM box b
     JOIN box_key k ON k.tenant_id = b.tenant_id AND k.box_id = b.box_id
     JOIN box_log_state l ON l.tenant_id = b.tenant_id AND l.box_id = b.box_id
     WHERE b.box_id = ? AND b.life <> 'released'`,
  );
  const replace = database.prepare(
    `INSERT OR REPLACE INTO box_key (tenant_id, box_id, epoch, sealed_root_key, sealed_pending_key, hello_counter,
       sealed_recovery_key, login_hash, earlier_login_hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  // Compare-and-set: keys never move backwards, whoever writes last.
  const advance = database.prepare(
    `UPDATE box_key SET epoch = ?, sealed_root_key = ?, sealed_pending_key = ?, hello_counter = ?
     WHERE tenant_id = ? AND box_id = ? AND (epoch < ? OR (epoch = ? AND hello_counter <= ?))`,
  );
  const remove = database.prepare('DELETE FROM box_key WHERE tenant_id = ? AND box_id = ?');
  return {
    ownedKeys: (boxId) => owned.get(boxId),
    replaceKeys: ({ tenantId, boxId }, keys) =>
      void replace.run(
        tenantId,
        boxId,
        keys.epoch,
        keys.sealedRootKey,
        keys.sealedPendingKey,
        keys.helloCounter,
        keys.sealedRecoveryKey,
        keys.loginHash,
        keys.earlierLoginHash,
      ),
    advanceKeys: ({ tenantId, boxId }, keys) => {
      const { epoch, sealedRootKey, sealedPendingKey, helloCounter } = keys;
      const newer = [epoch, epoch, helloCounter];
      return (
        advance.run(epoch, sealedRootKey, sealedPendingKey, helloCounter, tenantId, boxId, ...newer)
          .changes === 1
      );
    },
    removeKeys: ({ tenantId, boxId }) => void remove.run(tenantId, boxId),
  };
}

function exchangeQueries(
  database: Database,
): Pick<KeyringStore, 'saveExchange' | 'answeredExchange' | 'approval' | 'saveApproval'> {
  const save = database.prepare(
    'INSERT OR REPLACE INTO box_exchange (tenant_id, box_id, hello, answer) VALUES (?, ?, ?, ?)',
  );
  const answered = database.prepare<{ answer: Uint8Array }>(
    'SELECT answer FROM box_exchange WHERE tenant_id = ? AND box_id = ? AND hello = ?',
  );
  const approval = database.prepare<RecoveryApproval>(
    `SELECT approved_at_ms AS approvedAtMs, expires_at_ms AS expiresAtMs, used_at_ms AS usedAtMs
     FROM recovery_approval WHERE tenant_id = ? AND box_id = ?`,
  );
  const saveApproval = database.prepare(
    `INSERT OR REPLACE INTO recovery_approval (tenant_id, box_id, approved_at_ms, expires_at_ms, used_at_ms)
     VALUES (?, ?, ?, ?, ?)`,
  );
  return {
    saveExchange: ({ tenantId, boxId }, { hello, answer }) => void save.run(tenantId, boxId, hello, answer),
    answeredExchange: ({ tenantId, boxId }, hello) => answered.get(tenantId, boxId, hello)?.answer,
    approval: ({ tenantId, boxId }) => approval.get(tenantId, boxId),
    saveApproval: ({ tenantId, boxId }, row) =>
      void saveApproval.run(tenantId, boxId, row.approvedAtMs, row.expiresAtMs, row.usedAtMs),
  };
}
