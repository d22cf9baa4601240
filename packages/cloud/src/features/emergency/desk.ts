// What the routes of this feature stand on, and how they find a box of the caller's.

import type { BoxId } from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { DevicePort, MessageOrigin } from '../../platform/device-port.ts';
import type { Entropy } from '../../platform/entropy.ts';
import { CloudError } from '../../platform/errors.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { Principal } from '../../platform/token-register.ts';
import { type Box, type BoxTeller, readBoxResourceId } from '../boxes/index.ts';
import type { EmergencyBox } from './emergency.ts';
import type { Hearing } from './hearing.ts';
import type { EmergencyKeeper } from './keeper.ts';
import type { PrintStore } from './print-store.ts';
import type { InventoryPorts } from './sheet-data.ts';
import type { SheetMark } from './sheet-mark.ts';
import type { SheetPrinter } from './sheet-printer.ts';
import type { EmergencyStore } from './store.ts';
import type { UseStore } from './use-store.ts';

/** What the routes need. */
export interface EmergencyDesk extends InventoryPorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly identifiers: Identifiers;
  readonly port: Pick<DevicePort, 'connectedBoxes'>;
  readonly keeper: EmergencyKeeper;
  readonly stores: (tenantId: TenantId) => EmergencyStore;
  readonly prints: (tenantId: TenantId) => PrintStore;
  readonly uses: (tenantId: TenantId) => UseStore;
  readonly tell: BoxTeller;
  readonly hear: Hearing;
  readonly mark: SheetMark;
  readonly printer: SheetPrinter;
  /** What people call a token; undefined for one that the tenant has not. */
  tokenName(tenantId: TenantId, tokenId: string): string | undefined;
}

/** A box of the caller's, with what is wanted at it. */
export interface FoundBox {
  readonly owned: MessageOrigin;
  readonly box: Box;
  readonly state: EmergencyBox;
}

/**
 * @throws CloudError `not-found` for a box that is not this tenant's, just as for one that is nobody's; `not-ready`
 * in the first moments after an update, until every box has got its keys
 */
export function findOwned(desk: EmergencyDesk, tenantId: TenantId, resourceId: string): FoundBox {
  const boxId: BoxId | undefined = readBoxResourceId(resourceId);
  const found = boxId === undefined ? undefined : desk.boxes.find(tenantId, boxId);
  if (boxId === undefined || found === undefined) throw new CloudError('not-found');
  const owned = { tenantId, boxId };
  const state = desk.keeper.find(owned);
  if (state === undefined) throw new CloudError('not-ready');
  return { owned, box: found.box, state };
}

/** Who acts, as the ledger names them. */
export function actorOf(desk: EmergencyDesk, { tenantId, tokenId }: Principal) {
  return { token_id: tokenId, by: desk.tokenName(tenantId, tokenId) ?? tokenId };
}
