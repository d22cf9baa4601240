// What a dangerous route asks for before its handler, and a refusal that leaves its trace all the same.

import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { createHttpWorld } from '../../test/http-world.ts';
import { CloudError } from '../platform/errors.ts';
import { defineRoute } from '../platform/route.ts';
import type { Problem } from './error-reply.ts';

type World = ReturnType<typeof createHttpWorld>;

function send(
  world: World,
  request: { readonly url: string; readonly token?: string; readonly headers: Record<string, string> },
) {
  const { url, token = world.token, headers } = request;
  return world.http.inject({
    ...{ method: 'POST', url },
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
}

describe('a step-up', () => {
  const dangerous = defineRoute({
    method: 'POST',
    url: '/v1/dangerous',
    permission: 'emergency:write',
    operationId: 'dangerous',
    summary: 'Dangerous',
    tag: 'emergency',
    stepUp: true,
    responses: { 200: Type.Object({}) },
    handle: () => ({ body: {} }),
  });
  const go = (world: World, token?: string, headers: Record<string, string> = {}) =>
    send(world, {
      url: '/v1/dangerous',
      headers,
      ...(token === undefined ? {} : { token }),
    });

  it('is asked for by a dangerous route, in words that say how', async () => {
    const world = createHttpWorld({ routes: [dangerous] });
    const refused = await go(world, undefined, { 'accept-language': 'ja' });
    expect(refused.statusCode).toBe(403);
    expect(refused.json<Problem>()).toMatchObject({
      code: 'step-up-required',
      detail: expect.stringContaining('POST /v1/step-ups'),
    });
    world.steppedUp.add(`ten_1 tok_${world.token.split('_')[1]}`);
    expect((await go(world)).statusCode).toBe(200);
    expect((await go(world, world.addToken())).statusCode).toBe(403);
  });

  it('is asked for again before an answer that an Idempotency-Key has kept', async () => {
    const world = createHttpWorld({ routes: [dangerous] });
    world.steppedUp.add(`ten_1 tok_${world.token.split('_')[1]}`);
    expect((await go(world, undefined, { 'idempotency-key': 'one' })).statusCode).toBe(200);
    world.steppedUp.clear();
    expect((await go(world, undefined, { 'idempotency-key': 'one' })).statusCode).toBe(403);
  });

  it('counts for nothing where the permission is missing', async () => {
    const world = createHttpWorld({ routes: [dangerous] });
    const reader = world.addToken(['keys:read']);
    world.steppedUp.add(`ten_1 tok_${reader.split('_')[1]}`);
    expect((await go(world, reader)).json<Problem>().code).toBe('permission-missing');
  });

  it('is announced in the description', async () => {
    const { http } = createHttpWorld({ routes: [dangerous] });
    const { paths } = (await http.inject('/openapi.json')).json();
    expect(paths['/v1/dangerous'].post.description).toContain('a step-up by the same token');
    expect(paths['/v1/keys'].post.description).not.toContain('step-up');
  });
});

describe('a refusal that leaves something behind', () => {
  it('keeps what was done, is sent as a problem, and is kept under no Idempotency-Key', async () => {
    let tries = 0;
    const counting = defineRoute({
      method: 'POST',
      url: '/v1/counting',
      permission: 'keys:write',
      operationId: 'counting',
      summary: 'Counting',
      tag: 'keys',
      responses: { 200: Type.Object({}) },
      handle: () => {
        tries += 1;
        world.database.prepare('UPDATE tenant SET name = ? WHERE tenant_id = ?').run(`try ${tries}`, 'ten_1');
        return { refused: new CloudError('conflict') };
      },
    });
    const world = createHttpWorld({ routes: [counting] });
    const go = () => send(world, { url: '/v1/counting', headers: { 'idempotency-key': 'one' } });
    expect([(await go()).statusCode, (await go()).json<Problem>().code]).toEqual([409, 'conflict']);
    expect(world.database.prepare("SELECT name FROM tenant WHERE tenant_id = 'ten_1'").get()).toEqual({
      name: 'try 2',
    });
  });
});
