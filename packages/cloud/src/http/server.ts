// Builds the HTTP server: limits, guards, documentation, every feature's routes. It knows no
// feature; routes, register and tools are handed in.

import helmet from '@fastify/helmet';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
  LogController,
} from 'fastify';
import type { Clock, Timers } from '../platform/clock.ts';
import type { CommitGroup } from '../platform/commit-group.ts';
import type { Database } from '../platform/database.ts';
import type { Identifiers } from '../platform/identifiers.ts';
import type { KeyVault } from '../platform/key-vault.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Route } from '../platform/route.ts';
import type { StepUps } from '../platform/step-ups.ts';
import type { TokenRegister } from '../platform/token-register.ts';
import { type TellAct, tellRefusals } from './act-teller.ts';
import { AddressBook } from './address-book.ts';
import { asCloudError, installErrorReplies, rawProblem, sendProblem } from './error-reply.ts';
import { createEventStreams, type EventStreams } from './event-streams.ts';
import { installGuards } from './guards.ts';
import { createIdempotency } from './idempotency.ts';
import { openApiOptions, problemSchema } from './open-api.ts';
import { installRateLimits, type RateLimitSettings } from './rate-limits.ts';
import { registerRoute } from './register-route.ts';
import { registerServiceRoutes } from './service-routes.ts';
import { createSignIn } from './sign-in.ts';

/** What the server is made of. */
export interface HttpPorts {
  readonly routes: readonly Route[];
  readonly register: TokenRegister;
  readonly stepUps: Pick<StepUps, 'isFresh'>;
  readonly tellAct: TellAct;
  readonly database: Database;
  readonly commitGroup: CommitGroup;
  readonly vault: KeyVault;
  readonly identifiers: Identifiers;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly rateLimits: RateLimitSettings;
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** What is not ready yet or any more; empty when all is well. */
  readonly unready: () => readonly string[];
}

const requestTimeoutMs = 15_000;
const bodyLimitBytes = 64 * 1_024;

/** A server that is not listening yet. */
export function createHttpServer(ports: HttpPorts): FastifyInstance {
  const app = createApp(ports);
  const addresses = new AddressBook();
  const signIn = createSignIn(ports);
  const streams = createEventStreams({ timers: ports.timers, signIn });
  const limits = installRateLimits(app, ports.rateLimits, ports.clock);
  ports.metrics.gauge('event_streams', () => streams.count());

  installErrorReplies(app, (path) => addresses.methodsOf(path));
  installGuards(app, { ...ports, addresses, signIn, limits });
  tellRefusals(app, ports);
  app.register(helmet, { contentSecurityPolicy: { useDefaults: false, directives: apiPolicy }, hsts: false });
  app.addSchema(problemSchema);
  app.register(swagger, openApiOptions);
  app.register(swaggerUi, {
    routePrefix: '/reference',
    staticCSP: referencePolicy,
    uiConfig: { deepLinking: true, layout: 'BaseLayout' },
  });
  app.removeContentTypeParser('text/plain');
  const routes: FastifyPluginAsync = async (api) => {
    registerServiceRoutes(api, ports);
    const { commitGroup, tellAct } = ports;
    const tools = { commitGroup, tellAct, idempotency: createIdempotency(ports), limits, streams };
    for (const route of ports.routes) registerRoute(api, route, tools);
  };
  app.register(routes);
  endStreamsOnClose(app, streams);
  return app;
}

const apiPolicy = { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] };
// The reference page brings its own scripts and styles and loads nothing from elsewhere.
const referencePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'self'; frame-ancestors 'none'";

function createApp(ports: HttpPorts): FastifyInstance {
  return Fastify({
    loggerInstance: ports.log as FastifyBaseLogger,
    // One line for each answer is written by the guards, without the address.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => ports.identifiers.create('req'),
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    connectionTimeout: requestTimeoutMs,
    maxRequestsPerSocket: 1_000,
    trustProxy: ports.trustedProxies.length === 0 ? false : [...ports.trustedProxies],
    return503OnClosing: false,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: true } },
    frameworkErrors: (error, request, reply) => sendProblem(request, reply, asCloudError(error)),
    clientErrorHandler: (error, socket) => {
      if (socket.writable) socket.end(rawProblem(error.code));
      else socket.destroy();
    },
  });
}

function endStreamsOnClose(app: FastifyInstance, streams: EventStreams): void {
  app.addHook('preClose', async () => streams.closeAll());
}
