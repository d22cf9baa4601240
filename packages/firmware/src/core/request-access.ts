// The one way in which the box asks the cloud for an opening, whatever made it ask. Order that matters: save-record
// lockout before the frame that carries what a person keyed. Whoever asks anew has no question open any more.
import { limits } from '@smartbox/protocol';
import { type AskedBy, beginAttempt, isKeyed } from './access-attempt.ts';

import { countTry, encodeLockout } from './lockout.ts';
import { hasEmergencyKeys } from './offline-facts.ts';
import { hasRoomFor } from './outbox.ts';
import { mayPulse } from './power.ts';
import { cloudState, isShownAlone } from './present.ts';
import { draw, isLive, save, sendMessage, sound, type Turn, tell } from './turn.ts';

/** Asks, if there is a cloud to ask and room to write down what would follow. @returns whether it asked */
export function requestAccess(turn: Turn, asked: AskedBy): boolean {
  const { box, nowMs } = turn;
  if (box.attempt !== undefined) return false;
  if (!mayPulse(box.power)) {
    sound(turn, 'refused');
    return false;
  }
  const { outbox } = box;
  if (!isLive(box) || outbox === undefined || !hasRoomFor(outbox, 'open-intended')) {
    sound(turn, 'refused');
    tell(turn, { text: outbox === undefined || isLive(box) ? 'log-full' : offlineText(turn) });
    return false;
  }
  if (isKeyed(asked)) {
    box.lockout = countTry(box.lockout, nowMs);
    save(turn, 'lockout', encodeLockout(box.lockout));
  }
  const request = draw(turn, limits.requestBytes);
  const begun = beginAttempt(asked, { request, logEnd: outbox.head.end, nowMs });
  box.attempt = begun.attempt;
  // Half of an answer must not become the beginning of somebody's code.
  if (box.further !== undefined) box.keypad = { ...box.keypad, digits: '' };
  box.further = undefined;
  box.notice = undefined;
  sendMessage(turn, { name: 'access-requested', body: begun.message });
  return true;
}

function offlineText(turn: Turn): 'offline' | 'fob-offline' | 'try-again' {
  const { box, nowMs } = turn;
  if (isShownAlone(box, nowMs) && hasEmergencyKeys(box)) return 'fob-offline';
  return cloudState(box, nowMs) === 'offline' ? 'offline' : 'try-again';
}
