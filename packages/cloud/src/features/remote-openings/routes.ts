// HTTP of remote openings: order one, see what became of it.

import { type Static, Type } from 'typebox';
import { CloudError, invalidField } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { tidyText } from '../../platform/plain-text.ts';
import { defineRoute, type Route } from '../../platform/route.ts';
import { type Box, readBoxResourceId } from '../boxes/index.ts';
import { newOpeningSchema, openingSchema, showOpening } from './opening-resource.ts';
import { type OrderPorts, orderOpening } from './order-opening.ts';
import { lifeLimits } from './remote-opening.ts';
import type { OpeningFilter } from './store.ts';

/** The routes of remote openings. */
export function openingRoutes(desk: OrderPorts): readonly Route[] {
  return [listOpenings(desk), getOpening(desk), orderRoute(desk)];
}

function orderRoute(desk: OrderPorts): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/boxes/:box_id/openings',
    permission: 'boxes:open',
    stepUp: true,
    operationId: 'orderOpening',
    summary: 'Open a bin or the main lock from afar, whatever keys there are',
    description:
      'The box is asked to ask, and opens only on the answer to its own question; so an order that is held up on the way opens nothing. It is never kept for later: a box that is not online is not ordered anything (`box-offline`), and an order ends when its time is over, when the box loses its connection, and when this server is started anew. One order at a time waits for a box. See the state for what became of it.',
    tag: 'boxes',
    params: Type.Object({ box_id: Type.String({ maxLength: 64 }) }),
    body: newOpeningSchema,
    responses: { 201: openingSchema },
    handle: ({ principal, params, body }) => {
      const { tenantId, personId, tokenId } = principal;
      const { target, press } = body;
      const opening = orderOpening(desk, tenantId, {
        box: findBox(desk, tenantId, params.box_id),
        bin: target === 'main_lock' ? 0 : target.bin,
        press,
        waitMs: readWait(body),
        reason: tidyText(body.reason),
        by: { personId, tokenId },
      });
      return {
        status: 201,
        body: showOpening(opening),
        location: `/v1/openings/${opening.openingId}`,
      };
    },
  });
}

const listQuery = Type.Object(
  {
    ...pageQuery,
    box_id: Type.Optional(Type.String({ maxLength: 64, description: 'Only of this box.' })),
    pending: Type.Optional(Type.Boolean({ description: 'Only what still waits for its box.' })),
  },
  { additionalProperties: false },
);

function listOpenings(desk: OrderPorts): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/openings',
    permission: 'events:read',
    operationId: 'listOpenings',
    summary: 'List remote openings: who opened what, why, and what became of it',
    tag: 'boxes',
    query: listQuery,
    responses: { 200: pageSchema(openingSchema) },
    handle: ({ principal: { tenantId, scope }, query }) => {
      const filter = readFilter(query);
      const body = readPage(query, {
        load: (after, limit) => desk.openings(tenantId).list(filter, String(after?.[0] ?? ''), limit),
        keyOf: ({ openingId }) => [openingId],
        show: showOpening,
        scope,
        placeOf: ({ boxId }) => desk.boxes.find(tenantId, boxId)?.box.locationId ?? null,
      });
      return { body };
    },
  });
}

function getOpening(desk: OrderPorts): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/openings/:opening_id',
    permission: 'events:read',
    operationId: 'getOpening',
    summary: 'Read one remote opening: what became of it',
    tag: 'boxes',
    params: Type.Object({ opening_id: Type.String({ maxLength: 64 }) }),
    responses: { 200: openingSchema },
    handle: ({ principal: { tenantId }, params: { opening_id } }) => {
      const opening = desk.openings(tenantId).get(opening_id);
      if (opening === undefined) throw new CloudError('not-found');
      return { body: showOpening(opening) };
    },
  });
}

function findBox(desk: OrderPorts, tenantId: TenantId, resourceId: string): Box {
  const boxId = readBoxResourceId(resourceId);
  const known = boxId === undefined ? undefined : desk.boxes.find(tenantId, boxId);
  if (known === undefined) throw new CloudError('not-found');
  return known.box;
}

function readWait({ press, wait_seconds }: Static<typeof newOpeningSchema>): number {
  const waitMs = wait_seconds === undefined ? lifeLimits.usualMs : wait_seconds * 1_000;
  if (press === 'button' || waitMs <= lifeLimits.longestMs) return waitMs;
  throw invalidField('/body/wait_seconds', 'too-long', {
    ja: 'ボタンを使わない開錠は 30 秒までです。press を button にすると 120 秒まで待てます。',
    en: 'Without the button an order lives 30 seconds at most; with press button up to 120.',
  });
}

function readFilter({ box_id, pending }: Static<typeof listQuery>): OpeningFilter {
  return {
    ...(box_id === undefined ? {} : { boxId: readBoxFilter(box_id) }),
    ...(pending === undefined ? {} : { pending }),
  };
}

function readBoxFilter(resourceId: string) {
  const boxId = readBoxResourceId(resourceId);
  if (boxId !== undefined) return boxId;
  throw invalidField('/query/box_id', 'not-a-box', {
    ja: 'GET /v1/boxes にある id を指定してください。',
    en: 'Give an id from GET /v1/boxes.',
  });
}
