// Puts a sheet together for one print: the inventory of this moment beside the codes of one sheet. Nothing of it
// is kept.

import { ALL_BINS, type CryptoProvider, limits, sheetCode } from '@smartbox/protocol';
import type { MessageOrigin } from '../../platform/device-port.ts';
import type { Boxes } from '../boxes/index.ts';
import type { Keys } from '../keys/index.ts';
import type { Locations } from '../locations/index.ts';
import { type EmergencyBox, fullOpenOrder, isSheetInForce, statedUntilMs } from './emergency.ts';
import type { SheetData, SheetRow } from './sheet.ts';
import type { SheetMark } from './sheet-mark.ts';

/** Where the inventory comes from. */
export interface InventoryPorts {
  readonly crypto: CryptoProvider;
  readonly boxes: Pick<Boxes, 'find' | 'bins'>;
  readonly keys: Pick<Keys, 'byFob'>;
  readonly locations: Pick<Locations, 'find'>;
}

/** The codes of one sheet, and which of its cells there are. */
export interface SheetOfCodes {
  readonly key: Uint8Array;
  readonly cellsPerBin: number;
  readonly cellsForAll: number;
}

/** A box with its keys in their bins. */
export interface Inventory {
  readonly box: { readonly name: string; readonly binCount: number; readonly helpPhone: string };
  readonly location: { readonly name: string; readonly timeZone: string };
  readonly rows: readonly SheetRow[];
  readonly allBinsCodes: readonly string[];
}

/** @returns undefined for a box that the tenant has not */
export function takeInventory(
  ports: InventoryPorts,
  { tenantId, boxId }: MessageOrigin,
  sheet: SheetOfCodes,
): Inventory | undefined {
  const found = ports.boxes.find(tenantId, boxId);
  const location = found && ports.locations.find(tenantId, found.box.locationId);
  if (found === undefined || location === undefined) return undefined;
  const binCount = Math.min(found.box.binCount, limits.sheetBins);
  const codes = (target: number, cells: number): readonly string[] =>
    Array.from({ length: cells }, (_, index) =>
      sheetCode(ports.crypto, sheet.key, { target, cell: index + 1 }),
    );
  const rows = ports.boxes
    .bins(tenantId, boxId)
    .filter(({ bin }) => bin <= binCount)
    .map(({ bin, tag }) => {
      const key = tag === null ? undefined : ports.keys.byFob(tenantId, tag);
      const shown = key === undefined ? null : { name: key.name, fobLabel: key.fobLabel };
      return { bin, key: shown, codes: codes(bin, sheet.cellsPerBin) };
    });
  return {
    box: { name: found.box.name, binCount, helpPhone: found.box.settings.helpPhone },
    location: { name: location.name, timeZone: location.timeZone },
    rows,
    allBinsCodes: codes(ALL_BINS, sheet.cellsForAll),
  };
}

/** What is printed, by whom and when. */
export interface PrintFacts {
  readonly state: EmergencyBox;
  readonly sheetKey: Uint8Array;
  readonly sheetId: string;
  readonly printedBy: string;
  readonly printedAtMs: number;
}

/** @returns the whole sheet; undefined for a box that the tenant has not */
export function sheetDataOf(
  ports: InventoryPorts & { readonly mark: SheetMark },
  owned: MessageOrigin,
  facts: PrintFacts,
): SheetData | undefined {
  const { state, sheetId, printedBy, printedAtMs } = facts;
  const { generation, cellsPerBin, cellsForAll } = state.sheet;
  const inventory = takeInventory(ports, owned, { key: facts.sheetKey, cellsPerBin, cellsForAll });
  if (inventory === undefined) return undefined;
  const { box, location, rows, allBinsCodes } = inventory;
  return {
    ...{ sheetId, generation, printedBy, printedAtMs, location, rows, allBinsCodes },
    box: { id: owned.boxId, name: box.name },
    validUntilMs: statedUntilMs(state),
    inForce: isSheetInForce(state),
    helpPhone: box.helpPhone,
    openOrder: fullOpenOrder(state.settings.openOrder, box.binCount),
    qrText: ports.mark.text(owned.tenantId, { sheetId, generation }),
  };
}
