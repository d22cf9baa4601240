// HTTP of user groups and of who is in them.

import { type Static, Type } from 'typebox';
import { CloudError, invalidField } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { instantSchema, showInstant } from '../../platform/instant.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { plainText, tidyText } from '../../platform/plain-text.ts';
import { defineRoute, entityTag, type Route, requireMatch } from '../../platform/route.ts';
import type { Scope } from '../../platform/scope.ts';
import { actorOf, type PeopleDesk } from './desk.ts';
import type { UserGroup } from './person.ts';

const params = Type.Object({ group_id: Type.String({ maxLength: 64 }) });

const example = {
  id: 'grp_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
  name: 'Drivers',
  location_id: null,
  created_at: '2026-04-01T09:00:00.000Z',
};

const groupSchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    location_id: Type.Union([Type.String(), Type.Null()]),
    created_at: instantSchema,
  },
  { examples: [example] },
);

const groupFields = {
  name: plainText(100, 'What people call the group.'),
  location_id: Type.Union([Type.String({ maxLength: 64 }), Type.Null()], {
    description: 'The place whose managers see it; null for the whole organisation.',
  }),
};

const newGroupSchema = Type.Object(
  { name: groupFields.name, location_id: Type.Optional(groupFields.location_id) },
  { additionalProperties: false, examples: [{ name: 'Drivers' }] },
);

const groupChangeSchema = Type.Partial(Type.Object(groupFields), {
  additionalProperties: false,
  minProperties: 1,
  examples: [{ name: 'Drivers, night' }],
});

/** The routes of user groups. */
export function groupRoutes(desk: PeopleDesk): readonly Route[] {
  return [listGroups(desk), getGroup(desk), createGroup(desk), changeGroup(desk), removeGroup(desk)];
}

function listGroups(desk: PeopleDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/user-groups',
    permission: 'people:read',
    operationId: 'listUserGroups',
    summary: 'List user groups',
    tag: 'people',
    query: Type.Object(pageQuery, { additionalProperties: false }),
    responses: { 200: pageSchema(groupSchema) },
    handle: ({ principal: { tenantId, scope }, query }) => ({
      body: readPage(query, {
        load: (after, limit) => desk.groups(tenantId).list(String(after?.[0] ?? ''), limit),
        keyOf: ({ groupId }) => [groupId],
        show: showGroup,
        scope,
        placeOf: ({ locationId }) => locationId,
      }),
    }),
  });
}

function getGroup(desk: PeopleDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/user-groups/:group_id',
    permission: 'people:read',
    operationId: 'getUserGroup',
    summary: 'Read one user group',
    tag: 'people',
    params,
    responses: { 200: groupSchema },
    handle: ({ principal, params: { group_id } }) => answer(findGroup(desk, principal.tenantId, group_id)),
  });
}

function createGroup(desk: PeopleDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/user-groups',
    permission: 'people:write',
    operationId: 'createUserGroup',
    summary: 'Create a user group',
    tag: 'people',
    body: newGroupSchema,
    responses: { 201: groupSchema },
    handle: ({ principal, body }) => {
      const group: UserGroup = {
        groupId: desk.identifiers.create('grp'),
        name: tidyText(body.name),
        locationId: placeFor(desk, principal, body.location_id ?? null),
        createdAtMs: Math.floor(desk.clock.nowMs()),
        rev: 1,
      };
      desk.groups(principal.tenantId).add(group);
      return { ...answer(group), status: 201, location: `/v1/user-groups/${group.groupId}` };
    },
  });
}

function changeGroup(desk: PeopleDesk): Route {
  return defineRoute({
    method: 'PATCH',
    url: '/v1/user-groups/:group_id',
    permission: 'people:write',
    operationId: 'changeUserGroup',
    summary: 'Change a user group',
    description: 'Needs If-Match with the ETag that was read.',
    tag: 'people',
    params,
    body: groupChangeSchema,
    responses: { 200: groupSchema },
    handle: (call) => {
      const { principal, body } = call;
      const group = findGroup(desk, principal.tenantId, call.params.group_id);
      requireMatch(call, group.groupId, group.rev);
      const { name, location_id } = body;
      const changed = {
        name: name === undefined ? group.name : tidyText(name),
        locationId: location_id === undefined ? group.locationId : placeFor(desk, principal, location_id),
      };
      if (!desk.groups(principal.tenantId).change(group, changed))
        throw new CloudError('precondition-failed');
      return answer({ ...group, ...changed, rev: group.rev + 1 });
    },
  });
}

function removeGroup(desk: PeopleDesk): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/v1/user-groups/:group_id',
    permission: 'people:write',
    operationId: 'removeUserGroup',
    summary: 'Remove a user group, with the rights that it gave',
    tag: 'people',
    params,
    responses: { 204: null },
    handle: ({ principal, params: { group_id } }) => {
      const { tenantId } = principal;
      const { groupId, locationId } = findGroup(desk, tenantId, group_id);
      desk.events.publish('user-group-removed', { tenantId, groupId });
      desk.groups(tenantId).remove(groupId);
      desk.events.publish('fact-established', {
        ...{ tenantId, type: 'user_group.removed', occurredAtMs: Math.floor(desk.clock.nowMs()) },
        ...(locationId === null ? {} : { locationId }),
        data: { group_id: groupId, ...actorOf(principal) },
      });
      return { status: 204 };
    },
  });
}

/** @throws CloudError `not-found` for a group that the tenant has not */
export function findGroup(desk: PeopleDesk, tenantId: TenantId, groupId: string): UserGroup {
  const group = desk.groups(tenantId).get(groupId);
  if (group === undefined) throw new CloudError('not-found');
  return group;
}

function placeFor(
  desk: PeopleDesk,
  caller: { readonly tenantId: TenantId; readonly scope: Scope },
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

function answer(group: UserGroup) {
  return { body: showGroup(group), etag: entityTag(group.groupId, group.rev) };
}

function showGroup({ groupId, name, locationId, createdAtMs }: UserGroup): Static<typeof groupSchema> {
  return { id: groupId, name, location_id: locationId, created_at: showInstant(createdAtMs) };
}
