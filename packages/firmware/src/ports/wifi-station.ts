// The radio as a Wi-Fi station, after the network interfaces of ECMA-419: joining and searching are asked for, and
// answered by a notice from the event loop. It keeps to networks that are secured: WPA2 or WPA3 with a passphrase,
// TKIP and WEP never. Every `join` has exactly one answer, `onJoined` or `onTrouble`, unless `leave`, `close` or a
// further `join` came before; after `onJoined` a loss is told once, by `onTrouble`. No notice comes after `close`.

/** What is to be joined. */
export interface WifiNetwork {
  /** SSID, at most 32 bytes of UTF-8. */
  readonly name: string;
  /** 8 to 63 characters. */
  readonly passphrase: string;
}

export interface WifiAccessPoint {
  readonly name: string;
  /** WPA2 or WPA3 with a passphrase. */
  readonly secured: boolean;
}

/** Why there is no network: none of this name, it does not take the passphrase, or it asks for none. */
export type WifiTrouble = 'not-in-reach' | 'wrong-passphrase' | 'not-secured';

export interface WifiStationOptions {
  /** The search is over: what was found, the strongest first; nothing where the radio is jammed. */
  readonly onFound?: (accessPoints: readonly WifiAccessPoint[]) => void;
  readonly onJoined?: () => void;
  /** The network could not be joined, or is lost. */
  readonly onTrouble?: (trouble: WifiTrouble) => void;
}

export interface WifiStation {
  /** Searches once; a search under way answers both. */
  scan(): void;
  /** Leaves what was joined and joins `network`, or the one that the box was installed with. */
  join(network: WifiNetwork | undefined): void;
  leave(): void;
  close(): void;
}

export interface WifiStationConstructor {
  new (options: WifiStationOptions): WifiStation;
}
