// HTTP of API tokens. A token's text leaves once, in the answer that made it.

import { type Static, Type } from 'typebox';
import type { Clock } from '../../platform/clock.ts';
import { CloudError, invalidField } from '../../platform/errors.ts';
import { instantSchema, readInstant, showInstant, showInstantOrNull } from '../../platform/instant.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { allPermissions, type Permission } from '../../platform/permissions.ts';
import { plainText, tidyText } from '../../platform/plain-text.ts';
import { defineRoute, type Route } from '../../platform/route.ts';
import { isWithin } from '../../platform/scope.ts';
import type { Principal } from '../../platform/token-register.ts';
import type { Locations } from '../locations/index.ts';
import type { TenantStore } from './store.ts';
import { type ApiToken, lackingPermissions, tokenPlace, tokenScope } from './tenant.ts';

const permissionList = Type.Array(Type.Enum([...allPermissions]), {
  uniqueItems: true,
  minItems: 1,
  description: 'What the token lets its holder do.',
});

const tokenExample = {
  id: 'tok_4fA9xQ2mZr7b',
  name: 'Front desk',
  permissions: ['keys:read', 'codes:write'],
  location_ids: ['loc_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12'],
  created_at: '2026-04-01T09:00:00.000Z',
  expires_at: null,
  revoked_at: null,
};
const tokenSchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    permissions: Type.Array(Type.String()),
    location_ids: Type.Array(Type.String()),
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
    location_ids: Type.Optional(
      Type.Array(Type.String({ maxLength: 64 }), {
        maxItems: 100,
        uniqueItems: true,
        description: 'The places that it sees; none for the whole organisation.',
      }),
    ),
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

/** A token that somebody asks for. */
export type WantedToken = Pick<
  ApiToken,
  'name' | 'permissions' | 'locationIds' | 'createdBy' | 'expiresAtMs'
>;

/** What the routes need from the feature. */
export interface TokenDesk {
  readonly clock: Clock;
  readonly locations: Pick<Locations, 'find'>;
  store(principal: Principal): TenantStore;
  issue(principal: Principal, token: WantedToken): { readonly token: ApiToken; readonly text: string };
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
    summary: 'List API tokens',
    tag: 'tokens',
    query: Type.Object(pageQuery, { additionalProperties: false }),
    responses: { 200: pageSchema(tokenSchema) },
    handle: ({ principal, query }) => ({
      body: readPage(query, {
        load: (after, limit) => desk.store(principal).tokens(String(after?.[0] ?? ''), limit),
        keyOf: (token) => [token.tokenId],
        show: showToken,
        scope: principal.scope,
        placeOf: tokenPlace,
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
    summary: 'Create an API token',
    description:
      'The secret is in this answer and in no other. Nobody gives a token more than he has, or places that he does not see.',
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
      const locationIds = body.location_ids ?? [];
      checkLocations(desk, principal, locationIds);
      const wanted = { name: tidyText(body.name), permissions, locationIds, expiresAtMs };
      // A token of a token is still its person's: whoever is stopped has left no other way in.
      const { personId, tokenId } = principal;
      const createdBy = personId ?? desk.store(principal).token(tokenId)?.createdBy ?? null;
      const { token, text } = desk.issue(principal, { ...wanted, createdBy });
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
    summary: 'Revoke an API token at once',
    tag: 'tokens',
    params: tokenParams,
    responses: { 204: null },
    handle: ({ principal, params }) => {
      const token = desk.store(principal).token(params.token_id);
      if (token !== undefined && !isWithin(tokenScope(token.locationIds), principal.scope))
        throw new CloudError('permission-missing', { parameters: { permission: 'tokens:write' } });
      if (!desk.store(principal).revokeToken(params.token_id, desk.clock.nowMs()))
        throw new CloudError('not-found');
      return { status: 204 };
    },
  });
}

/** @throws CloudError naming the location that cannot be */
function checkLocations(desk: TokenDesk, caller: Principal, locationIds: readonly string[]): void {
  const unknown = locationIds.findIndex((one) => desk.locations.find(caller.tenantId, one) === undefined);
  if (unknown !== -1)
    throw invalidField(`/body/location_ids/${unknown}`, 'unknown-location', {
      ja: 'GET /v1/locations にある id を指定してください。',
      en: 'Give an id from GET /v1/locations.',
    });
  if (!isWithin(tokenScope(locationIds), caller.scope))
    throw invalidField('/body/location_ids', 'outside-your-locations', {
      ja: '自分が管理する拠点だけを 1 つ以上指定してください。',
      en: 'Name one or more of your own locations, and no others.',
    });
}

function showToken(token: ApiToken): Static<typeof tokenSchema> {
  return {
    id: token.tokenId,
    name: token.name,
    permissions: [...token.permissions],
    location_ids: [...token.locationIds],
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
