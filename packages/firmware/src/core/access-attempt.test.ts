import { describe, expect, it } from 'vitest';
import { beginAttempt, judgeGrant, strayAnswer } from './access-attempt.ts';

const request = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]);
const grant = { request, bin: 3, purpose: 'withdraw', grant: 9 } as const;
const facts = { nowMs: 5_000, binCount: 4 };
const { attempt } = beginAttempt({ kind: 'code', code: '1234' }, { request, logEnd: 17, nowMs: 1_000 });

describe('access attempt', () => {
  it('asks with the code and nothing else, or with the tag and nothing else', () => {
    expect(beginAttempt({ kind: 'code', code: '1234' }, { request, logEnd: 17, nowMs: 0 }).message).toEqual({
      request,
      kind: 'code',
      code: '1234',
      tag: new Uint8Array(0),
      bin: 0,
      logEnd: 17,
    });
    const tag = new Uint8Array(8).fill(4);
    const tapped = beginAttempt({ kind: 'fob', tag, bin: 2 }, { request, logEnd: 17, nowMs: 0 });
    expect(tapped.message).toMatchObject({ kind: 'fob', code: '', tag, bin: 2 });
  });

  it('does not keep the code once it was asked for (SEC-13)', () => {
    expect(JSON.stringify(attempt)).not.toContain('1234');
  });

  it('takes the grant that repeats the request in time (AC-01)', () => {
    expect(judgeGrant(attempt, grant, facts)).toEqual({
      kind: 'accepted',
      bin: 3,
      grant: 9,
      purpose: 'withdraw',
    });
    expect(judgeGrant(attempt, grant, { ...facts, nowMs: 8_999 }).kind).toBe('accepted');
  });

  it('takes no grant that is late, foreign, unasked or for a bin that is not there', () => {
    expect(judgeGrant(attempt, grant, { ...facts, nowMs: 9_000 })).toEqual({
      kind: 'ignored',
      reason: 'too-late',
    });
    const other = { ...grant, request: new Uint8Array(8) };
    expect(judgeGrant(attempt, other, facts)).toEqual({ kind: 'ignored', reason: 'other-request' });
    expect(judgeGrant(undefined, grant, facts)).toEqual({ kind: 'ignored', reason: 'no-request' });
    expect(judgeGrant(attempt, { ...grant, bin: 0 }, facts)).toEqual({ kind: 'impossible' });
    expect(judgeGrant(attempt, { ...grant, bin: 5 }, facts)).toEqual({ kind: 'impossible' });
  });

  it('judges a refusal by the same rule', () => {
    expect(strayAnswer(attempt, request, 5_000)).toBeUndefined();
    expect(strayAnswer(attempt, request, 9_000)?.reason).toBe('too-late');
  });
});
