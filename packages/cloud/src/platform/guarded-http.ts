// The only place from which the cloud sends requests to addresses that people typed. A name is resolved once, every
// address that it has must pass the guard, and the connection goes to the address that was looked at: a name that
// changes its mind in between (DNS rebinding) changes nothing. Redirects are not followed. Connections are kept for a
// few seconds, each for the address that it goes to and the name that was proven there, and for no other.

import { lookup } from 'node:dns/promises';
import {
  type ClientRequest,
  type IncomingMessage,
  Agent as PlainAgent,
  request as plainRequest,
} from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { AddressGuard } from './address-guard.ts';
import type { Timers } from './clock.ts';
import type { OutboundHttp, OutboundRequest, OutboundResult } from './outbound-http.ts';

/** All addresses of a name. Rejects for a name that has none. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** What sending is made of. */
export interface GuardedHttpPorts {
  readonly guard: AddressGuard;
  readonly timers: Timers;
  /** The system's resolver unless given. */
  readonly resolve?: Resolve;
  /** Certificates to trust beside the system's, PEM. */
  readonly authorities?: readonly string[];
}

const longestBodyBytes = 4_096;
/** Shorter than the five seconds after which most servers hang up. */
const kept = { keepAlive: true, maxFreeSockets: 8, timeout: 4_000 } as const;

const systemResolve: Resolve = async (host) => {
  const found = await lookup(host, { all: true, order: 'ipv4first' });
  return found.map(({ address }) => address);
};

/** A sender behind the guard. */
export function createGuardedHttp(ports: GuardedHttpPorts): OutboundHttp {
  const open = new Set<() => void>();
  const agents: Agents = { plain: new PlainAgent(kept), secure: new TlsAgent(kept) };
  let stopped = false;
  return {
    send: (request) =>
      new Promise((resolve) => {
        const settle = (result: OutboundResult): void => {
          cancel();
          open.delete(stop);
          resolve(result);
        };
        const stop = (): void => end({ kind: 'failed', reason: 'stopped' });
        const late = (): void => end({ kind: 'failed', reason: 'timeout' });
        let giveUp = (): void => {};
        const end = (result: OutboundResult): void => {
          settle(result);
          giveUp();
        };
        const cancel = ports.timers.after(request.timeoutMs, late);
        open.add(stop);
        if (stopped) {
          stop();
          return;
        }
        void findTarget(ports, request.url).then((target) => {
          if (!open.has(stop)) return;
          if ('kind' in target) settle(target);
          else giveUp = exchange(ports, { request, target, agents, settle });
        });
      }),
    close: () => {
      stopped = true;
      for (const stop of [...open]) stop();
      agents.plain.destroy();
      agents.secure.destroy();
    },
  };
}

interface Agents {
  readonly plain: PlainAgent;
  readonly secure: TlsAgent;
}

interface Target {
  readonly url: URL;
  /** The address that was looked at. */
  readonly address: string;
}

async function findTarget(ports: GuardedHttpPorts, text: string): Promise<Target | OutboundResult> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.username + url.password !== '')
    return { kind: 'refused', reason: 'bad-address' };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await addressesOf(ports.resolve ?? systemResolve, host);
  const [address] = addresses;
  if (address === undefined) return { kind: 'failed', reason: 'unknown-host' };
  if (!addresses.every(ports.guard.passes)) return { kind: 'refused', reason: 'private-address' };
  if (url.protocol === 'http:' && !addresses.every(ports.guard.isNamed))
    return { kind: 'refused', reason: 'not-encrypted' };
  return { url, address };
}

async function addressesOf(resolve: Resolve, host: string): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  try {
    return await resolve(host);
  } catch {
    // Whatever the resolver's reason is: there is nowhere to go now.
    return [];
  }
}

interface Exchange {
  readonly request: OutboundRequest;
  readonly target: Target;
  readonly agents: Agents;
  readonly settle: (result: OutboundResult) => void;
}

/** @returns a function that gives up */
function exchange(ports: GuardedHttpPorts, about: Exchange): () => void {
  let over = false;
  const settle = (result: OutboundResult): void => {
    over = true;
    about.settle(result);
  };
  const begin = (mayReuse: boolean): ClientRequest => {
    const begun = dial(ports, about, mayReuse);
    begun.on('error', (error) => {
      if (over) return;
      // A kept connection that ends without an answer was mostly hung up before we spoke: once more, over a new one. A
      // receiver of webhooks knows the same again by its id.
      if (mayReuse && begun.reusedSocket && isHangUp(error)) sent = begin(false);
      else settle(failureOf(error));
    });
    // Nobody asked for another protocol; Node would say nothing at all.
    begun.on('upgrade', (_response, socket) => {
      socket.destroy();
      settle({ kind: 'failed', reason: 'connection' });
    });
    begun.on('response', (response) => read(response, settle));
    begun.end(about.request.body);
    return begun;
  };
  let sent = begin(true);
  return () => {
    over = true;
    sent.destroy();
  };
}

function dial(
  ports: GuardedHttpPorts,
  { request, target: { url, address }, agents }: Exchange,
  mayReuse: boolean,
): ClientRequest {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'https:';
  return (secure ? tlsRequest : plainRequest)({
    host: address,
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    path: url.pathname + url.search,
    method: request.method,
    headers: { 'user-agent': 'SmartBox', ...request.headers, host: url.host },
    agent: mayReuse && (secure ? agents.secure : agents.plain),
    ...(secure && isIP(host) === 0 ? { servername: host } : {}),
    ...(secure && ports.authorities !== undefined ? { ca: [...ports.authorities] } : {}),
  });
}

function read(response: IncomingMessage, settle: (result: OutboundResult) => void): void {
  const parts: Buffer[] = [];
  let length = 0;
  const done = (): void => {
    const after = Number(response.headers['retry-after']);
    settle({
      kind: 'answered',
      status: response.statusCode ?? 0,
      retryAfterSeconds: Number.isFinite(after) ? after : undefined,
      body: new Uint8Array(Buffer.concat(parts).subarray(0, longestBodyBytes)),
    });
  };
  response.on('data', (part: Buffer) => {
    parts.push(part);
    length += part.length;
    if (length < longestBodyBytes) return;
    // Who answers with a flood has answered enough.
    done();
    response.destroy();
  });
  response.on('end', done);
  response.on('error', (error) => settle(failureOf(error)));
}

function isHangUp(error: Error): boolean {
  return 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

function failureOf(error: Error): OutboundResult {
  const code = 'code' in error ? String(error.code) : '';
  // A receiver whose certificate does not prove its name is somebody else until that is put right.
  const unproven = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ALTNAME/.test(code);
  return unproven ? { kind: 'refused', reason: 'certificate' } : { kind: 'failed', reason: 'connection' };
}
