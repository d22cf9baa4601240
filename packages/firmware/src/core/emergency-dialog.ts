// The questions of a box that is alone, one screen after another: which bin, then which code. A state machine over
// what was submitted at the keypad. It knows lengths and choices and no secret: whatever opens something leaves it
// as a wish, for open-offline.ts to judge. Digits are a whole answer to one question; they never run into the next.
import { ALL_BINS, limits, type PhoneChallenge } from '@smartbox/protocol';
import { boxLimits } from './limits.ts';

/** How the person will prove it. `app`: the code was right already, and `step` is what it used up. */
export type Way = { readonly kind: 'sheet' | 'phone' } | { readonly kind: 'app'; readonly step: number };

export type EmergencyDialog =
  | { readonly kind: 'which-bin'; readonly way: Way }
  /** All bins were chosen, and the display says what that means. */
  | { readonly kind: 'announce-all'; readonly way: Way }
  | { readonly kind: 'sheet-code'; readonly target: number }
  | {
      readonly kind: 'phone-answer';
      readonly asked: PhoneChallenge;
      readonly triesLeft: number;
      /** Monotonic ms. */
      readonly endsAtMs: number;
    };

/** Why digits are no answer to what the box asked; nothing was compared and no try is counted. */
export type Misfit = 'need-8-digits' | 'no-such-bin' | 'no-such-choice' | 'needs-network';

/** What a submit leads to. */
export type DialogWish =
  | { readonly kind: 'go-on'; readonly dialog: EmergencyDialog }
  | { readonly kind: 'misfit'; readonly text: Misfit }
  | { readonly kind: 'choose-target'; readonly way: Way; readonly target: number }
  | { readonly kind: 'try-sheet'; readonly target: number; readonly code: string }
  | { readonly kind: 'try-answer'; readonly asked: PhoneChallenge; readonly code: string }
  | { readonly kind: 'try-booking' | 'try-revocation' | 'try-app'; readonly code: string }
  /** A choice of the menu that starts with it: printed sheet, phone, network. */
  | { readonly kind: 'menu'; readonly choice: '1' | '2' | '3' | '4' };

/** What decides which answers there are. */
export interface DialogFacts {
  readonly binCount: number;
  readonly appEnrolled: boolean;
}

/** Somebody pressed enter. @param digits at least one */
export function submitDigits(
  dialog: EmergencyDialog | undefined,
  digits: string,
  facts: DialogFacts,
): DialogWish {
  switch (dialog?.kind) {
    case undefined:
      return submitToMenu(digits, facts);
    case 'which-bin':
      return chooseBin(dialog.way, digits, facts);
    case 'announce-all':
      return misfit('no-such-choice');
    case 'sheet-code':
      if (digits.length !== limits.sheetDigits) return misfit('need-8-digits');
      return { kind: 'try-sheet', target: dialog.target, code: digits };
    case 'phone-answer':
      if (digits.length !== limits.challengeDigits) return misfit('need-8-digits');
      return { kind: 'try-answer', asked: dialog.asked, code: digits };
  }
}

/** Somebody pressed enter without digits: only an announcement is answered by that. */
export function submitNothing(dialog: EmergencyDialog | undefined): DialogWish | undefined {
  if (dialog?.kind !== 'announce-all') return undefined;
  return { kind: 'choose-target', way: dialog.way, target: ALL_BINS };
}

/** Somebody pressed clear with nothing typed. @returns the question before this one, undefined for the menu */
export function goBack(dialog: EmergencyDialog): EmergencyDialog | undefined {
  switch (dialog.kind) {
    case 'which-bin':
      return undefined;
    case 'announce-all':
      return { kind: 'which-bin', way: dialog.way };
    case 'sheet-code':
      return { kind: 'which-bin', way: { kind: 'sheet' } };
    case 'phone-answer':
      return { kind: 'which-bin', way: { kind: 'phone' } };
  }
}

/**
 * @param lastKeyMs when somebody last pressed a key; @param idleMs after how long nobody is there
 * @returns when the question is withdrawn, monotonic ms
 */
export function dialogEndsMs(dialog: EmergencyDialog, lastKeyMs: number, idleMs: number): number {
  if (dialog.kind === 'phone-answer') return dialog.endsAtMs;
  // A code that was right already must not wait for the next person.
  return lastKeyMs + (isAccepted(dialog) ? idleMs : Math.max(idleMs, boxLimits.dialogIdleMs));
}

/** @returns whether the code was right already: only the bin is still to be chosen */
export function isAccepted(dialog: EmergencyDialog): boolean {
  return (dialog.kind === 'which-bin' || dialog.kind === 'announce-all') && dialog.way.kind === 'app';
}

/** An answer was wrong. @returns the question again, undefined where its challenge is used up */
export function answerWrong(
  dialog: Extract<EmergencyDialog, { kind: 'phone-answer' }>,
): EmergencyDialog | undefined {
  const triesLeft = dialog.triesLeft - 1;
  return triesLeft > 0 ? { ...dialog, triesLeft } : undefined;
}

function submitToMenu(digits: string, facts: DialogFacts): DialogWish {
  switch (digits) {
    case '1':
    case '2':
    case '3':
    case '4':
      return { kind: 'menu', choice: digits };
  }
  switch (digits.length) {
    case limits.bookingDigits:
      return { kind: 'try-booking', code: digits };
    case limits.revocationDigits:
      return { kind: 'try-revocation', code: digits };
    case limits.authenticatorDigits:
      return facts.appEnrolled ? { kind: 'try-app', code: digits } : misfit('needs-network');
    default:
      return misfit(digits.length < 4 ? 'no-such-choice' : 'needs-network');
  }
}

function chooseBin(way: Way, digits: string, facts: DialogFacts): DialogWish {
  const target = Number(digits);
  if (digits.length > 2 || target > facts.binCount) return misfit('no-such-bin');
  if (target === ALL_BINS) return { kind: 'go-on', dialog: { kind: 'announce-all', way } };
  return { kind: 'choose-target', way, target };
}

function misfit(text: Misfit): DialogWish {
  return { kind: 'misfit', text };
}
