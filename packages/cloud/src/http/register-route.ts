// Turns a feature's declared route into one of the framework's: schemas, documentation, the
// transaction round its handler with its record in the audit, ETag and 304, Idempotency-Key, and the narrower rate limit.

import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import type { CommitGroup } from '../platform/commit-group.ts';
import { InvariantBroken } from '../platform/errors.ts';
import {
  type FileAnswer,
  type PublicCall,
  type Route,
  type RouteAnswer,
  type RouteCall,
  takesIdempotencyKey,
} from '../platform/route.ts';
import { auditedOperation, type TellAct, tellHandled } from './act-teller.ts';
import type { EventStreams } from './event-streams.ts';
import { type Idempotency, readIdempotencyKey } from './idempotency.ts';
import { preferredLanguage } from './language.ts';
import { flowing } from './long-file.ts';
import { routeDocumentation } from './open-api.ts';
import type { RateLimits } from './rate-limits.ts';
import { registerUpload } from './upload.ts';

/** What routes run on. */
export interface RouteTools {
  readonly commitGroup: CommitGroup;
  readonly idempotency: Idempotency;
  readonly limits: RateLimits;
  readonly streams: EventStreams;
  readonly tellAct: TellAct;
}

type RequestRoute = Extract<Route, { kind: 'request' }>;
type PublicRoute = Extract<Route, { kind: 'public' }>;
type StreamRoute = Extract<Route, { kind: 'stream' }>;

/** Registers one declared route. */
export function registerRoute(app: FastifyInstance, route: Route, tools: RouteTools): void {
  const options = {
    ...optionsOf(route, tools),
    url: route.url,
    config: {
      permission: route.permission,
      stepUp: route.stepUp === true,
      operation: auditedOperation(route),
    },
  };
  const upload = route.kind === 'stream' ? undefined : route.upload;
  if (upload === undefined) app.route(options);
  else registerUpload(app, upload, options);
}

function optionsOf(route: Route, tools: RouteTools): Omit<RouteOptions, 'url'> {
  switch (route.kind) {
    case 'request':
      return requestOptions(route, tools);
    case 'public':
      return publicOptions(route, tools);
    case 'stream':
      return streamOptions(route, tools);
  }
}

function shared(route: RequestRoute | PublicRoute, tools: RouteTools) {
  const { query, ratePerMinute } = route;
  return {
    method: route.method,
    schema: routeDocumentation(route),
    ...(ratePerMinute === undefined ? {} : { onRequest: tools.limits.route(ratePerMinute) }),
    ...(query === undefined ? {} : { preValidation: converted(query) }),
  };
}

function publicOptions(route: PublicRoute, tools: RouteTools): Omit<RouteOptions, 'url'> {
  return {
    ...shared(route, tools),
    handler: async (request, reply) => {
      const call = publicCallOf(request);
      const prepared = await route.prepare?.(call);
      const handle = (): RouteAnswer => route.handle(call, prepared);
      const answer = route.method === 'GET' ? handle() : await tools.commitGroup.run(handle);
      if (answer.refused !== undefined) throw answer.refused;
      // Whatever is told on a link or a sign-in is for the one who asked.
      reply.header('cache-control', 'no-store');
      return send(request, reply, answer);
    },
  };
}

function requestOptions(route: RequestRoute, tools: RouteTools): Omit<RouteOptions, 'url'> {
  return {
    ...shared(route, tools),
    handler: async (request, reply) => {
      const call = callOf(request);
      const prepared = await route.prepare?.(call);
      if (auditedOperation(route) === undefined) return send(request, reply, route.handle(call, prepared));
      const { answer, replayed } = await effect(route, request, { ...tools, call, prepared });
      if (answer.refused !== undefined) throw answer.refused;
      if (replayed) reply.header('idempotent-replayed', 'true');
      return send(request, reply, answer);
    },
  };
}

interface Handled {
  readonly answer: RouteAnswer;
  readonly replayed: boolean;
}

function effect(
  route: RequestRoute,
  request: FastifyRequest,
  tools: RouteTools & { readonly call: RouteCall<unknown, unknown, unknown>; readonly prepared: unknown },
): Promise<Handled> {
  const { commitGroup, idempotency, call, prepared } = tools;
  const header = request.headers['idempotency-key'];
  const key = takesIdempotencyKey(route) ? readIdempotencyKey(header) : undefined;
  const handle = (): RouteAnswer => route.handle(call, prepared);
  const told = (handled: Handled): Handled => {
    tellHandled(tools.tellAct, request, handled);
    return handled;
  };
  if (key === undefined) return commitGroup.run(() => told({ answer: handle(), replayed: false }));
  const path = route.query === undefined ? (request.url.split('?', 1)[0] ?? '') : request.url;
  const keyed = { principal: call.principal, key, method: route.method, path, body: request.body };
  return idempotency.hold(keyed, () => commitGroup.run(() => told(idempotency.once(keyed, handle))));
}

function streamOptions(route: StreamRoute, tools: RouteTools): Omit<RouteOptions, 'url'> {
  const { query } = route;
  return {
    method: 'GET',
    exposeHeadRoute: false,
    schema: routeDocumentation(route),
    ...(query === undefined ? {} : { preValidation: converted(query) }),
    handler: (request, reply) => {
      tools.streams.open({ request, reply }, (stream) => route.open(callOf(request) as never, stream));
    },
  };
}

// Everything in a query is text; numbers and booleans are read as such before they are checked.
function converted(schema: TSchema): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    request.query = Value.Convert(schema, request.query);
  };
}

function callOf(request: FastifyRequest): RouteCall<unknown, unknown, unknown> {
  if (request.principal === undefined)
    throw new InvariantBroken('a guarded route was reached without a principal');
  return {
    ...publicCallOf(request),
    principal: request.principal,
    ifMatch: request.headers['if-match'],
  };
}

function publicCallOf(request: FastifyRequest): PublicCall<unknown, unknown, unknown> {
  return {
    params: request.params,
    query: request.query,
    body: request.body,
    language: preferredLanguage(request.headers['accept-language']),
    requestId: request.id,
    address: request.ip,
  };
}

async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: RouteAnswer,
): Promise<FastifyReply> {
  if (answer.etag !== undefined) reply.header('etag', answer.etag);
  if (answer.location !== undefined) reply.header('location', answer.location);
  if (answer.headers !== undefined) reply.headers(answer.headers);
  if (
    request.method === 'GET' &&
    answer.etag !== undefined &&
    matches(request.headers['if-none-match'], answer.etag)
  ) {
    return reply.code(304).send();
  }
  const status = answer.status ?? 200;
  if (answer.longFile !== undefined) {
    reply.headers(fileHeaders(answer.longFile));
    return reply.code(status).send(flowing(answer.longFile.pieces()));
  }
  if (answer.file !== undefined) {
    const bytes = await answer.file.render();
    reply.headers(fileHeaders(answer.file));
    return reply.code(status).send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }
  return answer.body === undefined ? reply.code(status).send() : reply.code(status).send(answer.body);
}

// RFC 6266: a name that every client reads, and the real one. Nothing on the way may keep the file.
function fileHeaders({ contentType, fileName }: Omit<FileAnswer, 'render'>): Record<string, string> {
  const plain = fileName.replace(/[^A-Za-z0-9._-]/g, '_');
  const named = `filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, percent)}`;
  return {
    'content-type': contentType,
    'content-disposition': `attachment; ${named}`,
    'cache-control': 'no-store',
  };
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

// RFC 9110, 13.1.2: weak comparison.
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}
