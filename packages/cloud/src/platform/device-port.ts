// What features see of boxes: decoded messages in, messages out. A feature registers for the
// names it owns; its handler runs inside the commit group's transaction, and what it returns is
// sealed and sent only after the commit.

import type { BodyNamed, BoxId, DownMessage, LogEntry, UpMessage } from '@smartbox/protocol';
import { InvariantBroken } from './errors.ts';
import type { TenantId } from './identifiers.ts';

/** Which box speaks, proven by its session. */
export interface MessageOrigin {
  readonly tenantId: TenantId;
  readonly boxId: BoxId;
}

/** An answer to a box. */
export interface Reply {
  readonly message: DownMessage;
  /** Holds the answer back for this long after the request, so that refusals take the same time. */
  readonly holdMs?: number;
}

/** Handles one message inside the transaction; throws to undo everything and answer nothing. */
export type MessageHandler<Name extends UpMessage['name']> = (
  from: MessageOrigin,
  body: BodyNamed<Name>,
) => readonly Reply[];

/** Handles one verified entry of a box's log, exactly once, inside the ingesting transaction. */
export type LogEntryHandler = (from: MessageOrigin, entry: LogEntry) => void;

/** What features may do with boxes. */
export interface DevicePort {
  /** Registers the one handler of a message. @throws InvariantBroken when it has one already */
  onMessage<Name extends UpMessage['name']>(name: Name, handler: MessageHandler<Name>): void;
  /** Registers a handler for some kinds of log entry; several features may share a kind. */
  onLogEntry(kinds: readonly LogEntry['kind'][], handler: LogEntryHandler): void;
  /** Hands one verified log entry to everybody who registered, in the order of registration. */
  dispatchLogEntry(from: MessageOrigin, entry: LogEntry): void;
  /**
   * Sends a message to a box that has a session. Inside a transaction it leaves after the commit.
   * @returns false when the box has no session now (it then learns by its next contact)
   */
  send(boxId: BoxId, message: DownMessage): boolean;
  /** Boxes that have a session now. */
  connectedBoxes(): readonly BoxId[];
}

/** The registrations of a device port, and how the broker edge reaches them. */
export interface DeviceRegistry extends Pick<DevicePort, 'onMessage' | 'onLogEntry' | 'dispatchLogEntry'> {
  /** Runs the handler of this message. A message that nobody registered for gets no reply. */
  handle(from: MessageOrigin, message: UpMessage): readonly Reply[];
}

/** An empty register. */
export function createDeviceRegistry(): DeviceRegistry {
  const handlers = new Map<string, (from: MessageOrigin, body: never) => readonly Reply[]>();
  const entryHandlers = new Map<string, LogEntryHandler[]>();
  return {
    onMessage(name, handler) {
      if (handlers.has(name)) throw new InvariantBroken(`message ${name} has two handlers`);
      handlers.set(name, handler);
    },
    onLogEntry(kinds, handler) {
      for (const kind of kinds) entryHandlers.set(kind, [...(entryHandlers.get(kind) ?? []), handler]);
    },
    dispatchLogEntry(from, entry) {
      for (const handler of entryHandlers.get(entry.kind) ?? []) handler(from, entry);
    },
    handle: (from, message) => handlers.get(message.name)?.(from, message.body as never) ?? [],
  };
}
