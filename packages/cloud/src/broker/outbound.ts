// A message for a box to a sealed frame on its way. Nothing is queued here: what a box missed it
// learns again by its next contact, from the ledger or the settings.

import {
  type BoxId,
  type CryptoProvider,
  type DownMessage,
  encodeMessage,
  sealRecord,
} from '@smartbox/protocol';
import type { DeviceTransport } from '../platform/device-transport.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { SessionEntry, SessionTable } from './session-table.ts';

/** Sends to boxes. Call only after the commit of what is said. */
export interface Outbound {
  /** Seals a message under this session. @returns false when it could not be sent */
  sendSealed(entry: SessionEntry, message: DownMessage): boolean;
  /** Seals a message under the box's present session. @returns false when there is none */
  send(boxId: BoxId, message: DownMessage): boolean;
  /** Sends a handshake or exchange frame as it is. */
  sendFrame(boxId: BoxId, frame: Uint8Array): boolean;
}

/** Outbound over a transport. */
export function createOutbound(ports: {
  readonly crypto: CryptoProvider;
  readonly sessions: SessionTable;
  readonly transport: Pick<DeviceTransport, 'send'>;
  readonly metrics: Metrics;
  readonly log: Log;
}): Outbound {
  const { crypto, sessions, transport } = ports;

  const sendSealed = (entry: SessionEntry, message: DownMessage): boolean => {
    if (sessions.find(entry.boxId) !== entry) return false;
    const sealed = sealRecord(crypto, entry.session, encodeMessage(message));
    if (sealed.kind === 'refused') {
      ports.metrics.frameRefused(sealed.reason);
      sessions.end(entry.boxId);
      return false;
    }
    entry.session = sealed.session;
    ports.log.trace({ boxId: entry.boxId, device: message }, 'message to a box');
    return transport.send(entry.boxId, sealed.frame);
  };

  return {
    sendSealed,
    send(boxId, message) {
      const entry = sessions.find(boxId);
      return entry !== undefined && sessions.isReachable(boxId) && sendSealed(entry, message);
    },
    sendFrame: (boxId, frame) => transport.send(boxId, frame),
  };
}
