// HTTP of keys, and of bins with the keys that hang in them.

import { type Static, Type } from 'typebox';
import type { Clock } from '../../platform/clock.ts';
import { CloudError } from '../../platform/errors.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import { showInstantOrNull } from '../../platform/instant.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { defineRoute, entityTag, type Route, requireMatch } from '../../platform/route.ts';
import { type Bin, type Boxes, readBoxResourceId } from '../boxes/index.ts';
import type { Locations } from '../locations/index.ts';
import { draftKey, fieldsOf, soundKey } from './draft.ts';
import { type Key, showTag, type Whereabouts } from './key.ts';
import { binSchema, keyFields, keySchema, showKey } from './key-resource.ts';
import type { KeyChange, KeyStore } from './store.ts';

const keyParams = Type.Object({ key_id: Type.String({ maxLength: 64 }) });
const boxParams = Type.Object({ box_id: Type.String({ maxLength: 64 }) });
const { fob_label, ...needed } = keyFields;

const newKeySchema = Type.Object(
  { ...needed, fob_label: Type.Optional(fob_label) },
  {
    additionalProperties: false,
    examples: [
      {
        name: 'Van 7',
        location_id: 'loc_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        fob_label: 'A-07',
        fob_tag: '04:A1:B2:C3:D4:E5:F6',
      },
    ],
  },
);
const keyChangeSchema = Type.Partial(Type.Object(keyFields), {
  additionalProperties: false,
  minProperties: 1,
  examples: [{ name: 'Van 7 (spare)' }],
});

/** What the routes need from the feature. */
export interface KeyDesk {
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly events: EventBus;
  readonly keys: (tenantId: TenantId) => KeyStore;
  readonly locations: Pick<Locations, 'find'>;
  readonly boxes: Pick<Boxes, 'find' | 'bins'>;
  whereIs(tenantId: TenantId, key: Key): Whereabouts;
  isBadge(tenantId: TenantId, tag: Uint8Array): boolean;
}

/** The routes of keys. */
export function keyRoutes(desk: KeyDesk): readonly Route[] {
  return [listKeys(desk), getKey(desk), createKey(desk), changeKey(desk), retireKey(desk), listBins(desk)];
}

function listKeys(desk: KeyDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/keys',
    permission: 'keys:read',
    operationId: 'listKeys',
    summary: 'List keys and where they are',
    tag: 'keys',
    query: Type.Object(
      {
        ...pageQuery,
        location_id: Type.Optional(Type.String({ maxLength: 64, description: 'Only of this place.' })),
      },
      { additionalProperties: false },
    ),
    responses: { 200: pageSchema(keySchema) },
    handle: ({ principal: { tenantId, scope }, query }) => ({
      body: readPage(query, {
        load: (after, limit) => {
          const filter = query.location_id === undefined ? {} : { locationId: query.location_id };
          return desk.keys(tenantId).list(filter, String(after?.[0] ?? ''), limit);
        },
        keyOf: (key) => [key.keyId],
        show: (key) => showKey(key, desk.whereIs(tenantId, key)),
        scope,
        placeOf: ({ locationId }) => locationId,
      }),
    }),
  });
}

function getKey(desk: KeyDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/keys/:key_id',
    permission: 'keys:read',
    operationId: 'getKey',
    summary: 'Read one key: where it is and who has it',
    tag: 'keys',
    params: keyParams,
    responses: { 200: keySchema },
    handle: ({ principal: { tenantId }, params }) =>
      answer(desk, tenantId, findKey(desk, tenantId, params.key_id)),
  });
}

function createKey(desk: KeyDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/keys',
    permission: 'keys:write',
    operationId: 'createKey',
    summary: 'Create a key',
    tag: 'keys',
    body: newKeySchema,
    responses: { 201: keySchema },
    handle: ({ principal: { tenantId }, body }) => {
      const wanted = soundKey(draftKey(desk, tenantId, { ...body, fob_label: body.fob_label ?? '' }));
      const key = addKey(desk, tenantId, wanted);
      return { ...answer(desk, tenantId, key), status: 201, location: `/v1/keys/${key.keyId}` };
    },
  });
}

