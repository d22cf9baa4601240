// Codes that the box judges alone, and what it opens for them. Orders that matter:
// save-record offline-lockout (the try), then the comparison; for a code that is right: save-record of what it uses up,
// append-log code-used, append-log open-intended, release-bin, save-record offline-lockout with the try given back.
// A cut anywhere opens nothing, or opens with both entries; a code that is used up opens nothing more.
// Challenges are counted before they are shown, in `phone-lockout`, so that neither budget can block the other.
import {
  ALL_BINS,
  decimalCode,
  encodeOfflineUse,
  limits,
  offlineGrant,
  type PhoneChallenge,
} from '@smartbox/protocol';
import type { TextKey } from './display-texts.ts';
import { answerWrong } from './emergency-dialog.ts';
import { openingsLeft } from './energy.ts';
import { useKeys } from './keep-emergency.ts';
import { startOpenAll } from './keep-open-all.ts';
import { boxLimits } from './limits.ts';
import { countTry, encodeLockout, freeTriesLeft, giveBackTry, lockedFor } from './lockout.ts';
import {
  checkAnswer,
  checkAuthenticator,
  checkBooking,
  checkRevocation,
  checkSheet,
  isClockUnsure,
  type OfflineFacts,
  type OfflineVerdict,
  wantedCells,
} from './offline-code.ts';
import { offlineFacts } from './offline-facts.ts';
import { openBin } from './open-bin.ts';
import { hasOfflineRoom } from './outbox.ts';
import type { Notice } from './screen.ts';
import { draw, save, sound, type Turn, tell, writeDown } from './turn.ts';

type Accepted = Extract<OfflineVerdict, { kind: 'accepted' }>;

/** @returns why the box could open nothing now, whatever the code; undefined where it could */
export function openingTrouble(turn: Turn): TextKey | undefined {
  const { outbox, supply } = turn.box;
  if (outbox === undefined || !hasOfflineRoom(outbox)) return 'log-full';
  return openingsLeft(supply) === 0 ? 'battery-too-low' : undefined;
}

/** Says why not. */
export function refuse(turn: Turn, notice: Omit<Notice, 'untilMs'>): void {
  sound(turn, 'refused');
  tell(turn, notice);
}

/** @param code 8 digits, of the cell that the display asks for */
export function trySheet(turn: Turn, target: number, code: string): void {
  const trouble = openingTrouble(turn);
  if (trouble !== undefined) {
    refuse(turn, { text: trouble });
    return;
  }
  const wanted = wantedCells(offlineFacts(turn.crypto, turn.box, turn.nowMs), target);
  const verdict = spendTry(turn, (facts) => checkSheet(facts, target, code));
  if (verdict?.kind !== 'wrong' || typeof wanted === 'string') {
    conclude(turn, verdict);
    return;
  }
  const cell = String(wanted[0]?.cell);
  const sheet = String(wanted[0]?.sheet.generation);
  wrong(turn, { text: 'sheet-wrong', bin: target, values: { cell, sheet } });
}

/** @param code 12 digits */
export function tryBooking(turn: Turn, code: string): void {
  const { emergency, clock } = turn.box;
  const unsure = clock.source === 'unknown';
  const trouble = emergency.booking === undefined ? 'needs-network' : unsure ? 'clock-unsure' : undefined;
  const text = trouble ?? openingTrouble(turn);
  if (text === undefined)
    conclude(
      turn,
      spendTry(turn, (facts) => checkBooking(facts, code)),
    );
  else refuse(turn, { text });
}

/** @param code 8 digits of the enrolled app; if it is right, the next question is for the bin */
export function tryApp(turn: Turn, code: string): void {
  const unsure = isClockUnsure(offlineFacts(turn.crypto, turn.box, turn.nowMs));
  const text = unsure ? 'clock-unsure' : openingTrouble(turn);
  if (text !== undefined) {
    refuse(turn, { text });
    return;
  }
  const verdict = spendTry(turn, (facts) => checkAuthenticator(facts, code));
  if (verdict?.kind !== 'accepted') {
    conclude(turn, verdict);
    return;
  }
  useKeys(turn, verdict.change);
  giveBack(turn);
  sound(turn, 'key');
  turn.box.dialog = { kind: 'which-bin', way: { kind: 'app', step: verdict.step } };
}

/** The bin for an app's code that was right was chosen. */
export function openForApp(turn: Turn, target: number, step: number): void {
  const trouble = openingTrouble(turn);
  turn.box.dialog = undefined;
  if (trouble !== undefined) {
    refuse(turn, { text: trouble });
    return;
  }
  const use = { method: 'authenticator', generation: 0, number: step } as const;
  openFor(turn, { kind: 'accepted', use, target, purpose: 'withdraw', change: undefined });
}

