// HTTP of key groups: named groups of keys, and the built-in one that holds all.

import { type Static, Type } from 'typebox';
import { CloudError, invalidField } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { instantSchema, showInstantOrNull } from '../../platform/instant.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { plainText, tidyText } from '../../platform/plain-text.ts';
import { defineRoute, entityTag, type Route, type RouteCall, requireMatch } from '../../platform/route.ts';
import type { Principal } from '../../platform/token-register.ts';
import { findKeyGroup, type PermissionDesk, tell } from './desk.ts';
import { endPermissions } from './end-permissions.ts';
import type { KeyGroup } from './permission.ts';
import { allKeys } from './ways-store.ts';

const params = Type.Object({ key_group_id: Type.String({ maxLength: 64 }) });

const groupSchema = Type.Object(
  {
    id: Type.String({ description: '`all-keys` for the built-in group of all keys.' }),
    name: Type.String(),
    location_id: Type.Union([Type.String(), Type.Null()]),
    built_in: Type.Boolean(),
    created_at: Type.Union([instantSchema, Type.Null()]),
  },
  {
    examples: [
      {
        id: 'kgr_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        name: 'Vans',
        location_id: null,
        built_in: false,
        created_at: '2026-04-01T09:00:00.000Z',
      },
    ],
  },
);

const name = plainText(100, 'What people call the group.');
const newGroupSchema = Type.Object(
  {
    name,
    location_id: Type.Optional(
      Type.Union([Type.String({ maxLength: 64 }), Type.Null()], {
        description:
          'The place whose keys it holds and whose managers see it; it stays so. Null: any keys of the organisation.',
      }),
    ),
  },
  { additionalProperties: false, examples: [{ name: 'Vans' }] },
);
const groupChangeSchema = Type.Object(
  { name },
  { additionalProperties: false, examples: [{ name: 'Vans, north' }] },
);

/** The routes of key groups. */
export function keyGroupRoutes(desk: PermissionDesk): readonly Route[] {
  return [listGroups(desk), getGroup(desk), createGroup(desk), renameGroup(desk), removeGroup(desk)];
}

function listGroups(desk: PermissionDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/key-groups',
    permission: 'key-permissions:read',
    operationId: 'listKeyGroups',
    summary: 'List key groups, the one of all keys first',
    tag: 'keys',
    query: Type.Object(pageQuery, { additionalProperties: false }),
    responses: { 200: pageSchema(groupSchema) },
    handle: ({ principal: { tenantId, scope }, query, language }) => ({
      body: readPage(query, {
        load: (after, limit) => {
          const afterId = String(after?.[0] ?? '');
          const kept = desk.keyGroups(tenantId).list(afterId, limit);
          return afterId === '' ? [everyKey(language), ...kept].slice(0, limit) : kept;
        },
        keyOf: ({ keyGroupId }) => [keyGroupId],
        show: showGroup,
        scope,
        placeOf: ({ keyGroupId, locationId }) =>
          keyGroupId === allKeys && scope.kind === 'locations' ? scope.locationIds : locationId,
      }),
    }),
  });
}

function getGroup(desk: PermissionDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/key-groups/:key_group_id',
    permission: 'key-permissions:read',
    operationId: 'getKeyGroup',
    summary: 'Read one key group',
    tag: 'keys',
    params,
    responses: { 200: groupSchema },
    handle: ({ principal, params: { key_group_id }, language }) =>
      key_group_id === allKeys
        ? answer(everyKey(language))
        : answer(findKeyGroup(desk, principal.tenantId, key_group_id)),
  });
}

