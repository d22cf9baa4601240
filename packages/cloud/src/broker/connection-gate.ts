// How many connections one network address may hold open, so that one of them cannot take all
// the places. Counted here and not in the broker, before a byte of a connection is read.

import type { Socket } from 'node:net';

/** Counts connections by address, and holds them so that they can be closed. */
export class ConnectionGate {
  readonly #limit: number;
  readonly #byAddress = new Map<string, number>();
  readonly #sockets = new Set<Socket>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Lets a connection in, or destroys it. @returns whether it may stay */
  enter(socket: Socket): boolean {
    const address = socket.remoteAddress ?? 'unknown';
    const open = this.#byAddress.get(address) ?? 0;
    if (open >= this.#limit) {
      socket.destroy();
      return false;
    }
    this.#byAddress.set(address, open + 1);
    this.#sockets.add(socket);
    socket.once('close', () => this.#leave(socket, address));
    return true;
  }

  /** Ends every connection. */
  closeAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #leave(socket: Socket, address: string): void {
    this.#sockets.delete(socket);
    const open = this.#byAddress.get(address) ?? 0;
    if (open > 1) this.#byAddress.set(address, open - 1);
    else this.#byAddress.delete(address);
  }
}
