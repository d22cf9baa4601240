// One request at a time: a person keyed a code, held up a fob or answered a question, or the cloud wants an opening;
// the box asks with 8 random bytes that it uses once, and only the answer that repeats them, in this session, within
// 8 seconds of the box's own monotonic clock, opens anything. The request lives in RAM: after a power cut an old grant
// finds nothing to answer.
// Orders that matter: for what was keyed, save-record lockout before send-frame; for a grant, append-log open-intended
// before the pulse.
import { type BodyNamed, equalBytes, noRequest } from '@smartbox/protocol';
import { MAIN_LOCK, type Purpose } from './bin-lock.ts';
import type { FurtherAnswer } from './further-question.ts';
import { boxLimits } from './limits.ts';

export type AskedBy =
  | { readonly kind: 'code'; readonly code: string }
  /** `bin` 0 is the front reader. */
  | { readonly kind: 'fob'; readonly tag: Uint8Array; readonly bin: number }
  /** `follows`: the request that was answered with a question. */
  | ({ readonly kind: 'further'; readonly follows: Uint8Array } & FurtherAnswer)
  /** `follows`: the cloud's order; `bin` 0 is the main lock. */
  | { readonly kind: 'remote'; readonly follows: Uint8Array; readonly bin: number };

export interface AccessAttempt {
  readonly request: Uint8Array;
  readonly kind: AskedBy['kind'];
  /** The bin that was asked for; a grant of a remote opening must name it. */
  readonly bin: number;
  readonly deadlineMs: number;
}

export type GrantVerdict =
  | { readonly kind: 'accepted'; readonly bin: number; readonly grant: number; readonly purpose: Purpose }
  | { readonly kind: 'ignored'; readonly reason: 'no-request' | 'other-request' | 'too-late' }
  /** It answers this request, but names what this box does not have, or would not open for such a request. */
  | { readonly kind: 'impossible' };

/** @returns whether somebody keyed it: those are tries, which are counted */
export function isKeyed(asked: { readonly kind: AskedBy['kind'] } | undefined): boolean {
  return asked?.kind === 'code' || asked?.kind === 'further';
}

/** Opens an attempt. @param fresh.request 8 random bytes; @param fresh.logEnd the log's end at this moment */
export function beginAttempt(
  asked: AskedBy,
  fresh: { readonly request: Uint8Array; readonly logEnd: number; readonly nowMs: number },
): { readonly attempt: AccessAttempt; readonly message: BodyNamed<'access-requested'> } {
  const { request, logEnd } = fresh;
  const deadlineMs = fresh.nowMs + boxLimits.grantDeadlineMs;
  const { kind } = asked;
  const bin = 'bin' in asked ? asked.bin : 0;
  return {
    attempt: { request, kind, bin, deadlineMs },
    message: {
      request,
      kind,
      code: 'code' in asked ? asked.code : '',
      tag: 'tag' in asked ? asked.tag : new Uint8Array(0),
      bin,
      logEnd,
      follows: 'follows' in asked ? asked.follows : noRequest(),
    },
  };
}

/** Judges a grant. Whatever the verdict but `ignored`, the attempt is over. */
export function judgeGrant(
  attempt: AccessAttempt | undefined,
  grant: BodyNamed<'access-granted'>,
  facts: { readonly nowMs: number; readonly binCount: number; readonly hasMainLock: boolean },
): GrantVerdict {
  const judged = judgeAnswer(attempt, grant.request, facts.nowMs);
  if (judged.kind === 'ignored') return judged;
  const { bin, purpose } = grant;
  if (!mayOpen(judged.attempt, grant)) return { kind: 'impossible' };
  const exists = bin === MAIN_LOCK ? facts.hasMainLock : bin <= facts.binCount;
  return exists ? { kind: 'accepted', bin, grant: grant.grant, purpose } : { kind: 'impossible' };
}

/** @returns the attempt under way where an answer is for it, else why it is not */
export function judgeAnswer(
  attempt: AccessAttempt | undefined,
  request: Uint8Array,
  nowMs: number,
):
  | { readonly kind: 'answers'; readonly attempt: AccessAttempt }
  | Extract<GrantVerdict, { kind: 'ignored' }> {
  if (attempt === undefined) return { kind: 'ignored', reason: 'no-request' };
  if (!equalBytes(attempt.request, request)) return { kind: 'ignored', reason: 'other-request' };
  return isOverdue(attempt, nowMs) ? { kind: 'ignored', reason: 'too-late' } : { kind: 'answers', attempt };
}

/** @returns whether the answer can no longer come in time */
export function isOverdue(attempt: AccessAttempt, nowMs: number): boolean {
  return nowMs >= attempt.deadlineMs;
}

// The main lock and whatever is opened for service open for the cloud's own order and for nothing that was keyed or
// tapped; and an order opens what it named, so that the screen that invited somebody told the truth.
function mayOpen(attempt: AccessAttempt, { bin, purpose }: BodyNamed<'access-granted'>): boolean {
  const remote = attempt.kind === 'remote';
  if (remote && bin !== attempt.bin) return false;
  if (purpose === 'service') return remote;
  return bin !== MAIN_LOCK;
}
