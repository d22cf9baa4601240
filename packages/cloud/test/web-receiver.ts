// A real web server on this machine that stands for the receiver of a webhook or for a push service: keeps what it is
// sent, and answers at once, or never while a test holds it.

import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A request as it came over the wire. */
export interface HeardRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A receiver that listens. */
export interface WebReceiver {
  readonly url: string;
  readonly port: number;
  readonly heard: HeardRequest[];
  /** Whether requests get no answer. */
  holds: boolean;
  /** Waits until so many requests were heard in all. */
  until(count: number): Promise<void>;
  stop(): void;
}

/** Where it listens, and how. */
export interface ReceiverPlace {
  readonly host?: string;
  /** 0 or nothing for any. */
  readonly port?: number;
  /** Certificate and key, PEM; without TLS where there is none. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

/** Starts one, on 127.0.0.1 unless told otherwise. */
export async function startWebReceiver(place: ReceiverPlace = {}): Promise<WebReceiver> {
  const { host = '127.0.0.1', tls } = place;
  const waiting = new Set<() => void>();
  const answer: RequestListener = (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      receiver.heard.push({ headers: request.headers, body: Buffer.concat(parts) });
      if (!receiver.holds) response.writeHead(204).end();
      for (const look of [...waiting]) look();
    });
  };
  const server = tls === undefined ? createServer(answer) : createTlsServer(tls, answer);
  await new Promise<void>((resolve) => server.listen(place.port ?? 0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: WebReceiver = {
    port,
    url: `${tls === undefined ? 'http' : 'https'}://${host}:${port}/hook`,
    heard: [],
    holds: false,
    until: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (receiver.heard.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}
