// The features' API over the real HTTP server: what is printed in the examples is true, and what goes
// through the serialiser comes out as the handlers meant it.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cloud } from '../src/compose.ts';
import { allPermissions } from '../src/platform/permissions.ts';
import { isFileResponse, type Route } from '../src/platform/route.ts';
import { createFeaturesWorld, dump } from './features-world.ts';
import { quietCloud } from './quiet-cloud.ts';

type RequestRoute = Extract<Route, { kind: 'request' | 'public' }>;
const routes = createFeaturesWorld().features.routes.filter(
  (route): route is RequestRoute => route.kind !== 'stream',
);

const isSchema = (part: unknown): boolean =>
  typeof part === 'object' && part !== null && !isFileResponse(part);

describe('the examples in the description', () => {
  const schemas = routes.flatMap(({ operationId, body, responses }) =>
    [['body', body], ...Object.entries(responses)]
      .filter((entry): entry is [string, TSchema] => isSchema(entry[1]))
      .map(([part, schema]) => [operationId, part, schema] as const),
  );

  it.each(schemas)('of %s (%s) are there and fit their schema', (_operationId, _part, schema) => {
    const item =
      (schema as { properties?: { data?: { items?: TSchema } } }).properties?.data?.items ?? schema;
    const { examples = [] } = item as { examples?: readonly unknown[] };
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(Value.Check(item, example)).toBe(true);
  });
});

