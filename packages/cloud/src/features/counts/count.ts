// Openings by hand and the count that follows them. Pure: what an entry of the log adds to what is known of a
// bin, when people must be asked, and in what a count differs from the ledger.

import {
  isTag,
  type LogEntry,
  type LogEntryKind,
  type OfflineMethod,
  offlineGrant,
} from '@smartbox/protocol';

/** The entries that tell of an opening under a code that the box accepted by itself. */
export const handKinds = [
  'code-used',
  'open-intended',
  'bin-opened',
  'key-taken',
  'key-placed',
] as const satisfies readonly LogEntryKind[];

/** What the log told of one bin since it was last counted. */
export interface HandOpening {
  readonly bin: number;
  /** Of the last code that opened it; null for one that this server does not know. */
  readonly method: OfflineMethod | null;
  /** When its door last opened; null where it was ordered only, or jammed. Unix ms. */
  readonly openedAtMs: number | null;
  /** Of the last entry about it. Unix ms. */
  readonly lastAtMs: number;
  readonly taken: boolean;
  /** The fob that was taken, 8 bytes, where the sensor knew it. */
  readonly takenTag: Uint8Array | null;
  /** Whether a fob was put in after the last one was taken. */
  readonly putBack: boolean;
}

/** @returns what is known of the bin after this entry, which is about it */
export function withEntry(
  before: HandOpening | undefined,
  entry: LogEntry,
  told: { readonly atMs: number; readonly method: OfflineMethod | null },
): HandOpening {
  const fresh = { openedAtMs: null, taken: false, takenTag: null, putBack: false };
  const next = { ...fresh, ...before, bin: entry.bin, method: told.method, lastAtMs: told.atMs };
  switch (entry.kind) {
    case 'bin-opened':
      return { ...next, openedAtMs: told.atMs };
    case 'key-taken':
      return { ...next, taken: true, takenTag: isTag(entry.tag) ? entry.tag : null, putBack: false };
    case 'key-placed':
      return { ...next, putBack: true };
    default:
      return next;
  }
}

/** What is known of a box as a whole. */
export interface CountState {
  /** Since when it waits for a count; null while it waits for none. Unix ms. */
  readonly askedAtMs: number | null;
  /** Where its log ended when it last came back with something to tell. */
  readonly toldEnd: number;
  /** Codes that were used up to this entry are of an outage that people have been told of. */
  readonly askedThrough: number;
  readonly rev: number;
}

/** Of a box that never opened anything by itself. */
export const neverAsked: CountState = { askedAtMs: null, toldEnd: 0, askedThrough: 0, rev: 0 };

/**
 * @param grant of an entry under an offline code: it says with which entry that code was used up
 * @returns the state after one more bin came to wait, and whether people must be told: once for all openings
 *   between two sessions, and again when nothing waited any more
 */
export function afterOpening(
  state: CountState,
  grant: number,
  nowMs: number,
): { readonly state: CountState; readonly asks: boolean } {
  const usedAt = grant - offlineGrant(0);
  const asks = state.askedAtMs === null || usedAt > state.askedThrough;
  return {
    asks,
    state: {
      ...state,
      askedAtMs: state.askedAtMs ?? nowMs,
      askedThrough: asks ? Math.max(state.askedThrough, state.toldEnd, usedAt) : state.askedThrough,
      rev: state.rev + 1,
    },
  };
}

/** What hangs in a bin: by the ledger, or by the eyes of whoever counts. */
export type Hanging =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'key'; readonly keyId: string; readonly fobLabel: string }
  | { readonly kind: 'unknown-fob'; readonly fobLabel: string | null };

/** `missing`: the ledger knows of something, nothing is there. `unexpected`: the other way round. */
export type Difference = 'missing' | 'unexpected' | 'another';

/** @returns in what the two differ, or null where they agree */
export function differenceOf(ledger: Hanging, found: Hanging): Difference | null {
  if (found.kind === 'nothing') return ledger.kind === 'nothing' ? null : 'missing';
  if (ledger.kind === 'nothing') return 'unexpected';
  if (ledger.kind === 'unknown-fob' && found.kind === 'unknown-fob') return null;
  return ledger.kind === 'key' && found.kind === 'key' && ledger.keyId === found.keyId ? null : 'another';
}

/** One bin of a count. */
export interface CountLine {
  readonly bin: number;
  readonly ledger: Hanging;
  readonly found: Hanging;
  readonly difference: Difference | null;
  readonly note: string;
}

/** A count that was made. */
export interface Count {
  /** `cnt_…` */
  readonly countId: string;
  readonly countedAtMs: number;
  readonly countedBy: string;
  /** By bin number. */
  readonly lines: readonly CountLine[];
}
