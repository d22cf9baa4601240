// HTTP of API tokens. A token's text leaves once, in the answer that made it.

import { type Static, Type } from 'typebox';
import type { Clock } from '../../platform/clock.ts';
import { CloudError, invalidField } from '../../platform/errors.ts';
import { instantSchema, readInstant, showInstant, showInstantOrNull } from '../../platform/instant.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { allPermissions, type Permission } from '../../platform/permissions.ts';
import { plainText, tidyText } from '../../platform/plain-text.ts';
import { defineRoute, type Route } from '../../platform/route.ts';
import type { Principal } from '../../platform/token-register.ts';
import type { TenantStore } from './store.ts';
import { type ApiToken, lackingPermissions } from './tenant.ts';

const permissionList = Type.Array(Type.Enum([...allPermissions]), {
  uniqueItems: true,
  minItems: 1,
  description: 'What the token lets its holder do.',
});

const tokenExample = {
  id: 'tok_4fA9xQ2mZr7b',
  name: 'Front desk',
  permissions: ['keys:read', 'codes:write'],
  created_at: '2026-04-01T09:00:00.000Z',
  expires_at: null,
  revoked_at: null,
};
const tokenSchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    permissions: Type.Array(Type.String()),
    created_at: instantSchema,
    expires_at: Type.Union([instantSchema, Type.Null()]),
    revoked_at: Type.Union([instantSchema, Type.Null()]),
  },
  { examples: [tokenExample] },
);

const newTokenSchema = Type.Object(
  {
    name: plainText(100, 'Who or what uses the token.'),
    permissions: permissionList,
    expires_at: Type.Optional(instantSchema),
  },
  {
    additionalProperties: false,
    examples: [{ name: 'Front desk', permissions: ['keys:read', 'codes:write'] }],
  },
);

const mintedSchema = Type.Object(
  {
    ...tokenSchema.properties,
    secret: Type.String({ description: 'Send it in Authorization: Bearer. Shown this once.' }),
  },
  { examples: [{ ...tokenExample, secret: 'sbk_4fA9xQ2mZr7b_…_1a2b3c4d' }] },
);
const tokenParams = Type.Object({ token_id: Type.String({ maxLength: 64 }) });

/** What the routes need from the feature. */
export interface TokenDesk {
  readonly clock: Clock;
  store(principal: Principal): TenantStore;
  issue(
    principal: Principal,
    token: {
      readonly name: string;
      readonly permissions: readonly Permission[];
      readonly expiresAtMs: number | null;
    },
  ): { readonly token: ApiToken; readonly text: string };
}

/** The routes of API tokens. */
export function tokenRoutes(desk: TokenDesk): readonly Route[] {
  return [listTokens(desk), createToken(desk), revokeToken(desk)];
}

function listTokens(desk: TokenDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/api-tokens',
    permission: 'tokens:read',
    operationId: 'listApiTokens',
    tenantWide: true,
    summary: 'List API tokens',
    tag: 'tokens',
    query: Type.Object(pageQuery, { additionalProperties: false }),
    responses: { 200: pageSchema(tokenSchema) },
    handle: ({ principal, query }) => ({
      body: readPage(query, {
        load: (after, limit) => desk.store(principal).tokens(String(after?.[0] ?? ''), limit),
        keyOf: (token) => [token.tokenId],
        show: showToken,
      }),
    }),
  });
}

function createToken(desk: TokenDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/api-tokens',
    permission: 'tokens:write',
    operationId: 'createApiToken',
    tenantWide: true,
    summary: 'Create an API token',
    description: 'The secret is in this answer and in no other. A token cannot give more than it has.',
    tag: 'tokens',
    body: newTokenSchema,
    responses: { 201: mintedSchema },
    ratePerMinute: 20,
    handle: ({ principal, body }) => {
      const permissions = body.permissions as readonly Permission[];
      const [lacking] = lackingPermissions(principal.permissions, permissions);
      if (lacking !== undefined)
        throw new CloudError('permission-missing', { parameters: { permission: lacking } });
      const expiresAtMs =
        body.expires_at === undefined ? null : readInstant(body.expires_at, '/body/expires_at');
      if (expiresAtMs !== null && expiresAtMs <= desk.clock.nowMs()) throw inThePast();
      const { token, text } = desk.issue(principal, { name: tidyText(body.name), permissions, expiresAtMs });
      const minted = { ...showToken(token), secret: text };
      return { status: 201, body: minted, location: `/v1/api-tokens/${token.tokenId}` };
    },
  });
}

function revokeToken(desk: TokenDesk): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/v1/api-tokens/:token_id',
    permission: 'tokens:write',
    operationId: 'revokeApiToken',
    tenantWide: true,
    summary: 'Revoke an API token at once',
    tag: 'tokens',
    params: tokenParams,
    responses: { 204: null },
    handle: ({ principal, params }) => {
      if (!desk.store(principal).revokeToken(params.token_id, desk.clock.nowMs()))
        throw new CloudError('not-found');
      return { status: 204 };
    },
  });
}

function showToken(token: ApiToken): Static<typeof tokenSchema> {
  return {
    id: token.tokenId,
    name: token.name,
    permissions: [...token.permissions],
    created_at: showInstant(token.createdAtMs),
    expires_at: showInstantOrNull(token.expiresAtMs),
    revoked_at: showInstantOrNull(token.revokedAtMs),
  };
}

function inThePast(): CloudError {
  return invalidField('/body/expires_at', 'in-the-past', {
    ja: 'これからの日時を指定してください。',
    en: 'Give a moment in the future.',
  });
}
