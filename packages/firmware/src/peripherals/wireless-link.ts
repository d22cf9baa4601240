// The way to the broker from the radio on: joins the network that is asked for, then lets the cloud link connect over
// it, within one deadline for both. Each connection joins anew, because a radio that believes to be joined to an
// access point that restarted is the commonest dead end of such boxes. A network that is lost takes the connection
// with it, and a connection that ends lets the network go.
import type { SecondNetwork } from '../core/index.ts';
import type {
  Timer,
  TimerHandle,
  WifiAccessPoint,
  WifiStation,
  WifiStationConstructor,
  WifiTrouble,
} from '../ports/index.ts';
import { CloudLink, type CloudLinkOptions } from './cloud-link.ts';

/** From the order to the network: a wrong passphrase takes a radio seconds to notice. */
const JOIN_TIMEOUT_MS = 10_000;
/** From the order to SUBACK; below the core's own patience of 20 s, so that its trouble has a name. */
const CONNECT_TIMEOUT_MS = 18_000;
const SCAN_TIMEOUT_MS = 12_000;

export interface WirelessLinkOptions extends Omit<CloudLinkOptions, 'onChange'> {
  readonly wifi: { readonly io: WifiStationConstructor };
  /** True when connected and subscribed; false when that failed, or is over, with the radio's trouble if it had one. */
  readonly onChange: (up: boolean, trouble?: WifiTrouble) => void;
  /** Answer to `scan`. */
  readonly onFound: (accessPoints: readonly WifiAccessPoint[]) => void;
}

interface Login {
  readonly username: string;
  readonly password: string;
}

export class WirelessLink {
  readonly #timer: Timer;
  readonly #onChange: WirelessLinkOptions['onChange'];
  readonly #onFound: WirelessLinkOptions['onFound'];
  readonly #station: WifiStation;
  readonly #link: CloudLink;
  /** Set while the network is being joined. */
  #login: Login | undefined;
  #joining: TimerHandle | undefined;
  #connecting: TimerHandle | undefined;
  #scanning: TimerHandle | undefined;

  constructor({ wifi, onChange, onFound, ...rest }: WirelessLinkOptions) {
    this.#timer = rest.timer;
    this.#onChange = onChange;
    this.#onFound = onFound;
    this.#link = new CloudLink({ ...rest, onChange: (up) => this.#changed(up) });
    this.#station = new wifi.io({
      onFound: (accessPoints) => this.#found(accessPoints),
      onJoined: () => this.#joined(),
      onTrouble: (trouble) => this.#end(trouble),
    });
  }

  /** Whether frames can be sent now. */
  get up(): boolean {
    return this.#link.up;
  }

  /** Makes one connection as box `username`, dropping an earlier one. @param network absent for home */
  connect(username: string, password: string, network?: SecondNetwork): void {
    this.disconnect();
    this.#login = { username, password };
    this.#joining = this.#timer.set(() => this.#end('not-in-reach'), JOIN_TIMEOUT_MS);
    this.#connecting = this.#timer.set(() => this.#end(undefined), CONNECT_TIMEOUT_MS);
    this.#station.join(network);
  }

  /** Ends the connection without a word, and lets the network go. */
  disconnect(): void {
    this.#login = undefined;
    this.#timer.clear(this.#joining);
    this.#timer.clear(this.#connecting);
    this.#link.disconnect();
    this.#station.leave();
  }

  /** Sends a frame if the link is up; one that is lost with the link is the sender's to send again. */
  send(frame: Uint8Array): void {
    this.#link.send(frame);
  }

  /** Looks which networks there are; always answered, in the worst case by none. */
  scan(): void {
    this.#timer.clear(this.#scanning);
    this.#scanning = this.#timer.set(() => this.#found([]), SCAN_TIMEOUT_MS);
    this.#station.scan();
  }

  close(): void {
    this.#timer.clear(this.#scanning);
    this.#scanning = undefined;
    this.disconnect();
    this.#station.close();
  }

  #found(accessPoints: readonly WifiAccessPoint[]): void {
    if (this.#scanning === undefined) return;
    this.#timer.clear(this.#scanning);
    this.#scanning = undefined;
    this.#onFound(accessPoints);
  }

  #joined(): void {
    const login = this.#login;
    if (login === undefined) return;
    this.#login = undefined;
    this.#timer.clear(this.#joining);
    this.#link.connect(login.username, login.password);
  }

  #changed(up: boolean): void {
    if (!up) {
      this.#end(undefined);
      return;
    }
    this.#timer.clear(this.#connecting);
    this.#onChange(true);
  }

  #end(trouble: WifiTrouble | undefined): void {
    this.disconnect();
    if (trouble === undefined) this.#onChange(false);
    else this.#onChange(false, trouble);
  }
}
