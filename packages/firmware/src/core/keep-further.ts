// Carries the dialogue of `further-question.ts`: the cloud's question is put to the person, and what they key goes up as
// a new request that says which one it follows. The question ends when its time is over, with the clear key, with the
// session, and with whatever is asked next. Order that matters: the try of a right code is given back when the question
// comes, so the answer counts as a try of its own before its frame leaves.
import type { BodyNamed } from '@smartbox/protocol';
import { isKeyed, judgeAnswer } from './access-attempt.ts';
import { answerOf, askFurther, type FurtherQuestion } from './further-question.ts';
import { giveBackKeyed } from './pass-time.ts';
import { requestAccess } from './request-access.ts';
import { isLive, note, sound, type Turn, tell, wakeLight } from './turn.ts';

/** The cloud wants to hear more before it decides. */
export function furtherAsked(turn: Turn, body: BodyNamed<'further-asked'>): void {
  const { box, nowMs } = turn;
  const judged = judgeAnswer(box.attempt, body.request, nowMs);
  if (judged.kind === 'ignored') {
    note(turn, 'warn', `question-${judged.reason}`);
    return;
  }
  box.attempt = undefined;
  if (judged.attempt.kind === 'remote') {
    // Nobody said anything that one could go on from.
    note(turn, 'warn', 'question-impossible');
    tell(turn, { text: 'try-again' });
    return;
  }
  if (isKeyed(judged.attempt)) giveBackKeyed(turn);
  box.keypad = { ...box.keypad, digits: '', lastKeyMs: nowMs };
  box.further = askFurther(body, nowMs);
  sound(turn, 'key');
  wakeLight(turn);
}

/** Somebody pressed enter while the question is open. */
export function furtherSubmitted(turn: Turn, question: FurtherQuestion, digits: string): void {
  const answer = answerOf(question, digits, turn.box.binCount);
  if (typeof answer === 'string') {
    sound(turn, 'refused');
    tell(turn, { text: answer });
    return;
  }
  sound(turn, 'key');
  requestAccess(turn, { kind: 'further', follows: question.follows, ...answer });
}

/** The clear key with nothing typed ends the question. @returns whether it did */
export function furtherCleared(turn: Turn): boolean {
  const { box } = turn;
  if (box.further === undefined || box.keypad.digits !== '') return false;
  box.further = undefined;
  sound(turn, 'key');
  return true;
}

/** Ends a question whose time is over, or whose session is: the cloud would not know it any more. */
export function keepFurther(turn: Turn): void {
  const { box, nowMs } = turn;
  if (box.further === undefined || (isLive(box) && nowMs < box.further.untilMs)) return;
  box.further = undefined;
  // Half of an answer must not become the beginning of somebody's code.
  box.keypad = { ...box.keypad, digits: '' };
  tell(turn, { text: isLive(box) ? 'question-over' : 'no-answer' });
}
