// A client in front of a script that answers as servers, proxies and networks do.
import { describe, expect, it } from 'vitest';
import { ApiProblem, ApiUnreachable, createClient, eachItem } from '../src/index.ts';
import { json, problem, type Scripted, scriptedPorts } from './scripted-ports.ts';

function clientOf(...script: readonly Scripted[]) {
  const world = scriptedPorts(...script);
  const settings = { url: 'https://box.example/', token: 'sbk_x', language: 'ja' } as const;
  return { ...world, client: createClient({ ...settings, ports: world.ports }) };
}

const page = (data: readonly unknown[], next: string | null) =>
  json({ data, has_more: next !== null, next_cursor: next });

describe('a call', () => {
  it('fills in path and query, and says who asks in which language', async () => {
    const { client, sent } = clientOf(page([], null));
    await client.listBins({ path: { box_id: 'box_a/b' }, query: { limit: 5, cursor: undefined } });
    expect(sent[0]).toMatchObject({
      ...{ url: 'https://box.example/v1/boxes/box_a%2Fb/bins?limit=5', method: 'GET', body: undefined },
      headers: { authorization: 'Bearer sbk_x', 'accept-language': 'ja' },
    });
    expect(sent[0]?.headers).not.toHaveProperty('idempotency-key');
  });

  it('answers with the ETag, and sends it back when asked', async () => {
    const { client, sent } = clientOf(json({ id: 'key_1' }, { etag: '"key_1-3"' }));
    const { etag } = await client.getKey({ path: { key_id: 'key_1' } });
    await client.changeKey({ path: { key_id: 'key_1' }, body: { name: 'Van' } }, { ifMatch: etag });
    expect(sent[1]?.headers['if-match']).toBe('"key_1-3"');
  });

  it('has its effect once: every repetition carries the same Idempotency-Key', async () => {
    const { client, sent } = clientOf(
      ...(['broken', problem('not-durable', 503, { retryable: true })] as const),
      json({ id: 'loc_1' }, { 'idempotent-replayed': 'true' }, 201),
    );
    const answer = await client.createLocation({ body: { name: 'Desk', time_zone: 'Asia/Tokyo' } });
    expect(answer).toMatchObject({ status: 201, replayed: true, body: { id: 'loc_1' } });
    expect(sent.map(({ headers }) => headers['idempotency-key'])).toEqual(['key-1', 'key-1', 'key-1']);
  });

  it('is not repeated after silence when no key protects it', async () => {
    const { client, sent } = clientOf('broken');
    await expect(client.stepUp({ body: { passphrase: 'secret words here' } })).rejects.toMatchObject({
      ...{ name: 'ApiUnreachable', reason: 'no-connection', message: 'ECONNREFUSED' },
    });
    expect(sent).toHaveLength(1);
  });

  it('waits as long as the server asks', async () => {
    const busy = problem('too-many-requests', 429, { retryable: true, headers: { 'retry-after': '7' } });
    const { client, waits } = clientOf(busy, page([], null));
    await client.listKeys();
    expect(waits).toContain(7_000);
  });

  it('throws what the server refuses, with its stable code', async () => {
    const { client, sent } = clientOf(problem('not-found', 404));
    const refused = await client.getKey({ path: { key_id: 'key_9' } }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ApiProblem);
    expect(refused).toMatchObject({ code: 'not-found', status: 404, problem: { request_id: '' } });
    expect(sent).toHaveLength(1);
  });

  it.each<[string, Scripted]>([
    ['gateway', () => new Response('<html>', { status: 502 })],
    ['foreign', () => new Response('<html>', { status: 404 })],
    ['foreign', () => new Response('<html>', { status: 200 })],
    [
      'foreign',
      () => new Response('{', { status: 418, headers: { 'content-type': 'application/problem+json' } }),
    ],
    ['timeout', 'silent'],
    ['no-connection', 'broken'],
  ])('says %s when there is no answer of the API', async (reason, answer) => {
    const { client } = clientOf(answer);
    const failed = await client.listKeys().catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ApiUnreachable);
    expect(failed).toMatchObject({ reason });
  });

  it('ends when the caller says so, with the reason of the caller', async () => {
    const { client, sent } = clientOf('silent');
    const mine = new AbortController();
    const call = client.listKeys({}, { signal: mine.signal });
    mine.abort('enough');
    await expect(call).rejects.toBe('enough');
    await expect(client.listKeys({}, { signal: mine.signal })).rejects.toBe('enough');
    expect(sent).toHaveLength(1);
  });
});

describe('a list', () => {
  it('is walked through page by page, with its filter', async () => {
    const { client, sent } = clientOf(page([{ id: 1 }, { id: 2 }], 'c2'), page([{ id: 3 }], null));
    const seen: unknown[] = [];
    for await (const key of eachItem(client.listKeys, { query: { location_id: 'loc_1' } })) seen.push(key.id);
    expect(seen).toEqual([1, 2, 3]);
    expect(sent.map(({ url }) => url.split('?')[1])).toEqual([
      'location_id=loc_1',
      'location_id=loc_1&cursor=c2',
    ]);
  });

  it('is read no further than the caller goes', async () => {
    const { client, sent } = clientOf(page([{ id: 1 }], 'c2'));
    for await (const _key of eachItem(client.listKeys, {})) break;
    expect(sent).toHaveLength(1);
  });
});
