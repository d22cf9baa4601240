// What the display says for the cloud's further question, for an opening that waits for the button, and for the main
// lock. A function of the state, like the rest of the display.
import { MAIN_LOCK } from './bin-lock.ts';
import type { BoxState } from './box-state.ts';
import { lockedFor } from './lockout.ts';
import type { Viewer } from './offline-screen.ts';
import { binPhrase, type ShownText } from './screen.ts';
import { isLive } from './turn.ts';

/** @returns the cloud's question, if one is open; not while the keypad is locked, whose screen counts down */
export function furtherText(box: BoxState, { nowMs, typed }: Viewer): ShownText | undefined {
  const { further, keypad } = box;
  if (further === undefined || lockedFor(box.lockout, nowMs).waitMs > 0) return undefined;
  // The number of a bin is no secret, and easier to check when it can be read.
  if (further.what === 'bin') return { text: 'choose-bin', values: { typed: keypad.digits || '_' } };
  return { text: 'second-code', values: { typed: typed || '_' } };
}

/** @returns the invitation to press the button, while an opening waits for that */
export function invitationText(box: BoxState, { language }: Viewer): ShownText | undefined {
  const { ordered } = box;
  if (ordered === undefined || !isLive(box)) return undefined;
  if (ordered.bin === MAIN_LOCK) return { text: 'press-for-main-lock', values: {} };
  return { text: 'press-for-bin', values: { bin: binPhrase(language, ordered.bin) } };
}

/** @returns what is to be done with the main lock; undefined while it is shut */
export function mainLockText({ locks }: BoxState): ShownText | undefined {
  switch (locks.main?.kind) {
    case 'released':
      return { text: 'main-lock-released', values: {} };
    case 'open':
      return { text: 'main-lock-open', values: {} };
    case 'left-open':
    case 'forced':
      return { text: 'close-main-lock', values: {} };
    default:
      return undefined;
  }
}
