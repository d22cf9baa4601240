// One request at a time: a person keyed a code or held up a fob, the box asks with 8 random bytes that it uses
// once, and only the answer that repeats them, in this session, within 8 seconds of the box's own monotonic
// clock, opens anything. The request lives in RAM: after a power cut an old grant finds nothing to answer.
// Orders that matter: for a code, save-record lockout before send-frame; for a grant, append-log open-intended
// before release-bin.
import { type BodyNamed, equalBytes, noRequest } from '@smartbox/protocol';
import type { Purpose } from './bin-lock.ts';
import { boxLimits } from './limits.ts';

export type AskedBy =
  | { readonly kind: 'code'; readonly code: string }
  /** `bin` 0 is the front reader. */
  | { readonly kind: 'fob'; readonly tag: Uint8Array; readonly bin: number };

export interface AccessAttempt {
  readonly request: Uint8Array;
  readonly kind: 'code' | 'fob';
  readonly deadlineMs: number;
}

export type GrantVerdict =
  | { readonly kind: 'accepted'; readonly bin: number; readonly grant: number; readonly purpose: Purpose }
  | { readonly kind: 'ignored'; readonly reason: 'no-request' | 'other-request' | 'too-late' }
  /** It answers this request, but names a bin that this box does not have. */
  | { readonly kind: 'impossible' };

/** Opens an attempt. @param fresh.request 8 random bytes; @param fresh.logEnd the log's end at this moment */
export function beginAttempt(
  asked: AskedBy,
  fresh: { readonly request: Uint8Array; readonly logEnd: number; readonly nowMs: number },
): { readonly attempt: AccessAttempt; readonly message: BodyNamed<'access-requested'> } {
  const { request, logEnd } = fresh;
  const deadlineMs = fresh.nowMs + boxLimits.grantDeadlineMs;
  const byCode = asked.kind === 'code';
  return {
    attempt: { request, kind: asked.kind, deadlineMs },
    message: {
      request,
      kind: asked.kind,
      code: byCode ? asked.code : '',
      tag: byCode ? new Uint8Array(0) : asked.tag,
      bin: byCode ? 0 : asked.bin,
      logEnd,
      follows: noRequest(),
    },
  };
}

/** Judges a grant. Whatever the verdict but `ignored`, the attempt is over. */
export function judgeGrant(
  attempt: AccessAttempt | undefined,
  grant: BodyNamed<'access-granted'>,
  facts: { readonly nowMs: number; readonly binCount: number },
): GrantVerdict {
  const stray = strayAnswer(attempt, grant.request, facts.nowMs);
  if (stray !== undefined) return stray;
  if (grant.bin < 1 || grant.bin > facts.binCount) return { kind: 'impossible' };
  const { purpose } = grant;
  if (purpose === 'service') return { kind: 'impossible' };
  return { kind: 'accepted', bin: grant.bin, grant: grant.grant, purpose };
}

/** @returns why an answer is not for the attempt under way, or undefined where it is */
export function strayAnswer(
  attempt: AccessAttempt | undefined,
  request: Uint8Array,
  nowMs: number,
): Extract<GrantVerdict, { kind: 'ignored' }> | undefined {
  if (attempt === undefined) return { kind: 'ignored', reason: 'no-request' };
  if (!equalBytes(attempt.request, request)) return { kind: 'ignored', reason: 'other-request' };
  return isOverdue(attempt, nowMs) ? { kind: 'ignored', reason: 'too-late' } : undefined;
}

/** @returns whether the answer can no longer come in time */
export function isOverdue(attempt: AccessAttempt, nowMs: number): boolean {
  return nowMs >= attempt.deadlineMs;
}
