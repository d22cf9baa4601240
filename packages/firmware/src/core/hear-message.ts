// What the cloud says inside a session, and what the box does about it. A grant is the one message that moves
// anything. Order that matters there: append-log open-intended, then release-bin, then (for a code) save-record
// lockout with the try given back; a cut before the last costs the person one try and nothing else.
import type { BodyNamed, DownMessage } from '@smartbox/protocol';
import { judgeGrant, strayAnswer } from './access-attempt.ts';
import { deliveryMoved } from './keep-cloud.ts';
import { emergencyChanged } from './keep-emergency.ts';
import { encodeLockout, giveBackTry, holdFor } from './lockout.ts';
import { takeAcknowledged } from './log-delivery.ts';
import { openBin } from './open-bin.ts';
import { codeRefused } from './pass-time.ts';
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
    case 'opening-asked':
      note(turn, 'warn', `${message.name}-ignored`);
      return;
  }
}

function granted(turn: Turn, body: BodyNamed<'access-granted'>): void {
  const { box, nowMs } = turn;
  const asked = box.attempt;
  const verdict = judgeGrant(asked, body, { nowMs, binCount: box.binCount });
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
  if (asked?.kind === 'code') giveBack(turn);
}

function refusedByCloud(turn: Turn, body: BodyNamed<'access-refused'>): void {
  const { box, nowMs } = turn;
  const asked = box.attempt;
  const stray = strayAnswer(asked, body.request, nowMs);
  if (stray !== undefined || asked === undefined) {
    note(turn, 'warn', `refusal-${stray?.reason ?? 'no-request'}`);
    return;
  }
  box.attempt = undefined;
  const byCode = asked.kind === 'code';
  sound(turn, 'refused');
  // Not a judgement of the code: the cloud could not decide yet.
  if (body.reason === 'try-again' && byCode) giveBack(turn);
  box.lockout = byCode ? holdFor(box.lockout, nowMs, body.waitMs) : box.lockout;
  if (body.reason !== 'refused') {
    tell(turn, { text: body.reason });
    return;
  }
  if (!byCode) {
    tell(turn, { text: 'fob-refused' });
    return;
  }
  codeRefused(turn);
}

function giveBack(turn: Turn): void {
  turn.box.lockout = giveBackTry(turn.box.lockout, turn.nowMs);
  save(turn, 'lockout', encodeLockout(turn.box.lockout));
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
