// The emergency keys over time: a change of the cloud, what the box confirms of it, replaced keys whose day is over,
// tries that are forgotten. Order that matters for a change: the records in the order that emergency-keys.ts gives
// but the last, then append-log emergency-changed, then save-record emergency with the version: a cut before it has
// the cloud tell everything again.
import type { BodyNamed } from '@smartbox/protocol';
import type { BoxState } from './box-state.ts';
import {
  changeEmergency,
  confirmedKeys,
  forgetReplaced,
  type KeysChanged,
  replacedUntilMs,
} from './emergency-keys.ts';
import { encodeLockout, lockoutDueMs, tickLockout } from './lockout.ts';
import { readClock } from './trusted-clock.ts';
import { save, sendMessage, type Turn, writeDown } from './turn.ts';

/** The cloud told what it wants the box to hold. */
export function emergencyChanged(turn: Turn, told: BodyNamed<'emergency-changed'>): void {
  const { box, nowMs } = turn;
  const changed = changeEmergency(box.emergency, told, readClock(box.clock, nowMs).timeMs);
  if (changed !== undefined) {
    const saves = changed.saves.slice(0, -1);
    useKeys(turn, { keys: changed.keys, saves });
    writeDown(turn, { kind: 'emergency-changed', detail: told.version });
    useKeys(turn, { keys: changed.keys, saves: changed.saves.slice(-1) });
  }
  confirmEmergency(turn);
}

/** Says which keys are in force. */
export function confirmEmergency(turn: Turn): void {
  sendMessage(turn, { name: 'emergency-confirmed', body: confirmedKeys(turn.box.emergency) });
}

/** Saves what a change is about, in its order, and uses it from now on. */
export function useKeys(turn: Turn, change: KeysChanged): void {
  for (const { record, bytes } of change.saves) save(turn, record, bytes);
  turn.box.emergency = change.keys;
}

/** Tries that are forgotten, replaced keys whose day is over. */
export function passTimeToEmergency(turn: Turn): void {
  const { box, nowMs } = turn;
  const tries = tickLockout(box.offlineTries, nowMs);
  if (tries !== box.offlineTries) {
    box.offlineTries = tries;
    save(turn, 'offline-lockout', encodeLockout(tries));
  }
  const challenges = tickLockout(box.challenges, nowMs);
  if (challenges !== box.challenges) {
    box.challenges = challenges;
    save(turn, 'phone-lockout', encodeLockout(challenges));
  }
  if (replacedUntilMs(box.emergency) === undefined) return;
  const forgotten = forgetReplaced(box.emergency, readClock(box.clock, nowMs));
  if (forgotten !== undefined) useKeys(turn, forgotten);
}

/** @returns when any of that is due next, monotonic ms */
export function emergencyDueMs(box: BoxState, nowMs: number): number | undefined {
  const reading = readClock(box.clock, nowMs);
  const until = reading.source === 'unknown' ? undefined : replacedUntilMs(box.emergency);
  const dues = [
    lockoutDueMs(box.offlineTries),
    lockoutDueMs(box.challenges),
    until === undefined ? undefined : nowMs + Math.max(until - reading.timeMs, 0),
  ].filter((due) => due !== undefined);
  return dues.length === 0 ? undefined : Math.min(...dues);
}