describe('the description', () => {
  it('lints clean by the strict recommended rules of Redocly, none of them switched off', async () => {
    const source = readFileSync(new URL('../openapi.json', import.meta.url), 'utf8');
    const config = await createConfig({ extends: ['recommended-strict'] });
    const found = await lintFromString({ source, absoluteRef: 'openapi.json', config });
    expect(found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
  });

  it('would not lint clean with a fault in it', async () => {
    const source = readFileSync(new URL('../openapi.json', import.meta.url), 'utf8');
    const config = await createConfig({ extends: ['recommended-strict'] });
    const twice = source.replace('"operationId": "getKey"', '"operationId": "listKeys"');
    const found = await lintFromString({ source: twice, absoluteRef: 'openapi.json', config });
    expect(found.map(({ ruleId }) => ruleId)).toContain('operation-operationId-unique');
  });
});

describe('the API over HTTP', () => {
  let cloud: Cloud;
  let token: string;

  beforeEach(async () => {
    cloud = quietCloud();
    await cloud.start();
    token = await cloud.commitGroup.run(() => {
      const { tenants } = cloud.features;
      return tenants.issueToken(tenants.create('Test'), { name: 'Test', permissions: allPermissions }).text;
    });
  });

  afterEach(() => cloud.stop());

  async function send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object, headers = {}) {
    const answer = await cloud.http.inject({
      ...{ method, url },
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body === undefined ? {} : { payload: body }),
    });
    return {
      status: answer.statusCode,
      type: String(answer.headers['content-type']),
      etag: String(answer.headers.etag),
      place: answer.headers.location,
      body: answer.body === '' ? undefined : answer.json(),
    };
  }

  async function openDepot() {
    const location = await send('POST', '/v1/locations', { name: '新宿', time_zone: 'Asia/Tokyo' });
    const key = await send('POST', '/v1/keys', {
      ...{ name: 'Van 7', location_id: location.body.id, fob_tag: '04:A1:B2:C3:D4:E5:F6' },
    });
    return { location, key };
  }

  it('makes a location, a key and a code, and shows each as it was made', async () => {
    const { location, key } = await openDepot();
    expect(key).toMatchObject({ status: 201, place: `/v1/keys/${key.body.id}` });
    expect(key.body).toEqual({
      id: key.body.id,
      name: 'Van 7',
      location_id: location.body.id,
      fob_label: '',
      fob_tag: '04a1b2c3d4e5f6',
      where: {
        status: 'unknown',
        box_id: null,
        bin: null,
        since: null,
        code_id: null,
        person_id: null,
        by_hand: false,
      },
      created_at: '2026-04-01T09:00:00.000Z',
    });
    const code = await send('POST', '/v1/key-codes', {
      key_id: key.body.id,
      expires_at: '2026-04-02T18:00:00+09:00',
    });
    expect(code.body).toMatchObject({
      ...{ uses: 'until_withdrawn', status: 'valid', starts_at: null, ended_because: null },
      expires_at: '2026-04-02T09:00:00.000Z',
      warnings: [],
    });
    const shown = await send('GET', `/v1/key-codes/${code.body.id}`);
    const { code: digits, warnings, ...rest } = code.body;
    expect(shown.body).toEqual(rest);
    expect([digits, warnings]).toEqual([expect.stringMatching(/^\d{8}$/), []]);
  });

  it('tells a reader of the stream who names no event so, rather than leave out what it missed', async () => {
    const answer = await send('GET', '/v1/events/stream?last_event_id=42');
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toMatchObject([{ pointer: '/query/last_event_id', code: 'wrong-format' }]);
  });

  it('gives the same code to the same Idempotency-Key, and keeps it sealed', async () => {
    const { key } = await openDepot();
    const make = () => send('POST', '/v1/key-codes', { key_id: key.body.id }, { 'idempotency-key': 'one' });
    const [first, second] = [await make(), await make()];
    expect(second.body).toEqual(first.body);
    expect((await send('GET', '/v1/key-codes')).body.data).toHaveLength(1);
  });

  it('keeps nothing from which digits of one’s own choice could be guessed (SEC-13)', async () => {
    const { key } = await openDepot();
    const body = { code: '40718293', key_id: key.body.id };
    await send('POST', '/v1/key-codes', body, { 'idempotency-key': 'one' });
    const stored = dump(cloud.database);
    expect(stored).not.toContain('40718293');
    // The hash of the request is one of 10^8 that a thief of the database could try.
    const guess = createHash('sha256')
      .update(`POST /v1/key-codes ${JSON.stringify(body)}`)
      .digest('hex');
    expect(stored).not.toContain(guess);
  });

  it('lists events in the one envelope, with a cursor', async () => {
    const { key } = await openDepot();
    for (let made = 0; made < 3; made++) await send('POST', '/v1/key-codes', { key_id: key.body.id });
    const page = await send('GET', '/v1/events?limit=2&type=code.created');
    expect(page.body).toMatchObject({ has_more: true, next_cursor: expect.any(String) });
    expect(page.body.data[0]).toMatchObject({
      id: 'evt_000000000003',
      bin: null,
      data: { uses: 'until_withdrawn' },
    });
    const rest = await send('GET', `/v1/events?limit=2&type=code.created&cursor=${page.body.next_cursor}`);
    expect(rest.body).toMatchObject({ has_more: false, next_cursor: null });
  });

  it('edits with If-Match, and says what is missing without', async () => {
    const { location } = await openDepot();
    const url = `/v1/locations/${location.body.id}`;
    expect(await send('PATCH', url, { name: 'x' })).toMatchObject({
      status: 428,
      type: expect.stringContaining('problem'),
    });
    const changed = await send('PATCH', url, { name: 'x' }, { 'if-match': location.etag });
    expect(changed).toMatchObject({ status: 200, body: { name: 'x' } });
    expect((await send('PATCH', url, { name: 'y' }, { 'if-match': location.etag })).status).toBe(412);
  });

  it.each([
    ['/v1/key-codes', { key_id: 'key_x' }, 400, '/body/key_id'],
    ['/v1/key-codes', { key_id: 'key_x', uses: 'twice' }, 400, '/body/uses'],
    ['/v1/locations', { name: '\u202e', time_zone: 'UTC' }, 400, '/body/name'],
    ['/v1/keys', { name: 'x', location_id: 'loc_x', fob_tag: '01' }, 400, '/body/fob_tag'],
    ['/v1/boxes', { label: 'nonsense', claim_code: '1', name: 'x', location_id: 'x' }, 400, '/body/label'],
    ['/v1/factory-boxes', { box_id: '4ZK7Q1M0P9XWT', factory_key: '00' }, 400, '/body/factory_key'],
    ['/v1/api-tokens', { name: 'x', permissions: ['fly'] }, 400, '/body/permissions/0'],
  ])(
    'answers bad input at %s %j by a problem that points at the field',
    async (url, body, status, pointer) => {
      const answer = await send('POST', url, body);
      expect(answer).toMatchObject({ status, type: expect.stringContaining('application/problem+json') });
      const [error] = answer.body.errors;
      expect(error).toMatchObject({
        pointer,
        code: expect.any(String),
        detail: expect.stringMatching(/.{10,}/),
      });
    },
  );
});
