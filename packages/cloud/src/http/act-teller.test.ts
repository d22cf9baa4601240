// What the audit is told of calls: each act once, each refusal once, no look, and never what a body said.
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { createHttpWorld, type HttpWorldOptions } from '../../test/http-world.ts';
import { CloudError } from '../platform/errors.ts';
import { defineRoute } from '../platform/route.ts';

const secret = 'correct-horse';

const extra = [
  defineRoute({
    ...{ method: 'GET', url: '/v1/audit/export', permission: 'events:read', operationId: 'exportAudit' },
    ...{ summary: 'Made up', tag: 'events', audited: true, responses: { 200: Type.Object({}) } },
    handle: () => ({ body: {} }),
  }),
  defineRoute({
    ...{ method: 'POST', url: '/v1/step-ups', permission: 'step-ups:write', operationId: 'stepUp' },
    ...{ summary: 'Made up', tag: 'tokens', secretBody: true, responses: { 201: Type.Object({}) } },
    handle: () => ({ refused: new CloudError('step-up-refused', { parameters: { left: '4' } }) }),
  }),
  defineRoute({
    ...{ method: 'POST', url: '/v1/sheets', permission: 'emergency:write', operationId: 'printSheet' },
    ...{ summary: 'Made up', tag: 'emergency', stepUp: true, responses: { 201: Type.Object({}) } },
    handle: () => ({ status: 201, body: {} }),
  }),
];

function createWorld(options: HttpWorldOptions = {}) {
  const world = createHttpWorld({ routes: extra, ...options });
  const send = (
    method: string,
    url: string,
    more: { body?: object; headers?: object; token?: string } = {},
  ) =>
    world.http.inject({
      method: method as 'POST',
      url,
      headers: { authorization: `Bearer ${more.token ?? world.token}`, ...more.headers },
      ...(more.body === undefined ? {} : { payload: more.body }),
    });
  const told = () => world.acts.map(({ operation, outcome, problem }) => [operation, outcome, problem]);
  return { ...world, send, told };
}

describe('the audit', () => {
  it('is told who did what to what, and what was made (SEC-14)', async () => {
    const { send, acts, tokens } = createWorld();
    const made = await send('POST', '/v1/keys', { body: { name: secret } });
    await send('DELETE', '/v1/keys/key_1');
    const [token] = [...tokens.values()];
    expect(acts).toEqual([
      {
        ...{
          tenantId: 'ten_1',
          operation: 'createKey',
          tokenId: token?.tokenId,
          personId: null,
          targets: {},
        },
        ...{
          created: '/v1/keys/key_1',
          outcome: 'done',
          problem: null,
          requestId: expect.stringMatching(/^req_/),
        },
      },
      expect.objectContaining({ operation: 'retireKey', targets: { key_id: 'key_1' }, created: null }),
    ]);
    expect(made.statusCode).toBe(201);
    expect(JSON.stringify(acts)).not.toContain(secret);
  });

  it('is told of no mere look, but of one that takes records away', async () => {
    const { send, told } = createWorld();
    await send('GET', '/v1/keys');
    await send('GET', '/v1/keys/key_1');
    await send('GET', '/v1/audit/export', { headers: { 'idempotency-key': 'x' } });
    expect(told()).toEqual([['exportAudit', 'done', null]]);
  });

  it('is told of a repetition that had no second effect', async () => {
    const { send, told } = createWorld();
    const keyed = { body: { name: 'x' }, headers: { 'idempotency-key': 'one' } };
    await send('POST', '/v1/keys', keyed);
    await send('POST', '/v1/keys', keyed);
    expect(told()).toEqual([
      ['createKey', 'done', null],
      ['createKey', 'replayed', null],
    ]);
  });

  it.each([
    ['permission-missing', 'POST', '/v1/keys', { body: { name: 'x' } }],
    ['invalid-request', 'POST', '/v1/keys', { body: { wrong: secret } }],
    ['malformed-body', 'POST', '/v1/keys', { headers: { 'content-type': 'application/json' } }],
    ['conflict', 'POST', '/v1/keys', { body: { name: 'bad' } }],
    ['internal', 'POST', '/v1/keys', { body: { name: 'broken' } }],
    ['precondition-required', 'PATCH', '/v1/keys/key_1', { body: { name: 'x' } }],
    ['step-up-refused', 'POST', '/v1/step-ups', {}],
    ['step-up-required', 'POST', '/v1/sheets', {}],
  ] as const)(
    'is told once of an act that was refused with %s (SEC-14)',
    async (problem, method, url, parts) => {
      const { send, told, addToken, acts } = createWorld();
      const token = problem === 'permission-missing' ? { token: addToken(['keys:read']) } : {};
      await send(method, url, { ...parts, ...token });
      expect(told()).toEqual([[expect.any(String), 'refused', problem]]);
      expect(JSON.stringify(acts)).not.toContain(secret);
    },
  );

  it('is told nothing of whoever has no token, and nothing of a flood that is turned away', async () => {
    const { send, told } = createWorld({ perToken: 2 });
    await send('POST', '/v1/keys', { token: 'sbk_none', body: { name: 'x' } });
    for (let count = 0; count < 5; count++) await send('DELETE', '/v1/keys/key_1');
    expect(told()).toEqual([
      ['retireKey', 'done', null],
      ['retireKey', 'done', null],
    ]);
  });

  it('is told no path that only looks like an id', async () => {
    const { send, acts } = createWorld();
    await send('DELETE', `/v1/keys/${encodeURIComponent('山田 太郎')}`);
    await send('DELETE', '/v1/keys/Taro');
    expect(acts.map(({ targets }) => targets)).toEqual([{}, {}]);
  });

  it('that cannot be told lets nothing happen: the act is undone with it (SEC-14)', async () => {
    const { send, world } = createWorld({ failActs: () => true });
    const { statusCode } = await send('POST', '/v1/keys', { body: { name: 'x' } });
    expect([statusCode, world.made]).toEqual([500, 1]);
    const refused = await send('POST', '/v1/keys', { body: { wrong: 1 } });
    expect(refused.statusCode).toBe(400);
  });
});
