// Many boxes of one kind on one server: connects them, a bounded number at a time or all at once, and passes on
// who was answered. The loops drive it; it knows nothing of rates.
import { BenchError } from '../harness/bench-error.ts';
import { type BoxSocket, openBoxSocket } from './box-socket.ts';
import { openPlainSocket } from './plain-socket.ts';
import type { Talk } from './talk.ts';

/** How to make a fleet. */
export interface FleetOptions {
  readonly port: number;
  readonly transport: 'mqtt' | 'tcp' | 'http';
  /** Makes the talk of one box; called once for each, so that keys outlive a connection. */
  readonly talkOf: (box: number) => Talk;
}

/** How a crowd of connections came up, in milliseconds since the first was begun. */
export interface ConnectResult {
  readonly subscribedMs: number;
  readonly greetedMs: number;
  readonly failed: number;
}

/** Connected boxes. */
export interface Fleet {
  readonly size: number;
  /** Sends the next request of one box. */
  ask(box: number): void;
  /** Is told of every answer. */
  onAnswer: (box: number, right: boolean, atMs: number) => void;
  /** Connections that ended by themselves since the last {@link connect}. */
  lost(): number;
  /**
   * Connects the boxes from the number connected so far up to `upTo`.
   * @param atOnce how many may be on their way at a time
   */
  connect(options: {
    readonly upTo: number;
    readonly atOnce: number;
    readonly greets: boolean;
  }): Promise<ConnectResult>;
  /** Cuts every connection. */
  cut(): void;
}

const boxesPerAddress = 32;
/** A real box would try again by then. */
const patienceMs = 30_000;

/** An unconnected fleet. */
export function createFleet(options: FleetOptions): Fleet {
  const sockets: BoxSocket[] = [];
  const talks: Talk[] = [];
  let lost = 0;
  const open = (box: number, greets: boolean): Promise<{ subscribedAt: number; greetedAt: number }> =>
    new Promise((resolve, reject) => {
      let subscribedAt = 0;
      talks[box] ??= options.talkOf(box);
      const talk = talks[box];
      const patience = setTimeout(() => {
        reject(new BenchError('connection-lost', `box ${box} has no session after ${patienceMs} ms`));
      }, patienceMs);
      const connection = {
        port: options.port,
        localAddress: loopbackAddress(box),
        talk,
        onAnswer: (right: boolean, atMs: number) => fleet.onAnswer(box, right, atMs),
        onLost: () => void lost++,
      };
      const steps = {
        subscribed: () => {
          subscribedAt = performance.now();
        },
        greeted: () => {
          clearTimeout(patience);
          resolve({ subscribedAt, greetedAt: performance.now() });
        },
        failed: (error: BenchError) => {
          clearTimeout(patience);
          reject(error);
        },
      };
      sockets[box] =
        options.transport === 'mqtt'
          ? openBoxSocket({ ...connection, greets }, steps)
          : openPlainSocket({ ...connection, framing: options.transport }, steps);
    });
  const fleet: Fleet = {
    get size() {
      return sockets.length;
    },
    ask: (box) => sockets[box]?.ask(),
    onAnswer: () => undefined,
    lost: () => lost,
    async connect({ upTo, atOnce, greets }) {
      lost = 0;
      const first = sockets.length;
      const startedAt = performance.now();
      let next = first;
      let failed = 0;
      let subscribedAt = startedAt;
      let greetedAt = startedAt;
      const connectSome = async (): Promise<void> => {
        while (next < upTo) {
          try {
            const opened = await open(next++, greets);
            subscribedAt = Math.max(subscribedAt, opened.subscribedAt);
            greetedAt = Math.max(greetedAt, opened.greetedAt);
          } catch (error) {
            failed++;
            if (failed === 1) console.error(`  a box could not connect: ${String(error)}`);
          }
        }
      };
      await Promise.all(Array.from({ length: Math.min(atOnce, upTo - first) }, connectSome));
      return { subscribedMs: subscribedAt - startedAt, greetedMs: greetedAt - startedAt, failed };
    },
    cut() {
      for (const socket of sockets) socket.cut();
      sockets.length = 0;
    },
  };
  return fleet;
}

/** Boxes come from many loopback addresses, as they do from many sites: no limit per address is met. */
export function loopbackAddress(box: number): string {
  const address = Math.floor(box / boxesPerAddress);
  return `127.0.${1 + Math.floor(address / 250)}.${1 + (address % 250)}`;
}
