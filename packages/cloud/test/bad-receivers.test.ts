// Receivers of webhooks as the world has them, over real sockets: they hang, drip, lead elsewhere, lie about their
// name or are no more. The ledger's time moves by hand; only the sockets are real.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAddressGuard } from '../src/platform/address-guard.ts';
import { createGuardedHttp } from '../src/platform/guarded-http.ts';
import type { OutboundHttp } from '../src/platform/outbound-http.ts';
import { createFeaturesWorld } from './features-world.ts';
import { FixedPorts } from './fixed-ports.ts';
import { createNoticeDesk } from './notice-desk.ts';
import { startWebReceiver, type WebReceiver } from './web-receiver.ts';

const patienceMs = 10_000;

let well: WebReceiver;
let inside: WebReceiver;
let desk: ReturnType<typeof createNoticeDesk>;
let outboundHttp: OutboundHttp;
let ports: FixedPorts;
const servers: Server[] = [];
const sockets = new Set<Socket>();
/** What names mean; 127.0.0.2 where nothing else is said. */
const addresses = new Map<string, readonly string[]>();

beforeEach(async () => {
  ports = new FixedPorts();
  addresses.clear();
  well = await startWebReceiver({ host: '127.0.0.2' });
  inside = await startWebReceiver();
  // 127.0.0.2 stands for the Internet; 127.0.0.1 is this machine, where nothing may go.
  outboundHttp = createGuardedHttp({
    guard: createAddressGuard(['127.0.0.2']),
    timers: ports.timers,
    resolve: async (host) => addresses.get(host) ?? ['127.0.0.2'],
  });
  desk = createNoticeDesk(createFeaturesWorld({ ports, outboundHttp }));
});

afterEach(() => {
  desk.stop();
  outboundHttp.close();
  for (const receiver of [well, inside]) receiver.stop();
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve));
  return (server.address() as AddressInfo).port;
}

const web = (answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> =>
  listen(createServer(answer));
const raw = (speak: (socket: Socket) => void): Promise<number> =>
  listen(createTcpServer((socket) => void socket.once('data', () => speak(socket))));

/** Sends something small for ever, as often as the other side reads it. */
function drip(stream: Socket | ServerResponse, drop: string): void {
  const again = (): void => {
    if (stream.destroyed) return;
    stream.write(drop, () => setImmediate(again));
  };
  again();
}

const receivers: Readonly<Record<string, () => Promise<number>>> = {
  hangs: () => web(() => {}),
  'says yes and then drips': () =>
    web((_request, response) => {
      response.writeHead(200);
      response.flushHeaders();
      response.write('x');
    }),
  'drips headers without an end': () =>
    raw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      drip(socket, 'x-more: and more\r\n');
    }),
  'promises an answer for ever': () => raw((socket) => drip(socket, 'HTTP/1.1 103 Early Hints\r\n\r\n')),
  'redirects to this machine': () =>
    web((_request, response) => void response.writeHead(308, { location: inside.url }).end()),
  'redirects to itself': () =>
    web((request, response) => void response.writeHead(302, { location: request.url }).end()),
  'cuts the connection': () => raw((socket) => void socket.resetAndDestroy()),
  'cuts its answer short': () =>
    raw((socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort')),
  'speaks no HTTP': () => raw((socket) => void socket.end('220 mail.example.jp ESMTP\r\n')),
  'changes the protocol': () =>
    raw(
      (socket) =>
        void socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
    ),
  'asks for a thousand years': () =>
    web((_request, response) => void response.writeHead(503, { 'retry-after': '31536000000' }).end()),
  'is no more': () => web((_request, response) => void response.writeHead(410).end()),
};

/** Has what happens to the power told to a webhook. */
function hook(address: string): string {
  const channel = desk.channel({ kind: 'webhook', address });
  desk.rule(['power'], [channel]);
  return String(channel.id);
}

function happen(): void {
  desk.depot.box.write('mains-lost');
  desk.depot.box.report();
}

/** Waits, while sockets do what they do, until so many deliveries have had an attempt. */
async function tried(count: number): Promise<void> {
  while (desk.deliveries().filter(({ attempts }) => attempts !== 0).length < count) await desk.settle();
}

describe('a receiver that', () => {
  it.each([
    ['hangs', 'timeout', 'pending'],
    ['says yes and then drips', 'timeout', 'pending'],
    ['drips headers without an end', 'connection', 'pending'],
    ['promises an answer for ever', 'timeout', 'pending'],
    ['redirects to this machine', 'redirected', 'pending'],
    ['redirects to itself', 'redirected', 'pending'],
    ['cuts the connection', 'connection', 'pending'],
    ['cuts its answer short', 'connection', 'pending'],
    ['speaks no HTTP', 'connection', 'pending'],
    ['changes the protocol', 'connection', 'pending'],
    ['asks for a thousand years', 'refused-by-receiver', 'pending'],
    ['is no more', 'gone', 'held'],
  ])('%s has failed (%s), keeps what it is owed, and nobody waits for it', async (how, reason, state) => {
    const bad = hook(`http://bad.example:${await receivers[how]?.()}/hook`);
    hook(well.url);
    happen();
    await tried(1);
    expect(well.heard).toHaveLength(1);
    while (sockets.size === 0) await desk.settle();
    if (reason === 'timeout') ports.advance(patienceMs);
    await tried(2);
    const [delivery] = desk.deliveries({ channel_id: bad });
    expect(desk.results(delivery?.id)).toMatchObject([{ attempt: 1, outcome: reason }]);
    expect(delivery).toMatchObject({ state, sequence: 1 });
    expect(inside.heard).toEqual([]);
    if (state === 'held') return;
    const waitMs = Date.parse(String(delivery?.next_attempt_at)) - ports.nowMs;
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(24 * 3_600_000);
  });

  it('moves its name to this machine (DNS rebinding) gets nothing there, and all of it when it is back', async () => {
    const outside = await startWebReceiver({ host: '127.0.0.2', port: inside.port });
    hook(`http://moves.example:${inside.port}/hook`);
    happen();
    await tried(1);
    addresses.set('moves.example', ['127.0.0.1']);
    happen();
    await tried(2);
    expect(desk.results(desk.deliveries()[0]?.id)).toMatchObject([{ outcome: 'private-address' }]);
    expect([outside.heard.length, inside.heard.length]).toEqual([1, 0]);
    addresses.set('moves.example', ['127.0.0.2']);
    ports.advance(10_000);
    while (desk.deliveries().some((one) => one.state === 'pending')) await desk.settle();
    expect(outside.heard.map(({ body }) => JSON.parse(body.toString('utf8')).sequence)).toEqual([1, 2]);
    expect(inside.heard).toEqual([]);
    outside.stop();
  });

  it('has one address outside and one in here is not asked at either', async () => {
    addresses.set('both.example', ['127.0.0.2', '127.0.0.1']);
    const both = hook(`http://both.example:${well.port}/hook`);
    happen();
    await tried(1);
    const [delivery] = desk.deliveries({ channel_id: both });
    expect(desk.results(delivery?.id)).toMatchObject([{ outcome: 'private-address' }]);
    expect([well.heard.length, inside.heard.length]).toEqual([0, 0]);
  });
});
