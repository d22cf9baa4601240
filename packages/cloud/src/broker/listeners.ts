// The sockets that boxes connect to. Small writes go out at once (no Nagle), and the backlog is
// long enough for a whole fleet that comes back at the same moment.

import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { listenFault } from '../platform/errors.ts';

/** Where to listen. Port 0 lets the system choose. */
export interface ListenerAddress {
  readonly host: string;
  readonly port: number;
  /** The setting that changes the port, for the message when it is taken. */
  readonly setting: string;
}

/** Certificate chain and private key, PEM. */
export interface ServerKeys {
  readonly certificate: string;
  readonly privateKey: string;
}

const backlog = 4_096;
const tlsHandshakeMs = 5_000;

/** What happens to connections: each is let in or refused at once, and used when it is ready. */
export interface ConnectionHandlers {
  /** A TCP connection was made. @returns whether it may stay; a refused one is destroyed already */
  readonly made: (socket: Socket) => boolean;
  /** It can be read from: at once, or after the TLS handshake. */
  readonly ready: (socket: Socket) => void;
}

/** A server for unencrypted connections. */
export function plainServer(handlers: ConnectionHandlers): Server {
  return createServer({ noDelay: true }, (socket) => {
    if (handlers.made(socket)) handlers.ready(socket);
  });
}

/** A server for TLS 1.3 connections. */
export function tlsServer(keys: ServerKeys, handlers: ConnectionHandlers): Server {
  const server = createTlsServer(
    {
      cert: keys.certificate,
      key: keys.privateKey,
      minVersion: 'TLSv1.3',
      noDelay: true,
      handshakeTimeout: tlsHandshakeMs,
    },
    handlers.ready,
  );
  server.prependListener('connection', handlers.made);
  // A peer that speaks no TLS, or breaks off: its socket is gone already and nobody needs to know.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return server;
}

/** @throws StartupFault `port-taken` with the way out */
export function listen(server: Server, address: ListenerAddress): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(listenFault(cause, address)));
    server.listen({ host: address.host, port: address.port, backlog }, () => resolve(server));
  });
}