/** @param code 10 digits: they can only close */
export function tryRevocation(turn: Turn, code: string): void {
  const { emergency } = turn.box;
  if (emergency.sheet === undefined) {
    refuse(turn, { text: 'no-sheet' });
    return;
  }
  // An object around it, so that a budget that is used up and a code that is wrong are told apart.
  const tried = spendTry(turn, (facts) => ({ change: checkRevocation(facts, code) }));
  if (tried === undefined) return;
  if (tried.change === undefined) {
    wrong(turn, { text: 'offline-wrong' });
    return;
  }
  const { keys } = tried.change;
  const closed = keys.cells !== emergency.cells ? keys.cells : keys.cellsBefore;
  useKeys(turn, tried.change);
  writeDown(turn, { kind: 'sheet-revoked', detail: closed.generation });
  giveBack(turn);
  sound(turn, 'granted');
  tell(turn, { text: 'sheet-closed' });
}

/** Draws and shows a challenge, if there is one left today. */
export function askChallenge(turn: Turn, target: number): void {
  const { box, nowMs } = turn;
  const { waitMs } = lockedFor(box.challenges, nowMs);
  if (waitMs > 0) {
    box.dialog = undefined;
    refuse(turn, { text: 'phone-used-up', waitMs });
    return;
  }
  box.challenges = countTry(box.challenges, nowMs);
  save(turn, 'phone-lockout', encodeLockout(box.challenges));
  const challenge = decimalCode(draw(turn, 8), limits.challengeDigits);
  const endsAtMs = nowMs + boxLimits.challengeLifetimeMs;
  const triesLeft = boxLimits.challengeTries;
  box.dialog = { kind: 'phone-answer', asked: { challenge, target }, triesLeft, endsAtMs };
  sound(turn, 'key');
}

/** @param code 8 digits that were read out */
export function tryAnswer(turn: Turn, asked: PhoneChallenge, code: string): void {
  const { box, nowMs } = turn;
  const trouble = openingTrouble(turn);
  if (trouble !== undefined) {
    refuse(turn, { text: trouble });
    return;
  }
  const { dialog } = box;
  const verdict = checkAnswer(offlineFacts(turn.crypto, box, nowMs), asked, code);
  if (verdict.kind === 'accepted') {
    openFor(turn, verdict);
    box.challenges = giveBackTry(box.challenges, nowMs);
    save(turn, 'phone-lockout', encodeLockout(box.challenges));
    return;
  }
  const again = dialog?.kind === 'phone-answer' ? answerWrong(dialog) : undefined;
  box.dialog = again;
  const left = again?.kind === 'phone-answer' ? again.triesLeft : 0;
  refuse(turn, left > 0 ? { text: 'answer-wrong', left } : { text: 'answers-used-up' });
}

// Counts a try and saves it, and only then compares. @returns undefined where no try is allowed now
function spendTry<Verdict>(turn: Turn, check: (facts: OfflineFacts) => Verdict): Verdict | undefined {
  const { box, nowMs } = turn;
  if (lockedFor(box.offlineTries, nowMs).waitMs > 0) {
    // The menu shows how long to wait, and what works meanwhile.
    box.dialog = undefined;
    box.notice = undefined;
    sound(turn, 'refused');
    return undefined;
  }
  box.offlineTries = countTry(box.offlineTries, nowMs);
  save(turn, 'offline-lockout', encodeLockout(box.offlineTries));
  return check(offlineFacts(turn.crypto, box, nowMs));
}

function conclude(turn: Turn, verdict: OfflineVerdict | undefined): void {
  switch (verdict?.kind) {
    case undefined:
      return;
    case 'wrong':
      wrong(turn, { text: 'offline-wrong' });
      return;
    case 'accepted':
      openFor(turn, verdict);
      giveBack(turn);
      return;
    case 'refused': {
      // Somebody issued this code: it is no guess, and who comes too early must not lock out the others.
      giveBack(turn);
      const { reason, waitMs } = verdict;
      turn.box.dialog = undefined;
      refuse(turn, { text: reason, ...(waitMs === undefined ? {} : { waitMs }) });
      return;
    }
  }
}

function wrong(turn: Turn, notice: Omit<Notice, 'untilMs' | 'left'>): void {
  const { box, nowMs } = turn;
  const { waitMs } = lockedFor(box.offlineTries, nowMs);
  if (waitMs === 0) {
    refuse(turn, { ...notice, left: freeTriesLeft(box.offlineTries) });
    return;
  }
  box.dialog = undefined;
  box.notice = undefined;
  sound(turn, 'refused');
  writeDown(turn, { kind: 'keypad-locked', detail: Math.ceil(waitMs / 1000) });
}

function giveBack(turn: Turn): void {
  const { box, nowMs } = turn;
  box.offlineTries = giveBackTry(box.offlineTries, nowMs);
  save(turn, 'offline-lockout', encodeLockout(box.offlineTries));
}

function openFor(turn: Turn, accepted: Accepted): void {
  const { box } = turn;
  const { change, use, target, purpose } = accepted;
  box.dialog = undefined;
  box.notice = undefined;
  if (change !== undefined) useKeys(turn, change);
  // The number of the entry that is written next.
  const grant = offlineGrant((box.outbox?.head.end ?? 0) + 1);
  const tag = encodeOfflineUse(use);
  const written = writeDown(turn, { kind: 'code-used', bin: target, grant, tag });
  if (written && target === ALL_BINS) startOpenAll(turn, grant);
  else if (!written || !openBin(turn, { bin: target, grant, purpose })) refuse(turn, { text: 'log-full' });
}
