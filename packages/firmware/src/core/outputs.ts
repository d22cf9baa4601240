// Everything a box can ask of the world, as one union of orders. The order of the outputs of one step is a
// promise: the runtime carries them out one after another, flash writes synchronously, and does nothing
// after one that failed. Every power-cut argument of the core rests on that.

/**
 * The small values in flash, each at most 96 bytes and replaced atomically.
 * factory: box id and factory key · root: epoch and root key · recovery: recovery key · login: broker password ·
 * boot: hello block and random key · lockout: code tries · time-floor: Unix ms · log-key: next sequence and MAC key ·
 * log-acknowledged: end and hash · settings: what the cloud set · bins, bins-8, bins-15: what the log last said of
 * the doors and tags of seven bins each · main-lock: the same of the main lock.
 */
type EverydayRecord =
  | 'factory'
  | 'root'
  | 'recovery'
  | 'login'
  | 'boot'
  | 'lockout'
  | 'time-floor'
  | 'log-key'
  | 'log-acknowledged'
  | 'settings'
  | 'bins'
  | 'bins-8'
  | 'bins-15'
  | 'main-lock';

/**
 * Records for the time without the cloud, in a partition of their own: they change rarely, and must not crowd the
 * slots that wear with every log entry.
 * emergency: version and rules · sheet, cells: key of the printed sheet, its next cells · booking-key · -before: what
 * was replaced, with the end of its grace · phone-key · authenticator: key and last step · offline-lockout,
 * phone-lockout: tries · used-bookings, cancelled: payloads, 23 each · second-network: a phone's hotspot.
 */
type EmergencyRecord =
  | 'emergency'
  | 'sheet'
  | 'sheet-before'
  | 'cells'
  | 'cells-before'
  | 'booking-key'
  | 'booking-key-before'
  | 'phone-key'
  | 'authenticator'
  | 'offline-lockout'
  | 'phone-lockout'
  | 'used-bookings'
  | 'used-bookings-24'
  | 'used-bookings-47'
  | 'cancelled'
  | 'cancelled-24'
  | 'cancelled-47'
  | 'second-network';

/** Names a record. */
export type RecordName = EverydayRecord | EmergencyRecord;

const EVERYDAY_RECORDS: readonly EverydayRecord[] = [
  'factory',
  'root',
  'recovery',
  'login',
  'boot',
  'lockout',
  'time-floor',
  'log-key',
  'log-acknowledged',
  'settings',
  'bins',
  'bins-8',
  'bins-15',
  'main-lock',
];

export const EMERGENCY_RECORDS: readonly EmergencyRecord[] = [
  'emergency',
  'sheet',
  'sheet-before',
  'cells',
  'cells-before',
  'booking-key',
  'booking-key-before',
  'phone-key',
  'authenticator',
  'offline-lockout',
  'phone-lockout',
  'used-bookings',
  'used-bookings-24',
  'used-bookings-47',
  'cancelled',
  'cancelled-24',
  'cancelled-47',
  'second-network',
];

export const RECORD_NAMES: readonly RecordName[] = [...EVERYDAY_RECORDS, ...EMERGENCY_RECORDS];

/** A Wi-Fi network that a person entered at the box. */
export interface SecondNetwork {
  /** SSID, at most 32 bytes of UTF-8. */
  readonly name: string;
  /** WPA2 passphrase, 8 to 60 characters. */
  readonly passphrase: string;
}

export type Tone = 'key' | 'granted' | 'refused' | 'reminder';

/** At most 4 lines of at most 24 columns, a full-width character counting 2; `lit` is the back light. */
export interface ShownScreen {
  readonly lines: readonly string[];
  readonly lit: boolean;
}

export type BoxOutput =
  /** At most 96 bytes, atomic under power cuts, the old value erased so that a retired key is gone. */
  | { readonly kind: 'save-record'; readonly record: RecordName; readonly bytes: Uint8Array }
  /** 64 bytes: 32 body, 16 chain hash, 16 MAC. `sequence` is always the end of the log plus one. */
  | { readonly kind: 'append-log'; readonly sequence: number; readonly entry: Uint8Array }
  /** Entries up to and including `through` are stored by the cloud and may be overwritten. */
  | { readonly kind: 'release-log'; readonly through: number }
  /** Answered by `log-read`, even when nothing is found. */
  | { readonly kind: 'read-log'; readonly first: number; readonly limit: number }
  | { readonly kind: 'release-bin'; readonly bin: number; readonly pulseMs: number }
  /** Only ever for a bin that the cloud names 0, on its own order and for service. */
  | { readonly kind: 'release-main-lock'; readonly pulseMs: number }
  | ({ readonly kind: 'show' } & ShownScreen)
  | { readonly kind: 'sound'; readonly tone: Tone }
  /**
   * Make one connection to the broker, dropping an earlier one; report `link-changed` when subscribed, on
   * failure and on loss. The host never retries by itself: the core decides when to connect again.
   * `network`: join this Wi-Fi first; absent for the network that the box was installed with.
   */
  | {
      readonly kind: 'connect';
      readonly username: string;
      readonly password: string;
      readonly network?: SecondNetwork;
    }
  /** Look which Wi-Fi networks there are; answered by `networks-found`, even when there is none. */
  | { readonly kind: 'scan-networks' }
  /**
   * Turn off all that draws power but what wakes the box: the small black button and mains coming back. RAM is
   * lost; the next input is `booted`. Always the last output of its step.
   */
  | { readonly kind: 'sleep' }
  /** Drop the connection; no `link-changed` is needed for it, a late one does no harm. */
  | { readonly kind: 'disconnect' }
  | { readonly kind: 'send-frame'; readonly frame: Uint8Array }
  | { readonly kind: 'set-rtc'; readonly timeMs: number }
  /** For the board's diagnostic log; `code` is a fixed word, never data. */
  | { readonly kind: 'note'; readonly level: 'info' | 'warn'; readonly code: string };

/** What one step gives back; `wakeAtMs` is monotonic like `nowMs`, undefined when nothing is waited for. */
export interface Step<State> {
  readonly state: State;
  readonly outputs: readonly BoxOutput[];
  readonly wakeAtMs: number | undefined;
}
