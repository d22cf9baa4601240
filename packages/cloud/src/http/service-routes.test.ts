// The server's own pages: health, metrics, description, reference, problems.

import { describe, expect, it } from 'vitest';
import { createHttpWorld } from '../../test/http-world.ts';
import { problemKinds } from '../platform/problems.ts';
import type { Problem } from './error-reply.ts';

describe('the server’s own routes', () => {
  it('say that it lives and whether it is ready', async () => {
    const { http, world } = createHttpWorld();
    expect((await http.inject('/health/live')).json()).toEqual({ status: 'ok' });
    expect((await http.inject('/health/ready')).statusCode).toBe(200);
    world.unready.push('database');
    const unready = await http.inject('/health/ready');
    expect(unready.statusCode).toBe(503);
    expect(unready.json<Problem>()).toMatchObject({
      code: 'not-ready',
      detail: 'Not ready: database',
      retryable: true,
    });
    expect((await http.inject('/health/live')).statusCode).toBe(200);
  });

  it('count answers by route, never by address', async () => {
    const { http } = createHttpWorld();
    await http.inject('/v1/keys/key_48151623');
    const text = (await http.inject('/metrics')).body;
    expect(text).toContain(
      'smartbox_http_seconds_count{route="/v1/keys/:key_id",method="GET",status="401"} 1',
    );
    expect(text).not.toContain('48151623');
    expect(text).toContain('smartbox_event_streams 0');
  });

  it('describe the API in OpenAPI 3.1, with permissions, problems and headers', async () => {
    const { http } = createHttpWorld();
    const description = (await http.inject('/openapi.json')).json();
    expect(description.openapi).toBe('3.1.0');
    expect(Object.keys(description.paths).sort()).toEqual([
      '/v1/events/stream',
      '/v1/keys',
      '/v1/keys/{key_id}',
    ]);
    const { post } = description.paths['/v1/keys'];
    expect(post.description).toContain('keys:write');
    expect(post.parameters.map(({ name }: { name: string }) => name)).toEqual(['idempotency-key']);
    expect(Object.keys(post.responses)).toEqual(['201', '4XX', 'default']);
    expect(Object.keys(post.responses.default.content)).toEqual(['application/problem+json']);
    expect(Object.keys(description.paths['/v1/keys/{key_id}'].delete.responses)).toEqual([
      '204',
      '4XX',
      'default',
    ]);
    expect(description.paths['/v1/keys/{key_id}'].delete.responses['204'].content).toBeUndefined();
  });

  it('show a readable reference that loads nothing from elsewhere', async () => {
    const { http } = createHttpWorld();
    const page = await http.inject('/reference/');
    expect(page.statusCode).toBe(200);
    const links = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '');
    expect(links.length).toBeGreaterThan(2);
    for (const link of links) {
      expect(link).not.toMatch(/^(https?:)?\/\//);
      const file = await http.inject(new URL(link, 'http://localhost/reference/').pathname);
      expect([link, file.statusCode]).toEqual([link, 200]);
    }
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    const start = await http.inject('/reference/static/swagger-initializer.js');
    const code = start.body.split('\n').filter((line) => !line.trim().startsWith('//'));
    expect(code.join('\n')).not.toMatch(/https?:\/\//);
  });

  it('explain every problem in both languages', async () => {
    const page = (await createHttpWorld().http.inject('/problems')).body;
    for (const code of Object.keys(problemKinds)) expect(page).toContain(`id="${code}"`);
    expect(page).toContain('Read it first and send its ETag in If-Match.');
    expect(page).toContain('新しい要求には新しい Idempotency-Key を付けてください。');
  });

  it('lead from the bare address to the reference', async () => {
    expect((await createHttpWorld().http.inject('/')).headers.location).toBe('/reference/');
  });
});
