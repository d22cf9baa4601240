// What people do at the box: keys, fobs, doors, the button. Turns each into what the machines decide and writes
// down what happened. What leads to a question to the cloud goes through request-access.ts.
import { grantOf, isDoorOpen, moveDoor } from './bin-lock.ts';
import { moveClaimButton } from './claim.ts';
import { hurryLink } from './cloud-link.ts';
import { isAccepted } from './emergency-dialog.ts';
import { furtherDigitsMin } from './further-question.ts';
import type { Key } from './inputs.ts';
import { furtherCleared, furtherSubmitted } from './keep-further.ts';
import { endOpenAll } from './keep-open-all.ts';
import { pressedForOrder } from './keep-ordered.ts';
import { doorMovedAtReader, senseTag } from './key-presence.ts';
import { type KeypadOutcome, pressKey } from './keypad-entry.ts';
import { boxLimits } from './limits.ts';
import { lockedFor } from './lockout.ts';
import { networkKeyPressed } from './network-setup.ts';
import { mayPulse } from './power.ts';
import { requestAccess } from './request-access.ts';
import { clearedAlone, isServedAlone, submittedAlone, visitEndsMs } from './serve-alone.ts';
import { isLive, sound, type Turn, tell, wakeLight, writeAllDown } from './turn.ts';
import { beginVisit, isAlone } from './visit.ts';

const TAG_BYTES = 8;

/** A key of the keypad. */
export function keyPressed(turn: Turn, key: Key): void {
  const { box, nowMs } = turn;
  personSeen(turn);
  if (networkKeyPressed(turn, key)) return;
  if (isClaimed(turn) && !isLive(box)) meetAlone(turn);
  if (key === 'clear' && (isStopped(turn) || furtherCleared(turn))) return;
  if (isBlocked(turn) && key !== 'language') {
    sound(turn, 'refused');
    return;
  }
  if (key !== 'language') box.notice = undefined;
  if (key === 'clear' && box.keypad.digits === '' && isServedAlone(turn)) clearedAlone(turn);
  const homeLanguage = box.settings.language;
  const pressed = pressKey(box.keypad, { key, nowMs, homeLanguage, digitsMin: digitsMin(turn) });
  box.keypad = pressed.entry;
  actOnKeypad(turn, pressed.outcome);
}

/** What was submitted before it was known whether there is a cloud goes to it, or is judged by the box alone. */
export function keepVisit(turn: Turn): void {
  const { box, nowMs } = turn;
  const { visit } = box;
  // Whoever sets up a network is still there: the dialog for it has an end of its own.
  if (visit === undefined || box.networkSetup !== undefined) return;
  if (nowMs >= (visitEndsMs(box) ?? nowMs)) {
    endVisit(turn);
    return;
  }
  const live = isLive(box);
  const { waiting } = visit;
  if (waiting !== undefined && (live || isAlone(visit, nowMs))) {
    box.visit = { ...visit, waiting: undefined };
    submitted(turn, waiting);
  }
  // Whoever gave a right code already still chooses the bin.
  if (!live || (box.dialog !== undefined && isAccepted(box.dialog))) return;
  if (box.dialog !== undefined) {
    box.keypad = { ...box.keypad, digits: '' };
    tell(turn, { text: 'online-again' });
  }
  box.visit = undefined;
  box.dialog = undefined;
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

/** The small black button. On a claimed box it turns on the light, and is what an opening from afar may wait for. */
export function buttonMoved(turn: Turn, down: boolean): void {
  const { box, nowMs } = turn;
  personSeen(turn);
  // A bouncing contact says "down" once more: the press that woke the box asks for nothing.
  if (down && box.wokeBy === 'button' && nowMs < boxLimits.wakingPressMs) return;
  if (down && pressedForOrder(turn)) return;
  if (box.factory !== undefined && box.session === undefined) {
    box.claim = moveClaimButton(box.claim, down, nowMs);
  }
}

function actOnKeypad(turn: Turn, outcome: KeypadOutcome): void {
  switch (outcome.kind) {
    case 'changed':
      sound(turn, 'key');
      return;
    case 'nothing':
      if (isServedAlone(turn)) submittedAlone(turn, '');
      else sound(turn, 'key');
      return;
    case 'too-long':
      sound(turn, 'refused');
      return;
    case 'too-short':
      sound(turn, 'refused');
      tell(turn, { text: 'too-short' });
      return;
    case 'submitted':
      submitted(turn, outcome.code);
      return;
  }
}

// To the box, to the cloud, or to wait until it is known which.
function submitted(turn: Turn, code: string): void {
  const { box, nowMs } = turn;
  if (isServedAlone(turn)) {
    submittedAlone(turn, code);
    return;
  }
  if (box.further !== undefined) {
    furtherSubmitted(turn, box.further, code);
    return;
  }
  sound(turn, 'key');
  if (!isLive(box) && box.visit !== undefined) {
    box.visit = { ...box.visit, waiting: code };
    return;
  }
  if (lockedFor(box.lockout, nowMs).waitMs > 0) return;
  if (code.length < boxLimits.codeDigitsMin) tell(turn, { text: 'too-short' });
  else requestAccess(turn, { kind: 'code', code });
}

// The first key of somebody without a session: the box tries its connection at once, whatever the pause.
function meetAlone(turn: Turn): void {
  const { box, nowMs } = turn;
  if (box.visit !== undefined) return;
  box.visit = beginVisit(nowMs);
  box.link = hurryLink(box.link, nowMs);
}

function endVisit(turn: Turn): void {
  const { box } = turn;
  if (box.dialog?.kind === 'phone-answer') tell(turn, { text: 'challenge-over' });
  box.visit = undefined;
  box.dialog = undefined;
  box.keypad = { ...box.keypad, digits: '' };
}

// The clear key stops what the box does by itself for a person.
function isStopped(turn: Turn): boolean {
  const { box } = turn;
  if (box.openAll !== undefined) {
    endOpenAll(turn, 'stopped');
    return true;
  }
  if (box.visit?.waiting === undefined) return false;
  box.visit = { ...box.visit, waiting: undefined };
  sound(turn, 'key');
  return true;
}

// The shortest code, or a single digit where that can be an answer.
function digitsMin({ box }: Turn): number {
  if (!isLive(box) || box.dialog !== undefined) return 1;
  return box.further === undefined ? boxLimits.codeDigitsMin : furtherDigitsMin(box.further);
}

function isBlocked(turn: Turn): boolean {
  const { box, nowMs } = turn;
  if (!isClaimed(turn) || !mayPulse(box.power)) return true;
  if (box.attempt !== undefined || box.openAll !== undefined) return true;
  if (box.visit?.waiting !== undefined) return true;
  // Without a session it is not known yet who will judge what is typed.
  return isLive(box) && box.dialog === undefined && lockedFor(box.lockout, nowMs).waitMs > 0;
}

function personSeen(turn: Turn): void {
  turn.box.lastPersonMs = turn.nowMs;
  wakeLight(turn);
}

function isClaimed(turn: Turn): boolean {
  return turn.box.session !== undefined;
}
