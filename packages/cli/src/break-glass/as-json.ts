// Sheet, inventory and answer for programs: one JSON value with the names that the API uses.
import type { BreakGlassBox, BreakGlassPayload } from '@smartbox/protocol';
import type { Asked } from './desk.ts';
import { sheetWarnings } from './sheet-view.ts';

/** @param nowMs of the computer's clock: only to warn */
export function sheetJson(box: BreakGlassBox, nowMs: number): unknown {
  const { sheet, location } = box;
  return {
    box_id: `box_${box.boxId}`,
    name: box.name,
    location: { name: location.name, time_zone: location.timeZone },
    help_phone: box.helpPhone,
    generation: sheet.generation,
    valid_until: new Date(sheet.validUntilMs).toISOString(),
    in_force: sheet.inForce,
    past_date: sheetWarnings(box, nowMs).includes('pastDate'),
    open_order: sheet.openOrder,
    bins: sheet.rows.map(({ bin, key, codes }) => ({
      bin,
      key: key && { name: key.name, fob_label: key.fobLabel },
      codes,
    })),
    all_bins_codes: sheet.allBinsCodes,
  };
}

/** @returns every key, its fob and where it is */
export function inventoryJson(payload: BreakGlassPayload): unknown {
  return {
    inventory_at: new Date(payload.inventoryAtMs).toISOString(),
    keys: payload.inventory.map((key) => ({
      name: key.name,
      fob_label: key.fobLabel,
      location_name: key.locationName,
      status: key.status.replace('-', '_'),
      box_id: key.boxId && `box_${key.boxId}`,
      bin: key.bin,
    })),
  };
}

/** @param answer 8 digits */
export function answerJson({ box, challenge, target }: Asked, answer: string): unknown {
  return { box_id: `box_${box.boxId}`, bin: target === 0 ? 'all' : target, challenge, answer };
}
