// What people do at the box: keys, fobs, doors, the button. Turns each into what the machines decide and writes
// down what happened. Order that matters: save-record lockout before the frame that carries a code.
import { type AskedBy, beginAttempt } from './access-attempt.ts';
import { grantOf, isDoorOpen, moveDoor } from './bin-lock.ts';
import { moveClaimButton } from './claim.ts';
import type { Key } from './inputs.ts';
import { doorMovedAtReader, senseTag } from './key-presence.ts';
import { type KeypadOutcome, pressKey } from './keypad-entry.ts';
import { boxLimits } from './limits.ts';
import { countTry, encodeLockout, lockedFor } from './lockout.ts';
import { networkKeyPressed } from './network-setup.ts';
import { hasRoomFor } from './outbox.ts';
import { mayPulse } from './power.ts';
import { cloudState } from './present.ts';
import { draw, isLive, save, sendMessage, sound, type Turn, tell, wakeLight, writeAllDown } from './turn.ts';

const TAG_BYTES = 8;

/** A key of the keypad. */
export function keyPressed(turn: Turn, key: Key): void {
  const { box, nowMs } = turn;
  personSeen(turn);
  if (networkKeyPressed(turn, key)) return;
  const shut = !isClaimed(turn) || !mayPulse(box.power);
  const blocked = shut || box.attempt !== undefined || lockedFor(box.lockout, nowMs).waitMs > 0;
  if (blocked && key !== 'language') {
    sound(turn, 'refused');
    return;
  }
  if (key !== 'language') box.notice = undefined;
  const pressed = pressKey(box.keypad, { key, nowMs, homeLanguage: box.settings.language });
  box.keypad = pressed.entry;
  actOnKeypad(turn, pressed.outcome);
}

/** A fob at the reader beside the screen. */
export function fobTapped(turn: Turn, tag: Uint8Array): void {
  personSeen(turn);
  if (tag.length === TAG_BYTES && isClaimed(turn)) requestAccess(turn, { kind: 'fob', tag, bin: 0 });
}

/** A bin's own reader. A fob held to a closed bin is a wish to return it. */
export function tagSensed(turn: Turn, bin: number, tag: Uint8Array | null): void {
  const { box, nowMs } = turn;
  if (tag !== null && tag.length !== TAG_BYTES) return;
  const sensed = senseTag(box.presence, { bin, tag, doorOpen: isDoorOpen(box.locks, bin), nowMs });
  box.presence = sensed.presence;
  writeAllDown(turn, sensed.facts);
  if (sensed.tapped === undefined || !isClaimed(turn)) return;
  // The door of a released bin is about to move: the tag is on its way in.
  if (box.locks.bins[bin - 1]?.kind === 'released') return;
  personSeen(turn);
  requestAccess(turn, { kind: 'fob', tag: sensed.tapped, bin });
}

/** A door switch. */
export function doorMoved(turn: Turn, bin: number, open: boolean): void {
  const { box, nowMs } = turn;
  const before = box.locks.bins[bin - 1];
  if (before === undefined || isDoorOpen(box.locks, bin) === open) return;
  personSeen(turn);
  const moved = moveDoor(box.locks, { bin, open, nowMs });
  box.locks = moved.locks;
  writeAllDown(turn, moved.facts);
  const grant = grantOf(box.locks.bins[bin - 1]);
  box.presence = doorMovedAtReader(box.presence, { bin, open, grant, nowMs });
  if (open) {
    box.notice = undefined;
    if (box.locks.bins[bin - 1]?.kind === 'forced') sound(turn, 'reminder');
    return;
  }
  if (box.focusBin === bin) box.focusBin = 0;
  if (grantOf(before) !== 0) tell(turn, { text: 'closed', bin });
}

/** The small black button. On a claimed box it only turns on the light. */
export function buttonMoved(turn: Turn, down: boolean): void {
  const { box, nowMs } = turn;
  personSeen(turn);
  // A bouncing contact says "down" once more: the press that woke the box asks for nothing.
  if (down && box.wokeBy === 'button' && nowMs < boxLimits.wakingPressMs) return;
  if (box.factory !== undefined && box.session === undefined) {
    box.claim = moveClaimButton(box.claim, down, nowMs);
  }
}

function actOnKeypad(turn: Turn, outcome: KeypadOutcome): void {
  switch (outcome.kind) {
    case 'changed':
    case 'nothing':
      sound(turn, 'key');
      return;
    case 'too-long':
      sound(turn, 'refused');
      return;
    case 'too-short':
      sound(turn, 'refused');
      tell(turn, { text: 'too-short' });
      return;
    case 'submitted':
      sound(turn, 'key');
      requestAccess(turn, { kind: 'code', code: outcome.code });
      return;
  }
}

// Asks the cloud, if there is a cloud to ask and room to write down what would follow.
function requestAccess(turn: Turn, asked: AskedBy): void {
  const { box, nowMs } = turn;
  if (box.attempt !== undefined) return;
  if (!mayPulse(box.power)) {
    sound(turn, 'refused');
    return;
  }
  const { outbox } = box;
  if (!isLive(box) || outbox === undefined || !hasRoomFor(outbox, 'open-intended')) {
    sound(turn, 'refused');
    if (outbox === undefined || isLive(box)) {
      tell(turn, { text: 'log-full' });
      return;
    }
    tell(turn, { text: cloudState(box, nowMs) === 'offline' ? 'offline' : 'try-again' });
    return;
  }
  if (asked.kind === 'code') {
    box.lockout = countTry(box.lockout, nowMs);
    save(turn, 'lockout', encodeLockout(box.lockout));
  }
  const request = draw(turn, 8);
  const begun = beginAttempt(asked, { request, logEnd: outbox.head.end, nowMs });
  box.attempt = begun.attempt;
  box.notice = undefined;
  sendMessage(turn, { name: 'access-requested', body: begun.message });
}

function personSeen(turn: Turn): void {
  turn.box.lastPersonMs = turn.nowMs;
  wakeLight(turn);
}

function isClaimed(turn: Turn): boolean {
  return turn.box.session !== undefined;
}
