// Listens on a free loopback port, with a backlog that a herd of reconnecting boxes does not overflow.
import type { Server } from 'node:net';

/** What every server of the bench says when it is ready. */
export interface ServerReady {
  readonly port: number;
}

/** @returns the port */
export function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
