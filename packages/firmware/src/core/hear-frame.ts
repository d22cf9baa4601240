// Frames from the broker, which is trusted with nothing: whatever does not open, or answers nothing that the box
// asked, is counted by a note and changes nothing. Order that matters: save-record root before
// session-confirmed, which is the first thing sent in a session.
import {
  type DownMessage,
  decodeMessage,
  frameType,
  ProtocolError,
  type RefusalReason,
} from '@smartbox/protocol';
import { becomeClaimed, becomeRecovered } from './become-claimed.ts';
import { finishClaim } from './claim.ts';
import { hearMessage } from './hear-message.ts';
import { confirmEmergency } from './keep-emergency.ts';
import { startDelivery } from './log-delivery.ts';
import { encodeRoot } from './records.ts';
import { finishRecovery } from './recovery.ts';
import { openFrame, takeWelcome } from './session.ts';
import { learnCloudTime, note, save, sendMessage, type Turn } from './turn.ts';

/** Takes one frame, whoever made it. */
export function hearFrame(turn: Turn, frame: Uint8Array): void {
  const type = frameType(frame);
  switch (type) {
    case 'record':
      hearRecord(turn, frame);
      return;
    case 'welcome':
      hearWelcome(turn, frame);
      return;
    case 'claim-welcome':
      hearClaimWelcome(turn, frame);
      return;
    case 'recover-welcome':
      hearRecoverWelcome(turn, frame);
      return;
    case 'malformed':
    case 'unknown-version':
      refuse(turn, type);
      return;
    case 'hello':
    case 'claim-hello':
    case 'recover-hello':
      refuse(turn, 'unexpected-type');
      return;
  }
}

function hearRecord(turn: Turn, frame: Uint8Array): void {
  const { box } = turn;
  if (box.session === undefined) {
    refuse(turn, 'unknown-session');
    return;
  }
  const opened = openFrame(turn.crypto, box.session, frame);
  if (opened.kind === 'refused') {
    refuse(turn, opened.reason);
    return;
  }
  box.session = opened.state;
  let message: DownMessage;
  try {
    message = decodeMessage(opened.plaintext, 'down');
  } catch (error) {
    // Sealed by the cloud, yet not a message of this version: a newer cloud, or a fault of ours.
    if (!(error instanceof ProtocolError)) throw error;
    note(turn, 'warn', 'message-unreadable');
    return;
  }
  hearMessage(turn, message);
}

function hearWelcome(turn: Turn, frame: Uint8Array): void {
  const { box, nowMs } = turn;
  if (box.session === undefined) {
    refuse(turn, 'no-pending-exchange');
    return;
  }
  const taken = takeWelcome(turn.crypto, box.session, { frame, nowMs });
  if (taken.kind === 'refused') {
    refuse(turn, taken.reason);
    return;
  }
  box.session = taken.state;
  save(turn, 'root', encodeRoot(taken.state.root));
  box.recovery = undefined;
  const { outbox } = box;
  sendMessage(turn, {
    name: 'session-confirmed',
    body: {
      logEnd: outbox?.head.end ?? 0,
      logHash: outbox?.head.hash ?? new Uint8Array(16),
      firmware: box.firmware,
      binCount: box.binCount,
      settingsVersion: box.settings.version,
    },
  });
  confirmEmergency(turn);
  const { body } = taken.welcomed;
  learnCloudTime(turn, body.timeMs, taken.sentMs);
  if (outbox === undefined) return;
  const started = startDelivery(outbox, body.logEnd);
  box.delivery = started.delivery;
  if (started.note !== undefined) note(turn, 'warn', started.note);
}

function hearClaimWelcome(turn: Turn, frame: Uint8Array): void {
  const { box } = turn;
  const finished = finishClaim(turn.crypto, box.claim, frame);
  if (finished === undefined || box.session !== undefined) {
    refuse(turn, 'no-pending-exchange');
    return;
  }
  if (finished.kind === 'refused') {
    refuse(turn, finished.reason);
    return;
  }
  becomeClaimed(turn, finished);
}

function hearRecoverWelcome(turn: Turn, frame: Uint8Array): void {
  const { box } = turn;
  if (box.recovery === undefined) {
    refuse(turn, 'no-pending-exchange');
    return;
  }
  const finished = finishRecovery(turn.crypto, box.recovery, frame);
  if (finished.kind === 'refused') {
    refuse(turn, finished.reason);
    return;
  }
  becomeRecovered(turn, finished);
}

function refuse(turn: Turn, reason: RefusalReason): void {
  note(turn, 'warn', `frame-${reason}`);
}
