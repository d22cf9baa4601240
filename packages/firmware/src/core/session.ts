// The box's side of the handshake and of the sealed session. Orders that matter:
// save-record boot (a new hello block) before the first HELLO with a counter of that block, so no counter is
// ever used twice; save-record root (next epoch, next key) before session-confirmed is sent, so that a flash
// dumped later opens nothing that was recorded on the wire. A cut after the save and before the send is
// healed by the next HELLO, which already speaks for the next epoch.
import {
  type BoxId,
  type CryptoProvider,
  encodeMessage,
  finishWelcome,
  openRecord,
  type PendingHello,
  PROTOCOL_VERSION,
  type Refused,
  refused,
  type Session,
  sealRecord,
  startHello,
  type UpMessage,
  type Welcomed,
} from '@smartbox/protocol';
import { halfRandom } from './cloud-link.ts';
import { boxLimits } from './limits.ts';
import type { RootRecord } from './records.ts';

export type SessionPhase =
  /** No session; the next HELLO goes out when it is due and the link is up. */
  | { readonly kind: 'none'; readonly helloDueMs: number }
  | { readonly kind: 'greeting'; readonly pending: PendingHello; readonly sentMs: number }
  | {
      readonly kind: 'live';
      readonly session: Session;
      readonly heartbeatDueMs: number;
      /** When the heartbeat that waits for its answer was sent. */
      readonly askedMs: number | undefined;
    };

export interface SessionState {
  readonly root: RootRecord;
  /** `block` and `attempt` make the hello counter; a boot, or 256 attempts, take a new block. */
  readonly block: number;
  readonly attempt: number;
  readonly phase: SessionPhase;
  /** HELLOs without a WELCOME in a row, and how many of them on this connection. */
  readonly unanswered: number;
  readonly unansweredHere: number;
  /** When the root key takes its next Diffie-Hellman step. */
  readonly keyStepDueMs: number;
  /** No session since, for the display; and whether there was one in this boot. */
  readonly lostSinceMs: number;
  readonly everLive: boolean;
}

/** @param block a hello block that is saved and was never used */
export function newSession(root: RootRecord, block: number, nowMs: number): SessionState {
  return {
    root,
    block,
    attempt: 0,
    phase: { kind: 'none', helloDueMs: nowMs },
    unanswered: 0,
    unansweredHere: 0,
    keyStepDueMs: nowMs + boxLimits.firstKeyStepMs,
    lostSinceMs: nowMs,
    everLive: false,
  };
}

/** @returns whether a HELLO should go out now, given that the link is up */
export function isHelloDue(state: SessionState, nowMs: number): boolean {
  return state.phase.kind === 'none' && nowMs >= state.phase.helloDueMs;
}

/** @returns whether the block is used up: the caller saves the next one first, see `withBlock` */
export function needsBlock(state: SessionState): boolean {
  return state.attempt >= boxLimits.hellosPerBlock;
}

/** The caller has saved `block`. */
export function withBlock(state: SessionState, block: number): SessionState {
  return { ...state, block, attempt: 0 };
}

/** Makes a HELLO. @param fresh.stepSecret 32 random bytes where the root key shall take its step */
export function greet(
  crypto: CryptoProvider,
  state: SessionState,
  fresh: {
    readonly boxId: BoxId;
    readonly firmware: number;
    readonly nonce: Uint8Array;
    readonly stepSecret: Uint8Array | undefined;
    readonly nowMs: number;
  },
): { readonly state: SessionState; readonly frame: Uint8Array } {
  const { stepSecret, nowMs } = fresh;
  const { frame, pending } = startHello(crypto, {
    boxId: fresh.boxId,
    epoch: state.root.epoch,
    rootKey: state.root.rootKey,
    counter: state.block * boxLimits.hellosPerBlock + state.attempt,
    nonce: fresh.nonce,
    firmware: fresh.firmware,
    lowestVersion: PROTOCOL_VERSION,
    ...(stepSecret === undefined ? {} : { stepSecret }),
  });
  const phase: SessionPhase = { kind: 'greeting', pending, sentMs: nowMs };
  return { state: { ...state, attempt: state.attempt + 1, phase }, frame };
}

/** Takes a WELCOME. The caller saves `state.root` before it sends anything in the new session. */
export function takeWelcome(
  crypto: CryptoProvider,
  state: SessionState,
  received: { readonly frame: Uint8Array; readonly nowMs: number },
):
  | {
      readonly kind: 'live';
      readonly state: SessionState;
      readonly welcomed: Welcomed;
      readonly sentMs: number;
    }
  | Refused {
  const { phase } = state;
  if (phase.kind !== 'greeting') return refused('no-pending-exchange');
  const welcomed = finishWelcome(crypto, phase.pending, received.frame);
  if (welcomed.kind === 'refused') return welcomed;
  const { nowMs } = received;
  const stepped = phase.pending.stepSecret !== undefined;
  const next: SessionState = {
    ...state,
    root: { epoch: welcomed.epoch, rootKey: welcomed.rootKey },
    phase: {
      kind: 'live',
      session: welcomed.session,
      heartbeatDueMs: nowMs + boxLimits.heartbeatMs,
      askedMs: undefined,
    },
    unanswered: 0,
    unansweredHere: 0,
    everLive: true,
    keyStepDueMs: nextKeyStepMs(state, stepped, nowMs),
  };
  return { kind: 'live', state: next, welcomed, sentMs: phase.sentMs };
}

