// What time brings to the people at the box: typed digits that are forgotten, answers that did not come, locks,
// tags, the lockout, the clock's floor. Running it twice in the same millisecond does nothing the second time.
import { isKeyed, isOverdue } from './access-attempt.ts';
import { isDoorOpen, MAIN_LOCK, tickLocks } from './bin-lock.ts';
import { tickPresence } from './key-presence.ts';
import { expireKeypad } from './keypad-entry.ts';
import { boxLimits } from './limits.ts';
import { encodeLockout, freeTriesLeft, giveBackTry, lockedFor, tickLockout } from './lockout.ts';
import { mayPulse } from './power.ts';
import { endSession } from './session.ts';
import { floorDueMs, saveFloor } from './trusted-clock.ts';
import { endOpening, save, sound, type Turn, tell, writeAllDown, writeDown } from './turn.ts';

/** Everything at the box but the cloud. */
export function passTimeAtBox(turn: Turn): void {
  const { box, nowMs } = turn;
  // While somebody sets up a phone the dialog has its own, longer patience.
  if (box.networkSetup === undefined) expireDigits(turn);
  if (box.notice !== undefined && nowMs >= box.notice.untilMs) box.notice = undefined;
  if (box.attempt !== undefined && isOverdue(box.attempt, nowMs)) loseSession(turn);
  const lockout = tickLockout(box.lockout, nowMs);
  if (lockout !== box.lockout) {
    box.lockout = lockout;
    save(turn, 'lockout', encodeLockout(lockout));
  }
  passLocks(turn);
  const presence = tickPresence(box.presence, nowMs, (bin) => isDoorOpen(box.locks, bin));
  box.presence = presence.presence;
  writeAllDown(turn, presence.facts);
  for (const bin of presence.settled) endOpening(turn, bin);
  const floorDue = floorDueMs(box.clock);
  if (floorDue !== undefined && nowMs >= floorDue) {
    const saved = saveFloor(box.clock, nowMs);
    box.clock = saved.clock;
    save(turn, 'time-floor', saved.bytes);
  }
}

// Whoever waits for a code on their phone goes on reading the language that they chose.
function expireDigits({ box, nowMs }: Turn): void {
  const { chosen } = box.keypad;
  const expired = expireKeypad(box.keypad, nowMs, box.settings.idleMs);
  box.keypad = box.further === undefined || expired === box.keypad ? expired : { ...expired, chosen };
}

/** Pulses that are due, jams, doors left open. */
export function passLocks(turn: Turn): void {
  const { box, nowMs } = turn;
  const { leftOpenMs } = box.settings;
  const ticked = tickLocks(box.locks, { nowMs, leftOpenMs, mayPulse: mayPulse(box.power) });
  box.locks = ticked.locks;
  const { pulseMs } = boxLimits;
  if (ticked.pulse === MAIN_LOCK) turn.outputs.push({ kind: 'release-main-lock', pulseMs });
  else if (ticked.pulse !== undefined) turn.outputs.push({ kind: 'release-bin', bin: ticked.pulse, pulseMs });
  writeAllDown(turn, ticked.facts);
  if (ticked.remind) sound(turn, 'reminder');
  for (const fact of ticked.facts) {
    if (fact.kind === 'main-lock-jammed') {
      sound(turn, 'refused');
      tell(turn, { text: 'main-lock-jammed' });
    }
    if (fact.kind !== 'bin-jammed' || fact.bin === undefined) continue;
    if (box.focusBin === fact.bin) box.focusBin = 0;
    sound(turn, 'refused');
    tell(turn, { text: 'jammed', bin: fact.bin });
  }
}

/**
 * The session is over, or its cloud does not answer: the box shakes hands again, and what waited for an answer
 * will not get one.
 */
export function loseSession(turn: Turn): void {
  const { box } = turn;
  const { attempt } = box;
  if (box.session !== undefined) box.session = endSession(box.session, turn.nowMs);
  box.delivery = undefined;
  if (attempt === undefined) return;
  box.attempt = undefined;
  sound(turn, 'refused');
  if (isKeyed(attempt) && lockKeypad(turn)) return;
  tell(turn, { text: 'no-answer' });
}

/** The cloud refused a code: how many tries are left, or how long to wait. */
export function codeRefused(turn: Turn): void {
  if (!lockKeypad(turn)) tell(turn, { text: 'refused', left: freeTriesLeft(turn.box.lockout) });
}

/** The try that was counted last was right, or was not judged: it counts no longer. */
export function giveBackKeyed(turn: Turn): void {
  turn.box.lockout = giveBackTry(turn.box.lockout, turn.nowMs);
  save(turn, 'lockout', encodeLockout(turn.box.lockout));
}

// Writes down that the keypad is locked now, if it is. The display then counts down by itself.
function lockKeypad(turn: Turn): boolean {
  const { waitMs } = lockedFor(turn.box.lockout, turn.nowMs);
  if (waitMs === 0) return false;
  turn.box.notice = undefined;
  writeDown(turn, { kind: 'keypad-locked', detail: Math.ceil(waitMs / 1000) });
  return true;
}
