// A grant: the cloud's permission to open one bin once, and how far it got. What a box does with it
// is told by the box's log alone. Grant given, lock about to fire, door open, door closed: four facts.
// Pure: a state, one entry of the log, the next state.

import type { LogEntry } from '@smartbox/protocol';

/**
 * `granted`: the answer may be on its way. `intended`: the box wrote OPEN_INTENT. `void`: the box's log
 * went past it, so it can never open anything.
 */
export type GrantState = 'granted' | 'intended' | 'opened' | 'closed' | 'void';

/** What a grant is for; `service`: opened by an administrator, whatever the bin holds. */
export type Purpose = 'withdraw' | 'return' | 'service';

/** One grant. */
export interface Grant {
  /** What the box knows it by: 1 and up, per box. */
  readonly reference: number;
  /** The box's nonce that it answers. */
  readonly request: Uint8Array;
  /** 0 for the main lock. */
  readonly bin: number;
  readonly purpose: Purpose;
  /** The key that it is about; null for service. */
  readonly keyId: string | null;
  /** The code that asked; null for a fob, for a person and for service. */
  readonly codeId: string | null;
  /** Who asked by ID code or badge, or ordered it from afar; null where nobody is known. */
  readonly personId: string | null;
  readonly state: GrantState;
  readonly grantedAtMs: number;
}

/** A log entry's effect on the grant that it names. */
export interface Advance {
  readonly state: GrantState;
  /** The box acted on a grant that was not live, or on another bin: an alarm, for this must never happen. */
  readonly anomaly: boolean;
}

/** @returns the state after the entry; entries that say nothing about a grant change nothing */
export function advanceGrant(
  { state, bin }: Pick<Grant, 'state' | 'bin'>,
  entry: Pick<LogEntry, 'kind' | 'bin'>,
): Advance {
  switch (entry.kind) {
    case 'open-intended':
      return state === 'granted' && bin === entry.bin
        ? { state: 'intended', anomaly: false }
        : { state, anomaly: true };
    case 'bin-opened':
    case 'main-lock-opened':
      return state === 'intended' && bin === entry.bin
        ? { state: 'opened', anomaly: false }
        : { state, anomaly: state !== 'opened' || bin !== entry.bin };
    case 'bin-closed':
    case 'bin-jammed':
    case 'main-lock-closed':
    case 'main-lock-jammed':
      return { state: state === 'intended' || state === 'opened' ? 'closed' : state, anomaly: false };
    default:
      return { state, anomaly: false };
  }
}
