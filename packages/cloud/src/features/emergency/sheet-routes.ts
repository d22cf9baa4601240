// HTTP of sheets: print, list who printed what, check a paper, revoke.

import { Type } from 'typebox';
import type { TenantId } from '../../platform/identifiers.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { defineRoute, type Route } from '../../platform/route.ts';
import { sees } from '../../platform/scope.ts';
import { boxResourceId } from '../boxes/index.ts';
import { type EmergencyDesk, findOwned } from './desk.ts';
import { printSheet, revokeSheets } from './print-sheet.ts';
import type { SheetPrintRow } from './print-store.ts';
import { sheetContentTypes } from './sheet-printer.ts';
import {
  checkSchema,
  type PrintFacts,
  printOrderSchema,
  printSchema,
  revocationSchema,
  showCheck,
  showPrint,
  unknownSheet,
} from './sheet-resource.ts';

const params = Type.Object({ box_id: Type.String({ maxLength: 64 }) });

/** The routes of sheets. */
export function sheetRoutes(desk: EmergencyDesk): readonly Route[] {
  return [print(desk), list(desk), check(desk), revoke(desk)];
}

function print(desk: EmergencyDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/boxes/:box_id/sheets',
    permission: 'emergency:write',
    operationId: 'printSheet',
    summary: 'Print the emergency sheet of a box',
    description:
      'The answer is the file: codes that open bins while the box is offline, beside the names and fob numbers of the keys. It is in Japanese and English, stored nowhere, and states whether the box takes its codes already.',
    tag: 'emergency',
    stepUp: true,
    params,
    body: printOrderSchema,
    responses: { 201: { fileTypes: Object.values(sheetContentTypes) } },
    ratePerMinute: 20,
    handle: ({ principal, params: { box_id }, body }) => {
      const found = findOwned(desk, principal.tenantId, box_id);
      const order = {
        format: body.format as keyof typeof sheetContentTypes,
        ...(body.renew === undefined ? {} : { renew: body.renew }),
        ...(body.valid_for_days === undefined ? {} : { validForDays: body.valid_for_days }),
      };
      return { status: 201, file: printSheet(desk, principal, { found, order }) };
    },
  });
}

function list(desk: EmergencyDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/boxes/:box_id/sheets',
    permission: 'emergency:read',
    operationId: 'listSheets',
    summary: 'List the sheets of a box that were printed: by whom, when, and how each stands',
    description: 'The newest first. No code is in the answer.',
    tag: 'emergency',
    params,
    query: Type.Object(pageQuery, { additionalProperties: false }),
    responses: { 200: pageSchema(printSchema) },
    handle: ({ principal: { tenantId }, params: { box_id }, query }) => {
      const { owned, state } = findOwned(desk, tenantId, box_id);
      const body = readPage(query, {
        load: (after, limit) => desk.prints(tenantId).list(owned.boxId, after && String(after[0]), limit),
        keyOf: ({ sheetId }) => [sheetId],
        show: (one) => showPrint(one, factsOf(desk, tenantId, { print: one, state })),
      });
      return { body };
    },
  });
}

function check(desk: EmergencyDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/sheets/check',
    permission: 'emergency:read',
    operationId: 'checkSheet',
    summary: 'Say whether a printed sheet is still good, by the text of its QR code',
    tag: 'emergency',
    query: Type.Object(
      { text: Type.String({ maxLength: 100, description: 'What the QR code says; it begins with SBS1:.' }) },
      { additionalProperties: false },
    ),
    responses: { 200: checkSchema },
    handle: ({ principal: { tenantId, scope }, query }) => {
      const named = desk.mark.read(tenantId, query.text);
      const one = named && desk.prints(tenantId).get(named.sheetId);
      if (one === undefined || one.generation !== named?.generation) return { body: unknownSheet() };
      const place = desk.boxes.find(tenantId, one.boxId)?.box.locationId ?? null;
      if (!sees(scope, place)) return { body: unknownSheet() };
      const state = desk.keeper.find({ tenantId, boxId: one.boxId });
      const facts = state && factsOf(desk, tenantId, { print: one, state });
      return { body: showCheck(one, facts) };
    },
  });
}

function revoke(desk: EmergencyDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/boxes/:box_id/sheet-revocations',
    permission: 'emergency:write',
    operationId: 'revokeSheets',
    summary: 'Revoke the sheets of a box: lost, copied, or seen by the wrong people',
    description:
      'Every sheet made so far opens nothing from the next contact on. While the box is offline, the 10 digits in the answer close its sheet at once when somebody types them there. Print a new sheet afterwards.',
    tag: 'emergency',
    stepUp: true,
    params,
    responses: { 201: revocationSchema },
    ratePerMinute: 20,
    handle: ({ principal, params: { box_id } }) => {
      const found = findOwned(desk, principal.tenantId, box_id);
      const { generation, code, sent } = revokeSheets(desk, principal, found);
      const body = { box_id: boxResourceId(found.owned.boxId), generation, revocation_code: code, sent };
      return { status: 201, body };
    },
  });
}

function factsOf(
  desk: EmergencyDesk,
  tenantId: TenantId,
  { print: one, state }: { readonly print: SheetPrintRow; readonly state: PrintFacts['state'] },
): PrintFacts {
  const { boxId, generation } = one;
  const used = desk.uses(tenantId).lastCells(boxId, generation).values();
  return {
    state,
    sheet: desk.stores(tenantId).sheet(boxId, generation),
    cellsUsed: [...used].reduce((sum, last) => sum + last, 0),
    nowMs: desk.clock.nowMs(),
  };
}
