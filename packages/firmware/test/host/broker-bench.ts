// A real broker on the loopback address that takes one box and keeps what it sends: the far end of the Node
// host's tests.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Aedes } from 'aedes';

export interface BrokerBench {
  readonly url: string;
  /** Topics that were published to, in order. */
  readonly published: readonly string[];
  close(): Promise<void>;
}

export async function brokerBench(): Promise<BrokerBench> {
  const published: string[] = [];
  const broker = await Aedes.createBroker({
    authorizePublish: (_, packet, done) => {
      published.push(packet.topic);
      done(null);
    },
  });
  const server = createServer(broker.handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    published,
    close: async () => {
      await new Promise<void>((resolve) => broker.close(() => resolve()));
      server.close();
    },
  };
}
