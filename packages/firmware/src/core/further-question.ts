// What the cloud wants to hear from a person whose first answer was right: the code that was sent to their phone, or the
// number of a bin. Pure: what digits may be an answer, and how long the box waits. In RAM only; what is answered goes
// up as a request of its own and is judged there.
import type { BodyNamed } from '@smartbox/protocol';
import { boxLimits } from './limits.ts';

export interface FurtherQuestion {
  /** The request that was answered with this question. */
  readonly follows: Uint8Array;
  readonly what: BodyNamed<'further-asked'>['what'];
  /** Monotonic ms. */
  readonly untilMs: number;
}

/** Why digits are no answer; nothing is asked and no try is counted. */
export type FurtherMisfit = 'too-short' | 'no-such-bin';

/** What was keyed as the request carries it. */
export interface FurtherAnswer {
  readonly code: string;
  readonly bin: number;
}

/** Bins are numbered with at most this many digits. */
const BIN_DIGITS = 2;

/** The cloud asked. A wait beyond all patience is cut: nobody's dialog may be taken up by the next person. */
export function askFurther(body: BodyNamed<'further-asked'>, nowMs: number): FurtherQuestion {
  const { request, what, waitMs } = body;
  return { follows: request, what, untilMs: nowMs + Math.min(waitMs, boxLimits.furtherWaitMaxMs) };
}

/** @returns how few digits can be an answer */
export function furtherDigitsMin({ what }: FurtherQuestion): number {
  return what === 'bin' ? 1 : boxLimits.codeDigitsMin;
}

/** Somebody pressed enter. @param digits at least one */
export function answerOf(
  question: FurtherQuestion,
  digits: string,
  binCount: number,
): FurtherAnswer | FurtherMisfit {
  if (digits.length < furtherDigitsMin(question)) return 'too-short';
  if (question.what === 'second-code') return { code: digits, bin: 0 };
  const bin = Number(digits);
  return digits.length <= BIN_DIGITS && bin >= 1 && bin <= binCount ? { code: '', bin } : 'no-such-bin';
}
