// One box's line to the in-memory network, and the ways around it over a phone: carries MQTT packets as values, each way in order and after the
// line's latency, and can be cut. A world that drops, delays or repeats single frames does so by `route`,
// which is asked for every PUBLISH; control packets fall only with the line.
import type { BoxId } from '@smartbox/protocol';
import type { HomeNetwork, Reach } from '../../electronics/index.ts';
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

export class MemoryLink implements HomeNetwork {
  readonly timer: Timer;
  readonly latencyMs: number;
  /** Whether the box at the near end has power: without it nothing is said, not even goodbye. */
  powered: () => boolean = () => true;
  /** How far the box's radio gets; without one it is always at the end of this line. */
  reach: () => Reach = () => 'home';
  #state: LinkState = 'up';
  readonly #boxEnds = new Set<LinkEnd>();
  readonly #watchers = new Set<() => void>();

  constructor(timer: Timer, latencyMs: number) {
    this.timer = timer;
    this.latencyMs = latencyMs;
  }

  get state(): LinkState {
    return this.#state;
  }

  set state(state: LinkState) {
    this.#state = state;
    if (state === 'down' && this.reach() === 'home') for (const end of [...this.#boxEnds]) end.broken();
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** What becomes of packets now, over whichever network the box has joined. */
  get path(): LinkState {
    const reach = this.reach();
    if (reach === 'home') return this.#state;
    return reach === 'internet' ? 'up' : reach === 'nowhere' ? 'silent' : 'down';
  }

  get inReach(): boolean {
    return this.#state !== 'down';
  }

  watch(watcher: () => void): void {
    this.#watchers.add(watcher);
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

  /** Carries one packet to `end`, if there is a way when it leaves, and the line over which it goes holds. */
  carry(packet: Packet, end: LinkEnd, extraMs = 0): void {
    if (this.path !== 'up') return;
    const overHome = this.reach() === 'home';
    this.timer.set(() => {
      if (this.up || !overHome) end.receive(packet);
    }, this.latencyMs + extraMs);
  }
}
