// The routes that belong to the server itself: whether it lives, whether it is ready, what it
// counts, how it is described, and what its problems mean. All of them are public and hold no
// tenant's data.

import type { FastifyInstance } from 'fastify';
import { CloudError } from '../platform/errors.ts';
import type { Metrics } from '../platform/metrics.ts';
import { problemPage } from './problem-page.ts';

/** What the routes answer from. */
export interface ServiceFacts {
  readonly metrics: Pick<Metrics, 'render' | 'contentType'>;
  /** What is not ready yet or any more; empty when all is well. */
  readonly unready: () => readonly string[];
}

const config = { permission: 'public' } as const;
const hidden = { hide: true } as const;

/** Registers the server's own routes. */
export function registerServiceRoutes(app: FastifyInstance, facts: ServiceFacts): void {
  app.get('/', { config, schema: hidden }, (_request, reply) => reply.redirect('/reference/'));
  app.get('/health/live', { config, schema: hidden }, () => ({ status: 'ok' }));
  app.get('/health/ready', { config, schema: hidden }, () => {
    const unready = facts.unready();
    if (unready.length === 0) return { status: 'ok' };
    throw new CloudError('not-ready', {
      detail: { ja: `準備中: ${unready.join(', ')}`, en: `Not ready: ${unready.join(', ')}` },
      headers: { 'retry-after': '5' },
    });
  });
  app.get('/metrics', { config, schema: hidden }, async (_request, reply) =>
    reply.header('content-type', facts.metrics.contentType).send(await facts.metrics.render()),
  );
  app.get('/openapi.json', { config, schema: hidden }, () => app.swagger());
  app.get('/problems', { config, schema: hidden }, (_request, reply) =>
    reply.header('content-type', 'text/html; charset=utf-8').send(problemPage()),
  );
}