function createGroup(desk: PermissionDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/key-groups',
    permission: 'key-permissions:write',
    operationId: 'createKeyGroup',
    summary: 'Create a key group',
    tag: 'keys',
    body: newGroupSchema,
    responses: { 201: groupSchema },
    handle: ({ principal, body }) => {
      const group: KeyGroup = {
        keyGroupId: desk.identifiers.create('kgr'),
        name: tidyText(body.name),
        locationId: placeFor(desk, principal, body.location_id ?? null),
        createdAtMs: Math.floor(desk.clock.nowMs()),
        rev: 1,
      };
      desk.keyGroups(principal.tenantId).add(group);
      tellOfGroup(desk, principal, 'key_group.created', group);
      return { ...answer(group), status: 201, location: `/v1/key-groups/${group.keyGroupId}` };
    },
  });
}

function renameGroup(desk: PermissionDesk): Route {
  return defineRoute({
    method: 'PATCH',
    url: '/v1/key-groups/:key_group_id',
    permission: 'key-permissions:write',
    operationId: 'changeKeyGroup',
    summary: 'Rename a key group',
    description: 'Needs If-Match with the ETag that was read.',
    tag: 'keys',
    params,
    body: groupChangeSchema,
    responses: { 200: groupSchema },
    handle: (call: RouteCall<Static<typeof params>, unknown, Static<typeof groupChangeSchema>>) => {
      const { tenantId } = call.principal;
      const group = findKeyGroup(desk, tenantId, call.params.key_group_id);
      requireMatch(call, group.keyGroupId, group.rev);
      const changed = { ...group, name: tidyText(call.body.name), rev: group.rev + 1 };
      if (!desk.keyGroups(tenantId).rename(group, changed.name)) throw new CloudError('precondition-failed');
      tellOfGroup(desk, call.principal, 'key_group.changed', changed);
      return answer(changed);
    },
  });
}

function removeGroup(desk: PermissionDesk): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/v1/key-groups/:key_group_id',
    permission: 'key-permissions:write',
    operationId: 'removeKeyGroup',
    summary: 'Remove a key group, with the permissions on it; its keys stay',
    tag: 'keys',
    params,
    responses: { 204: null },
    handle: ({ principal, params: { key_group_id } }) => {
      const { tenantId } = principal;
      const group = findKeyGroup(desk, tenantId, key_group_id);
      endPermissions(desk, tenantId, { targetId: group.keyGroupId }, 'key-group-removed');
      desk.keyGroups(tenantId).remove(group.keyGroupId);
      tellOfGroup(desk, principal, 'key_group.removed', group);
      return { status: 204 };
    },
  });
}

function tellOfGroup(
  desk: PermissionDesk,
  caller: Principal,
  type: string,
  { keyGroupId, locationId }: KeyGroup,
): void {
  tell(desk, caller, { type, locationId, data: { key_group_id: keyGroupId } });
}

function placeFor(
  desk: PermissionDesk,
  caller: { readonly tenantId: TenantId; readonly scope: Principal['scope'] },
  locationId: string | null,
): string | null {
  // Ids of places that the caller does not see came in as ids that nobody has.
  const known =
    locationId === null
      ? caller.scope.kind === 'tenant'
      : desk.locations.find(caller.tenantId, locationId) !== undefined;
  if (known) return locationId;
  throw invalidField('/body/location_id', 'unknown-location', {
    ja: 'GET /v1/locations にある id を指定してください。',
    en: 'Give an id from GET /v1/locations.',
  });
}

function everyKey(language: 'ja' | 'en'): KeyGroup {
  const shown = language === 'ja' ? 'すべての鍵' : 'All keys';
  return { keyGroupId: allKeys, name: shown, locationId: null, createdAtMs: 0, rev: 1 };
}

function answer(group: KeyGroup) {
  return { body: showGroup(group), etag: entityTag(group.keyGroupId, group.rev) };
}

function showGroup({ keyGroupId, name, locationId, createdAtMs }: KeyGroup): Static<typeof groupSchema> {
  const builtIn = keyGroupId === allKeys;
  return {
    ...{ id: keyGroupId, name, location_id: locationId, built_in: builtIn },
    created_at: showInstantOrNull(builtIn ? null : createdAtMs),
  };
}
