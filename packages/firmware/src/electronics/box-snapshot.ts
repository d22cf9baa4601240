// What a person standing before the box could tell of it, and what a bench would read off it. The shape is
// the JSON of the control port and is documented in docs/run-simulated.md: names here do not change lightly.

export interface BinSnapshot {
  /** 1 is the first. */
  readonly bin: number;
  /** `released` while the bolt is drawn. */
  readonly latch: 'locked' | 'released';
  readonly door: 'open' | 'closed';
  /** Something holds the door shut. */
  readonly jammed: boolean;
  /** Number of the fob that hangs in the bin, hexadecimal. */
  readonly tag: string | null;
}

/** The main lock: `door` is the front of the whole box, as its sensor feels it. */
export type MainLockSnapshot = Pick<BinSnapshot, 'latch' | 'door' | 'jammed'>;

export interface NetworkSnapshot {
  /** The network that the box was installed with. */
  readonly link: 'up' | 'down';
  /** The connection, over whichever network. */
  readonly broker: 'connected' | 'disconnected';
  /** What the radio is joined to: home, or the phone that was entered at the keypad. */
  readonly joined: 'home' | 'second' | null;
  /** `jammed`: nothing is found and nothing joined. */
  readonly radio: 'clear' | 'jammed';
  /** Hotspots that were carried here, with what their phones show. */
  readonly hotspots: readonly { readonly name: string; readonly passphrase: string; readonly up: boolean }[];
}

export interface BoxSnapshot {
  /** Public name of the box, if the host knows it. */
  readonly boxId: string | null;
  readonly firmware: string;
  /** Whether the firmware runs: false without power, asleep, and for a moment while it starts again. */
  readonly running: boolean;
  /** Whether the box belongs to somebody: it has a root key. */
  readonly claimed: boolean;
  /** Milliseconds since the last start; 0 while it does not run. */
  readonly uptimeMs: number;
  /** Unix milliseconds of the box's clock chip; null if that was never set. */
  readonly boxTimeMs: number | null;
  readonly display: { readonly lines: readonly string[]; readonly lit: boolean };
  readonly bins: readonly BinSnapshot[];
  readonly mainLock: MainLockSnapshot;
  /** The keypad as printed, row by row: what `keys` in an input is made of. */
  readonly keys: readonly (readonly string[])[];
  readonly button: 'up' | 'down';
  readonly power: {
    readonly mains: boolean;
    readonly batteryPercent: number;
    /** Deep sleep on battery: the black button or mains ends it. */
    readonly asleep: boolean;
    /** What the last start followed. */
    readonly wokeBy: 'power' | 'button' | 'mains';
  };
  readonly network: NetworkSnapshot;
  /** Times that the sounder began to sound since the board exists. */
  readonly beeps: number;
}

/** What is printed on the keypad, and typed in scripted key strings. */
export const KEY_LEGEND: readonly (readonly string[])[] = [
  ['1', '2', '3'],
  ['4', '5', '6'],
  ['7', '8', '9'],
  ['*', '0', '#'],
  ['L'],
];
