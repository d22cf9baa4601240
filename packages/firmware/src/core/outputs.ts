// Everything a box can ask of the world, as one union of orders. The order of the outputs of one step is a
// promise: the runtime carries them out one after another, flash writes synchronously, and does nothing
// after one that failed. Every power-cut argument of the core rests on that.

/**
 * The small values in flash, each at most 96 bytes and replaced atomically.
 * factory: box id and factory key · root: epoch and root key · recovery: recovery key · login: broker password ·
 * boot: hello block and random key · lockout: code tries · time-floor: Unix ms · log-key: next sequence and MAC key ·
 * log-acknowledged: end and hash · settings: what the cloud set · bins, bins-8, bins-15: what the log last said of
 * the doors and tags of seven bins each.
 */
export type RecordName =
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
  | 'bins-15';

export const RECORD_NAMES: readonly RecordName[] = [
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
];

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
  | ({ readonly kind: 'show' } & ShownScreen)
  | { readonly kind: 'sound'; readonly tone: Tone }
  /**
   * Make one connection to the broker, dropping an earlier one; report `link-changed` when subscribed, on
   * failure and on loss. The host never retries by itself: the core decides when to connect again.
   */
  | { readonly kind: 'connect'; readonly username: string; readonly password: string }
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
