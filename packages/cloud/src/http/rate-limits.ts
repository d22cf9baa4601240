// How often one address and one token may call. The address is counted before its token is looked
// at, so that guessing is slow too; a route may set a narrower limit for itself. Code entry at a
// keypad is limited in the domain, not here.

import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../platform/clock.ts';
import { CloudError } from '../platform/errors.ts';
import { callerNetwork } from './caller-network.ts';
import { rateLimitStore } from './rate-limit-store.ts';

/** Calls per minute; 0 switches a limit off. */
export interface RateLimitSettings {
  readonly perAddress: number;
  readonly perToken: number;
}

/** Checks one request against a limit. @throws CloudError `too-many-requests` */
export type Limit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/** The limits of a server. */
export interface RateLimits {
  readonly address: Limit;
  readonly token: Limit;
  /** A narrower limit for one route and token. */
  route(perMinute: number): Limit;
}

const windowMs = 60_000;

/** Registers the limiter. Its limits work once the server is ready. */
export function installRateLimits(
  app: FastifyInstance,
  settings: RateLimitSettings,
  clock: Clock,
): RateLimits {
  app.register(rateLimit, { global: false, store: rateLimitStore(clock) });
  const byAddress = (request: FastifyRequest): string => callerNetwork(request.ip);
  const byToken = (request: FastifyRequest): string => request.principal?.tokenId ?? byAddress(request);
  return {
    address: limit(app, settings.perAddress, byAddress),
    token: limit(app, settings.perToken, byToken),
    route: (perMinute) => limit(app, perMinute, byToken),
  };
}

function limit(app: FastifyInstance, perMinute: number, key: (request: FastifyRequest) => string): Limit {
  if (perMinute === 0) return async () => {};
  let check: ReturnType<FastifyInstance['createRateLimit']> | undefined;
  return async (request, reply) => {
    check ??= app.createRateLimit({
      max: perMinute,
      timeWindow: windowMs,
      keyGenerator: key,
    });
    const counted = await check(request);
    if (counted.isAllowed) return;
    reply.headers({
      'ratelimit-limit': counted.max,
      'ratelimit-remaining': counted.remaining,
      'ratelimit-reset': counted.ttlInSeconds,
    });
    if (counted.isExceeded) {
      throw new CloudError('too-many-requests', { headers: { 'retry-after': String(counted.ttlInSeconds) } });
    }
  };
}
