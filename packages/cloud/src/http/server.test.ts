// The server as callers meet it: who gets in, what a refusal looks like, what repeating does.

import { describe, expect, it } from 'vitest';
import { createHttpWorld } from '../../test/http-world.ts';
import type { TenantId } from '../platform/identifiers.ts';
import { defineRoute } from '../platform/route.ts';
import type { Problem } from './error-reply.ts';

type World = ReturnType<typeof createHttpWorld>;

async function call(
  world: World,
  request: {
    method?: string;
    url: string;
    body?: unknown;
    token?: string | null;
    headers?: Record<string, string>;
  },
) {
  const token = request.token === undefined ? world.token : request.token;
  return world.http.inject({
    method: (request.method ?? 'GET') as 'GET',
    url: request.url,
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...request.headers },
    ...(request.body === undefined ? {} : { payload: request.body as object }),
  });
}

const create = (world: World, body: unknown, headers: Record<string, string> = {}, token?: string) =>
  call(world, { method: 'POST', url: '/v1/keys', body, headers, ...(token === undefined ? {} : { token }) });

describe('sign-in', () => {
  it('lets a token do what it carries and no more', async () => {
    const world = createHttpWorld();
    const reader = world.addToken(['keys:read']);
    expect((await call(world, { url: '/v1/keys', token: reader })).statusCode).toBe(200);
    const refused = await create(world, { name: 'van' }, {}, reader);
    expect(refused.statusCode).toBe(403);
    expect(refused.json<Problem>()).toMatchObject({
      code: 'permission-missing',
      detail: expect.stringContaining('keys:write'),
    });
    expect(world.world.made).toBe(0);
  });

  it('gives a missing, foreign, wrong, expired and revoked token the same answer', async () => {
    const world = createHttpWorld();
    const expired = world.addToken(['keys:read'], { expiresAtMs: world.ports.nowMs });
    const revoked = world.addToken(['keys:read'], { revokedAtMs: 1 });
    const wrong = world.addToken(['keys:read'], { secretHash: new Uint8Array(32) });
    const answers: unknown[] = [];
    for (const token of [null, 'nonsense', expired, revoked, wrong, world.token.replace('sbk_', 'sbx_')]) {
      const response = await call(world, { url: '/v1/keys', token });
      const { request_id: _id, ...problem } = response.json<Problem>();
      answers.push([response.statusCode, response.headers['www-authenticate'], problem]);
    }
    expect(answers[0]).toMatchObject([401, 'Bearer realm="smartbox"', { code: 'sign-in-required' }]);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('guards every route that is not public on purpose', async () => {
    const world = createHttpWorld();
    const routes: { readonly url: string; readonly method: string; readonly permission: unknown }[] = [];
    world.http.addHook('onRoute', ({ url, method, config }) => {
      for (const one of [method].flat()) routes.push({ url, method: one, permission: config?.permission });
    });
    await world.http.ready();
    const open = routes.filter(
      ({ url, permission }) => permission === 'public' && !url.startsWith('/reference'),
    );
    expect([...new Set(open.map(({ url }) => url))].sort()).toEqual([
      '/',
      '/health/live',
      '/health/ready',
      '/metrics',
      '/openapi.json',
      '/problems',
    ]);
    const guarded = routes.filter(({ permission }) => permission !== 'public');
    expect(guarded.length).toBeGreaterThan(5);
    for (const { url, method } of guarded) {
      const response = await call(world, { method, url: url.replaceAll(/:\w+/g, 'x'), token: null });
      expect([method, url, response.statusCode]).toEqual([method, url, 401]);
    }
  });

  it('does not register a route without a permission', async () => {
    const careless = defineRoute({
      method: 'GET',
      url: '/v1/careless',
      permission: undefined as never,
      operationId: 'careless',
      summary: 'Careless',
      tag: 'keys',
      responses: {},
      handle: () => ({}),
    });
    const world = createHttpWorld({ routes: [careless] });
    await expect(world.http.ready()).rejects.toThrow('/v1/careless declares no permission');
  });
});

describe('a refusal', () => {
  it.each([
    ['an unknown address', { url: '/v1/nothing' }, 404, 'not-found'],
    ['a wrong method', { method: 'PUT', url: '/v1/keys' }, 405, 'method-not-allowed'],
    [
      'a body that is no JSON',
      { method: 'POST', url: '/v1/keys', headers: { 'content-type': 'application/json' }, body: '{' },
      400,
      'malformed-body',
    ],
    ['no body where one is needed', { method: 'POST', url: '/v1/keys' }, 400, 'invalid-request'],
    [
      'an empty JSON body',
      { method: 'POST', url: '/v1/keys', headers: { 'content-type': 'application/json' }, body: '' },
      400,
      'malformed-body',
    ],
    [
      'another media type',
      { method: 'POST', url: '/v1/keys', headers: { 'content-type': 'text/plain' }, body: 'van' },
      415,
      'unsupported-media-type',
    ],
    [
      'a body of more than 64 KB',
      { method: 'POST', url: '/v1/keys', body: { name: 'x'.repeat(70_000) } },
      413,
      'body-too-large',
    ],
    ['a state that forbids it', { method: 'POST', url: '/v1/keys', body: { name: 'bad' } }, 409, 'conflict'],
    ['our own fault', { method: 'POST', url: '/v1/keys', body: { name: 'broken' } }, 500, 'internal'],
    ['a broken escape in the address', { url: '/v1/keys/%E0%A4%A' }, 404, 'not-found'],
    [
      'an edit without If-Match',
      { method: 'PATCH', url: '/v1/keys/key_1', body: { name: 'a' } },
      428,
      'precondition-required',
    ],
    [
      'an edit of an old revision',
      { method: 'PATCH', url: '/v1/keys/key_1', body: { name: 'a' }, headers: { 'if-match': '"key_1-2"' } },
      412,
      'precondition-failed',
    ],
    [
      'an unusable Idempotency-Key',
      { method: 'POST', url: '/v1/keys', body: { name: 'a' }, headers: { 'idempotency-key': 'ä'.repeat(3) } },
      400,
      'invalid-idempotency-key',
    ],
  ])('is an RFC 9457 problem for %s', async (_what, request, status, code) => {
    const world = createHttpWorld();
    const response = await call(world, request);
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(response.json<Problem>()).toMatchObject({
      type: `/problems#${code}`,
      title: expect.stringMatching(/./),
      status,
      detail: expect.stringMatching(/./),
      code,
      errors: expect.any(Array),
      request_id: expect.stringMatching(/^req_/),
      retryable: expect.any(Boolean),
    });
    expect(response.body).not.toContain('our own fault');
  });

  it('names the methods that an address takes', async () => {
    const response = await call(createHttpWorld(), { method: 'PUT', url: '/v1/keys/key_1' });
    expect(response.headers.allow).toBe('DELETE, GET, HEAD, PATCH');
    expect(response.json<Problem>().detail).toContain('DELETE, GET, HEAD, PATCH');
  });

  it('points at every field that is wrong and says what to send', async () => {
    const response = await create(createHttpWorld(), { name: '', bin: 'three', colour: 'red' });
    expect(response.json<Problem>().errors).toEqual(
      expect.arrayContaining([
        { pointer: '/body/name', code: 'too-short', detail: 'Send at least 1 characters.' },
        { pointer: '/body/bin', code: 'wrong-type', detail: 'Send a value of type integer.' },
        { pointer: '/body/colour', code: 'unknown-field', detail: 'Remove this field.' },
      ]),
    );
    const missing = await create(createHttpWorld(), {});
    expect(missing.json<Problem>().errors).toEqual([
      { pointer: '/body/name', code: 'missing', detail: 'Add this field.' },
    ]);
    const query = await call(createHttpWorld(), { url: '/v1/keys?limit=0&page=2' });
    expect(
      query
        .json<Problem>()
        .errors.map(({ pointer, code }) => `${pointer} ${code}`)
        .sort(),
    ).toEqual(['/query/limit too-small', '/query/page unknown-field']);
  });

  it.each([
    ['ja', 'ja', 'このメソッドは使えません'],
    ['ja-JP,ja;q=0.9,en;q=0.8', 'ja', 'このメソッドは使えません'],
    ['en;q=0.3, ja;q=0.5', 'ja', 'このメソッドは使えません'],
    ['ja, en', 'ja', 'このメソッドは使えません'],
    ['fr, en;q=0.5', 'en', 'The method is not allowed'],
    ['', 'en', 'The method is not allowed'],
  ])('speaks the caller’s language: %o', async (header, language, title) => {
    const response = await call(createHttpWorld(), {
      method: 'PUT',
      url: '/v1/keys',
      headers: { 'accept-language': header },
    });
    expect(response.headers['content-language']).toBe(language);
    expect(response.json<Problem>().title).toBe(title);
  });

  it('says that nothing was stored when the commit failed', async () => {
    const response = await create(createHttpWorld({ failCommits: () => true }), { name: 'van' });
    expect(response.statusCode).toBe(503);
    expect(response.json<Problem>()).toMatchObject({ code: 'not-durable', retryable: true });
  });
});

describe('a repeated request', () => {
  const key = { 'idempotency-key': 'abc-1' };

  it('has its effect once and gets the same answer again', async () => {
    const world = createHttpWorld();
    const first = await create(world, { name: 'van', bin: 3 }, key);
    const second = await create(world, { bin: 3, name: 'van' }, key);
    expect([first.statusCode, second.statusCode, world.world.made]).toEqual([201, 201, 1]);
    expect(second.json()).toEqual(first.json());
    expect(second.headers).toMatchObject({
      etag: first.headers.etag,
      location: first.headers.location,
      'idempotent-replayed': 'true',
    });
    expect(first.headers['idempotent-replayed']).toBeUndefined();
  });

  it('is refused when it is another request', async () => {
    const world = createHttpWorld();
    await create(world, { name: 'van' }, key);
    const other = await create(world, { name: 'bus' }, key);
    expect(other.statusCode).toBe(422);
    expect(other.json<Problem>().code).toBe('idempotency-key-reused');
    expect(world.world.made).toBe(1);
  });

  it('is told to wait while the first is still running', async () => {
    const world = createHttpWorld();
    await world.http.ready();
    const answers = await Promise.all([
      create(world, { name: 'van' }, key),
      create(world, { name: 'van' }, key),
    ]);
    const [first, second] = answers.sort((a, b) => a.statusCode - b.statusCode);
    expect([first?.statusCode, second?.statusCode]).toEqual([201, 409]);
    expect(second?.json<Problem>()).toMatchObject({ code: 'idempotency-key-in-use', retryable: true });
    expect(world.world.made).toBe(1);
  });

  it('may be tried again after a failure, which is not remembered', async () => {
    let failing = true;
    const world = createHttpWorld({ failCommits: () => failing });
    expect((await create(world, { name: 'van' }, key)).statusCode).toBe(503);
    failing = false;
    const retried = await create(world, { name: 'van' }, key);
    expect([retried.statusCode, retried.headers['idempotent-replayed']]).toEqual([201, undefined]);
  });

  it('belongs to its token: another one’s key is another key', async () => {
    const world = createHttpWorld();
    const neighbour = world.addToken(['keys:write'], { tenantId: 'ten_2' as TenantId });
    await create(world, { name: 'van' }, key);
    const theirs = await create(world, { name: 'bus' }, key, neighbour);
    expect([theirs.statusCode, world.world.made]).toEqual([201, 2]);
  });

  it('is forgotten after seven days, and its answer is not readable in the database', async () => {
    const world = createHttpWorld();
    await create(world, { name: 'van 48151623' }, key);
    const rows = () =>
      world.database.prepare<{ answer: Uint8Array }>('SELECT answer FROM idempotency_answer').all();
    expect(Buffer.from(rows()[0]?.answer ?? []).includes('48151623')).toBe(false);
    world.ports.nowMs += 7 * 86_400_000;
    const later = await create(world, { name: 'bus' }, key);
    expect([later.statusCode, rows().length]).toEqual([201, 1]);
    world.ports.nowMs += 7 * 86_400_000;
    await create(world, { name: 'tram' }, { 'idempotency-key': 'abc-2' });
    expect(rows().length).toBe(1);
  });
});

describe('reading', () => {
  it('answers 304 for what the caller has already', async () => {
    const world = createHttpWorld();
    const first = await call(world, { url: '/v1/keys/key_1' });
    expect(first.headers.etag).toBe('"key_1-3"');
    const again = await call(world, { url: '/v1/keys/key_1', headers: { 'if-none-match': 'W/"key_1-3"' } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect(
      (await call(world, { url: '/v1/keys/key_1', headers: { 'if-none-match': '"key_1-2"' } })).statusCode,
    ).toBe(200);
  });

  it('reads numbers and booleans in a query, and does not bend the types of a body', async () => {
    const world = createHttpWorld();
    expect((await call(world, { url: '/v1/keys?limit=7&late=true' })).json()).toEqual({
      limit: 7,
      late: true,
    });
    expect((await create(world, { name: 'van', bin: '3' })).statusCode).toBe(400);
    expect((await create(world, { name: 3 })).statusCode).toBe(400);
  });

  it('edits the revision that was read', async () => {
    const edit = {
      method: 'PATCH',
      url: '/v1/keys/key_1',
      body: { name: 'new' },
      headers: { 'if-match': '"key_1-3"' },
    };
    const response = await call(createHttpWorld(), edit);
    expect([response.statusCode, response.headers.etag]).toEqual([200, '"key_1-4"']);
  });
});

describe('limits', () => {
  it('slow down one address before its token is looked at, and let it go on a minute later (SEC-15)', async () => {
    const world = createHttpWorld({ perAddress: 2 });
    const statuses = [];
    for (let turn = 0; turn < 3; turn++)
      statuses.push((await call(world, { url: '/v1/keys', token: null })).statusCode);
    expect(statuses).toEqual([401, 401, 429]);
    const refused = await call(world, { url: '/v1/nothing' });
    expect(refused.headers).toMatchObject({
      'retry-after': '60',
      'ratelimit-limit': '2',
      'ratelimit-remaining': '0',
    });
    expect(refused.json<Problem>()).toMatchObject({ code: 'too-many-requests', retryable: true });
    world.ports.nowMs += 60_000;
    expect((await call(world, { url: '/v1/keys' })).statusCode).toBe(200);
  });

  it('count each token for itself, and a route’s own limit beside it', async () => {
    const world = createHttpWorld({ perToken: 3 });
    const second = world.addToken(['keys:write']);
    const retire = async (token?: string) =>
      (
        await call(world, {
          method: 'DELETE',
          url: '/v1/keys/key_1',
          ...(token === undefined ? {} : { token }),
        })
      ).statusCode;
    expect([await retire(), await retire(), await retire()]).toEqual([204, 204, 429]);
    expect([await retire(second), await retire(second), await retire(second)]).toEqual([204, 204, 429]);
    expect((await call(world, { url: '/v1/keys' })).statusCode).toBe(429);
  });
});

describe('the log', () => {
  it('has one line for each answer, with neither the token nor the address in it', async () => {
    const world = createHttpWorld();
    await call(world, { url: '/v1/keys/key_48151623?x=1' });
    const line = world.lines.find((text) => text.includes('"answered"')) ?? '';
    expect(JSON.parse(line)).toMatchObject({
      method: 'GET',
      route: '/v1/keys/:key_id',
      status: 200,
      requestId: expect.stringMatching(/^req_/),
    });
    expect(world.lines.join('')).not.toContain(world.token);
    expect(world.lines.join('')).not.toContain('48151623');
  });
});
