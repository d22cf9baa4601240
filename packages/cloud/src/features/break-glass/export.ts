// A break-glass export as it is remembered, how it stands today, and what goes into its file. Pure.

import type { BoxId, BreakGlassBox, BreakGlassKey, BreakGlassPayload } from '@smartbox/protocol';
import { bytesToHex } from '@smartbox/protocol';
import type { BoxSecrets } from '../emergency/index.ts';
import type { Key, Whereabouts } from '../keys/index.ts';

/** A file that was given out. */
export interface BreakGlassExport {
  /** `bgx_…` */
  readonly exportId: string;
  /** Ed25519, 32 bytes: verifies the records of its uses. */
  readonly publicKey: Uint8Array;
  readonly createdAtMs: number;
  readonly createdBy: string;
  readonly tokenId: string;
  readonly boxes: readonly ExportedBox[];
}

/** One box of a file. */
export interface ExportedBox {
  readonly boxId: BoxId;
  /** Number of the sheet that the file shows. */
  readonly generation: number;
}

/** How one box of a file stands: its sheet and phone answers still open it, its sheet was replaced, or it left. */
export type ExportedBoxState = 'current' | 'sheet-replaced' | 'box-gone';

/** What is known of a box today. */
export interface BoxToday {
  /** Null for a box that the tenant has not any more. */
  readonly claimedAtMs: number | null;
  /** Number of the present sheet. */
  readonly generation: number | undefined;
}

/** @returns how one box of a file made at `createdAtMs` stands. A box that was claimed anew has other keys. */
export function exportedBoxState(
  box: ExportedBox,
  createdAtMs: number,
  { claimedAtMs, generation }: BoxToday,
): ExportedBoxState {
  if (claimedAtMs === null || claimedAtMs > createdAtMs) return 'box-gone';
  return generation === box.generation ? 'current' : 'sheet-replaced';
}

/** A key with its place in words. */
export interface InventoryKey {
  readonly key: Key;
  readonly where: Whereabouts;
  readonly locationName: string;
}

/** @param made.useKey Ed25519 secret, 32 bytes. @returns what is sealed */
export function exportPayload(made: {
  readonly secrets: readonly BoxSecrets[];
  readonly inventory: readonly InventoryKey[];
  readonly useKey: Uint8Array;
  readonly atMs: number;
}): BreakGlassPayload {
  return {
    boxes: made.secrets.map(toBox),
    inventory: made.inventory.map(toKey),
    inventoryAtMs: made.atMs,
    useKey: bytesToHex(made.useKey),
  };
}

function toBox({ box, location, helpPhone, sheet, phoneKey, rows, ...rest }: BoxSecrets): BreakGlassBox {
  return {
    boxId: box.id,
    name: box.name,
    location: { name: location.name, timeZone: location.timeZone },
    helpPhone,
    sheet: {
      generation: sheet.generation,
      validUntilMs: sheet.untilMs,
      inForce: sheet.inForce,
      rows: rows.map(({ bin, key, codes }) => ({
        bin,
        key: key && { name: key.name, fobLabel: key.fobLabel },
        codes,
      })),
      allBinsCodes: rest.allBinsCodes,
      openOrder: rest.openOrder,
    },
    phoneKey: bytesToHex(phoneKey),
  };
}

function toKey({ key, where, locationName }: InventoryKey): BreakGlassKey {
  const place = placeOf(where);
  return {
    ...{ name: key.name, fobLabel: key.fobLabel, locationName, status: where.kind },
    ...{ boxId: place?.boxId ?? null, bin: place?.bin ?? null },
  };
}

function placeOf(where: Whereabouts): { readonly boxId: BoxId; readonly bin: number } | undefined {
  if (where.kind === 'in-bin') return where.sensed;
  return where.kind === 'out' ? where.custody : undefined;
}
