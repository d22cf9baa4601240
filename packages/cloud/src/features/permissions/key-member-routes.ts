// HTTP of what is in a key group: keys, and other groups, but no group in itself by any way round.

import { type Static, Type } from 'typebox';
import { CloudError } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import type { BilingualText } from '../../platform/problems.ts';
import { defineRoute, type Route } from '../../platform/route.ts';
import type { Principal } from '../../platform/token-register.ts';
import { findKeyGroup, type PermissionDesk, tell } from './desk.ts';
import type { KeyGroup } from './permission.ts';
import { allKeys } from './ways-store.ts';

const groupParams = Type.Object({ key_group_id: Type.String({ maxLength: 64 }) });
const memberParams = Type.Object({
  key_group_id: Type.String({ maxLength: 64 }),
  key_member_id: Type.String({ maxLength: 64, description: 'A key (key_…) or another group (kgr_…).' }),
});

const memberSchema = Type.Object(
  { id: Type.String(), kind: Type.Enum(['key', 'key_group']) },
  { examples: [{ id: 'key_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12', kind: 'key' }] },
);

/** The routes of what is in a key group. */
export function keyMemberRoutes(desk: PermissionDesk): readonly Route[] {
  return [listMembers(desk), addMember(desk), removeMember(desk)];
}

function listMembers(desk: PermissionDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/key-groups/:key_group_id/members',
    permission: 'key-permissions:read',
    operationId: 'listKeyGroupMembers',
    summary: 'List the keys and groups that are directly in a key group',
    tag: 'keys',
    params: groupParams,
    query: Type.Object(pageQuery, { additionalProperties: false }),
    responses: { 200: pageSchema(memberSchema) },
    handle: ({ principal: { tenantId, scope }, params: { key_group_id }, query }) => {
      const load =
        key_group_id === allKeys
          ? (after: string, limit: number) => desk.keys.page(tenantId, after, limit).map(({ keyId }) => keyId)
          : membersOf(desk, tenantId, key_group_id);
      const body = readPage(query, {
        load: (after, limit) => load(String(after?.[0] ?? ''), limit),
        keyOf: (memberId) => [memberId],
        show: (id): Static<typeof memberSchema> => ({ id, kind: isKey(id) ? 'key' : 'key_group' }),
        scope,
        placeOf: (memberId) => memberPlace(desk, tenantId, memberId) ?? null,
      });
      return { body };
    },
  });
}

function addMember(desk: PermissionDesk): Route {
  return defineRoute({
    method: 'PUT',
    url: '/v1/key-groups/:key_group_id/members/:key_member_id',
    permission: 'key-permissions:write',
    operationId: 'addKeyGroupMember',
    summary: 'Put a key or a group into a key group',
    description:
      'Putting it in again changes nothing. A group cannot be in itself, by any way round, and a group of one location takes what is there.',
    tag: 'keys',
    params: memberParams,
    responses: { 204: null },
    handle: ({ principal, params: { key_group_id, key_member_id } }) => {
      const group = find(desk, principal, { key_group_id, key_member_id });
      const groups = desk.keyGroups(principal.tenantId);
      const { keyGroupId, locationId } = group;
      if (!isKey(key_member_id) && groups.above(keyGroupId).includes(key_member_id)) throw refused(inItself);
      if (locationId !== null && memberPlace(desk, principal.tenantId, key_member_id) !== locationId)
        throw refused(ofAnotherPlace);
      if (isKey(key_member_id)) groups.addKey(keyGroupId, key_member_id);
      else groups.addGroup(keyGroupId, key_member_id);
      tellOfMember(desk, principal, { type: 'key_group.member_added', group, memberId: key_member_id });
      return { status: 204 };
    },
  });
}

function removeMember(desk: PermissionDesk): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/v1/key-groups/:key_group_id/members/:key_member_id',
    permission: 'key-permissions:write',
    operationId: 'removeKeyGroupMember',
    summary: 'Take a key or a group out of a key group',
    tag: 'keys',
    params: memberParams,
    responses: { 204: null },
    handle: ({ principal, params: { key_group_id, key_member_id } }) => {
      const group = find(desk, principal, { key_group_id, key_member_id });
      const groups = desk.keyGroups(principal.tenantId);
      if (isKey(key_member_id)) groups.removeKey(group.keyGroupId, key_member_id);
      else groups.removeGroup(group.keyGroupId, key_member_id);
      tellOfMember(desk, principal, { type: 'key_group.member_removed', group, memberId: key_member_id });
      return { status: 204 };
    },
  });
}

function membersOf(desk: PermissionDesk, tenantId: TenantId, id: string) {
  const { keyGroupId } = findKeyGroup(desk, tenantId, id);
  return (after: string, limit: number) => desk.keyGroups(tenantId).members(keyGroupId, after, limit);
}

function find(
  desk: PermissionDesk,
  { tenantId }: Principal,
  ids: { readonly key_group_id: string; readonly key_member_id: string },
): KeyGroup {
  const group = findKeyGroup(desk, tenantId, ids.key_group_id);
  if (memberPlace(desk, tenantId, ids.key_member_id) === undefined) throw new CloudError('not-found');
  return group;
}

/** @returns where a key or group is; undefined for one that the tenant has not */
function memberPlace(desk: PermissionDesk, tenantId: TenantId, memberId: string) {
  return isKey(memberId)
    ? desk.keys.find(tenantId, memberId)?.locationId
    : desk.keyGroups(tenantId).get(memberId)?.locationId;
}

function isKey(memberId: string): boolean {
  return memberId.startsWith('key_');
}

function tellOfMember(
  desk: PermissionDesk,
  caller: Principal,
  told: { readonly type: string; readonly group: KeyGroup; readonly memberId: string },
): void {
  const { type, memberId } = told;
  const { keyGroupId, locationId } = told.group;
  tell(desk, caller, {
    ...{ type, locationId, data: { key_group_id: keyGroupId, member_id: memberId } },
    ...(isKey(memberId) ? { keyId: memberId } : {}),
  });
}

const inItself: BilingualText = {
  ja: 'このグループは、追加先のグループを含んでいます。',
  en: 'That group holds the one that it would be put into.',
};
const ofAnotherPlace: BilingualText = {
  ja: 'このグループには、その場所の鍵とグループだけを入れられます。',
  en: 'The group holds keys and groups of its own location only.',
};

function refused(detail: BilingualText): CloudError {
  return new CloudError('conflict', { detail });
}
