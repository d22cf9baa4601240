// A person at a box that is alone: turns what they submit into the next question, or into a try of a code. What is a
// question and what is a try is decided by emergency-dialog.ts; what a code opens, by open-offline.ts.
import { ALL_BINS } from '@smartbox/protocol';
import {
  type DialogWish,
  dialogEndsMs,
  type EmergencyDialog,
  goBack,
  submitDigits,
  submitNothing,
  type Way,
} from './emergency-dialog.ts';
import { binsToOpen } from './keep-open-all.ts';
import { boxLimits } from './limits.ts';
import { lockedFor } from './lockout.ts';
import { startNetworkRemoval, startNetworkSetup } from './network-setup.ts';
import { sheetTrouble, wantedCells } from './offline-code.ts';
import { sheetFacts } from './offline-facts.ts';
import {
  askChallenge,
  openForApp,
  openingTrouble,
  refuse,
  tryAnswer,
  tryApp,
  tryBooking,
  tryRevocation,
  trySheet,
} from './open-offline.ts';
import { isLive, sound, type Turn } from './turn.ts';
import { isAlone } from './visit.ts';

/** @returns whether what is typed now is for the box itself and not for the cloud */
export function isServedAlone(turn: Turn): boolean {
  const { box, nowMs } = turn;
  return box.dialog !== undefined || (!isLive(box) && isAlone(box.visit, nowMs));
}

/** Somebody pressed enter. @param digits empty for nothing typed */
export function submittedAlone(turn: Turn, digits: string): void {
  const { box } = turn;
  const facts = { binCount: box.binCount, appEnrolled: box.emergency.authenticator.key.length > 0 };
  const wish = digits === '' ? submitNothing(box.dialog) : submitDigits(box.dialog, digits, facts);
  if (wish === undefined) sound(turn, 'key');
  else grantWish(turn, wish);
}

/** Somebody pressed clear with nothing typed: back to the question before. */
export function clearedAlone(turn: Turn): void {
  const { box } = turn;
  if (box.dialog !== undefined) box.dialog = goBack(box.dialog);
}

/** @returns when nobody counts as being at the box any more, monotonic ms; undefined where nobody is */
export function visitEndsMs(box: Turn['box']): number | undefined {
  const { visit, dialog, keypad, settings } = box;
  if (visit === undefined) return undefined;
  if (dialog !== undefined) return dialogEndsMs(dialog, keypad.lastKeyMs, settings.idleMs);
  const idleMs = visit.waiting === undefined ? settings.idleMs : boxLimits.aloneAfterMs + settings.idleMs;
  return keypad.lastKeyMs + idleMs;
}

function grantWish(turn: Turn, wish: DialogWish): void {
  switch (wish.kind) {
    case 'go-on':
      askNext(turn, wish.dialog);
      return;
    case 'misfit':
      refuse(turn, { text: wish.text });
      return;
    case 'menu':
      choose(turn, wish.choice);
      return;
    case 'choose-target':
      askForCode(turn, wish.way, wish.target);
      return;
    case 'try-sheet':
      trySheet(turn, wish.target, wish.code);
      return;
    case 'try-answer':
      tryAnswer(turn, wish.asked, wish.code);
      return;
    case 'try-booking':
      tryBooking(turn, wish.code);
      return;
    case 'try-revocation':
      tryRevocation(turn, wish.code);
      return;
    case 'try-app':
      tryApp(turn, wish.code);
      return;
  }
}

function askNext(turn: Turn, dialog: EmergencyDialog): void {
  if (dialog.kind === 'announce-all' && binsToOpen(turn.box).length === 0) {
    refuse(turn, { text: 'no-keys-inside' });
    return;
  }
  turn.box.dialog = dialog;
  sound(turn, 'key');
}

function choose(turn: Turn, choice: '1' | '2' | '3' | '4'): void {
  const { box, nowMs } = turn;
  if (choice === '3' || choice === '4') {
    sound(turn, 'key');
    if (choice === '3') startNetworkSetup(turn);
    else if (!startNetworkRemoval(turn)) refuse(turn, { text: 'no-such-choice' });
    return;
  }
  const noPhone = box.emergency.phone === undefined ? 'no-phone-key' : undefined;
  const missing = choice === '1' ? sheetTrouble(sheetFacts(box, nowMs)) : noPhone;
  const trouble = missing ?? openingTrouble(turn);
  if (trouble !== undefined) {
    refuse(turn, { text: trouble });
    return;
  }
  if (choice === '1' && lockedFor(box.offlineTries, nowMs).waitMs > 0) {
    // The menu says how long to wait.
    sound(turn, 'refused');
    return;
  }
  askNext(turn, { kind: 'which-bin', way: { kind: choice === '1' ? 'sheet' : 'phone' } });
}

function askForCode(turn: Turn, way: Way, target: number): void {
  const { box, nowMs } = turn;
  if (target === ALL_BINS && binsToOpen(box).length === 0) {
    box.dialog = { kind: 'which-bin', way };
    refuse(turn, { text: 'no-keys-inside' });
    return;
  }
  switch (way.kind) {
    case 'app':
      openForApp(turn, target, way.step);
      return;
    case 'phone':
      askChallenge(turn, target);
      return;
    case 'sheet': {
      const wanted = wantedCells(sheetFacts(box, nowMs), target);
      if (typeof wanted !== 'string') {
        askNext(turn, { kind: 'sheet-code', target });
        return;
      }
      box.dialog = { kind: 'which-bin', way };
      refuse(turn, { text: wanted });
      return;
    }
  }
}
