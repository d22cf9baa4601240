// One box's line to the in-memory network: carries MQTT packets as values, each way in order and after the
// line's latency, and can be cut. A world that drops, delays or repeats single frames does so by `route`,
// which is asked for every PUBLISH; control packets fall only with the line.
import type { BoxId } from '@smartbox/protocol';
import type { Timer } from '../../ports/index.ts';

/** The MQTT 3.1.1 control packets that a box and its broker exchange. */
export type Packet =
  | {
      readonly kind: 'connect';
      readonly id: string;
      readonly user: string;
      readonly password: string;
      readonly keepAliveMs: number;
    }
  | { readonly kind: 'connack'; readonly accepted: boolean }
  | { readonly kind: 'subscribe'; readonly id: number; readonly topics: readonly string[] }
  | { readonly kind: 'suback'; readonly id: number; readonly codes: readonly number[] }
  | { readonly kind: 'publish'; readonly id: number; readonly topic: string; readonly payload: Uint8Array }
  | { readonly kind: 'puback'; readonly id: number }
  | { readonly kind: 'pingreq' | 'pingresp' | 'disconnect' };

/** A frame on its way, as `route` sees it. */
export interface Carried {
  readonly boxId: BoxId;
  readonly direction: 'up' | 'down';
  readonly frame: Uint8Array;
}

/**
 * What becomes of a frame: the extra delay of each copy that arrives, in milliseconds. `[0]` is a good
 * network, `[]` loses the frame, `[0, 50]` repeats it. Differing delays reorder.
 */
export type Route = (carried: Carried) => readonly number[];

/** `down`: the box sees that the cable is out. `silent`: packets vanish and nobody is told. */
export type LinkState = 'up' | 'down' | 'silent';

/** One end of a connection. */
export interface LinkEnd {
  receive(packet: Packet): void;
  /** The line went down under it. */
  broken(): void;
}

export class MemoryLink {
  readonly timer: Timer;
  readonly latencyMs: number;
  /** Whether the box at the near end has power: without it nothing is said, not even goodbye. */
  powered: () => boolean = () => true;
  #state: LinkState = 'up';
  readonly #boxEnds = new Set<LinkEnd>();

  constructor(timer: Timer, latencyMs: number) {
    this.timer = timer;
    this.latencyMs = latencyMs;
  }

  get state(): LinkState {
    return this.#state;
  }

  set state(state: LinkState) {
    this.#state = state;
    if (state === 'down') for (const end of [...this.#boxEnds]) end.broken();
  }

  get up(): boolean {
    return this.#state === 'up';
  }

  set up(up: boolean) {
    this.state = up ? 'up' : 'down';
  }

  /** Makes `end` hear when the line goes down. @returns how to stop */
  hold(end: LinkEnd): () => void {
    this.#boxEnds.add(end);
    return () => this.#boxEnds.delete(end);
  }

  /** Carries one packet to `end`, if the line is up when it leaves and when it arrives. */
  carry(packet: Packet, end: LinkEnd, extraMs = 0): void {
    if (!this.up) return;
    this.timer.set(() => {
      if (this.up) end.receive(packet);
    }, this.latencyMs + extraMs);
  }
}
