// Keeps the replay of a box's log: where it stands, with its key opened, and how it begins anew after
// a claim. Between the pure rules of box-log.ts and the tables.

import { type CryptoProvider, firstLogKey, genesisHash, nextLogKey } from '@smartbox/protocol';
import type { MessageOrigin } from '../../platform/device-port.ts';
import { InvariantBroken } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { KeyVault } from '../../platform/key-vault.ts';
import type { LogChain } from './box-log.ts';
import { secretPlace } from './keyring.ts';
import type { LogStore } from './log-store.ts';

/** The state of one box's log. */
export interface KeptLog {
  readonly logEpoch: number;
  readonly chain: LogChain;
  readonly alarm: string | null;
}

/** Loads and saves the state of logs. */
export interface LogKeeper {
  /** @throws InvariantBroken for a box that has none: it was never claimed */
  load(owned: MessageOrigin): KeptLog;
  save(owned: MessageOrigin, log: KeptLog): void;
  /** Begins the log that follows a claim. @returns whether the box had one before */
  begin(owned: MessageOrigin, rootKey: Uint8Array): boolean;
  /** The chain as it stands at a later entry whose forerunners are lost. */
  skipTo(chain: LogChain, head: Pick<LogChain, 'end' | 'hash'>): LogChain;
}

/** A keeper over the stores. */
export function createLogKeeper(ports: {
  readonly crypto: CryptoProvider;
  readonly vault: KeyVault;
  readonly logs: (tenantId: TenantId) => LogStore;
}): LogKeeper {
  const { crypto, vault, logs } = ports;
  const save = (owned: MessageOrigin, { logEpoch, chain, alarm }: KeptLog): void => {
    const sealedKey = vault.seal(chain.nextKey, secretPlace(owned, 'log-key', logEpoch));
    logs(owned.tenantId).saveState(owned.boxId, {
      logEpoch,
      end: chain.end,
      hash: chain.hash,
      sealedKey,
      alarm,
    });
  };
  return {
    load(owned) {
      const state = logs(owned.tenantId).state(owned.boxId);
      if (state === undefined) throw new InvariantBroken(`${owned.boxId} has no log`);
      const nextKey = vault.open(state.sealedKey, secretPlace(owned, 'log-key', state.logEpoch));
      const { logEpoch, alarm, end, hash } = state;
      return { logEpoch, alarm, chain: { end, hash, nextKey } };
    },
    save,
    begin(owned, rootKey) {
      const before = logs(owned.tenantId).state(owned.boxId);
      const chain = { end: 0, hash: genesisHash(), nextKey: firstLogKey(crypto, rootKey) };
      save(owned, { logEpoch: (before?.logEpoch ?? 0) + 1, chain, alarm: null });
      return before !== undefined;
    },
    skipTo(chain, head) {
      let { nextKey } = chain;
      for (let sequence = chain.end; sequence < head.end; sequence++) nextKey = nextLogKey(crypto, nextKey);
      return { ...head, nextKey };
    },
  };
}
