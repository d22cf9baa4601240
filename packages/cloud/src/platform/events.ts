// What features tell each other, as one typed list, and the synchronous bus that carries it.
// A subscriber either joins the transaction of the one who tells (to record something with it,
// all or nothing) or hears of it after the commit (to tell the outside world).

import type { BoxId } from '@smartbox/protocol';
import type { CommitGroup } from './commit-group.ts';
import type { TenantId } from './identifiers.ts';
import type { OperatorAct } from './operator-act.ts';

/** One row of the ledger as the outside world sees it. */
export interface LedgerEvent {
  /** `evt_…` */
  readonly id: string;
  readonly tenantId: TenantId;
  readonly boxId: BoxId | null;
  /** Stable name, `key.withdrawn` for example. */
  readonly type: string;
  readonly occurredAtMs: number;
  readonly recordedAtMs: number;
  /** The event's data in the API's own shape; never holds a secret. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Something that happened, as the feature that knows of it tells it. Holds no secret and no code. */
export interface Fact {
  readonly tenantId: TenantId;
  /** Stable name, `key.withdrawn` for example. */
  readonly type: string;
  readonly occurredAtMs: number;
  readonly locationId?: string;
  readonly boxId?: BoxId;
  readonly bin?: number;
  readonly keyId?: string;
  readonly codeId?: string;
  /** What else there is to tell, in the API's own shape. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A fob that came into a bin or left it. */
export interface FobMoved {
  readonly tenantId: TenantId;
  readonly boxId: BoxId;
  readonly locationId: string;
  readonly bin: number;
  /** 8 bytes. */
  readonly tag: Uint8Array;
  readonly direction: 'taken' | 'placed';
  /** The grant under which it happened; 0 for none. */
  readonly grant: number;
  readonly atMs: number;
}

/** Entries of a box's log that were verified and stored, in their order. */
export interface BoxLogAccepted {
  readonly tenantId: TenantId;
  readonly boxId: BoxId;
  /** Which of the box's logs: 1, and one more after each claim. */
  readonly logEpoch: number;
  /** Bodies of 32 bytes, as the box wrote them. */
  readonly entries: readonly { readonly sequence: number; readonly body: Uint8Array }[];
}

/** Everything that one feature may tell the others, by name. */
export interface EventMap {
  /** Something happened; the ledger joins to number it and write it down. */
  'fact-established': Fact;
  /** A box's reader saw a fob come or go; told from the box's log, in its order. */
  'fob-moved': FobMoved;
  /** Somebody did something through the API, or was refused; the audit joins to write it down. */
  'operator-acted': OperatorAct;
  /** A batch of a box's log was stored; told before what it means is told to have been replayed. */
  'box-log-accepted': BoxLogAccepted;
  /** A box opened a session and told where its log ends: grants that the log does not mention by then are dead. */
  'box-log-told': { readonly tenantId: TenantId; readonly boxId: BoxId; readonly end: number };
  /** The replay of a box's log has come to entry `end`. */
  'box-log-replayed': { readonly tenantId: TenantId; readonly boxId: BoxId; readonly end: number };
  /** A box came to its owner, who may have had it before: what was known of its earlier life is over. */
  'box-claimed': { readonly tenantId: TenantId; readonly boxId: BoxId };
  /** A box was given up. */
  'box-released': { readonly tenantId: TenantId; readonly boxId: BoxId };
  /** A box told which version of the keys for openings without the cloud is in force. */
  'emergency-confirmed': { readonly tenantId: TenantId; readonly boxId: BoxId; readonly version: number };
  /** A grant came to another state, as the box's log tells: see the states of access. */
  'grant-moved': {
    readonly tenantId: TenantId;
    readonly boxId: BoxId;
    readonly grant: number;
    readonly state: 'granted' | 'intended' | 'opened' | 'closed' | 'void';
    readonly atMs: number;
  };
  /** A box's log ended and another begins, or part of it is lost: what it would have told is never known. */
  'box-log-restarted': { readonly tenantId: TenantId; readonly boxId: BoxId };
  /** A key code has ended for good, whatever ended it. */
  'code-ended': {
    readonly tenantId: TenantId;
    readonly codeId: string;
    readonly because: string;
    readonly atMs: number;
  };
  /** A key is no longer managed: what was issued for it ends. */
  'key-retired': { readonly tenantId: TenantId; readonly keyId: string };
  /** A person got another role or other places, or leaves at another time: what was opened under the old ends. */
  'person-standing-changed': { readonly tenantId: TenantId; readonly personId: string };
  /** A person can do nothing here any more until that is lifted: sessions and tokens of theirs end. */
  'person-quarantined': { readonly tenantId: TenantId; readonly personId: string; readonly atMs: number };
  /** A person is erased: whoever keeps something of them or for them lets go of it. */
  'person-erased': { readonly tenantId: TenantId; readonly personId: string };
  /** A user group is removed: what refers to it goes first. */
  'user-group-removed': { readonly tenantId: TenantId; readonly groupId: string };
  /** A row was added to the ledger. */
  'ledger-event-recorded': LedgerEvent;
  /** A box's session was confirmed: it can be told things now. */
  'box-connected': { readonly tenantId: TenantId; readonly boxId: BoxId };
  /** A box's connection ended. */
  'box-disconnected': { readonly boxId: BoxId };
}

/** Carries events from whom they concern to whoever listens. */
export interface EventBus {
  /** Tells everybody: those who joined at once, the others after the commit. */
  publish<Name extends keyof EventMap>(name: Name, event: EventMap[Name]): void;
  /** Hears of an event after its transaction was committed. @returns a function that stops it */
  on<Name extends keyof EventMap>(name: Name, listener: (event: EventMap[Name]) => void): () => void;
  /** Takes part in the transaction that publishes; a throw undoes it. @returns a function that stops it */
  join<Name extends keyof EventMap>(name: Name, listener: (event: EventMap[Name]) => void): () => void;
}

type Listeners = Map<keyof EventMap, Set<(event: never) => void>>;

/** A bus whose later half runs after the given group's commits. */
export function createEventBus(commitGroup: Pick<CommitGroup, 'afterCommit'>): EventBus {
  const joined: Listeners = new Map();
  const after: Listeners = new Map();

  const tell = (listeners: Listeners, name: keyof EventMap, event: never): void => {
    for (const listener of listeners.get(name) ?? []) listener(event);
  };
  const subscribe = (
    listeners: Listeners,
    name: keyof EventMap,
    listener: (event: never) => void,
  ): (() => void) => {
    const known = listeners.get(name) ?? new Set();
    listeners.set(name, known.add(listener));
    return () => void known.delete(listener);
  };

  return {
    publish(name, event) {
      tell(joined, name, event as never);
      if (after.get(name)?.size) commitGroup.afterCommit(() => tell(after, name, event as never));
    },
    on: (name, listener) => subscribe(after, name, listener),
    join: (name, listener) => subscribe(joined, name, listener),
  };
}
