// A provider of text messages on a real port of this machine, speaking the API that Twilio made: it checks the login and
// the form, delivers to phones, and answers what a test tells it to. Also its error forms are as documented there.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the provider does with one request instead of taking it. */
export type Mishap =
  | { readonly status: number; readonly code?: number; readonly retryAfter?: string; readonly page?: string }
  | 'silence'
  | 'hang-up'
  | { readonly redirect: string };

/** A running provider. */
export interface TextProvider {
  readonly url: string;
  readonly account: string;
  readonly token: string;
  readonly from: string;
  /** What stands on the phones, the newest last. */
  readonly arrived: { readonly to: string; readonly from: string; readonly body: string }[];
  /** What happens to the next requests. */
  readonly mishaps: Mishap[];
  /** What it says of a message later; `delivered` unless set. */
  readonly later: Map<string, { readonly status: string; readonly error_code: number | null }>;
  /** Requests so far: method and path. */
  readonly seen: string[];
  close(): Promise<void>;
}

const account = `AC${'0'.repeat(31)}1`;
const token = 'token of the test';
const from = '+81500000001';

/** Starts one. */
export async function startTextProvider(): Promise<TextProvider> {
  const arrived: TextProvider['arrived'] = [];
  const mishaps: Mishap[] = [];
  const later: TextProvider['later'] = new Map();
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    void answer({ arrived, mishaps, later }, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    ...{ account, token, from, arrived, mishaps, later, seen },
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  { arrived, mishaps, later }: Pick<TextProvider, 'arrived' | 'mishaps' | 'later'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const form = new URLSearchParams(await readAll(request));
  const say = (status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const fault = (status: number, code: number, message: string): void =>
    say(status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });
  const mishap = mishaps.shift();
  if (mishap === 'silence') return;
  if (mishap === 'hang-up') {
    request.socket.destroy();
    return;
  }
  if (mishap !== undefined && 'redirect' in mishap) {
    response.writeHead(307, { location: mishap.redirect }).end();
    return;
  }
  if (mishap !== undefined) {
    if (mishap.retryAfter !== undefined) response.setHeader('retry-after', mishap.retryAfter);
    if (mishap.page === undefined) fault(mishap.status, mishap.code ?? 20_000, 'as the test wished');
    else response.writeHead(mishap.status, { 'content-type': 'text/html' }).end(mishap.page);
    return;
  }
  const login = `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`;
  if (request.headers.authorization !== login) return fault(401, 20_003, 'Authenticate');
  const base = `/2010-04-01/Accounts/${account}/Messages`;
  const [, one] = new RegExp(`^${base}/(SM\\d+)\\.json$`).exec(request.url ?? '') ?? [];
  if (request.method === 'GET' && one !== undefined)
    return say(200, { sid: one, ...(later.get(one) ?? { status: 'delivered', error_code: null }) });
  if (request.method !== 'POST' || request.url !== `${base}.json`) return fault(404, 20_404, 'Not found');
  const [to, sender, body] = [form.get('To'), form.get('From'), form.get('Body')];
  if (to === null || !/^\+[1-9]\d{6,14}$/.test(to)) return fault(400, 21_211, "Invalid 'To' Phone Number");
  if (sender !== from) return fault(400, 21_606, 'The From phone number is not yours');
  if (body === null || body === '') return fault(400, 21_602, 'Message body is required');
  arrived.push({ to, from: sender, body });
  say(201, { sid: `SM${arrived.length}`, status: 'queued', error_code: null, error_message: null });
}

async function readAll(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
