// Starts the servers that are compared, each with a fleet of boxes on it. What differs between them is here; how
// they are loaded and what is asked of their figures is the sections' business.
import type { FleetKind, LoadAsks } from '../load/load-process.ts';
import type { PlainServiceSettings } from '../peers/mosquitto-node/service.ts';
import type { Population } from '../seed/population.ts';
import type { Bench } from './bench.ts';
import { BenchError } from './bench-error.ts';
import type { Child } from './child.ts';
import type { ServerReady } from './listen.ts';
import { names } from './names.ts';

/** A server with boxes to load it. */
export interface Loaded {
  readonly fleet: string;
  readonly kind: FleetKind;
  readonly port: number;
  /** Its processes. */
  readonly watch: readonly number[];
  stop(): Promise<void>;
  /** Frees garbage, where the server was started with a flag that allows it. */
  collectGarbage(): Promise<void>;
}

/** What servers that can be told to collect garbage answer. */
export type CollectAsks = { readonly collect: () => void };

/** Node flags of a server. */
export type ServerFlags = { readonly nodeFlags?: readonly string[] };

/** The handle of a server that is one Node process. */
export function loadedProcess(
  server: Child<CollectAsks>,
  is: { readonly fleet: string; readonly kind: FleetKind; readonly port: number },
): Loaded {
  return {
    ...is,
    watch: [server.pid],
    stop: server.stop,
    collectGarbage: () => server.ask('collect', undefined as never),
  };
}

/** TCP echo: the floor of everything. */
export async function startTcpEcho(bench: Bench): Promise<Loaded> {
  const server = await bench.server<CollectAsks>(new URL('../floors/tcp-echo.ts', import.meta.url));
  return loadedProcess(server, { fleet: names.tcp, kind: 'tcp', port: portOf(server.ready) });
}

/** Bare aedes that echoes in its publish hook. */
export async function startAedesEcho(bench: Bench, flags: ServerFlags = {}): Promise<Loaded> {
  const file = new URL('../floors/aedes-echo.ts', import.meta.url);
  const server = await bench.server<CollectAsks>(file, undefined, flags);
  return loadedProcess(server, { fleet: names.aedes, kind: 'aedes-echo', port: portOf(server.ready) });
}

/** Mosquitto alone: a box hears what it said itself. */
export async function startMosquittoHop(bench: Bench): Promise<Loaded> {
  const broker = await bench.mosquitto();
  return {
    fleet: names.hop,
    kind: 'mosquitto-hop',
    port: broker.port,
    watch: [broker.pid],
    stop: broker.stop,
    collectGarbage: async () => undefined,
  };
}

/** The plain peer: Mosquitto and a Node service that authorises in clear text. */
export async function startPlainPeer(bench: Bench, population: Population): Promise<Loaded> {
  const broker = await bench.mosquitto();
  const settings: PlainServiceSettings = {
    brokerPort: broker.port,
    path: bench.scratch.path('plain.db'),
    population,
  };
  const service = await bench.server(
    new URL('../peers/mosquitto-node/service.ts', import.meta.url),
    settings,
  );
  return {
    fleet: names.peer,
    kind: 'plain',
    port: broker.port,
    watch: [broker.pid, service.pid],
    stop: async () => void (await Promise.all([broker.stop(), service.stop()])),
    collectGarbage: async () => undefined,
  };
}

/** Starts the process that plays the boxes. */
export function startLoad(bench: Bench): Promise<Child<LoadAsks>> {
  return bench.onLoadCore<LoadAsks>(new URL('../load/load-process.ts', import.meta.url));
}

/** Puts the first `boxes` boxes of the population on a server. */
export async function connectFleet(
  load: Child<LoadAsks>,
  { fleet, kind, port }: Loaded,
  { population, boxes }: { readonly population: Population; readonly boxes: number },
): Promise<void> {
  await load.ask('assemble', { fleet, kind, port, population });
  const { failed } = await load.ask('connect', {
    fleet,
    upTo: boxes,
    atOnce: 50,
    greets: kind === 'sealed' || kind === 'exchange',
  });
  if (failed > 0) throw new BenchError('connection-lost', `${failed} of ${boxes} boxes of ${fleet}`);
}

/** The port that a server said when it was ready. */
export function portOf(ready: unknown): number {
  return (ready as ServerReady).port;
}
