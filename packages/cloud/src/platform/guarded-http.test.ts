// Real servers on this machine stand for the outside: the guard is told that some of its addresses are open.
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, it } from 'vitest';
import { FixedPorts } from '../../test/fixed-ports.ts';
import { createAddressGuard } from './address-guard.ts';
import { createGuardedHttp, type GuardedHttpPorts } from './guarded-http.ts';
import type { OutboundRequest } from './outbound-http.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}

/** A receiver on 127.0.0.1. @returns its port, and what was asked of it */
async function receiver(answer: RequestListener = (_request, response) => void response.end('ok')) {
  const heard: { readonly url: string; readonly host: string; readonly body: string }[] = [];
  const port = await listen(
    createServer((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += String(part);
      });
      request.on('end', () => {
        heard.push({ url: request.url ?? '', host: request.headers.host ?? '', body });
        answer(request, response);
      });
    }),
  );
  return { port, heard };
}

const request = (url: string): OutboundRequest => ({
  ...{ method: 'POST', url, headers: { 'content-type': 'text/plain' }, body: 'hello', timeoutMs: 1_000 },
});

function sender(change: Partial<GuardedHttpPorts> = {}, named: readonly string[] = ['127.0.0.1']) {
  const ports = new FixedPorts();
  const http = createGuardedHttp({ guard: createAddressGuard(named), timers: ports.timers, ...change });
  return { ports, http };
}

