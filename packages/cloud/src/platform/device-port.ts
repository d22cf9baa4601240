// What features see of boxes: decoded messages in, messages out. A feature registers for the
// names it owns; its handler runs inside the commit group's transaction, and what it returns is
// sealed and sent only after the commit.

import type {
  BodyNamed,
  BoxId,
  DownMessage,
  ExchangeKind,
  LogEntry,
  Refused,
  UpMessage,
} from '@smartbox/protocol';
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

/**
 * Handles a claim-hello or recover-hello, inside the transaction. The broker edge has only read
 * its type; the register of boxes authenticates it with `readExchangeHello`.
 * @returns a welcome frame to send after the commit; undefined when it waits for an operator
 */
export type ExchangeHandler = (
  boxId: BoxId,
  kind: ExchangeKind,
  helloFrame: Uint8Array,
) => Uint8Array | Refused | undefined;

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
  /** Registers the one handler of key exchanges. @throws InvariantBroken when there is one already */
  onExchangeHello(handler: ExchangeHandler): void;
  /**
   * Sends a welcome frame of a key exchange as it stands. Inside a transaction it leaves after the commit.
   * @returns false when the box is not connected now
   */
  sendExchangeFrame(boxId: BoxId, frame: Uint8Array): boolean;
  /** Forgets a box's session: after a claim, a recovery, a release. It must shake hands again. */
  endSession(boxId: BoxId): void;
  /** Boxes that have a session now. */
  connectedBoxes(): readonly BoxId[];
}

/** The registrations of a device port, and how the broker edge reaches them. */
export interface DeviceRegistry
  extends Pick<DevicePort, 'onMessage' | 'onLogEntry' | 'dispatchLogEntry' | 'onExchangeHello'> {
  /** Runs the handler of this message. A message that nobody registered for gets no reply. */
  handle(from: MessageOrigin, message: UpMessage): readonly Reply[];
  /** Runs the handler of key exchanges. */
  readonly handleExchange: ExchangeHandler;
}

/** An empty register. */
export function createDeviceRegistry(): DeviceRegistry {
  const handlers = new Map<string, (from: MessageOrigin, body: never) => readonly Reply[]>();
  const entryHandlers = new Map<string, LogEntryHandler[]>();
  let exchangeHandler: ExchangeHandler | undefined;
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
    onExchangeHello(handler) {
      if (exchangeHandler !== undefined) throw new InvariantBroken('key exchanges have two handlers');
      exchangeHandler = handler;
    },
    handleExchange: (boxId, kind, helloFrame) => exchangeHandler?.(boxId, kind, helloFrame),
    handle: (from, message) => handlers.get(message.name)?.(from, message.body as never) ?? [],
  };
}
