// What a print does: which sheet it shows and until when. Pure. A later print makes a new sheet, because a sheet
// that two people have is one that nobody can revoke with a quiet mind; a copy must be asked for.

import { type EmergencyBox, isPrinted, newSheet, type Sheet, sheetState, validity } from './emergency.ts';

const dayMs = 86_400_000;

/** What is wanted. */
export interface PrintOrder {
  /** A new sheet, or another copy of the present one; where left out, new unless none was printed yet. */
  readonly renew?: boolean;
  readonly validForDays?: number;
  /** Whether the box can hear of a change now. */
  readonly connected: boolean;
  readonly nowMs: number;
}

/** `copy`: nothing changes. `date-moved`: the box's sheet, good until another day. `renewed`: another sheet. */
export type PrintPlan =
  | { readonly kind: 'copy'; readonly sheet: Sheet }
  | { readonly kind: 'date-moved'; readonly sheet: Sheet }
  | { readonly kind: 'renewed'; readonly sheet: Sheet }
  | { readonly kind: 'refused'; readonly because: 'nothing-to-copy' | 'copy-keeps-its-date' };

/** @returns the plan for this order */
export function planPrint(box: EmergencyBox, order: PrintOrder): PrintPlan {
  const { nowMs } = order;
  const printed = isPrinted(box);
  if (printed && order.renew === false) return copy(box, order);
  const untilMs = nowMs + (order.validForDays ?? validity.usualDays) * dayMs;
  if (!printed && order.renew !== true) {
    // The box has this sheet already. Only a box that can hear of it gets another date.
    if (order.connected) return { kind: 'date-moved', sheet: { ...box.sheet, untilMs } };
    if (box.sheet.untilMs - nowMs >= validity.shortestDays * dayMs) return { kind: 'copy', sheet: box.sheet };
  }
  const generation = box.sheet.generation + 1;
  return { kind: 'renewed', sheet: newSheet(box.settings, { generation, nowMs, untilMs }) };
}

function copy(box: EmergencyBox, order: PrintOrder): PrintPlan {
  if (order.validForDays !== undefined) return { kind: 'refused', because: 'copy-keeps-its-date' };
  const state = sheetState(box, order.nowMs);
  if (state === 'ended' || box.inForce.sheetClosed) return { kind: 'refused', because: 'nothing-to-copy' };
  return { kind: 'copy', sheet: box.sheet };
}
