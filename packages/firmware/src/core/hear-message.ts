// What the cloud says inside a session, and what the box does about it. A grant is the one message that moves
// anything. Order that matters there: append-log open-intended, then the pulse, then (for what was keyed) save-record
// lockout with the try given back; a cut before the last costs the person one try and nothing else.
import type { BodyNamed, DownMessage } from '@smartbox/protocol';
import { isKeyed, judgeAnswer, judgeGrant } from './access-attempt.ts';
import { deliveryMoved } from './keep-cloud.ts';
import { emergencyChanged } from './keep-emergency.ts';
import { furtherAsked } from './keep-further.ts';
import { openingAsked } from './keep-ordered.ts';
import { holdFor } from './lockout.ts';
import { takeAcknowledged } from './log-delivery.ts';
import { openBin } from './open-bin.ts';
import { codeRefused, giveBackKeyed } from './pass-time.ts';
import { heartbeatAnswered } from './session.ts';
import { changeSettings } from './settings.ts';
import { learnCloudTime, note, save, sound, type Turn, tell } from './turn.ts';

/** Takes one authenticated message. */
export function hearMessage(turn: Turn, message: DownMessage): void {
  switch (message.name) {
    case 'access-granted':
      granted(turn, message.body);
      return;
    case 'access-refused':
      refusedByCloud(turn, message.body);
      return;
    case 'log-acknowledged':
      acknowledged(turn, message.body);
      return;
    case 'heartbeat-answered':
      answered(turn, message.body.timeMs);
      return;
    case 'emergency-changed':
      emergencyChanged(turn, message.body);
      return;
    case 'settings-changed':
      settingsChanged(turn, message.body);
      return;
    case 'further-asked':
      furtherAsked(turn, message.body);
      return;
    case 'opening-asked':
      openingAsked(turn, message.body);
      return;
  }
}

function granted(turn: Turn, body: BodyNamed<'access-granted'>): void {
  const { box, nowMs } = turn;
  const asked = box.attempt;
  const hasMainLock = box.locks.main !== undefined;
  const verdict = judgeGrant(asked, body, { nowMs, binCount: box.binCount, hasMainLock });
  if (verdict.kind === 'ignored') {
    note(turn, 'warn', `grant-${verdict.reason}`);
    return;
  }
  box.attempt = undefined;
  const intended = verdict.kind === 'accepted' && openBin(turn, verdict);
  if (!intended) {
    note(turn, 'warn', verdict.kind === 'accepted' ? 'grant-not-recorded' : 'grant-impossible');
    sound(turn, 'refused');
    tell(turn, { text: verdict.kind === 'accepted' ? 'log-full' : 'try-again' });
  }
  if (isKeyed(asked)) giveBackKeyed(turn);
}

function refusedByCloud(turn: Turn, body: BodyNamed<'access-refused'>): void {
  const { box, nowMs } = turn;
  const judged = judgeAnswer(box.attempt, body.request, nowMs);
  if (judged.kind === 'ignored') {
    note(turn, 'warn', `refusal-${judged.reason}`);
    return;
  }
  const { kind } = judged.attempt;
  const keyed = isKeyed(judged.attempt);
  box.attempt = undefined;
  sound(turn, 'refused');
  // Not a judgement of the code: the cloud could not decide yet.
  if (body.reason === 'try-again' && keyed) giveBackKeyed(turn);
  box.lockout = keyed ? holdFor(box.lockout, nowMs, body.waitMs) : box.lockout;
  if (body.reason !== 'refused') tell(turn, { text: body.reason });
  else if (keyed) codeRefused(turn);
  else tell(turn, { text: kind === 'remote' ? 'order-refused' : 'fob-refused' });
}

function acknowledged(turn: Turn, body: BodyNamed<'log-acknowledged'>): void {
  const { delivery, outbox } = turn.box;
  if (delivery === undefined || outbox === undefined) return;
  deliveryMoved(turn, takeAcknowledged({ delivery, outbox }, body, turn.nowMs));
}

function answered(turn: Turn, timeMs: number): void {
  const { box } = turn;
  if (box.session === undefined) return;
  const { state, sentMs } = heartbeatAnswered(box.session);
  box.session = state;
  if (sentMs !== undefined) learnCloudTime(turn, timeMs, sentMs);
}

function settingsChanged(turn: Turn, told: BodyNamed<'settings-changed'>): void {
  const changed = changeSettings(turn.box.settings, told);
  if (changed === undefined) return;
  turn.box.settings = changed.settings;
  save(turn, 'settings', changed.record);
}
