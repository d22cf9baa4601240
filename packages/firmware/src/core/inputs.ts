// Everything that can happen to a box, as one union of past events. Apart from the machines because the
// boards, the engines and the simulator build these values and must not know what the core does with them.
import type { RecordName } from './outputs.ts';

/** A key of the keypad. In scripted key strings `#` is enter, `*` clear and `L` language. */
export type Key = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | 'enter' | 'clear' | 'language';

/** What the board knows of the box's log when it has mounted the flash. */
export interface LogAtBoot {
  /** Oldest sequence still stored; `end + 1` when nothing is stored. */
  readonly first: number;
  /** Newest sequence ever stored, 0 when there was none. */
  readonly end: number;
  /** Chain hash of entry `end`: 16 bytes, all zero when `end` is 0. */
  readonly hash: Uint8Array;
  /** How many entries that are not released the log surely holds, whatever the sector boundaries. */
  readonly capacity: number;
  /** Body (32 bytes) of entry `end`; lets the core finish what a power cut left between two writes. */
  readonly lastBody?: Uint8Array;
}

export interface Supply {
  readonly mains: boolean;
  /** 0 to 100. */
  readonly batteryPercent: number;
}

/** A Wi-Fi network in reach. */
export interface FoundNetwork {
  /** SSID, at most 32 bytes of UTF-8. */
  readonly name: string;
  /** WPA2 or WPA3 with a passphrase. */
  readonly secured: boolean;
}

/** Why a Wi-Fi was not joined: it is not there, the passphrase is not its own, or it asks for none. */
export type JoinTrouble = 'not-in-reach' | 'wrong-passphrase' | 'not-secured';

/** What ended the sleep or the lack of power: power itself (or a restart), the small black button, mains. */
export type WokeBy = 'power' | 'button' | 'mains';

/** The first input after every start, once. */
export interface Booted {
  readonly kind: 'booted';
  /** 32 bytes of the hardware random source; may be weak, see `random.ts`. */
  readonly entropy: Uint8Array;
  readonly records: Readonly<Partial<Record<RecordName, Uint8Array>>>;
  readonly log: LogAtBoot;
  /** Bins 1 to `binCount` exist. */
  readonly binCount: number;
  /** Firmware version, at most 16 ASCII characters. */
  readonly firmware: string;
  /** Unix milliseconds of the real-time clock; absent when its oscillator stopped. */
  readonly rtcMs?: number;
  readonly supply: Supply;
  readonly wokeBy: WokeBy;
  /** Door switches, index 0 is bin 1. */
  readonly doorsOpen: readonly boolean[];
  /** The sensor of the main lock; absent on a board that has none. */
  readonly mainLockOpen?: boolean;
  /** What each bin's reader sees, 8 bytes or null, index 0 is bin 1. */
  readonly tags: readonly (Uint8Array | null)[];
}

/** A tag is always 8 bytes: the fob's UID left-aligned and zero padded. `nowMs` of step dates every input. */
export type BoxInput =
  | Booted
  | { readonly kind: 'key-pressed'; readonly key: Key }
  /** The small black button under the screen. */
  | { readonly kind: 'button-moved'; readonly down: boolean }
  | { readonly kind: 'door-moved'; readonly bin: number; readonly open: boolean }
  /** The sensor of the main lock changed. */
  | { readonly kind: 'main-lock-moved'; readonly open: boolean }
  /** A bin's own reader sees another tag than before, or none. */
  | { readonly kind: 'tag-sensed'; readonly bin: number; readonly tag: Uint8Array | null }
  /** A tag was held to the reader beside the screen. */
  | { readonly kind: 'fob-tapped'; readonly tag: Uint8Array }
  | ({ readonly kind: 'supply-measured' } & Supply)
  /**
   * `up`: connected and subscribed. `up: false`: the connection was lost or could not be made; `trouble` where that
   * is because the Wi-Fi was not joined. `entropy`: 16 bytes.
   */
  | {
      readonly kind: 'link-changed';
      readonly up: boolean;
      readonly entropy: Uint8Array;
      readonly trouble?: JoinTrouble;
    }
  /** Answer to `scan-networks`, the strongest first. */
  | { readonly kind: 'networks-found'; readonly networks: readonly FoundNetwork[] }
  | { readonly kind: 'frame-received'; readonly frame: Uint8Array }
  /** Answer to `read-log`: 48 bytes each (32 body, 16 MAC), consecutive from `first`, possibly fewer than asked. */
  | { readonly kind: 'log-read'; readonly first: number; readonly entries: readonly Uint8Array[] }
  /** The wake-up that the last step asked for is due. A spurious one is harmless. */
  | { readonly kind: 'woke' };
