// Which box is on which connection, and how an answer is written to it. An answer and the PUBACK
// of the same turn leave in one write: two small ones would meet Nagle's algorithm and a delayed
// acknowledgement, which costs 40 ms.

import { type BoxId, downTopic } from '@smartbox/protocol';
import type { Client } from 'aedes';
import type { ConnectionRefusal } from '../platform/metrics.ts';
import { publishPacket } from './publish-packet.ts';

interface BoxConnection {
  readonly client: Client;
  readonly topic: string;
  packetId: number;
}

/** How much may wait for one box before its connection is cut. */
const slowReaderBytes = 64 * 1_024;

/** The connections of boxes that listen on their own topic. */
export class BoxConnections {
  readonly #byBox = new Map<BoxId, BoxConnection>();
  readonly #refused: (reason: ConnectionRefusal) => void;

  constructor(refused: (reason: ConnectionRefusal) => void) {
    this.#refused = refused;
  }

  /** The box has subscribed: from now on it can be sent frames. */
  add(boxId: BoxId, client: Client): void {
    this.#byBox.set(boxId, { client, topic: downTopic(boxId), packetId: 0 });
  }

  /** @returns whether this client was the one that the box was reached by */
  remove(boxId: BoxId, client: Client): boolean {
    return this.#byBox.get(boxId)?.client === client && this.#byBox.delete(boxId);
  }

  /** @returns false when the box is not connected */
  send(boxId: BoxId, frame: Uint8Array): boolean {
    const connection = this.#byBox.get(boxId);
    if (connection === undefined) return false;
    const { conn } = connection.client;
    if (conn.destroyed || !conn.writable) return false;
    if (conn.writableLength > slowReaderBytes) {
      this.#refused('slow-reader');
      conn.destroy();
      return false;
    }
    connection.packetId = (connection.packetId % 0xffff) + 1;
    conn.cork();
    conn.write(publishPacket(connection.topic, connection.packetId, frame));
    process.nextTick(() => conn.uncork());
    return true;
  }
}
