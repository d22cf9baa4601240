// What every request passes before its handler: the address's limit, sign-in, permission, the
// token's limit, the step-up where one is asked for; and what is written about it afterwards. A route without a declared permission
// does not get registered at all.

import type { FastifyInstance } from 'fastify';
import type { Clock } from '../platform/clock.ts';
import { CloudError, InvariantBroken } from '../platform/errors.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { StepUps } from '../platform/step-ups.ts';
import type { AddressBook } from './address-book.ts';
import type { RateLimits } from './rate-limits.ts';
import { requirePermission, type SignIn } from './sign-in.ts';
import './request-facts.ts';

/** Registers the hooks. */
export function installGuards(
  app: FastifyInstance,
  ports: {
    readonly addresses: AddressBook;
    readonly signIn: SignIn;
    readonly limits: RateLimits;
    readonly stepUps: Pick<StepUps, 'isFresh'>;
    readonly clock: Clock;
    readonly metrics: Metrics;
  },
): void {
  const { addresses, signIn, limits, stepUps, clock, metrics } = ports;
  app.decorateRequest('principal', undefined);
  app.decorateRequest('receivedMs', 0);

  app.addHook('onRoute', (route) => {
    // The reference page's files are registered by its library, which knows no permissions.
    if (route.url.startsWith('/reference')) route.config = { ...route.config, permission: 'public' };
    if (route.config?.permission === undefined)
      throw new InvariantBroken(`${route.url} declares no permission`);
    addresses.add(route.url, [route.method].flat());
  });

  app.addHook('onRequest', async (request, reply) => {
    request.receivedMs = clock.monotonicMs();
    await limits.address(request, reply);
    const { permission, stepUp } = request.routeOptions.config;
    if (permission === undefined || permission === 'public') return;
    const principal = signIn.principalOf(request);
    request.principal = principal;
    requirePermission(principal, permission);
    await limits.token(request, reply);
    if (stepUp === true && !stepUps.isFresh(principal.tenantId, principal.tokenId, clock.nowMs()))
      throw new CloudError('step-up-required');
  });

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const ms = clock.monotonicMs() - request.receivedMs;
    metrics.httpAnswered({ route, method: request.method, status: reply.statusCode, ms });
    // The pattern and not the address: an address may hold what a log must not.
    const facts = { method: request.method, route, status: reply.statusCode, ms };
    request.log.info({ ...facts, tokenId: request.principal?.tokenId }, 'answered');
  });
}
