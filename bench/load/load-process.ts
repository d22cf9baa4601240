// The process that plays the boxes, on a core of its own. It keeps one fleet per server, so that a whole section
// measures side by side without connecting anew.
import { answerAsks } from '../harness/asks.ts';
import { BenchError } from '../harness/bench-error.ts';
import { createPlainTalk } from '../peers/mosquitto-node/plain-talk.ts';
import type { Population } from '../seed/population.ts';
import { createBookingTalk } from './create-booking-talk.ts';
import { createCodeTalk } from './create-code-talk.ts';
import { createEchoTalk } from './echo-talk.ts';
import { type ConnectResult, createFleet, type Fleet } from './fleet.ts';
import { closedLoop, openLoop, type WindowResult } from './loops.ts';
import { createSealedTalk } from './sealed-talk.ts';
import type { Talk } from './talk.ts';

/** What the boxes of a fleet speak, and with that over what. */
export type FleetKind =
  | 'tcp'
  | 'aedes-echo'
  | 'mosquitto-hop'
  | 'plain'
  | 'sealed'
  | 'create-code'
  | 'create-booking';

/** One window of load. */
export interface WindowAsk {
  readonly fleet: string;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Processes that count as the server. */
  readonly watch: readonly number[];
}

/** What the process answers. */
export type LoadAsks = {
  /** Makes a fleet, unconnected. */
  readonly assemble: (options: {
    readonly fleet: string;
    readonly kind: FleetKind;
    readonly port: number;
    readonly population: Population;
    /** For callers of the API. */
    readonly token?: string;
  }) => void;
  /** Connects until `upTo` boxes are connected. */
  readonly connect: (options: {
    readonly fleet: string;
    readonly upTo: number;
    readonly atOnce: number;
    readonly greets: boolean;
  }) => Promise<ConnectResult>;
  readonly closed: (options: WindowAsk & { readonly inFlight: number }) => Promise<WindowResult>;
  readonly open: (options: WindowAsk & { readonly perSecond: number }) => Promise<WindowResult>;
  /** Cuts all connections; the fleet can connect again. */
  readonly cut: (options: { readonly fleet: string }) => void;
  readonly disband: (options: { readonly fleet: string }) => void;
};

const fleets = new Map<string, Fleet>();

function fleetNamed(name: string): Fleet {
  const fleet = fleets.get(name);
  if (fleet === undefined) throw new BenchError('no-figures', `there is no fleet ${name}`);
  return fleet;
}

type Assembly = Parameters<LoadAsks['assemble']>[0];

function talkOf({ kind, population, token = '' }: Assembly, box: number): Talk {
  switch (kind) {
    case 'sealed':
      return createSealedTalk(population, box);
    case 'plain':
      return createPlainTalk(population, box);
    case 'create-code':
      return createCodeTalk(population, box, token);
    case 'create-booking':
      return createBookingTalk(population, box, token);
    case 'mosquitto-hop':
      return createEchoTalk(box, 'hop');
    case 'aedes-echo':
      return createEchoTalk(box, 'hook');
    case 'tcp':
      return createEchoTalk(box, 'bare');
  }
}

function transportOf(kind: FleetKind): 'mqtt' | 'tcp' | 'http' {
  if (kind === 'tcp') return 'tcp';
  return kind === 'create-code' || kind === 'create-booking' ? 'http' : 'mqtt';
}

answerAsks({
  assemble(assembly) {
    const { fleet, kind, port } = assembly;
    const transport = transportOf(kind);
    fleets.set(fleet, createFleet({ port, transport, talkOf: (box) => talkOf(assembly, box) }));
  },
  connect: ({ fleet, ...options }) => fleetNamed(fleet).connect(options),
  closed: ({ fleet, ...options }) => closedLoop(fleetNamed(fleet), options),
  open: ({ fleet, ...options }) => openLoop(fleetNamed(fleet), options),
  cut: ({ fleet }) => fleetNamed(fleet).cut(),
  disband({ fleet }) {
    fleetNamed(fleet).cut();
    fleets.delete(fleet);
  },
} satisfies LoadAsks);
