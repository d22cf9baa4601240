// HTTP of boxes: reading and changing them. How a box comes to its owner is in claim-routes.ts.

import type { BoxId } from '@smartbox/protocol';
import { type Static, Type } from 'typebox';
import type { DevicePort } from '../../platform/device-port.ts';
import { CloudError, invalidField } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { tidyText } from '../../platform/plain-text.ts';
import { defineRoute, entityTag, type Route, requireMatch } from '../../platform/route.ts';
import type { Locations } from '../locations/index.ts';
import { type Box, type BoxSettings, boxResourceId, readBoxResourceId, settingsBody } from './box.ts';
import { boxFields, boxSchema, showBox } from './box-resource.ts';
import type { BoxStore, BoxWithHealth } from './store.ts';

const params = Type.Object({ box_id: Type.String({ maxLength: 64 }) });

const boxChangeSchema = Type.Partial(Type.Object(boxFields), {
  additionalProperties: false,
  minProperties: 1,
  examples: [{ name: 'North entrance', help_phone: '+81 3 1234 5678', language: 'en' }],
});

/** What the routes need from the feature. */
export interface BoxDesk {
  readonly boxes: (tenantId: TenantId) => BoxStore;
  readonly locations: Pick<Locations, 'find'>;
  readonly port: Pick<DevicePort, 'send'>;
}

/** The routes of boxes. */
export function boxRoutes(desk: BoxDesk): readonly Route[] {
  return [listBoxes(desk), getBox(desk), changeBox(desk)];
}

function listBoxes(desk: BoxDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/boxes',
    permission: 'boxes:read',
    operationId: 'listBoxes',
    summary: 'List boxes',
    tag: 'boxes',
    query: Type.Object(pageQuery, { additionalProperties: false }),
    responses: { 200: pageSchema(boxSchema) },
    handle: ({ principal, query }) => ({
      body: readPage(query, {
        load: (after, limit) => desk.boxes(principal.tenantId).list(String(after?.[0] ?? ''), limit),
        keyOf: ({ box }) => [box.boxId],
        show: showBox,
        scope: principal.scope,
        placeOf: ({ box }) => box.locationId,
      }),
    }),
  });
}

function getBox(desk: BoxDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/boxes/:box_id',
    permission: 'boxes:read',
    operationId: 'getBox',
    summary: 'Read one box',
    tag: 'boxes',
    params,
    responses: { 200: boxSchema },
    handle: ({ principal, params: { box_id } }) => answerBox(findBox(desk.boxes(principal.tenantId), box_id)),
  });
}

function changeBox(desk: BoxDesk): Route {
  return defineRoute({
    method: 'PATCH',
    url: '/v1/boxes/:box_id',
    permission: 'boxes:write',
    operationId: 'changeBox',
    summary: 'Change a box and its settings',
    description:
      'Settings reach the box at once if it is there, else at its next contact. Needs If-Match with the ETag that was read.',
    tag: 'boxes',
    params,
    body: boxChangeSchema,
    responses: { 200: boxSchema },
    handle: (call) => {
      const { tenantId } = call.principal;
      const store = desk.boxes(tenantId);
      const known = findBox(store, call.params.box_id);
      requireMatch(call, boxResourceId(known.box.boxId), known.box.rev);
      const changed = changedBox(known.box, call.body);
      if (desk.locations.find(tenantId, changed.locationId) === undefined) throw unknownLocation();
      if (!store.change(known.box, changed)) throw new CloudError('precondition-failed');
      if (changed.settings.version > known.box.settings.version)
        desk.port.send(changed.boxId, { name: 'settings-changed', body: settingsBody(changed.settings) });
      return answerBox({ ...known, box: changed });
    },
  });
}

function changedBox(box: Box, change: Static<typeof boxChangeSchema>): Box {
  const settings = {
    language:
      change.language === undefined ? box.settings.language : (change.language as BoxSettings['language']),
    helpPhone: change.help_phone === undefined ? box.settings.helpPhone : change.help_phone.trim(),
    leftOpenMs: change.left_open_ms ?? box.settings.leftOpenMs,
    idleMs: change.idle_ms ?? box.settings.idleMs,
  };
  const same = Object.entries(settings).every(
    ([name, value]) => box.settings[name as keyof BoxSettings] === value,
  );
  return {
    ...box,
    name: change.name === undefined ? box.name : tidyText(change.name),
    locationId: change.location_id ?? box.locationId,
    offlineAfterMs: change.offline_after_ms ?? box.offlineAfterMs,
    settings: { ...settings, version: same ? box.settings.version : box.settings.version + 1 },
    rev: box.rev + 1,
  };
}

/** @throws CloudError `not-found` for a box that is not this tenant's, just as for one that is nobody's */
export function findBox(store: Pick<BoxStore, 'get'>, resourceId: string): BoxWithHealth {
  const boxId: BoxId | undefined = readBoxResourceId(resourceId);
  const known = boxId === undefined ? undefined : store.get(boxId);
  if (known === undefined) throw new CloudError('not-found');
  return known;
}

/** One box as an answer, with its ETag. */
export function answerBox(known: BoxWithHealth) {
  return { body: showBox(known), etag: entityTag(boxResourceId(known.box.boxId), known.box.rev) };
}

/** The refusal of a place that the caller's tenant has not. */
export function unknownLocation(): CloudError {
  return invalidField('/body/location_id', 'unknown-location', {
    ja: 'GET /v1/locations にある id を指定してください。',
    en: 'Give an id from GET /v1/locations.',
  });
}
