import { noRequest } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { type AskedBy, beginAttempt, isKeyed, judgeAnswer, judgeGrant } from './access-attempt.ts';

const request = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]);
const follows = new Uint8Array(8).fill(9);
const grant = { request, bin: 3, purpose: 'withdraw', grant: 9 } as const;
const facts = { nowMs: 5_000, binCount: 4, hasMainLock: true };
const begin = (asked: AskedBy) => beginAttempt(asked, { request, logEnd: 17, nowMs: 1_000 });
const { attempt } = begin({ kind: 'code', code: '1234' });
const ordered = (bin: number) => begin({ kind: 'remote', follows, bin }).attempt;
const service = { ...grant, purpose: 'service' } as const;
const tag = new Uint8Array(8).fill(4);

describe('access attempt', () => {
  it('asks with what the person gave and nothing else', () => {
    const nothing = { request, code: '', tag: new Uint8Array(0), bin: 0, logEnd: 17, follows: noRequest() };
    const asked: readonly (readonly [AskedBy, object])[] = [
      [{ kind: 'code', code: '1234' }, { code: '1234' }],
      [
        { kind: 'fob', tag, bin: 2 },
        { tag, bin: 2 },
      ],
      [
        { kind: 'further', follows, code: '123456', bin: 0 },
        { code: '123456', follows },
      ],
      [
        { kind: 'further', follows, code: '', bin: 4 },
        { bin: 4, follows },
      ],
      [
        { kind: 'remote', follows, bin: 3 },
        { bin: 3, follows },
      ],
    ];
    for (const [by, said] of asked) {
      expect(begin(by).message).toEqual({ ...nothing, kind: by.kind, ...said });
    }
  });

  it('does not keep the code once it was asked for (SEC-13)', () => {
    expect(JSON.stringify(attempt)).not.toContain('1234');
    expect(JSON.stringify(begin({ kind: 'further', follows, code: '123456', bin: 0 }).attempt)).not.toContain(
      '123456',
    );
  });

  it('counts as a try what was keyed, and neither a fob nor an order', () => {
    expect(isKeyed(attempt)).toBe(true);
    expect(isKeyed({ kind: 'further' })).toBe(true);
    expect(isKeyed({ kind: 'fob' })).toBe(false);
    expect(isKeyed({ kind: 'remote' })).toBe(false);
    expect(isKeyed(undefined)).toBe(false);
  });

  it('takes the grant that repeats the request in time (AC-01)', () => {
    const accepted = { kind: 'accepted', bin: 3, grant: 9, purpose: 'withdraw' };
    expect(judgeGrant(attempt, grant, facts)).toEqual(accepted);
    expect(judgeGrant(attempt, grant, { ...facts, nowMs: 8_999 }).kind).toBe('accepted');
  });

  it('takes no grant that is late, foreign, unasked or for a bin that is not there', () => {
    const late = { kind: 'ignored', reason: 'too-late' };
    expect(judgeGrant(attempt, grant, { ...facts, nowMs: 9_000 })).toEqual(late);
    const other = { ...grant, request: new Uint8Array(8) };
    expect(judgeGrant(attempt, other, facts)).toEqual({ kind: 'ignored', reason: 'other-request' });
    expect(judgeGrant(undefined, grant, facts)).toEqual({ kind: 'ignored', reason: 'no-request' });
    expect(judgeGrant(attempt, { ...grant, bin: 5 }, facts)).toEqual({ kind: 'impossible' });
  });

  it('takes service for the cloud’s own order, and for the very bin that the order names (AC-06)', () => {
    expect(judgeGrant(ordered(3), service, facts)).toMatchObject({ kind: 'accepted', purpose: 'service' });
    expect(judgeGrant(ordered(2), service, facts)).toEqual({ kind: 'impossible' });
    expect(judgeGrant(ordered(0), service, facts)).toEqual({ kind: 'impossible' });
    expect(judgeGrant(attempt, service, facts)).toEqual({ kind: 'impossible' });
  });

  it('opens the main lock for an order of it, for service, on a board that has one, and for nothing else (AC-07, SEC-18)', () => {
    const main = { ...service, bin: 0 };
    expect(judgeGrant(ordered(0), main, facts)).toMatchObject({ kind: 'accepted', bin: 0 });
    expect(judgeGrant(ordered(0), main, { ...facts, hasMainLock: false })).toEqual({ kind: 'impossible' });
    for (const purpose of ['withdraw', 'return'] as const) {
      expect(judgeGrant(ordered(0), { ...main, purpose }, facts)).toEqual({ kind: 'impossible' });
    }
    const asked: readonly AskedBy[] = [
      { kind: 'code', code: '1234' },
      { kind: 'fob', tag, bin: 0 },
      { kind: 'further', follows, code: '123456', bin: 0 },
      { kind: 'remote', follows, bin: 3 },
    ];
    for (const by of asked) {
      for (const purpose of ['withdraw', 'return', 'service'] as const) {
        expect(judgeGrant(begin(by).attempt, { ...main, purpose }, facts)).toEqual({ kind: 'impossible' });
      }
    }
  });

  it('judges every other answer by the same rule', () => {
    expect(judgeAnswer(attempt, request, 5_000)).toEqual({ kind: 'answers', attempt });
    expect(judgeAnswer(attempt, request, 9_000)).toEqual({ kind: 'ignored', reason: 'too-late' });
  });
});
