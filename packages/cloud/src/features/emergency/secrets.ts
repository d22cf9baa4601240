// Everything that opens a tenant's boxes, in the clear, for a file that is encrypted at once: the way in when this
// server is lost. Whoever has it has codes, so its sheets count as given out.

import type { BoxId } from '@smartbox/protocol';
import type { TenantId } from '../../platform/identifiers.ts';
import { type BookingKeyState, bookingKeyOf } from './booking-key.ts';
import type { EmergencyDesk } from './desk.ts';
import { type EmergencyBox, fullOpenOrder, isSheetInForce, statedUntilMs } from './emergency.ts';
import type { SheetRow } from './sheet.ts';
import { takeInventory } from './sheet-data.ts';

/** All that opens one box without the cloud, in the clear: for exports that are encrypted at once. */
export interface BoxSecrets {
  readonly box: { readonly id: BoxId; readonly name: string; readonly binCount: number };
  readonly location: { readonly name: string; readonly timeZone: string };
  readonly helpPhone: string;
  readonly sheet: {
    readonly generation: number;
    readonly key: Uint8Array;
    readonly untilMs: number;
    readonly cellsPerBin: number;
    readonly cellsForAll: number;
    /** False while the box has not heard of this sheet. */
    readonly inForce: boolean;
  };
  readonly booking: BookingKeyState;
  /** 32 bytes: answers the challenges that the box shows. */
  readonly phoneKey: Uint8Array;
  /** 20 bytes; null where no app is enrolled. */
  readonly authenticatorKey: Uint8Array | null;
  /** Bins in the order in which "all" opens them. */
  readonly openOrder: readonly number[];
  /** Every bin with the key that hangs in it now; the codes are all that the sheet has, used ones too. */
  readonly rows: readonly SheetRow[];
  readonly allBinsCodes: readonly string[];
}

/** What revealing needs. */
type SecretPorts = Pick<
  EmergencyDesk,
  'clock' | 'crypto' | 'boxes' | 'keys' | 'locations' | 'keeper' | 'stores'
>;

const pageLength = 200;

/** @returns the secrets of all boxes of a tenant. Marks their sheets as given out: inside a transaction */
export function revealSecrets(ports: SecretPorts, tenantId: TenantId): readonly BoxSecrets[] {
  const revealed: BoxSecrets[] = [];
  for (let after = ''; ; ) {
    const page = ports.stores(tenantId).list(after, pageLength);
    for (const state of page) revealed.push(...revealBox(ports, tenantId, state));
    const last = page.at(-1);
    if (last === undefined || page.length < pageLength) return revealed;
    after = last.boxId;
  }
}

function revealBox(ports: SecretPorts, tenantId: TenantId, state: EmergencyBox): readonly BoxSecrets[] {
  const owned = { tenantId, boxId: state.boxId };
  const { sheet } = state;
  const keys = ports.keeper.keys(owned);
  const { cellsPerBin, cellsForAll, generation } = sheet;
  const inventory = takeInventory(ports, owned, { key: keys.sheetKey, cellsPerBin, cellsForAll });
  if (inventory === undefined) return [];
  const issuedAtMs = sheet.issuedAtMs ?? Math.floor(ports.clock.nowMs());
  ports.stores(tenantId).save({ ...state, sheet: { ...sheet, issuedAtMs } });
  const { box, location, rows, allBinsCodes } = inventory;
  const revealed: BoxSecrets = {
    box: { id: state.boxId, name: box.name, binCount: box.binCount },
    ...{ location, rows, allBinsCodes, helpPhone: box.helpPhone },
    sheet: {
      ...{ generation, cellsPerBin, cellsForAll, key: keys.sheetKey },
      untilMs: statedUntilMs(state),
      inForce: isSheetInForce(state),
    },
    booking: bookingKeyOf(state, keys.bookingKey),
    phoneKey: keys.phoneKey,
    authenticatorKey: keys.authenticatorKey,
    openOrder: fullOpenOrder(state.settings.openOrder, box.binCount),
  };
  return [revealed];
}
