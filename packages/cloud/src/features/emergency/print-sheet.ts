// Prints and revokes sheets: plan, record, tell. The file is made after the commit, when a box that is there has
// mostly confirmed already that it takes the codes. Both are called inside a transaction.

import { revocationCode } from '@smartbox/protocol';
import { CloudError, invalidField } from '../../platform/errors.ts';
import type { BilingualText } from '../../platform/problems.ts';
import type { FileAnswer } from '../../platform/route.ts';
import type { Principal } from '../../platform/token-register.ts';
import { actorOf, type EmergencyDesk, type FoundBox } from './desk.ts';
import { type EmergencyBox, isPrinted, statedUntilMs } from './emergency.ts';
import { type PrintPlan, planPrint } from './print-plan.ts';
import type { SheetPrintRow } from './print-store.ts';
import { sheetDataOf } from './sheet-data.ts';
import { type SheetFormat, sheetContentTypes } from './sheet-printer.ts';

/** What is wanted. */
export interface SheetOrder {
  readonly format: SheetFormat;
  readonly renew?: boolean;
  readonly validForDays?: number;
}

/** Prints a sheet of a box. */
export function printSheet(
  desk: EmergencyDesk,
  principal: Principal,
  { found, order }: { readonly found: FoundBox; readonly order: SheetOrder },
): FileAnswer {
  const { owned, state, box } = found;
  if (box.binCount === 0) throw refusal(neverOnline);
  const nowMs = Math.floor(desk.clock.nowMs());
  const connected = desk.port.connectedBoxes().includes(owned.boxId);
  const plan = planPrint(state, { ...order, connected, nowMs });
  if (plan.kind === 'refused') throw notPrinted(plan.because);
  const { by, token_id: tokenId } = actorOf(desk, principal);
  const { generation } = plan.sheet;
  const printed = { generation, atMs: nowMs, by, revoked: false };
  const after = carryOut(desk, found, { plan, printed });
  const print: SheetPrintRow = {
    sheetId: desk.identifiers.create('shs'),
    ...{ boxId: owned.boxId, generation, format: order.format, tokenId, printedAtMs: nowMs, printedBy: by },
    untilMs: statedUntilMs(after),
    retired: false,
  };
  desk.prints(owned.tenantId).add(print);
  tellPrint(desk, found, { print, copy: plan.kind === 'copy' && isPrinted(state) });
  return {
    contentType: sheetContentTypes[order.format],
    fileName: `smartbox-${owned.boxId}-sheet-${generation}.${order.format}`,
    render: () => render(desk, found, { print, waitFor: connected ? after.version : 0 }),
  };
}

function carryOut(
  desk: EmergencyDesk,
  { owned, state }: FoundBox,
  done: {
    readonly plan: Exclude<PrintPlan, { kind: 'refused' }>;
    readonly printed: NonNullable<EmergencyBox['printed']>;
  },
): EmergencyBox {
  const { plan, printed } = done;
  const sheet = { ...plan.sheet, issuedAtMs: plan.sheet.issuedAtMs ?? printed.atMs };
  const after = { ...state, printed, sheet };
  if (plan.kind === 'renewed') return desk.keeper.renew(owned, { ...state, printed }, sheet).box;
  if (plan.kind === 'date-moved') return desk.keeper.change(owned, after).box;
  desk.stores(owned.tenantId).save(after);
  return after;
}

function tellPrint(
  desk: EmergencyDesk,
  { owned }: FoundBox,
  { print, copy }: { readonly print: SheetPrintRow; readonly copy: boolean },
): void {
  const { sheetId, generation, format, tokenId, printedBy, printedAtMs, untilMs } = print;
  const data = {
    ...{ sheet_id: sheetId, generation, format, copy },
    ...{ valid_until: new Date(untilMs).toISOString(), token_id: tokenId, by: printedBy },
  };
  desk.tell(owned, { type: 'sheet.printed', atMs: printedAtMs, data });
}

async function render(
  desk: EmergencyDesk,
  { owned }: FoundBox,
  { print, waitFor }: { readonly print: SheetPrintRow; readonly waitFor: number },
): Promise<Uint8Array> {
  const { sheetId, printedBy, printedAtMs, format, generation } = print;
  const told = desk.keeper.find(owned)?.inForce.version ?? 0;
  if (told < waitFor) await desk.hear(owned.boxId, waitFor);
  const state = desk.keeper.find(owned);
  const sheetKey = desk.keeper.sheetKey(owned, generation);
  // Somebody else printed or revoked in the same moment: this paper would be dead before it is dry.
  if (state?.sheet.generation !== generation || sheetKey === undefined) throw new CloudError('conflict');
  const data = sheetDataOf(desk, owned, { state, sheetKey, sheetId, printedBy, printedAtMs });
  if (data === undefined) throw new CloudError('not-found');
  const made = await desk.printer[format](data);
  return typeof made === 'string' ? new Uint8Array(Buffer.from(made, 'utf8')) : made;
}

/** What a revocation gives back. */
export interface SheetRevocation {
  /** The sheet that the box takes now, and that the code closes. */
  readonly generation: number;
  /** 10 digits that close it at the keypad; they can open nothing. */
  readonly code: string;
  /** Whether the box is being told now. */
  readonly sent: boolean;
}

/** Revokes every sheet of a box that was made so far. */
export function revokeSheets(
  desk: EmergencyDesk,
  principal: Principal,
  { owned, state }: FoundBox,
): SheetRevocation {
  const atBox = state.inForce.sheetGeneration;
  const keyAtBox = desk.keeper.sheetKey(owned, atBox);
  const generation = keyAtBox === undefined ? state.sheet.generation : atBox;
  const key = keyAtBox ?? desk.keeper.keys(owned).sheetKey;
  const { sent } = desk.keeper.revoke(owned, state);
  const data = { generation: state.sheet.generation, at: 'cloud', ...actorOf(desk, principal) };
  desk.tell(owned, { type: 'sheet.revoked', atMs: Math.floor(desk.clock.nowMs()), data });
  return { generation, code: revocationCode(desk.crypto, key, generation), sent };
}

const neverOnline: BilingualText = {
  ja: 'このボックスはまだ一度もつながっていません。つないでから印刷してください。',
  en: 'This box has never been online. Connect it first, then print.',
};
const nothingToCopy: BilingualText = {
  ja: '今のシートはもう使えません。renew を省いて、新しいシートを印刷してください。',
  en: 'The present sheet is of no use any more. Leave renew out to print a new one.',
};

/** A refusal because of the present state. */
export function refusal(detail: BilingualText): CloudError {
  return new CloudError('conflict', { detail });
}

function notPrinted(because: 'nothing-to-copy' | 'copy-keeps-its-date'): CloudError {
  if (because === 'nothing-to-copy') return refusal(nothingToCopy);
  return invalidField('/body/valid_for_days', 'copy-keeps-its-date', {
    ja: '写しの有効期限は変えられません。valid_for_days を省くか、renew を true にしてください。',
    en: 'A copy keeps its date. Leave valid_for_days out, or print a new sheet with renew: true.',
  });
}