function changeKey(desk: KeyDesk): Route {
  return defineRoute({
    method: 'PATCH',
    url: '/v1/keys/:key_id',
    permission: 'keys:write',
    operationId: 'changeKey',
    summary: 'Change a key',
    description:
      'Needs If-Match with the ETag that was read. A code stays at the location where it was made.',
    tag: 'keys',
    params: keyParams,
    body: keyChangeSchema,
    responses: { 200: keySchema },
    handle: (call) => {
      const { tenantId } = call.principal;
      const key = findKey(desk, tenantId, call.params.key_id);
      requireMatch(call, key.keyId, key.rev);
      const changed = soundKey(draftKey(desk, tenantId, { ...fieldsOf(key), ...call.body }, key));
      if (!desk.keys(tenantId).change(key, changed)) throw new CloudError('precondition-failed');
      return answer(desk, tenantId, { ...key, ...changed, rev: key.rev + 1 });
    },
  });
}

function retireKey(desk: KeyDesk): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/v1/keys/:key_id',
    permission: 'keys:write',
    operationId: 'retireKey',
    summary: 'Retire a key and end its codes',
    description:
      'Needs If-Match with the ETag that was read. Events about it stay; its fob may be used again.',
    tag: 'keys',
    params: keyParams,
    responses: { 204: null },
    handle: (call) => {
      const { tenantId } = call.principal;
      const key = findKey(desk, tenantId, call.params.key_id);
      requireMatch(call, key.keyId, key.rev);
      const atMs = desk.clock.nowMs();
      if (!desk.keys(tenantId).retire(key, atMs)) throw new CloudError('precondition-failed');
      desk.events.publish('key-retired', { tenantId, keyId: key.keyId });
      const { keyId, locationId } = key;
      const fact = { tenantId, type: 'key.retired', occurredAtMs: atMs, keyId, locationId };
      desk.events.publish('fact-established', fact);
      return { status: 204 };
    },
  });
}

function listBins(desk: KeyDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/boxes/:box_id/bins',
    permission: 'boxes:read',
    operationId: 'listBins',
    summary: 'List the bins of a box: doors, and the keys that hang in them',
    tag: 'boxes',
    params: boxParams,
    query: Type.Object(pageQuery, { additionalProperties: false }),
    responses: { 200: pageSchema(binSchema) },
    handle: ({ principal: { tenantId }, params, query }) => {
      const boxId = readBoxResourceId(params.box_id);
      if (boxId === undefined || desk.boxes.find(tenantId, boxId) === undefined)
        throw new CloudError('not-found');
      const bins = desk.boxes.bins(tenantId, boxId);
      const body = readPage(query, {
        load: (after, limit) => bins.filter(({ bin }) => bin > Number(after?.[0] ?? 0)).slice(0, limit),
        keyOf: ({ bin }) => [bin],
        show: (bin) => showBin(bin, desk.keys(tenantId)),
      });
      return { body };
    },
  });
}

function showBin(bin: Bin, keys: Pick<KeyStore, 'byFob'>): Static<typeof binSchema> {
  return {
    bin: bin.bin,
    door: bin.door,
    fob_tag: bin.tag === null ? null : showTag(bin.tag),
    key_id: bin.tag === null ? null : (keys.byFob(bin.tag)?.keyId ?? null),
    changed_at: showInstantOrNull(bin.changedAtMs),
  };
}

/** Makes a key; inside a transaction. */
export function addKey(
  desk: Pick<KeyDesk, 'clock' | 'identifiers' | 'keys'>,
  tenantId: TenantId,
  wanted: KeyChange,
): Key {
  const made = { keyId: desk.identifiers.create('key'), rev: 1, createdAtMs: desk.clock.nowMs() };
  desk.keys(tenantId).add({ ...made, ...wanted });
  return { ...made, ...wanted };
}

function findKey(desk: KeyDesk, tenantId: TenantId, keyId: string): Key {
  const key = desk.keys(tenantId).get(keyId);
  if (key === undefined) throw new CloudError('not-found');
  return key;
}

function answer(desk: KeyDesk, tenantId: TenantId, key: Key) {
  return { body: showKey(key, desk.whereIs(tenantId, key)), etag: entityTag(key.keyId, key.rev) };
}
