// A grant: the cloud's permission to open one bin once, and how far it got. What a box does with it
// is told by the box's log alone. Grant given, lock about to fire, door open, door closed: four facts.
// Pure: a state, one entry of the log, the next state.

import type { LogEntryKind } from '@smartbox/protocol';

/**
 * `granted`: the answer may be on its way. `intended`: the box wrote OPEN_INTENT. `void`: the box's log
 * went past it, so it can never open anything.
 */
export type GrantState = 'granted' | 'intended' | 'opened' | 'closed' | 'void';

/** What a grant is for. */
export type Purpose = 'withdraw' | 'return';

/** One grant. */
export interface Grant {
  /** What the box knows it by: 1 and up, per box. */
  readonly reference: number;
  /** The box's nonce that it answers. */
  readonly request: Uint8Array;
  readonly bin: number;
  readonly purpose: Purpose;
  readonly keyId: string;
  /** The code that asked; null for a fob. */
  readonly codeId: string | null;
  readonly state: GrantState;
  readonly grantedAtMs: number;
}

/** A log entry's effect on the grant that it names. */
export interface Advance {
  readonly state: GrantState;
  /** The box acted on a grant that was not live: an alarm, because this must never happen. */
  readonly anomaly: boolean;
}

/** @returns the state after the entry; entries that say nothing about a grant change nothing */
export function advanceGrant(state: GrantState, kind: LogEntryKind): Advance {
  switch (kind) {
    case 'open-intended':
      return state === 'granted' ? { state: 'intended', anomaly: false } : { state, anomaly: true };
    case 'bin-opened':
      return state === 'intended'
        ? { state: 'opened', anomaly: false }
        : { state, anomaly: state !== 'opened' };
    case 'bin-closed':
    case 'bin-jammed':
      return { state: state === 'intended' || state === 'opened' ? 'closed' : state, anomaly: false };
    default:
      return { state, anomaly: false };
  }
}

/**
 * A box has at most one request outstanding, writes OPEN_INTENT before it fires a lock, and tells with
 * each request how far its log goes. So once all of that log is here, an unmentioned grant is dead.
 * @returns whether the grant can never be used any more
 */
export function isPassed(
  grant: Pick<Grant, 'state' | 'reference'>,
  position: { readonly lastReference: number },
): boolean {
  return grant.state === 'granted' && grant.reference <= position.lastReference;
}