/** @returns whether the next HELLO should carry the root key's Diffie-Hellman step */
export function isKeyStepWanted(state: SessionState, nowMs: number): boolean {
  // Every second HELLO goes without: a step that cannot succeed must not keep the box offline.
  return nowMs >= state.keyStepDueMs && state.unanswered % 2 === 0;
}

function nextKeyStepMs(state: SessionState, stepped: boolean, nowMs: number): number {
  if (stepped) return nowMs + boxLimits.keyStepEveryMs;
  const failed = nowMs >= state.keyStepDueMs && state.unanswered > 0;
  return failed ? nowMs + boxLimits.keyStepAgainMs : state.keyStepDueMs;
}

/** Seals one message for the live session. */
export function sealMessage(
  crypto: CryptoProvider,
  state: SessionState,
  message: UpMessage,
): { readonly kind: 'sealed'; readonly state: SessionState; readonly frame: Uint8Array } | Refused {
  const { phase } = state;
  if (phase.kind !== 'live') return refused('unknown-session');
  const sealed = sealRecord(crypto, phase.session, encodeMessage(message));
  if (sealed.kind === 'refused') return sealed;
  return {
    kind: 'sealed',
    state: { ...state, phase: { ...phase, session: sealed.session } },
    frame: sealed.frame,
  };
}

/** Opens one record of the cloud. */
export function openFrame(
  crypto: CryptoProvider,
  state: SessionState,
  frame: Uint8Array,
): { readonly kind: 'opened'; readonly state: SessionState; readonly plaintext: Uint8Array } | Refused {
  const { phase } = state;
  if (phase.kind !== 'live') return refused('unknown-session');
  const opened = openRecord(crypto, phase.session, frame);
  if (opened.kind === 'refused') return opened;
  return {
    kind: 'opened',
    state: { ...state, phase: { ...phase, session: opened.session } },
    plaintext: opened.plaintext,
  };
}

/** @returns whether a heartbeat should go out now; none does while one waits for its answer */
export function isHeartbeatDue(state: SessionState, nowMs: number): boolean {
  const { phase } = state;
  return phase.kind === 'live' && phase.askedMs === undefined && nowMs >= phase.heartbeatDueMs;
}

/** A heartbeat was sent. */
export function heartbeatSent(state: SessionState, nowMs: number): SessionState {
  const { phase } = state;
  return phase.kind === 'live' ? { ...state, phase: { ...phase, askedMs: nowMs } } : state;
}

/** A heartbeat was answered. @returns when it had been sent, undefined where none was waiting */
export function heartbeatAnswered(state: SessionState): {
  readonly state: SessionState;
  readonly sentMs: number | undefined;
} {
  const { phase } = state;
  if (phase.kind !== 'live' || phase.askedMs === undefined) return { state, sentMs: undefined };
  const heartbeatDueMs = phase.askedMs + boxLimits.heartbeatMs;
  return {
    state: { ...state, phase: { ...phase, heartbeatDueMs, askedMs: undefined } },
    sentMs: phase.askedMs,
  };
}

/** The session is over, or should be renewed; the next HELLO goes out at once. */
export function endSession(state: SessionState, nowMs: number): SessionState {
  const lostSinceMs = state.phase.kind === 'live' ? nowMs : state.lostSinceMs;
  return { ...state, phase: { kind: 'none', helloDueMs: nowMs }, lostSinceMs };
}

/** A new connection, or none: what was pending on the old one is gone. */
export function sessionOnLink(state: SessionState, nowMs: number): SessionState {
  return { ...endSession(state, nowMs), unansweredHere: 0 };
}

/** Gives up a HELLO or a session that nobody answers. */
export function tickSession(state: SessionState, nowMs: number): SessionState {
  const { phase } = state;
  if (phase.kind === 'greeting' && nowMs >= phase.sentMs + boxLimits.helloMs) {
    // The nonce of the lost HELLO is public and random: as good a die as any.
    const helloDueMs = nowMs + halfRandom(boxLimits.helloPauseMs, phase.pending.nonce[0] ?? 0);
    const { unanswered, unansweredHere } = state;
    return {
      ...state,
      phase: { kind: 'none', helloDueMs },
      unanswered: unanswered + 1,
      unansweredHere: unansweredHere + 1,
    };
  }
  const askedMs = phase.kind === 'live' ? phase.askedMs : undefined;
  const dead = askedMs !== undefined && nowMs >= askedMs + boxLimits.heartbeatAnswerMs;
  return dead ? endSession(state, nowMs) : state;
}

/** @returns when the session acts by itself next, if it does while the link is up */
export function sessionDueMs(state: SessionState): number {
  const { phase } = state;
  if (phase.kind === 'none') return phase.helloDueMs;
  if (phase.kind === 'greeting') return phase.sentMs + boxLimits.helloMs;
  return phase.askedMs === undefined ? phase.heartbeatDueMs : phase.askedMs + boxLimits.heartbeatAnswerMs;
}

/** @returns a version text such as `1.4.12` as one number, 8 bits major and minor, 16 bits patch */
export function firmwareNumber(firmware: string): number {
  const parts = firmware.split('.');
  const part = (index: number, most: number) => Math.min(Number.parseInt(parts[index] ?? '0', 10) || 0, most);
  return part(0, 255) * 0x100_0000 + part(1, 255) * 0x1_0000 + part(2, 0xffff);
}
