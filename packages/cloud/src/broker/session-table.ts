// The sessions of boxes, in memory only: a restart forgets them all and every box shakes hands
// again. A session counts only once its box has proven by a first record that it holds the keys.

import type { BoxId, RootKeys, Session } from '@smartbox/protocol';
import type { TenantId } from '../platform/identifiers.ts';

/** One box's session. `session` is replaced by its successor with every record. */
export interface SessionEntry {
  readonly tenantId: TenantId;
  readonly boxId: BoxId;
  session: Session;
  /** Whether the first record has come. Others may follow it before it is committed. */
  spoken: boolean;
  /** Keys to store at the first record; undefined once its transaction has done so. */
  unconfirmed: RootKeys | undefined;
}

/** Sessions by box. */
export interface SessionTable {
  find(boxId: BoxId): SessionEntry | undefined;
  /** Puts a new session in the place of the box's former one. */
  open(entry: SessionEntry): void;
  end(boxId: BoxId): void;
  /** Notes whether the box's connection is up. */
  setConnected(boxId: BoxId, connected: boolean): void;
  /** Whether its connection is up, with a session or without. */
  isConnected(boxId: BoxId): boolean;
  /** Whether a message can be sent to it now. */
  isReachable(boxId: BoxId): boolean;
  reachable(): readonly BoxId[];
}

/** An empty table. */
export function createSessionTable(): SessionTable {
  const entries = new Map<BoxId, SessionEntry>();
  const connected = new Set<BoxId>();
  const isReachable = (boxId: BoxId): boolean => {
    const entry = entries.get(boxId);
    return entry !== undefined && entry.unconfirmed === undefined && connected.has(boxId);
  };
  return {
    find: (boxId) => entries.get(boxId),
    open: (entry) => void entries.set(entry.boxId, entry),
    end: (boxId) => void entries.delete(boxId),
    setConnected: (boxId, up) => void (up ? connected.add(boxId) : connected.delete(boxId)),
    isConnected: (boxId) => connected.has(boxId),
    isReachable,
    reachable: () => [...connected].filter(isReachable),
  };
}
