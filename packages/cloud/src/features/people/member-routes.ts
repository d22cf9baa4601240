// HTTP of who is in a user group: people, and other groups, but no group in itself by any way round.

import { type Static, Type } from 'typebox';
import { CloudError } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { defineRoute, type Route } from '../../platform/route.ts';
import type { Principal } from '../../platform/token-register.ts';
import { actorOf, type PeopleDesk } from './desk.ts';
import { findGroup } from './group-routes.ts';
import { placeOf } from './person.ts';

const groupParams = Type.Object({ group_id: Type.String({ maxLength: 64 }) });
const memberParams = Type.Object({
  group_id: Type.String({ maxLength: 64 }),
  member_id: Type.String({ maxLength: 64, description: 'A person (per_…) or another group (grp_…).' }),
});

const memberSchema = Type.Object(
  { id: Type.String(), kind: Type.Enum(['person', 'user_group']) },
  { examples: [{ id: 'per_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12', kind: 'person' }] },
);

/** The routes of members. */
export function memberRoutes(desk: PeopleDesk): readonly Route[] {
  return [listMembers(desk), addMember(desk), removeMember(desk)];
}

function listMembers(desk: PeopleDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/user-groups/:group_id/members',
    permission: 'people:read',
    operationId: 'listGroupMembers',
    summary: 'List the people and groups that are directly in a user group',
    tag: 'people',
    params: groupParams,
    query: Type.Object(pageQuery, { additionalProperties: false }),
    responses: { 200: pageSchema(memberSchema) },
    handle: ({ principal: { tenantId, scope }, params: { group_id }, query }) => {
      const { groupId } = findGroup(desk, tenantId, group_id);
      const body = readPage(query, {
        load: (after, limit) => desk.groups(tenantId).members(groupId, String(after?.[0] ?? ''), limit),
        keyOf: (memberId) => [memberId],
        show: (id): Static<typeof memberSchema> => ({ id, kind: isPerson(id) ? 'person' : 'user_group' }),
        scope,
        placeOf: (memberId) => memberPlace(desk, tenantId, memberId),
      });
      return { body };
    },
  });
}

function addMember(desk: PeopleDesk): Route {
  return defineRoute({
    method: 'PUT',
    url: '/v1/user-groups/:group_id/members/:member_id',
    permission: 'people:write',
    operationId: 'addGroupMember',
    summary: 'Put a person or a group into a user group',
    description: 'Putting it in again changes nothing. A group cannot be in itself, by any way round.',
    tag: 'people',
    params: memberParams,
    responses: { 204: null },
    handle: ({ principal, params: { group_id, member_id } }) => {
      const { groups, groupId, locationId } = find(desk, principal, { group_id, member_id });
      if (isPerson(member_id)) groups.addPerson(groupId, member_id);
      else if (groups.above(groupId).includes(member_id)) throw inItself();
      else groups.addGroup(groupId, member_id);
      tell(desk, principal, { type: 'user_group.member_added', groupId, locationId, memberId: member_id });
      return { status: 204 };
    },
  });
}

function removeMember(desk: PeopleDesk): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/v1/user-groups/:group_id/members/:member_id',
    permission: 'people:write',
    operationId: 'removeGroupMember',
    summary: 'Take a person or a group out of a user group',
    tag: 'people',
    params: memberParams,
    responses: { 204: null },
    handle: ({ principal, params: { group_id, member_id } }) => {
      const { groups, groupId, locationId } = find(desk, principal, { group_id, member_id });
      if (isPerson(member_id)) groups.removePerson(groupId, member_id);
      else groups.removeGroup(groupId, member_id);
      tell(desk, principal, { type: 'user_group.member_removed', groupId, locationId, memberId: member_id });
      return { status: 204 };
    },
  });
}

function find(
  desk: PeopleDesk,
  { tenantId }: Principal,
  ids: { readonly group_id: string; readonly member_id: string },
) {
  const { groupId, locationId } = findGroup(desk, tenantId, ids.group_id);
  const groups = desk.groups(tenantId);
  const member = isPerson(ids.member_id) ? desk.people(tenantId) : groups;
  if (member.get(ids.member_id) === undefined) throw new CloudError('not-found');
  return { groups, groupId, locationId };
}

function memberPlace(desk: PeopleDesk, tenantId: TenantId, memberId: string) {
  if (!isPerson(memberId)) return desk.groups(tenantId).get(memberId)?.locationId ?? null;
  const person = desk.people(tenantId).get(memberId);
  return person === undefined ? null : placeOf(person);
}

function isPerson(memberId: string): boolean {
  return memberId.startsWith('per_');
}

function tell(
  desk: PeopleDesk,
  caller: Principal,
  told: {
    readonly type: string;
    readonly groupId: string;
    readonly locationId: string | null;
    readonly memberId: string;
  },
): void {
  const { type, groupId, locationId, memberId } = told;
  desk.events.publish('fact-established', {
    ...{ tenantId: caller.tenantId, type, occurredAtMs: Math.floor(desk.clock.nowMs()) },
    ...(locationId === null ? {} : { locationId }),
    data: { group_id: groupId, member_id: memberId, ...actorOf(caller) },
  });
}

function inItself(): CloudError {
  return new CloudError('conflict', {
    detail: {
      ja: 'このグループは、追加先のグループを含んでいます。',
      en: 'That group holds the one that it would be put into.',
    },
  });
}
