// A real broker on the loopback address with the cloud's side of the protocol behind it: what a Node box needs to be
// claimed and to open bins, without the server.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { downTopic } from '@smartbox/protocol';
import { Aedes } from 'aedes';
import { CloudPeer } from '../core/cloud-peer.ts';
import { boxId } from '../core/memory-board.ts';

export interface CloudBench {
  readonly url: string;
  readonly peer: CloudPeer;
  close(): Promise<void>;
}

export async function cloudBench(): Promise<CloudBench> {
  const peer = new CloudPeer();
  const broker = await Aedes.createBroker({
    authorizePublish: (_, packet, done) => {
      done(null);
      for (const frame of peer.take(new Uint8Array(packet.payload as Buffer))) {
        const down = { cmd: 'publish', qos: 1, dup: false, retain: false } as const;
        broker.publish({ ...down, topic: downTopic(boxId), payload: Buffer.from(frame) }, () => {});
      }
    },
  });
  const server = createServer(broker.handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    peer,
    close: async () => {
      await new Promise<void>((resolve) => broker.close(() => resolve()));
      server.close();
    },
  };
}
