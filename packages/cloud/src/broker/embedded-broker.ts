// The MQTT broker inside the process, as a device transport. Boxes log in with client id and user
// name both equal to their box id, clean session, MQTT 3.1.1. The authoriser runs inside the
// publish hook, so a PUBACK is written only after the commit. Nothing here is trusted with more
// than availability: frames are sealed end to end.

import type { Server } from 'node:net';
import type { BoxId } from '@smartbox/protocol';
import type { Client } from 'aedes';
import type { DeviceTransport, DeviceTransportHandlers } from '../platform/device-transport.ts';
import type { Log } from '../platform/log.ts';
import type { ConnectionRefusal, Metrics } from '../platform/metrics.ts';
import { BoxConnections } from './box-connections.ts';
import { type LimitedSocket, limitBytes } from './byte-limiter.ts';
import { ConnectionGate } from './connection-gate.ts';
import {
  type ConnectionHandlers,
  type ListenerAddress,
  listen,
  plainServer,
  type ServerKeys,
  tlsServer,
} from './listeners.ts';
import { boxNamed, checkConnect, checkPublish, checkSubscribe } from './login-rules.ts';
import { QuietBroker } from './quiet-broker.ts';

/** Where the broker listens. At least one of the two. */
export interface EmbeddedBrokerOptions {
  /** Unencrypted: loopback and development only. */
  readonly plain?: ListenerAddress;
  /** Keys are asked for at the start: they may have to be made. */
  readonly tls?: ListenerAddress & { readonly keys: () => Promise<ServerKeys> };
  readonly connectionsPerAddress: number;
}

/** The broker with the ports that it got, for whoever asked for port 0. */
export interface EmbeddedBroker extends DeviceTransport {
  ports(): { readonly plain: number | undefined; readonly tls: number | undefined };
}

/** A broker that listens once it is started. */
export function createEmbeddedBroker(
  options: EmbeddedBrokerOptions,
  tools: { readonly log: Log; readonly metrics: Pick<Metrics, 'connectionRefused'> },
): EmbeddedBroker {
  const refused = (reason: ConnectionRefusal): void => tools.metrics.connectionRefused(reason);
  const connections = new BoxConnections(refused);
  const gate = new ConnectionGate(options.connectionsPerAddress);
  const servers: { plain?: Server; tls?: Server } = {};
  let broker: QuietBroker | undefined;

  const start = async (handlers: DeviceTransportHandlers): Promise<void> => {
    const started = createBroker(handlers, { connections, refused });
    broker = started;
    await started.listen();
    const door = createDoor(started, { gate, refused });
    if (options.plain !== undefined) servers.plain = await listen(plainServer(door), options.plain);
    if (options.tls !== undefined) {
      servers.tls = await listen(tlsServer(await options.tls.keys(), door), options.tls);
    }
    tools.log.info({ mqttPorts: ports() }, 'boxes can connect');
  };
  const ports = () => ({ plain: portOf(servers.plain), tls: portOf(servers.tls) });
  const stop = async (): Promise<void> => {
    const closing = [servers.plain, servers.tls].map((server) => closed(server));
    gate.closeAll();
    await Promise.all(closing);
    await new Promise<void>((resolve) => (broker === undefined ? resolve() : broker.close(resolve)));
  };
  return { start, stop, ports, send: (boxId, frame) => connections.send(boxId, frame) };
}

/** What the broker library knows of a client beside its own: who it proved to be. */
const boxOf = new WeakMap<Client, BoxId>();
const limitOf = new WeakMap<object, LimitedSocket>();

function createBroker(
  handlers: DeviceTransportHandlers,
  tools: { readonly connections: BoxConnections; readonly refused: (reason: ConnectionRefusal) => void },
): QuietBroker {
  const { connections, refused } = tools;
  const broker = new QuietBroker({
    preConnect: (_client, packet, answer) => {
      const reason = checkConnect(packet);
      if (reason !== undefined) refused(reason);
      answer(reason === undefined ? null : new RefusedByBroker(reason), reason === undefined);
    },
    authenticate: (client, username, password, answer) => {
      const boxId = boxNamed(username);
      const known =
        boxId !== undefined &&
        client.id === boxId &&
        handlers.authenticate(boxId, password ?? new Uint8Array());
      if (known) {
        boxOf.set(client, boxId);
        limitOf.get(client.conn)?.accepted();
      } else {
        refused('wrong-login');
      }
      answer(null, known);
    },
    authorizeSubscribe: (client, wanted, answer) => {
      const reason = checkSubscribe(boxOf.get(client), wanted);
      if (reason !== undefined) refused(reason);
      answer(null, reason === undefined ? wanted : null);
    },
    authorizePublish: (client, packet, answer) => {
      const boxId = client === null ? undefined : boxOf.get(client);
      const reason = checkPublish(boxId, packet);
      if (reason === undefined && boxId !== undefined) {
        handlers.frame(boxId, Uint8Array.from(bytesOf(packet.payload)), () => answer(null));
      } else {
        refused(reason ?? 'foreign-topic');
        answer(new RefusedByBroker(reason ?? 'foreign-topic'));
      }
    },
  });
  followConnections(broker, handlers, connections);
  broker.on('connectionError', () => refused('broken'));
  return broker;
}

function followConnections(
  broker: QuietBroker,
  handlers: DeviceTransportHandlers,
  connections: BoxConnections,
): void {
  const gone = (client: Client): void => {
    const boxId = boxOf.get(client);
    if (boxId !== undefined && connections.remove(boxId, client)) handlers.disconnected(boxId);
  };
  broker.on('subscribe', (wanted, client) => {
    const boxId = boxOf.get(client);
    if (boxId === undefined || client.closed) return;
    if (!wanted.some((one) => checkSubscribe(boxId, one) === undefined)) return;
    connections.add(boxId, client);
    handlers.connected(boxId);
  });
  broker.on('unsubscribe', (_topics, client) => gone(client));
  broker.on('clientDisconnect', gone);
}

/** Lets connections in: counted by address, then measured byte by byte on their way to the broker. */
function createDoor(
  broker: QuietBroker,
  tools: { readonly gate: ConnectionGate; readonly refused: (reason: ConnectionRefusal) => void },
): ConnectionHandlers {
  const { gate, refused } = tools;
  return {
    made: (socket) => {
      const entered = gate.enter(socket);
      if (!entered) refused('too-many-from-address');
      return entered;
    },
    ready: (socket) => {
      limitOf.set(socket, limitBytes(socket, refused));
      broker.handle(socket);
    },
  };
}

/** Handed to the broker library, which cuts the connection; never seen by anybody else. */
class RefusedByBroker extends Error {
  constructor(reason: ConnectionRefusal) {
    super(reason);
    this.name = 'RefusedByBroker';
  }
}

function bytesOf(payload: Buffer | string): Uint8Array {
  return typeof payload === 'string' ? Buffer.from(payload, 'utf8') : payload;
}

function portOf(server: Server | undefined): number | undefined {
  const address = server?.address();
  return typeof address === 'object' && address !== null ? address.port : undefined;
}

async function closed(server: Server | undefined): Promise<void> {
  if (server === undefined || !server.listening) return;
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
