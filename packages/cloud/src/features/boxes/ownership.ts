// Who owns a box: from the factory register through the claim to the release. A box that another
// tenant owns is refused exactly like one that does not exist.

import type { BoxId, CryptoProvider } from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { DevicePort } from '../../platform/device-port.ts';
import { InvariantBroken } from '../../platform/errors.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { KeyVault } from '../../platform/key-vault.ts';
import { newBin } from './bin.ts';
import { type Box, firstOfflineAfterMs, firstSettings } from './box.ts';
import type { ClaimDesk } from './claim-routes.ts';
import type { ExchangeDesk } from './exchange.ts';
import { loginHash, secretPlace } from './keyring.ts';
import type { KeyringStore } from './keyring-store.ts';
import type { BoxStore } from './store.ts';
import type { BoxTeller } from './teller.ts';

/** What changes the owner of a box. */
export type Ownership = Pick<ClaimDesk, 'importFactoryBox' | 'claim' | 'release' | 'recoveryApproved'>;

/** What ownership is made of. */
export interface OwnershipPorts {
  readonly crypto: CryptoProvider;
  readonly vault: KeyVault;
  readonly clock: Clock;
  readonly events: EventBus;
  readonly port: Pick<DevicePort, 'endSession'>;
  readonly boxes: (tenantId: TenantId) => BoxStore;
  readonly keys: KeyringStore;
  readonly exchange: ExchangeDesk;
  readonly tell: BoxTeller;
}

/** The register of owners. Every call writes: make it inside a transaction. */
export function createOwnership(ports: OwnershipPorts): Ownership {
  const { crypto, vault, clock, keys, boxes } = ports;
  return {
    importFactoryBox: (tenantId, { boxId, factoryKey }) => {
      if (keys.factoryBox(boxId) !== undefined) return false;
      keys.addFactoryBox(boxId, {
        makerId: tenantId,
        sealedFactoryKey: vault.seal(factoryKey, secretPlace({ tenantId, boxId }, 'factory-key')),
        loginHash: loginHash(crypto, factoryKey),
        atMs: clock.nowMs(),
      });
      return true;
    },
    claim: (tenantId, claim) => {
      if (!ports.exchange.mayClaim(tenantId, claim.boxId, claim.claimCode)) return undefined;
      return claimNow(ports, tenantId, claim);
    },
    release: (tenantId, boxId) => {
      ports.tell({ tenantId, boxId }, { type: 'box.released', atMs: clock.nowMs() });
      forgetBins(boxes(tenantId), boxId);
      boxes(tenantId).setLife(boxId, 'released');
      keys.removeKeys({ tenantId, boxId });
      ports.port.endSession(boxId);
      ports.events.publish('box-log-restarted', { tenantId, boxId });
      ports.events.publish('box-released', { tenantId, boxId });
    },
    recoveryApproved: (tenantId, boxId) =>
      ports.tell({ tenantId, boxId }, { type: 'box.recovery_approved', atMs: clock.nowMs() }),
  };
}

function claimNow(
  ports: OwnershipPorts,
  tenantId: TenantId,
  claim: { readonly boxId: BoxId; readonly name: string; readonly locationId: string },
) {
  const { boxId, name, locationId } = claim;
  const store = ports.boxes(tenantId);
  const atMs = ports.clock.nowMs();
  if (store.has(boxId)) {
    store.reclaim(boxId, { name, locationId, atMs });
    forgetBins(store, boxId);
  } else {
    store.add(newBox(claim, atMs));
  }
  const restarted = ports.exchange.claim({ tenantId, boxId });
  if (restarted) ports.events.publish('box-log-restarted', { tenantId, boxId });
  ports.events.publish('box-claimed', { tenantId, boxId });
  ports.tell({ tenantId, boxId }, { type: 'box.claimed', atMs, data: { name } });
  const claimed = store.get(boxId);
  if (claimed === undefined) throw new InvariantBroken('a claimed box is not there');
  return claimed;
}

// A new log knows nothing of what the old one saw: the sensors will tell again.
function forgetBins(store: BoxStore, boxId: BoxId): void {
  for (const { bin } of store.bins(boxId)) store.saveBin(boxId, newBin(bin));
}

function newBox(
  claim: { readonly boxId: BoxId; readonly name: string; readonly locationId: string },
  claimedAtMs: number,
): Box {
  const { boxId, name, locationId } = claim;
  return {
    ...{ boxId, name, locationId, claimedAtMs },
    life: 'claimed',
    binCount: 0,
    settings: firstSettings,
    offlineAfterMs: firstOfflineAfterMs,
    rev: 1,
  };
}
