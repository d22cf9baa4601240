// HTTP of what a box is to do without the cloud: its settings and state, and how the sheets of all boxes stand.

import { Type } from 'typebox';
import { type CloudError, invalidField } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { defineRoute, entityTag, type Route, requireMatch } from '../../platform/route.ts';
import { boxResourceId } from '../boxes/index.ts';
import { actorOf, type EmergencyDesk, type FoundBox, findOwned } from './desk.ts';
import {
  type EmergencyBox,
  type EmergencySettings,
  isPrinted,
  sheetState,
  sheetStates,
} from './emergency.ts';
import {
  changedSettings,
  emergencyChangeSchema,
  emergencySchema,
  emergencyStateSchema,
  showEmergency,
  showSheetState,
} from './emergency-resource.ts';

const params = Type.Object({ box_id: Type.String({ maxLength: 64 }) });

/** The routes of settings and states. */
export function emergencyRoutes(desk: EmergencyDesk): readonly Route[] {
  return [getEmergency(desk), changeEmergency(desk), listStates(desk)];
}

function getEmergency(desk: EmergencyDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/boxes/:box_id/emergency',
    permission: 'emergency:read',
    operationId: 'getEmergency',
    summary: 'Read what a box can do without the cloud: settings, sheet, what is in force',
    tag: 'emergency',
    params,
    responses: { 200: emergencySchema },
    handle: ({ principal, params: { box_id } }) => answer(desk, findOwned(desk, principal.tenantId, box_id)),
  });
}

function changeEmergency(desk: EmergencyDesk): Route {
  return defineRoute({
    method: 'PATCH',
    url: '/v1/boxes/:box_id/emergency',
    permission: 'emergency:write',
    operationId: 'changeEmergency',
    summary: 'Change what a box does without the cloud',
    description:
      'Reaches the box at once if it is there, else at its next contact. Numbers of cells count from the next new sheet. Needs If-Match with the ETag that was read.',
    tag: 'emergency',
    params,
    body: emergencyChangeSchema,
    responses: { 200: emergencySchema },
    handle: (call) => {
      const found = findOwned(desk, call.principal.tenantId, call.params.box_id);
      const { owned, state, box } = found;
      requireMatch(call, tagId(state), state.rev);
      const settings = changedSettings(state.settings, call.body);
      const beyond = settings.openOrder.some((bin) => box.binCount > 0 && bin > box.binCount);
      if (beyond) throw noSuchBin('/body/open_order');
      const { box: after } = desk.keeper.change(owned, withSettings(state, settings));
      const data = { version: after.version, ...actorOf(desk, call.principal) };
      desk.tell(owned, { type: 'emergency.changed', atMs: Math.floor(desk.clock.nowMs()), data });
      return answer(desk, { ...found, state: after });
    },
  });
}

// A sheet that nobody has on paper may still get another number of cells.
function withSettings(state: EmergencyBox, settings: EmergencySettings): EmergencyBox {
  const { cellsPerBin, cellsForAll } = settings;
  const open = !isPrinted(state) && state.sheet.issuedAtMs === null;
  const sheet = open ? { ...state.sheet, cellsPerBin, cellsForAll } : state.sheet;
  return { ...state, settings, sheet, rev: state.rev + 1 };
}

function listStates(desk: EmergencyDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/emergency-states',
    permission: 'emergency:read',
    operationId: 'listEmergencyStates',
    summary: 'List how the sheets of all boxes stand: who printed them, when, and which are missing',
    tag: 'emergency',
    query: Type.Object(
      {
        ...pageQuery,
        state: Type.Optional(
          Type.Enum([...sheetStates], { description: 'Only boxes whose sheet stands so.' }),
        ),
      },
      { additionalProperties: false },
    ),
    responses: { 200: pageSchema(emergencyStateSchema) },
    handle: ({ principal: { tenantId, scope }, query }) => {
      const nowMs = desk.clock.nowMs();
      const wanted = (one: EmergencyBox): boolean =>
        query.state === undefined || sheetState(one, nowMs) === query.state;
      const body = readPage(query, {
        load: (after, limit) => filtered(desk, tenantId, { after: String(after?.[0] ?? ''), limit, wanted }),
        keyOf: ({ boxId }) => [boxId],
        show: (one) => ({ ...placeOf(desk, tenantId, one), ...showSheetState(one, nowMs) }),
        scope,
        placeOf: (one) => placeOf(desk, tenantId, one).location_id,
      });
      return { body };
    },
  });
}

/** Boxes that are looked at in one go when most do not fit. */
const chunkLength = 200;

function filtered(
  desk: EmergencyDesk,
  tenantId: TenantId,
  asked: {
    readonly after: string;
    readonly limit: number;
    readonly wanted: (one: EmergencyBox) => boolean;
  },
): readonly EmergencyBox[] {
  const found: EmergencyBox[] = [];
  let { after } = asked;
  for (;;) {
    const chunk = desk.stores(tenantId).list(after, chunkLength);
    found.push(...chunk.filter(asked.wanted));
    const last = chunk.at(-1);
    if (found.length >= asked.limit || last === undefined || chunk.length < chunkLength)
      return found.slice(0, asked.limit);
    after = last.boxId;
  }
}

function placeOf(desk: EmergencyDesk, tenantId: TenantId, { boxId }: EmergencyBox) {
  const box = desk.boxes.find(tenantId, boxId)?.box;
  return { box_id: boxResourceId(boxId), box_name: box?.name ?? null, location_id: box?.locationId ?? null };
}

function answer(desk: EmergencyDesk, { owned, box, state }: FoundBox) {
  const body = showEmergency(state, {
    binCount: box.binCount,
    nowMs: desk.clock.nowMs(),
    lastCells: desk.uses(owned.tenantId).lastCells(owned.boxId, state.sheet.generation),
  });
  return { body, etag: entityTag(tagId(state), state.rev) };
}

function tagId({ boxId }: EmergencyBox): string {
  return `${boxResourceId(boxId)}-emergency`;
}

/** The refusal of a bin that the box has not. */
export function noSuchBin(pointer: string): CloudError {
  return invalidField(pointer, 'no-such-bin', {
    ja: 'このボックスにあるビンの番号を指定してください。',
    en: 'Give the number of a bin that the box has.',
  });
}
