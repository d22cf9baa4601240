// HTTP of permissions: give them, read them, change their terms, end them. What is given or ended here counts from the
// next decision on.

import { type Static, Type } from 'typebox';
import { CloudError } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { defineRoute, entityTag, type Route, requireMatch } from '../../platform/route.ts';
import { type PermissionDesk, placeOfPermission, tell, toldOfPermission } from './desk.ts';
import type { KeyPermission } from './permission.ts';
import {
  newPermissionSchema,
  permissionChangeSchema,
  permissionSchema,
  showPermission,
} from './permission-resource.ts';
import { readNewPermission, readTerms } from './read-permission.ts';
import type { PermissionFilter } from './store.ts';

const params = Type.Object({ permission_id: Type.String({ maxLength: 64 }) });
const wantedId = (description: string) => Type.Optional(Type.String({ maxLength: 64, description }));
const listQuery = Type.Object(
  {
    ...pageQuery,
    person_id: wantedId('Only what is given to this person directly.'),
    user_group_id: wantedId('Only what is given to this group directly.'),
    key_id: wantedId('Only what is given on this key directly.'),
    key_group_id: wantedId('Only what is given on this group directly; `all-keys` for all keys.'),
  },
  { additionalProperties: false },
);

/** The routes of permissions. */
export function permissionRoutes(desk: PermissionDesk): readonly Route[] {
  return [listRoute(desk), getRoute(desk), giveRoute(desk), changeRoute(desk), endRoute(desk)];
}

function listRoute(desk: PermissionDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/key-permissions',
    permission: 'key-permissions:read',
    operationId: 'listKeyPermissions',
    summary: 'List who may take which key',
    description: 'As it was given. GET /v1/keys/{key_id}/takers follows the groups.',
    tag: 'keys',
    query: listQuery,
    responses: { 200: pageSchema(permissionSchema) },
    handle: ({ principal: { tenantId, scope }, query }) => {
      const filter = readFilter(query);
      const placeOf = (permission: KeyPermission) => placeOfPermission(desk, tenantId, permission);
      const body = readPage(query, {
        load: (after, limit) =>
          filter === undefined
            ? []
            : desk.permissions(tenantId).list(filter, String(after?.[0] ?? ''), limit),
        keyOf: ({ permissionId }) => [permissionId],
        show: (permission) => showPermission(permission, placeOf(permission)),
        scope,
        placeOf,
      });
      return { body };
    },
  });
}

function getRoute(desk: PermissionDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/key-permissions/:permission_id',
    permission: 'key-permissions:read',
    operationId: 'getKeyPermission',
    summary: 'Read one permission',
    tag: 'keys',
    params,
    responses: { 200: permissionSchema },
    handle: ({ principal: { tenantId }, params: { permission_id } }) =>
      answer(desk, tenantId, find(desk, tenantId, permission_id)),
  });
}

function giveRoute(desk: PermissionDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/key-permissions',
    permission: 'key-permissions:write',
    operationId: 'giveKeyPermission',
    summary: 'Let a person or a user group take a key, the keys of a group, or all keys',
    tag: 'keys',
    body: newPermissionSchema,
    responses: { 201: permissionSchema },
    handle: ({ principal, body }) => {
      const { tenantId } = principal;
      const permission: KeyPermission = {
        permissionId: desk.identifiers.create('prm'),
        ...readNewPermission(desk, principal, body),
        createdAtMs: Math.floor(desk.clock.nowMs()),
        rev: 1,
      };
      desk.permissions(tenantId).add(permission);
      tell(desk, principal, toldOfPermission(desk, tenantId, 'permission.given', permission));
      return {
        ...answer(desk, tenantId, permission),
        status: 201,
        location: `/v1/key-permissions/${permission.permissionId}`,
      };
    },
  });
}

function changeRoute(desk: PermissionDesk): Route {
  return defineRoute({
    method: 'PATCH',
    url: '/v1/key-permissions/:permission_id',
    permission: 'key-permissions:write',
    operationId: 'changeKeyPermission',
    summary: 'Change when a permission counts and what it lets do',
    description:
      'Needs If-Match with the ETag that was read. To whom and on what is fixed: give another one for that.',
    tag: 'keys',
    params,
    body: permissionChangeSchema,
    responses: { 200: permissionSchema },
    handle: (call) => {
      const { principal, body } = call;
      const { tenantId } = principal;
      const permission = find(desk, tenantId, call.params.permission_id);
      requireMatch(call, permission.permissionId, permission.rev);
      const terms = readTerms(body, permission, desk.clock.nowMs());
      if (!desk.permissions(tenantId).change(permission, terms)) throw new CloudError('precondition-failed');
      const changed = { ...permission, ...terms, rev: permission.rev + 1 };
      tell(desk, principal, toldOfPermission(desk, tenantId, 'permission.changed', changed));
      return answer(desk, tenantId, changed);
    },
  });
}

function endRoute(desk: PermissionDesk): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/v1/key-permissions/:permission_id',
    permission: 'key-permissions:write',
    operationId: 'endKeyPermission',
    summary: 'End a permission: from this answer on it opens nothing',
    description: 'A key that is out under it can be brought back as always.',
    tag: 'keys',
    params,
    responses: { 204: null },
    handle: ({ principal, params: { permission_id } }) => {
      const { tenantId } = principal;
      const permission = find(desk, tenantId, permission_id);
      const told = toldOfPermission(desk, tenantId, 'permission.ended', permission);
      desk.permissions(tenantId).remove(permission.permissionId);
      tell(desk, principal, { ...told, data: { ...told.data, because: 'ended-by-somebody' } });
      return { status: 204 };
    },
  });
}

function find(desk: PermissionDesk, tenantId: TenantId, permissionId: string): KeyPermission {
  const permission = desk.permissions(tenantId).get(permissionId);
  if (permission === undefined) throw new CloudError('not-found');
  return permission;
}

function answer(desk: PermissionDesk, tenantId: TenantId, permission: KeyPermission) {
  return {
    body: showPermission(permission, placeOfPermission(desk, tenantId, permission)),
    etag: entityTag(permission.permissionId, permission.rev),
  };
}

// Nothing is given to both a person and a group, or on both a key and a group: asking for both fits nothing.
function readFilter(query: Static<typeof listQuery>): PermissionFilter | undefined {
  const { person_id, user_group_id, key_id, key_group_id } = query;
  if (person_id !== undefined && user_group_id !== undefined) return undefined;
  if (key_id !== undefined && key_group_id !== undefined) return undefined;
  const subjectId = person_id ?? user_group_id;
  const targetId = key_id ?? key_group_id;
  return {
    ...(subjectId === undefined ? {} : { subjectId }),
    ...(targetId === undefined ? {} : { targetId }),
  };
}
