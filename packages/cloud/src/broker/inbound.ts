// Bytes from a box to one registered handler: frame type, session, seal, decoding, transaction.
// Every refusal is counted by its reason and goes no further; nothing is ever thrown past this
// file, whatever the bytes are. The handler's answers leave after the commit.

import {
  type BoxId,
  type CryptoProvider,
  decodeMessage,
  type ExchangeKind,
  frameType,
  openRecord,
  ProtocolError,
  type UpMessage,
} from '@smartbox/protocol';
import type { BoxKeyring } from '../platform/box-keyring.ts';
import type { Clock, Timers, Trace } from '../platform/clock.ts';
import type { CommitGroup, Settled } from '../platform/commit-group.ts';
import type { DeviceRegistry, Reply } from '../platform/device-port.ts';
import type { Entropy } from '../platform/entropy.ts';
import { InvariantBroken } from '../platform/errors.ts';
import type { EventBus } from '../platform/events.ts';
import type { Log } from '../platform/log.ts';
import type { FrameRefusal, Metrics } from '../platform/metrics.ts';
import { createFrameBudget } from './frame-budget.ts';
import { confirmSession, type Greeting, greet } from './handshake-desk.ts';
import type { Outbound } from './outbound.ts';
import type { SessionEntry, SessionTable } from './session-table.ts';

/** What inbound is made of. */
export interface InboundPorts {
  readonly crypto: CryptoProvider;
  readonly keyring: Pick<BoxKeyring, 'load' | 'save'>;
  readonly registry: DeviceRegistry;
  readonly sessions: SessionTable;
  readonly outbound: Outbound;
  readonly commitGroup: CommitGroup;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly entropy: Entropy;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly trace: Trace;
  /** How many epochs ahead a box may be; larger for a day after a restore. */
  readonly epochsAhead: number;
  /** Frames that one box may send in a minute; 0 for any number. */
  readonly framesPerMinute: number;
}

/** Takes frames. */
export interface Inbound {
  /** `done` is called once: after the commit of what the frame caused, or at once if it caused nothing. */
  frame(boxId: BoxId, frame: Uint8Array, done: () => void): void;
}

type ExchangeAnswer = ReturnType<DeviceRegistry['handleExchange']>;

/** One frame on its way through. */
interface Passage {
  readonly boxId: BoxId;
  readonly frame: Uint8Array;
  readonly done: () => void;
  readonly receivedMs: number;
}

/** Inbound over the given ports. */
export function createInbound(ports: InboundPorts): Inbound {
  const maySend = createFrameBudget(ports.framesPerMinute, ports.clock);
  return {
    frame(boxId, frame, done) {
      ports.trace('frame-received', boxId);
      const passage = { boxId, frame, done, receivedMs: ports.clock.monotonicMs() };
      if (!maySend(boxId)) {
        refuse(ports, passage, 'too-many-frames');
        return;
      }
      const type = frameType(frame);
      if (type === 'record') takeRecord(ports, passage);
      else if (type === 'hello') takeHello(ports, passage);
      else if (type === 'claim-hello') takeExchange(ports, passage, 'claim');
      else if (type === 'recover-hello') takeExchange(ports, passage, 'recover');
      else if (type === 'malformed' || type === 'unknown-version') refuse(ports, passage, type);
      else refuse(ports, passage, 'unexpected-type');
    },
  };
}

function refuse(ports: InboundPorts, passage: Passage, reason: FrameRefusal): void {
  ports.metrics.frameRefused(reason);
  ports.log.debug({ boxId: passage.boxId, reason }, 'frame refused');
  passage.done();
}

function takeRecord(ports: InboundPorts, passage: Passage): void {
  const read = readRecord(ports, passage);
  if (read.kind === 'refused') {
    refuse(ports, passage, read.reason);
    return;
  }
  ports.log.trace({ boxId: passage.boxId, device: read.message }, 'message from a box');
  const work = (): readonly Reply[] => {
    const replies = read.message.name === 'session-confirmed' ? confirm(ports, read) : handle(ports, read);
    ports.trace('decided', passage.boxId);
    return replies;
  };
  const settle = (outcome: Settled<readonly Reply[]>): void => answer(ports, { passage, ...read }, outcome);
  ports.commitGroup.enqueue(work, settle, passage.boxId);
}

interface ReadRecord {
  readonly kind: 'read';
  readonly entry: SessionEntry;
  readonly message: UpMessage;
}

