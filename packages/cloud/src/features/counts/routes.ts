// HTTP of counts: which boxes wait, what there is to count, and the count itself.

import type { BoxId } from '@smartbox/protocol';
import { type Static, Type } from 'typebox';
import { CloudError, invalidField } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { showInstant, showInstantOrNull } from '../../platform/instant.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { defineRoute, entityTag, type Route, requireMatch } from '../../platform/route.ts';
import { type Box, boxResourceId, readBoxResourceId } from '../boxes/index.ts';
import type { HandOpening } from './count.ts';
import {
  boxCountSchema,
  countSchema,
  newCountSchema,
  showCount,
  showWaitingBin,
  type WaitingBin,
  waitingBoxSchema,
} from './count-resource.ts';
import { type CountDesk, ledgerOf, takeCount } from './take-count.ts';

const params = Type.Object({ box_id: Type.String({ maxLength: 64 }) });

/** The routes of counts. */
export function countRoutes(desk: CountDesk): readonly Route[] {
  return [listCounts(desk), getBoxCount(desk), countBox(desk)];
}

function listCounts(desk: CountDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/counts',
    permission: 'emergency:read',
    operationId: 'listCounts',
    summary: 'List the boxes that were opened by hand and wait for a count',
    description:
      'A box is in this list from the log of its first opening without the cloud until somebody has counted.',
    tag: 'emergency',
    query: Type.Object(
      {
        ...pageQuery,
        box_id: Type.Optional(Type.String({ maxLength: 64, description: 'Only this box.' })),
      },
      { additionalProperties: false },
    ),
    responses: { 200: pageSchema(waitingBoxSchema) },
    handle: ({ principal: { tenantId, scope }, query }) => {
      const only = query.box_id === undefined ? undefined : readBoxFilter(query.box_id);
      const body = readPage(query, {
        load: (after, limit) =>
          waitingBoxes(desk, tenantId, { only, after: String(after?.[0] ?? ''), limit }),
        keyOf: ({ boxId }) => [boxId],
        show: (box) => showWaitingBox(desk, tenantId, box),
        scope,
        placeOf: ({ locationId }) => locationId,
      });
      return { body };
    },
  });
}

function getBoxCount(desk: CountDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/boxes/:box_id/count',
    permission: 'emergency:read',
    operationId: 'getBoxCount',
    summary: 'Read what a box’s bins wait for: what the ledger believes, and what was opened by hand',
    tag: 'emergency',
    params,
    responses: { 200: boxCountSchema },
    handle: ({ principal: { tenantId }, params: { box_id } }) => {
      const { boxId } = findBox(desk, tenantId, box_id);
      const store = desk.counts(tenantId);
      const state = store.state(boxId);
      const last = store.lastCount(boxId);
      const body: Static<typeof boxCountSchema> = {
        box_id,
        waiting: state.askedAtMs !== null,
        asked_at: showInstantOrNull(state.askedAtMs),
        bins: waitingBins(desk, tenantId, boxId).map(showWaitingBin),
        last_count: last === undefined ? null : showCount(box_id, last),
      };
      return { body, etag: countTag(box_id, state.rev) };
    },
  });
}

function countBox(desk: CountDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/boxes/:box_id/counts',
    permission: 'emergency:write',
    operationId: 'countBox',
    summary: 'Tell what hangs in the bins that were opened by hand',
    description:
      'Every bin that waits must be told of; others may be. Differences become events. The ledger stays what the sensors said. With If-Match and the ETag that was read, a count is refused when the box has told of more openings since.',
    tag: 'emergency',
    params,
    body: newCountSchema,
    responses: { 201: countSchema },
    handle: (call) => {
      const { tenantId } = call.principal;
      const { box_id } = call.params;
      const box = findBox(desk, tenantId, box_id);
      if (call.ifMatch !== undefined)
        requireMatch(call, countName(box_id), desk.counts(tenantId).state(box.boxId).rev);
      const count = takeCount(desk, tenantId, box, call.body);
      return { status: 201, body: showCount(box_id, count), location: `/v1/boxes/${box_id}/count` };
    },
  });
}

function countName(boxResource: string): string {
  return `${boxResource}-count`;
}

function countTag(boxResource: string, revision: number): string {
  return entityTag(countName(boxResource), revision);
}

function waitingBoxes(
  desk: CountDesk,
  tenantId: TenantId,
  page: { readonly only: BoxId | undefined; readonly after: string; readonly limit: number },
): readonly Box[] {
  const { only, after, limit } = page;
  const store = desk.counts(tenantId);
  const waits = (boxId: BoxId): boolean => boxId > after && store.state(boxId).askedAtMs !== null;
  const boxIds = only === undefined ? store.waiting(after, limit) : [only].filter(waits);
  return boxIds.flatMap((boxId) => desk.boxes.find(tenantId, boxId)?.box ?? []);
}

function showWaitingBox(desk: CountDesk, tenantId: TenantId, box: Box): Static<typeof waitingBoxSchema> {
  const store = desk.counts(tenantId);
  return {
    box_id: boxResourceId(box.boxId),
    name: box.name,
    location_id: box.locationId,
    asked_at: showInstant(store.state(box.boxId).askedAtMs ?? 0),
    bins: store.openings(box.boxId).map(({ bin }) => bin),
  };
}

function waitingBins(desk: CountDesk, tenantId: TenantId, boxId: BoxId): readonly WaitingBin[] {
  const bins = new Map(desk.boxes.bins(tenantId, boxId).map((bin) => [bin.bin, bin]));
  return desk
    .counts(tenantId)
    .openings(boxId)
    .map((opening: HandOpening) => {
      const bin = bins.get(opening.bin);
      const ledger = ledgerOf(desk.keys, tenantId, bin);
      const taken = opening.takenTag === null ? undefined : desk.keys.byFob(tenantId, opening.takenTag);
      return {
        ...{ opening, ledger, toldAtMs: bin?.changedAtMs ?? null, takenKeyId: taken?.keyId ?? null },
        keyName: ledger.kind === 'key' ? (desk.keys.find(tenantId, ledger.keyId)?.name ?? null) : null,
      };
    });
}

function findBox(desk: CountDesk, tenantId: TenantId, resourceId: string): Box {
  const boxId = readBoxResourceId(resourceId);
  const known = boxId === undefined ? undefined : desk.boxes.find(tenantId, boxId);
  if (known === undefined) throw new CloudError('not-found');
  return known.box;
}

function readBoxFilter(resourceId: string): BoxId {
  const boxId = readBoxResourceId(resourceId);
  if (boxId !== undefined) return boxId;
  throw invalidField('/query/box_id', 'not-a-box', {
    ja: 'GET /v1/boxes にある id を指定してください。',
    en: 'Give an id from GET /v1/boxes.',
  });
}
