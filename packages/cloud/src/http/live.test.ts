// What only a real connection shows: live streams, and bytes that are no HTTP.

import { request as httpRequest, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpWorld } from '../../test/http-world.ts';
import { defineStream, type Route } from '../platform/route.ts';

type World = ReturnType<typeof createHttpWorld>;
let world: World;

async function listen(routes: readonly Route[] = []): Promise<number> {
  world = createHttpWorld({ routes });
  await world.http.listen({ port: 0, host: '127.0.0.1' });
  return (world.http.server.address() as AddressInfo).port;
}

afterEach(async () => {
  await world.http.close();
});

function follow(
  port: number,
  headers: Record<string, string> = {},
  path = '/v1/events/stream',
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { port, host: '127.0.0.1', path, headers: { authorization: `Bearer ${world.token}`, ...headers } },
      resolve,
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}

/** Reads from a stream until `wanted` has come. */
function until(incoming: IncomingMessage, wanted: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const take = (chunk: Buffer): void => {
      text += chunk.toString();
      if (!text.includes(wanted)) return;
      incoming.off('data', take);
      resolve(text);
    };
    incoming.on('data', take);
    incoming.once('close', () => reject(new Error(`closed after ${text}`)));
  });
}

const ended = (incoming: IncomingMessage): Promise<void> =>
  new Promise((resolve) => incoming.once('close', () => resolve()));

describe('a live stream', () => {
  it('sends events as they come and knows where its reader left off', async () => {
    const port = await listen();
    const incoming = await follow(port, { 'last-event-id': 'evt_7' });
    expect(incoming.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(incoming.headers['x-content-type-options']).toBe('nosniff');
    const [stream] = world.world.streams;
    expect(stream?.lastEventId).toBe('evt_7');
    const seen = until(incoming, '"name":"van"');
    expect(stream?.send({ id: 'evt_8', event: 'key.withdrawn', data: { name: 'van' } })).toBe(true);
    expect(await seen).toContain('id: evt_8\nevent: key.withdrawn\ndata: {"name":"van"}\n\n');
    incoming.destroy();
  });

  it('takes the place to resume from the query as well', async () => {
    const port = await listen();
    const incoming = await follow(port, {}, '/v1/events/stream?last_event_id=evt_3');
    expect(world.world.streams[0]?.lastEventId).toBe('evt_3');
    incoming.destroy();
  });

  it('keeps the connection alive by comments, and ends when its token was revoked', async () => {
    const port = await listen();
    const incoming = await follow(port);
    const alive = until(incoming, ': still here');
    world.ports.advance(15_000);
    await alive;
    const closed = ended(incoming);
    incoming.resume();
    for (const [id, token] of world.tokens) world.tokens.set(id, { ...token, revokedAtMs: 1 });
    world.ports.advance(15_000);
    await closed;
    expect(world.world.ended).toBe(1);
  });

  it('tells nothing more from the moment in which its token was revoked (SEC-17)', async () => {
    const port = await listen();
    const incoming = await follow(port);
    const closed = ended(incoming);
    let text = '';
    incoming.on('data', (chunk) => {
      text += String(chunk);
    });
    const [stream] = world.world.streams;
    for (const [id, token] of world.tokens) world.tokens.set(id, { ...token, revokedAtMs: 1 });
    expect(stream?.send({ id: 'evt_9', event: 'key.withdrawn', data: { name: 'van' } })).toBe(false);
    await closed;
    expect([text.includes('van'), world.world.ended]).toEqual([false, 1]);
  });

  it('drops a reader that does not keep up', async () => {
    const port = await listen();
    const incoming = await follow(port);
    incoming.pause();
    const [stream] = world.world.streams;
    const data = 'x'.repeat(64 * 1_024);
    let sent = 0;
    while (stream?.send({ id: `evt_${sent}`, event: 'note', data }) === true && sent < 10_000) sent += 1;
    expect(sent).toBeLessThan(10_000);
    expect(world.world.ended).toBe(1);
    incoming.destroy();
  });

  it('that ends while it is still being opened is let go of by its feature, once', async () => {
    let stops = 0;
    const brief = defineStream({
      ...{ url: '/v1/brief', permission: 'events:read', operationId: 'followBriefly', tag: 'events' },
      summary: 'Made up',
      open: (_call, stream) => {
        stream.close();
        return () => {
          stops += 1;
        };
      },
    });
    const incoming = await follow(await listen([brief]), {}, '/v1/brief');
    incoming.resume();
    await ended(incoming);
    expect(stops).toBe(1);
  });

  it('ends with the server, and its feature is told once', async () => {
    const port = await listen();
    const incoming = await follow(port);
    incoming.resume();
    const closed = ended(incoming);
    await world.http.close();
    await closed;
    expect(world.world.ended).toBe(1);
  });

  it('is refused to a token that has twenty already', async () => {
    const port = await listen();
    const open = await Promise.all(Array.from({ length: 20 }, () => follow(port)));
    const refused = await follow(port);
    expect([refused.statusCode, refused.headers['content-type']]).toEqual([
      429,
      'application/problem+json; charset=utf-8',
    ]);
    for (const incoming of [...open, refused]) incoming.destroy();
  });
});

describe('bytes that are no HTTP request', () => {
  it.each([
    ['nonsense', 'nonsense\r\n\r\n', '400', 'malformed-request'],
    [
      'headers of 20 KB',
      `GET / HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(20_000)}\r\n\r\n`,
      '431',
      'headers-too-large',
    ],
  ])('get a problem too: %s', async (_what, bytes, status, code) => {
    const port = await listen();
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(text));
    });
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(answer).toContain('application/problem+json');
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ code });
  });
});
