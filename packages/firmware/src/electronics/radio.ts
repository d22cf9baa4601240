// The air around a box: access points that come and go, the one that it was installed with, and noise in which
// nothing is heard at all. Behind the Wi-Fi port it is a station that takes a moment for everything, as a real one
// does; towards the host's MQTT client it is the answer to one question: how far do packets get now?
import type {
  Timer,
  TimerHandle,
  WifiAccessPoint,
  WifiNetwork,
  WifiStation,
  WifiStationConstructor,
  WifiStationOptions,
  WifiTrouble,
} from '../ports/index.ts';
import type { PowerRail } from './power-rail.ts';

/** The network that the box was installed with; its own line lies behind it. */
export interface HomeNetwork {
  readonly inReach: boolean;
  /** Calls `listener` after `inReach` may have changed. */
  watch(listener: () => void): void;
}

/** A phone that lends its connection, or any other access point. */
export interface Hotspot {
  readonly name: string;
  /** Empty for an open network. */
  readonly passphrase: string;
  readonly up: boolean;
  /** Whether a way to the internet lies behind it; true unless given. */
  readonly internet?: boolean;
}

/** How far packets get: over the home line as far as that goes, to the internet, to nowhere, not off the board. */
export type Reach = 'home' | 'internet' | 'nowhere' | 'nothing';

/** What a home network is called in a search. */
const HOME_NAME = 'Home';
const SCAN_MS = 900;
const JOIN_MS = 40;
/** A radio looks on every channel before it gives up, and waits for the fourth message of a handshake. */
const REFUSED_MS = 400;

export class Radio {
  readonly #timer: Timer;
  readonly #home: HomeNetwork;
  readonly #changed: () => void;
  readonly #hotspots = new Map<string, Hotspot>();
  readonly #stations = new Set<RadioStation>();
  #jammed = false;

  constructor(timer: Timer, home: HomeNetwork, changed: () => void) {
    this.#timer = timer;
    this.#home = home;
    this.#changed = changed;
    home.watch(() => this.#moved());
  }

  /** Nothing is found and nothing joined; what was joined is lost. */
  get jammed(): boolean {
    return this.#jammed;
  }

  set jammed(jammed: boolean) {
    this.#jammed = jammed;
    this.#moved();
  }

  /** Every hotspot that was ever carried here, in the order of their coming. */
  get hotspots(): readonly Hotspot[] {
    return [...this.#hotspots.values()];
  }

  /** Brings a hotspot here, changes it, or turns it off. */
  setHotspot(hotspot: Hotspot): void {
    this.#hotspots.set(hotspot.name, hotspot);
    this.#moved();
  }

  /** The network that the box is joined to now. */
  get joined(): 'home' | 'second' | null {
    for (const station of this.#stations) if (station.joined !== null) return station.joined;
    return null;
  }

  get reach(): Reach {
    for (const { joined, network } of this.#stations) {
      if (joined === 'home') return 'home';
      if (joined === 'second' && network !== undefined) {
        return this.#hotspots.get(network.name)?.internet === false ? 'nowhere' : 'internet';
      }
    }
    return 'nothing';
  }

  /** @returns the class of the board's station; without power it hears nothing */
  stationOn(rail: PowerRail): WifiStationConstructor {
    const radio = this;
    return class extends RadioStation {
      constructor(options: WifiStationOptions) {
        super({ radio, rail, timer: radio.#timer, changed: () => radio.#changed() }, options);
        radio.#stations.add(this);
      }
    };
  }

  /** For its stations. @returns what a search finds now, a nearer one first */
  inTheAir(): readonly WifiAccessPoint[] {
    if (this.#jammed) return [];
    const up = this.hotspots.filter((hotspot) => hotspot.up);
    const found = up.map(({ name, passphrase }) => ({ name, secured: passphrase !== '' }));
    return this.#home.inReach ? [...found, { name: HOME_NAME, secured: true }] : found;
  }

  /** For its stations. @returns why `network` cannot be joined now, undefined where it can */
  troubleWith(network: WifiNetwork | undefined): WifiTrouble | undefined {
    if (this.#jammed) return 'not-in-reach';
    if (network === undefined) return this.#home.inReach ? undefined : 'not-in-reach';
    const hotspot = this.#hotspots.get(network.name);
    if (hotspot?.up !== true) return 'not-in-reach';
    if (hotspot.passphrase === '') return 'not-secured';
    return hotspot.passphrase === network.passphrase ? undefined : 'wrong-passphrase';
  }

  /** For its stations. */
  forget(station: RadioStation): void {
    this.#stations.delete(station);
  }

  #moved(): void {
    for (const station of [...this.#stations]) station.look();
    this.#changed();
  }
}

interface Surroundings {
  readonly radio: Radio;
  readonly rail: PowerRail;
  readonly timer: Timer;
  readonly changed: () => void;
}

class RadioStation implements WifiStation {
  joined: 'home' | 'second' | null = null;
  network: WifiNetwork | undefined;
  readonly #surroundings: Surroundings;
  readonly #options: WifiStationOptions;
  readonly #detach: () => void;
  #alive: boolean;
  #joining: TimerHandle | undefined;
  #scanning: TimerHandle | undefined;

  constructor(surroundings: Surroundings, options: WifiStationOptions) {
    this.#surroundings = surroundings;
    this.#options = options;
    this.#alive = surroundings.rail.on;
    this.#detach = surroundings.rail.attach(() => this.close());
  }

  scan(): void {
    if (!this.#alive || this.#scanning !== undefined) return;
    const { radio, timer } = this.#surroundings;
    this.#scanning = timer.set(() => {
      this.#scanning = undefined;
      this.#options.onFound?.(radio.inTheAir());
    }, SCAN_MS);
  }

  join(network: WifiNetwork | undefined): void {
    this.leave();
    if (!this.#alive) return;
    const { radio, timer } = this.#surroundings;
    const delayMs = radio.troubleWith(network) === undefined ? JOIN_MS : REFUSED_MS;
    this.#joining = timer.set(() => this.#joinNow(network), delayMs);
  }

  leave(): void {
    this.#surroundings.timer.clear(this.#joining);
    this.#joining = undefined;
    this.#settle(null, undefined);
  }

  close(): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#surroundings.timer.clear(this.#scanning);
    this.leave();
    this.#detach();
    this.#surroundings.radio.forget(this);
  }

  /** Something in the air has changed. */
  look(): void {
    if (this.joined === null) return;
    const trouble = this.#surroundings.radio.troubleWith(this.network);
    if (trouble === undefined) return;
    this.leave();
    this.#joining = this.#surroundings.timer.set(() => this.#options.onTrouble?.(trouble), 0);
  }

  #joinNow(network: WifiNetwork | undefined): void {
    this.#joining = undefined;
    const trouble = this.#surroundings.radio.troubleWith(network);
    if (trouble !== undefined) {
      this.#options.onTrouble?.(trouble);
      return;
    }
    this.#settle(network === undefined ? 'home' : 'second', network);
    this.#options.onJoined?.();
  }

  #settle(joined: 'home' | 'second' | null, network: WifiNetwork | undefined): void {
    const before = this.joined;
    this.joined = joined;
    this.network = network;
    if (before !== joined) this.#surroundings.changed();
  }
}
