// An opening that the cloud wants: the box asks for it at once, or when somebody presses the small button. Nothing here
// opens anything: a message that the broker kept, or said twice, makes the box ask once more with a nonce of its own,
// and the cloud's answer to that decides. A box that is busy leaves it.
import type { BodyNamed } from '@smartbox/protocol';
import { lockOf } from './bin-lock.ts';
import { awaitPress } from './ordered-opening.ts';
import { requestAccess } from './request-access.ts';
import { note, type Turn, wakeLight } from './turn.ts';

/** The cloud wants a bin or the main lock open. */
export function openingAsked(turn: Turn, body: BodyNamed<'opening-asked'>): void {
  const { box, nowMs } = turn;
  if (box.attempt !== undefined || box.openAll !== undefined) {
    note(turn, 'warn', 'opening-busy');
    return;
  }
  if (lockOf(box.locks, body.bin) === undefined) {
    note(turn, 'warn', 'opening-impossible');
    return;
  }
  if (body.press === 'none') {
    const { order, bin } = body;
    if (!requestAccess(turn, { kind: 'remote', follows: order, bin }))
      note(turn, 'warn', 'opening-not-asked');
    return;
  }
  box.ordered = awaitPress(body, nowMs);
  // The invitation shall not wait behind what was told to somebody else.
  box.notice = undefined;
  wakeLight(turn);
}

/** The small button was pressed. @returns whether that was what an opening waited for */
export function pressedForOrder(turn: Turn): boolean {
  const { ordered } = turn.box;
  if (ordered === undefined) return false;
  const { order, bin } = ordered;
  // What cannot be asked now may be asked with the next press.
  if (requestAccess(turn, { kind: 'remote', follows: order, bin })) turn.box.ordered = undefined;
  return true;
}

/** Ends what nobody pressed the button for. */
export function keepOrdered(turn: Turn): void {
  const { box, nowMs } = turn;
  if (box.ordered !== undefined && nowMs >= box.ordered.untilMs) box.ordered = undefined;
}