describe('a request that leaves the house', () => {
  it('reaches a receiver that the operator has named, and brings back its answer', async () => {
    const { port, heard } = await receiver((_request, response) => {
      response.writeHead(503, { 'retry-after': '7' });
      response.end('later');
    });
    const result = await sender().http.send(request(`http://127.0.0.1:${port}/hook?x=1`));
    expect(result).toEqual({
      ...{ kind: 'answered', status: 503, retryAfterSeconds: 7 },
      body: new Uint8Array(Buffer.from('later')),
    });
    expect(heard).toEqual([{ url: '/hook?x=1', host: `127.0.0.1:${port}`, body: 'hello' }]);
  });

  it.each([
    ['http://127.0.0.1:PORT/', 'private-address'],
    ['http://localhost:PORT/', 'private-address'],
    ['https://[::ffff:127.0.0.1]:PORT/', 'private-address'],
    ['http://2130706433:PORT/', 'private-address'],
    ['http://0x7f.1:PORT/', 'private-address'],
    ['http://127.1:PORT/', 'private-address'],
    ['http://0177.0.0.1:PORT/', 'private-address'],
    ['http://127.0.0.1.:PORT/', 'private-address'],
    ['http://１２７。０．０.1:PORT/', 'private-address'],
    ['http://0:PORT/', 'private-address'],
    ['https://[64:ff9b::7f00:1]:PORT/', 'private-address'],
    ['https://[::127.0.0.1]:PORT/', 'private-address'],
    ['https://169.254.169.254/latest/meta-data/', 'private-address'],
    ['http://8.8.8.8/', 'not-encrypted'],
    ['ftp://127.0.0.1:PORT/', 'bad-address'],
    ['http://user@127.0.0.1:PORT/', 'bad-address'],
    ['http://:password@127.0.0.1:PORT/', 'bad-address'],
    ['nonsense', 'bad-address'],
  ])('to %s does not leave: %s', async (url, reason) => {
    const { port, heard } = await receiver();
    const { http } = sender({}, []);
    expect(await http.send(request(url.replace('PORT', String(port))))).toEqual({ kind: 'refused', reason });
    expect(heard).toEqual([]);
  });

  it('does not follow a redirect to this machine', async () => {
    const inside = await receiver();
    const outside = await receiver((_request, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${inside.port}/secret` });
      response.end();
    });
    const result = await sender().http.send(request(`http://127.0.0.1:${outside.port}/`));
    expect(result).toMatchObject({ kind: 'answered', status: 307 });
    expect(inside.heard).toEqual([]);
  });

  it('goes to the address that was looked at, though the name changes its mind (DNS rebinding)', async () => {
    const { port, heard } = await receiver();
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    let asked = 0;
    const { http } = sender({ resolve: async () => answers[asked++] ?? [] });
    const url = `http://rebinds.example:${port}/`;
    expect(await http.send(request(url))).toMatchObject({ kind: 'answered', status: 200 });
    expect([asked, heard[0]?.host]).toEqual([1, `rebinds.example:${port}`]);
    expect(await http.send(request(url))).toEqual({ kind: 'refused', reason: 'private-address' });
    expect(heard).toHaveLength(1);
  });

  it('keeps a connection for the next one to the same address, and for no other (DNS rebinding)', async () => {
    const connections: (string | undefined)[] = [];
    const server = createServer((_request, response) => void response.end('ok'));
    server.on('connection', (socket) => connections.push(socket.localAddress));
    const port = await listen(server, '0.0.0.0');
    let address = '127.0.0.2';
    const { http } = sender({ resolve: async () => [address] }, ['127.0.0.0/8']);
    const send = () => http.send(request(`http://moves.example:${port}/`));
    for (let count = 0; count < 3; count++) expect(await send()).toMatchObject({ status: 200 });
    expect(connections).toEqual(['127.0.0.2']);
    address = '127.0.0.3';
    expect(await send()).toMatchObject({ status: 200 });
    expect(connections).toEqual(['127.0.0.2', '127.0.0.3']);
    http.close();
  });

  it('goes once more over a new connection when the kept one was hung up, and not a third time', async () => {
    let hangsUp = false;
    let asked = 0;
    const { port, heard } = await receiver((_request, response) => {
      asked += 1;
      if (hangsUp) response.destroy();
      else response.end('ok');
    });
    const { http } = sender();
    const send = () => http.send(request(`http://127.0.0.1:${port}/`));
    expect(await send()).toMatchObject({ kind: 'answered' });
    hangsUp = true;
    expect(await send()).toEqual({ kind: 'failed', reason: 'connection' });
    expect(asked).toBe(3);
    // Nothing is kept now: there is nothing to be hung up.
    expect(await send()).toEqual({ kind: 'failed', reason: 'connection' });
    expect([asked, new Set(heard.map(({ body }) => body)).size]).toEqual([4, 1]);
    http.close();
  });

  it('does not go once more when it was given up', async () => {
    const reached: (() => void)[] = [];
    const { port, heard } = await receiver((_request, response) => {
      const hang = reached.shift();
      if (hang === undefined) response.end('ok');
      else hang();
    });
    const { http, ports } = sender();
    const send = () => http.send(request(`http://127.0.0.1:${port}/`));
    expect(await send()).toMatchObject({ kind: 'answered' });
    const hangs = new Promise<void>((resolve) => reached.push(resolve));
    const result = send();
    await hangs;
    ports.advance(1_000);
    expect(await result).toEqual({ kind: 'failed', reason: 'timeout' });
    expect(await send()).toMatchObject({ kind: 'answered' });
    expect(heard).toHaveLength(3);
    http.close();
  });

  it('does not leave when one of several addresses of a name is closed', async () => {
    const { port, heard } = await receiver();
    const { http } = sender({ resolve: async () => ['127.0.0.1', '192.168.0.1'] });
    expect(await http.send(request(`http://both.example:${port}/`))).toEqual({
      ...{ kind: 'refused', reason: 'private-address' },
    });
    expect(heard).toEqual([]);
  });

  it('fails for a name that nobody has and for a port that nobody opened', async () => {
    const none = sender({ resolve: () => Promise.reject(new RangeError('ENOTFOUND')) });
    expect(await none.http.send(request('https://nowhere.example/'))).toEqual({
      ...{ kind: 'failed', reason: 'unknown-host' },
    });
    const { port } = await receiver();
    servers.splice(0)[0]?.close();
    expect(await sender().http.send(request(`http://127.0.0.1:${port}/`))).toEqual({
      ...{ kind: 'failed', reason: 'connection' },
    });
  });

  it('ends when a receiver hangs, and when the cloud stops', async () => {
    const reached: (() => void)[] = [];
    const { port } = await receiver(() => reached.shift()?.());
    const { http, ports } = sender();
    const hang = async () => {
      const heard = new Promise<void>((resolve) => reached.push(resolve));
      const result = http.send(request(`http://127.0.0.1:${port}/`));
      await heard;
      return { result };
    };
    const late = await hang();
    ports.advance(1_000);
    expect(await late.result).toEqual({ kind: 'failed', reason: 'timeout' });
    const open = await hang();
    http.close();
    expect(await open.result).toEqual({ kind: 'failed', reason: 'stopped' });
    expect(await http.send(request(`http://127.0.0.1:${port}/`))).toEqual({
      ...{ kind: 'failed', reason: 'stopped' },
    });
  });

  it('reads 4 KiB of an answer that never ends', async () => {
    const { port } = await receiver((_request, response) => {
      const flood = (): void => {
        while (response.write('x'.repeat(10_000)));
        response.once('drain', flood);
      };
      flood();
    });
    const result = await sender().http.send(request(`http://127.0.0.1:${port}/`));
    expect(result.kind === 'answered' && result.body.length).toBe(4_096);
  });

  it('takes a certificate for the name that was asked for and for no other (SEC-07)', async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'hooks.example' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'hooks.example' }] }],
    });
    const port = await listen(
      createTlsServer({ cert, key }, (_request, response) => void response.end('ok')),
    );
    const resolve = async () => ['127.0.0.1'];
    const { http } = sender({ resolve, authorities: [cert] });
    expect(await http.send(request(`https://hooks.example:${port}/`))).toMatchObject({
      ...{ kind: 'answered', status: 200 },
    });
    const unproven = { kind: 'refused', reason: 'certificate' };
    expect(await http.send(request(`https://other.example:${port}/`))).toEqual(unproven);
    expect(await sender({ resolve }).http.send(request(`https://hooks.example:${port}/`))).toEqual(unproven);
  });
});