function readRecord(
  ports: InboundPorts,
  passage: Passage,
): ReadRecord | { readonly kind: 'refused'; readonly reason: FrameRefusal } {
  const entry = ports.sessions.find(passage.boxId);
  if (entry === undefined) return { kind: 'refused', reason: 'unknown-session' };
  const opened = openRecord(ports.crypto, entry.session, passage.frame);
  if (opened.kind === 'refused') return opened;
  // From here the record's number is used up, whatever becomes of its message.
  entry.session = opened.session;
  const message = decode(opened.plaintext);
  if (typeof message === 'string') return { kind: 'refused', reason: message };
  if ((message.name === 'session-confirmed') === entry.spoken)
    return { kind: 'refused', reason: 'unconfirmed-session' };
  entry.spoken = true;
  return { kind: 'read', entry, message };
}

function decode(plaintext: Uint8Array): UpMessage | FrameRefusal {
  try {
    return decodeMessage(plaintext, 'up');
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
}

function confirm(ports: InboundPorts, { entry, message }: ReadRecord): readonly Reply[] {
  confirmSession(ports, entry);
  const replies = ports.registry.handle(entry, message);
  ports.events.publish('box-connected', { tenantId: entry.tenantId, boxId: entry.boxId });
  entry.unconfirmed = undefined;
  return replies;
}

// Records may come in the same turn as the confirmation before them; they count only if it did.
function handle(ports: InboundPorts, { entry, message }: ReadRecord): readonly Reply[] {
  if (entry.unconfirmed !== undefined)
    throw new InvariantBroken('the confirmation before this record had no effect');
  return ports.registry.handle(entry, message);
}

function answer(
  ports: InboundPorts,
  about: { readonly passage: Passage; readonly entry: SessionEntry; readonly message: UpMessage },
  outcome: Settled<readonly Reply[]>,
): void {
  const { passage, entry } = about;
  const { name } = about.message;
  if (outcome.kind === 'failed') {
    ports.metrics.frameRefused('handler-failed');
    ports.log.error({ boxId: passage.boxId, message: name, err: outcome.error }, 'a message had no effect');
    // The box cannot know that its confirmation was lost: only a new handshake heals that.
    if (name === 'session-confirmed' && ports.sessions.find(entry.boxId) === entry)
      ports.sessions.end(entry.boxId);
  } else {
    for (const reply of outcome.value) send(ports, { passage, entry }, reply);
    if (outcome.value.length === 0) ports.trace('answered', passage.boxId);
  }
  passage.done();
}

function send(
  ports: InboundPorts,
  about: { readonly passage: Passage; readonly entry: SessionEntry },
  reply: Reply,
): void {
  const sendNow = (): void => {
    ports.outbound.sendSealed(about.entry, reply.message);
    ports.trace('answered', about.entry.boxId);
  };
  const spentMs = ports.clock.monotonicMs() - about.passage.receivedMs;
  const holdMs = (reply.holdMs ?? 0) - spentMs;
  if (holdMs > 0) ports.timers.after(holdMs, sendNow);
  else sendNow();
}

function takeHello(ports: InboundPorts, passage: Passage): void {
  const { boxId } = passage;
  const work = (): Greeting | { readonly kind: 'refused'; readonly reason: FrameRefusal } => {
    const greeting = greet(ports, boxId, passage.frame);
    ports.trace('decided', boxId);
    return greeting;
  };
  const settle = (outcome: Settled<ReturnType<typeof work>>): void => {
    if (outcome.kind === 'failed') {
      fail(ports, passage, outcome.error);
    } else if (outcome.value.kind === 'refused') {
      refuse(ports, passage, outcome.value.reason);
    } else {
      ports.sessions.open(outcome.value.entry);
      ports.outbound.sendFrame(boxId, outcome.value.welcome);
      ports.trace('answered', boxId);
      passage.done();
    }
  };
  ports.commitGroup.enqueue(work, settle, boxId);
}

function takeExchange(ports: InboundPorts, passage: Passage, kind: ExchangeKind): void {
  const { boxId } = passage;
  const work = (): ExchangeAnswer => ports.registry.handleExchange(boxId, kind, passage.frame);
  const settle = (outcome: Settled<ExchangeAnswer>): void => {
    if (outcome.kind === 'failed') {
      fail(ports, passage, outcome.error);
    } else if (outcome.value !== undefined && 'kind' in outcome.value) {
      refuse(ports, passage, outcome.value.reason);
    } else {
      if (outcome.value !== undefined) ports.outbound.sendFrame(boxId, outcome.value);
      passage.done();
    }
  };
  ports.commitGroup.enqueue(work, settle, boxId);
}

function fail(ports: InboundPorts, passage: Passage, error: unknown): void {
  ports.metrics.frameRefused('handler-failed');
  ports.log.error({ boxId: passage.boxId, err: error }, 'a handshake had no effect');
  passage.done();
}
