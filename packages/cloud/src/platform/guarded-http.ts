// The only place from which the cloud sends requests to addresses that people typed. A name is resolved once, every
// address that it has must pass the guard, and the connection goes to the address that was looked at: a name that
// changes its mind in between (DNS rebinding) changes nothing. Redirects are not followed.

import { lookup } from 'node:dns/promises';
import { type ClientRequest, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
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

const systemResolve: Resolve = async (host) => {
  const found = await lookup(host, { all: true, order: 'ipv4first' });
  return found.map(({ address }) => address);
};

/** A sender behind the guard. */
export function createGuardedHttp(ports: GuardedHttpPorts): OutboundHttp {
  const open = new Set<() => void>();
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
        let sent: ClientRequest | undefined;
        const end = (result: OutboundResult): void => {
          settle(result);
          sent?.destroy();
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
          else sent = exchange(ports, { request, target, settle: end });
        });
      }),
    close: () => {
      stopped = true;
      for (const stop of [...open]) stop();
    },
  };
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

function exchange(
  ports: GuardedHttpPorts,
  about: {
    readonly request: OutboundRequest;
    readonly target: Target;
    readonly settle: (result: OutboundResult) => void;
  },
): ClientRequest {
  const { request, target, settle } = about;
  const { url, address } = target;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'https:';
  const sent = (secure ? tlsRequest : plainRequest)({
    host: address,
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    path: url.pathname + url.search,
    method: request.method,
    headers: { 'user-agent': 'SmartBox', ...request.headers, host: url.host },
    agent: false,
    ...(secure && isIP(host) === 0 ? { servername: host } : {}),
    ...(secure && ports.authorities !== undefined ? { ca: [...ports.authorities] } : {}),
  });
  sent.on('error', (error) => settle(failureOf(error)));
  // Nobody asked for another protocol; Node would say nothing at all.
  sent.on('upgrade', (_response, socket) => {
    socket.destroy();
    settle({ kind: 'failed', reason: 'connection' });
  });
  sent.on('response', (response) => {
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
      // Who answers with a flood has answered enough.
      if (length >= longestBodyBytes) done();
    });
    response.on('end', done);
    response.on('error', (error) => settle(failureOf(error)));
  });
  sent.end(request.body);
  return sent;
}

function failureOf(error: Error): OutboundResult {
  const code = 'code' in error ? String(error.code) : '';
  // A receiver whose certificate does not prove its name is somebody else until that is put right.
  const unproven = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ALTNAME/.test(code);
  return unproven ? { kind: 'refused', reason: 'certificate' } : { kind: 'failed', reason: 'connection' };
}
