// When a call is made again.
import { describe, expect, it } from 'vitest';
import { ApiProblem, ApiUnreachable } from './api-fault.ts';
import type { Problem } from './operations.generated.ts';
import { type FailedCall, retryDelayMs } from './retry.ts';

const patience = { retries: 3, longestWaitMs: 30_000 };
const problem = (code: Problem['code'], retryable: boolean): Problem => ({
  ...{ code, retryable, status: 503, type: '', title: '', detail: '', errors: [], request_id: '' },
});
const failed = (change: Partial<FailedCall>): FailedCall => ({
  ...{ fault: new ApiUnreachable('no-connection', ''), tries: 1, repeatable: true, chance: 1, ...change },
});

describe('a call that failed', () => {
  it('is repeated after 250 ms, then after twice as long each time, up to 8 seconds', () => {
    const delays = [1, 2, 3, 6, 7].map((tries) =>
      retryDelayMs(failed({ tries }), { ...patience, retries: 9 }),
    );
    expect(delays).toEqual([250, 500, 1000, 8000, 8000]);
  });

  it('is spread between half and the whole of that', () => {
    expect(retryDelayMs(failed({ chance: 0 }), patience)).toBe(125);
  });

  it('is given up after the last repetition', () => {
    expect(retryDelayMs(failed({ tries: 3 }), patience)).toBe(1000);
    expect(retryDelayMs(failed({ tries: 4 }), patience)).toBeUndefined();
  });

  it('is not repeated after silence when it may have had an effect that nobody would recognise', () => {
    expect(retryDelayMs(failed({ repeatable: false }), patience)).toBeUndefined();
  });

  it('is repeated when the server says that it had no effect and may succeed later', () => {
    const fault = new ApiProblem(problem('not-durable', true), undefined);
    expect(retryDelayMs(failed({ fault, repeatable: false }), patience)).toBe(250);
  });

  it('is not repeated when the server says that the same request never succeeds', () => {
    const fault = new ApiProblem(problem('conflict', false), 1_000);
    expect(retryDelayMs(failed({ fault }), patience)).toBeUndefined();
  });

  it('waits as long as the server asks, unless that is too long', () => {
    const asking = (retryAfterMs: number) =>
      failed({ fault: new ApiProblem(problem('too-many-requests', true), retryAfterMs) });
    expect(retryDelayMs(asking(9_000), patience)).toBe(9_000);
    expect(retryDelayMs(asking(31_000), patience)).toBeUndefined();
  });

  it('is not repeated at an address where something else answers', () => {
    expect(retryDelayMs(failed({ fault: new ApiUnreachable('foreign', '') }), patience)).toBeUndefined();
  });
});
