// An HTTP server over a database in memory, with a few routes of a made-up feature: enough to try
// everything that the server itself does.

import { Type } from 'typebox';
import { createHttpServer } from '../src/http/server.ts';
import { mintApiToken } from '../src/platform/api-token.ts';
import { createCommitGroup } from '../src/platform/commit-group.ts';
import { openDatabase } from '../src/platform/database.ts';
import { CloudError } from '../src/platform/errors.ts';
import type { EventStream } from '../src/platform/event-stream.ts';
import { createIdentifiers, type TenantId } from '../src/platform/identifiers.ts';
import { createKeyVault } from '../src/platform/key-vault.ts';
import { createLog } from '../src/platform/log.ts';
import { createMetrics } from '../src/platform/metrics.ts';
import { readMigrations } from '../src/platform/migration-files.ts';
import type { OperatorAct } from '../src/platform/operator-act.ts';
import { allPermissions, type Permission } from '../src/platform/permissions.ts';
import { defineRoute, defineStream, entityTag, type Route, requireMatch } from '../src/platform/route.ts';
import { wholeTenant } from '../src/platform/scope.ts';
import { systemDefer } from '../src/platform/system-clock.ts';
import type { StoredToken } from '../src/platform/token-register.ts';
import { FixedPorts, seededEntropy } from './fixed-ports.ts';

/** The tenant of the world's first token. */
export const worldTenant = 'ten_1' as TenantId;

/** What may be set. */
export interface HttpWorldOptions {
  readonly perAddress?: number;
  readonly perToken?: number;
  readonly routes?: readonly Route[];
  readonly failCommits?: () => boolean;
  /** Whether the audit takes no act. */
  readonly failActs?: () => boolean;
}

/** A server and all that a test looks at. */
export function createHttpWorld(options: HttpWorldOptions = {}) {
  const ports = new FixedPorts();
  const entropy = seededEntropy();
  const database = openDatabase({
    path: ':memory:',
    migrations: readMigrations(new URL('../migrations/', import.meta.url)),
  });
  for (const tenant of ['ten_1', 'ten_2']) {
    database
      .prepare('INSERT INTO tenant (tenant_id, name, created_at_ms) VALUES (?, ?, 0)')
      .run(tenant, tenant);
  }
  const tokens = new Map<string, StoredToken>();
  const lines: string[] = [];
  const metrics = createMetrics(ports.clock);
  const commitGroup = createCommitGroup({
    database,
    defer: systemDefer,
    hooks: {
      beforeCommit: () => {
        if (options.failCommits?.() === true) throw new RangeError('disk');
      },
    },
  });
  const acts: OperatorAct[] = [];
  const steppedUp = new Set<string>();
  const world = { made: 0, streams: [] as EventStream[], ended: 0, unready: [] as string[] };

  const addToken = (
    permissions: readonly Permission[] = allPermissions,
    change: Partial<StoredToken> = {},
  ): string => {
    const { text, publicId, secretHash } = mintApiToken(entropy);
    const token = {
      tenantId: worldTenant,
      tokenId: `tok_${publicId}`,
      secretHash,
      permissions,
      role: 'machine' as const,
      personId: null,
      scope: wholeTenant,
      expiresAtMs: null,
      revokedAtMs: null,
    };
    tokens.set(publicId, { ...token, ...change });
    return text;
  };

  const http = createHttpServer({
    routes: [...madeUpRoutes(world), ...(options.routes ?? [])],
    register: { find: ({ publicId }) => tokens.get(publicId), used: () => {} },
    tellAct: (act) => {
      if (options.failActs?.() === true) throw new RangeError('disk');
      acts.push(act);
    },
    stepUps: { isFresh: (tenantId, tokenId) => steppedUp.has(`${tenantId} ${tokenId}`) },
    database,
    commitGroup,
    vault: createKeyVault({ keys: [new Uint8Array(32).fill(3)], entropy }),
    identifiers: createIdentifiers({ clock: ports.clock, entropy }),
    clock: ports.clock,
    timers: ports.timers,
    log: createLog({ level: 'debug', clock: ports.clock }, { write: (line) => void lines.push(line) }),
    metrics,
    rateLimits: { perAddress: options.perAddress ?? 0, perToken: options.perToken ?? 0 },
    trustedProxies: [],
    unready: () => world.unready,
  });
  return {
    http,
    ports,
    database,
    tokens,
    acts,
    steppedUp,
    lines,
    metrics,
    world,
    addToken,
    token: addToken(),
  };
}

const params = Type.Object({ key_id: Type.String({ maxLength: 40 }) });
const key = Type.Object({ id: Type.String(), name: Type.String() });
const newKey = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 20 }), bin: Type.Optional(Type.Integer({ minimum: 1 })) },
  { additionalProperties: false },
);

function madeUpRoutes(world: { made: number; streams: EventStream[]; ended: number }): readonly Route[] {
  const facts = { tag: 'keys', summary: 'Made up' } as const;
  return [
    defineRoute({
      ...facts,
      method: 'GET',
      url: '/v1/keys',
      permission: 'keys:read',
      operationId: 'listKeys',
      query: Type.Object(
        {
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
          late: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false },
      ),
      responses: { 200: Type.Object({ limit: Type.Integer(), late: Type.Boolean() }) },
      handle: ({ query }) => ({ body: { limit: query.limit ?? 50, late: query.late ?? false } }),
    }),
    defineRoute({
      ...facts,
      method: 'POST',
      url: '/v1/keys',
      permission: 'keys:write',
      operationId: 'createKey',
      body: newKey,
      responses: { 201: key },
      handle: ({ body }) => {
        world.made += 1;
        if (body.name === 'bad') throw new CloudError('conflict');
        if (body.name === 'broken') throw new RangeError('our own fault');
        const id = `key_${world.made}`;
        return {
          status: 201,
          body: { id, name: body.name },
          etag: entityTag(id, 1),
          location: `/v1/keys/${id}`,
        };
      },
    }),
    defineRoute({
      ...facts,
      method: 'GET',
      url: '/v1/keys/:key_id',
      permission: 'keys:read',
      operationId: 'getKey',
      params,
      responses: { 200: key },
      handle: (call) => ({
        body: { id: call.params.key_id, name: 'kept' },
        etag: entityTag(call.params.key_id, 3),
      }),
    }),
    defineRoute({
      ...facts,
      method: 'PATCH',
      url: '/v1/keys/:key_id',
      permission: 'keys:write',
      operationId: 'changeKey',
      params,
      body: newKey,
      responses: { 200: key },
      handle: (call) => {
        requireMatch(call, call.params.key_id, 3);
        return {
          body: { id: call.params.key_id, name: call.body.name },
          etag: entityTag(call.params.key_id, 4),
        };
      },
    }),
    defineRoute({
      ...facts,
      method: 'DELETE',
      url: '/v1/keys/:key_id',
      permission: 'keys:write',
      operationId: 'retireKey',
      params,
      responses: { 204: null },
      ratePerMinute: 2,
      handle: () => ({ status: 204 }),
    }),
    defineStream({
      ...facts,
      url: '/v1/events/stream',
      permission: 'events:read',
      operationId: 'followEvents',
      query: Type.Object({ last_event_id: Type.Optional(Type.String()) }),
      open: (_call, stream) => {
        world.streams.push(stream);
        return () => {
          world.ended += 1;
        };
      },
    }),
  ];
}
