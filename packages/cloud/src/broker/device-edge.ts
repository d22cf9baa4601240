// Joins transport, inbound, outbound and the features' registrations: upwards the device port,
// downwards the transport's handlers. Whoever moves the frames (broker or simulated network) is
// handed in.

import { createHash, timingSafeEqual } from 'node:crypto';
import type { BoxId } from '@smartbox/protocol';
import type { BoxKeyring } from '../platform/box-keyring.ts';
import { createDeviceRegistry, type DevicePort, type DeviceRegistry } from '../platform/device-port.ts';
import type { DeviceTransport, DeviceTransportHandlers } from '../platform/device-transport.ts';
import { createInbound, type InboundPorts } from './inbound.ts';
import { createOutbound, type Outbound } from './outbound.ts';
import { createSessionTable, type SessionTable } from './session-table.ts';

/** What the edge is made of, before the features exist. */
export type DeviceEdgePorts = Omit<InboundPorts, 'keyring' | 'registry' | 'sessions' | 'outbound'> & {
  readonly transport: DeviceTransport;
};

/** The broker edge. */
export interface DeviceEdge {
  readonly port: DevicePort;
  /** Connects the transport; the features have registered by now. */
  start(keyring: BoxKeyring): Promise<void>;
  stop(): Promise<void>;
}

/** An edge over one transport. */
export function createDeviceEdge(ports: DeviceEdgePorts): DeviceEdge {
  const sessions = createSessionTable();
  const registry = createDeviceRegistry();
  const outbound = createOutbound({ ...ports, sessions });
  ports.metrics.gauge('connected_boxes', () => sessions.reachable().length);
  return {
    port: createDevicePort({ ...ports, sessions, registry, outbound }),
    start: (keyring) =>
      ports.transport.start(createHandlers({ ...ports, keyring, registry, sessions, outbound })),
    stop: () => ports.transport.stop(),
  };
}

function createDevicePort(
  parts: DeviceEdgePorts & {
    readonly sessions: SessionTable;
    readonly registry: DeviceRegistry;
    readonly outbound: Outbound;
  },
): DevicePort {
  const { sessions, outbound, commitGroup, registry } = parts;
  return {
    onMessage: registry.onMessage,
    onLogEntry: registry.onLogEntry,
    onExchangeHello: registry.onExchangeHello,
    dispatchLogEntry: registry.dispatchLogEntry,
    send(boxId, message) {
      const reachable = sessions.isReachable(boxId);
      if (reachable) commitGroup.afterCommit(() => void outbound.send(boxId, message));
      return reachable;
    },
    sendExchangeFrame: (boxId, frame) => {
      commitGroup.afterCommit(() => void outbound.sendFrame(boxId, frame));
      return sessions.isConnected(boxId);
    },
    endSession: (boxId) => commitGroup.afterCommit(() => sessions.end(boxId)),
    connectedBoxes: sessions.reachable,
  };
}

function createHandlers(ports: InboundPorts & { readonly keyring: BoxKeyring }): DeviceTransportHandlers {
  const inbound = createInbound(ports);
  return {
    authenticate(boxId, password) {
      try {
        return isLogin(ports.keyring.loginHashes(boxId), password);
      } catch (error) {
        ports.log.error({ boxId, err: error }, 'a login could not be checked');
        return false;
      }
    },
    frame: inbound.frame,
    connected: (boxId) => ports.sessions.setConnected(boxId, true),
    disconnected: (boxId) => disconnect(ports, boxId),
  };
}

function disconnect(ports: InboundPorts, boxId: BoxId): void {
  ports.sessions.setConnected(boxId, false);
  ports.commitGroup.enqueue(
    () => ports.events.publish('box-disconnected', { boxId }),
    (outcome) => {
      if (outcome.kind === 'failed')
        ports.log.error({ boxId, err: outcome.error }, 'a disconnection was not recorded');
    },
  );
}

// An unknown box is compared with a hash that no password has, so that its answer takes the same time.
const nobody = new Uint8Array(32);

function isLogin(hashes: readonly Uint8Array[], password: Uint8Array): boolean {
  const given = createHash('sha256').update(password).digest();
  let matches = false;
  for (const hash of hashes.length === 0 ? [nobody] : hashes) {
    if (hash.length === given.length && timingSafeEqual(hash, given)) matches = true;
  }
  return matches;
}
