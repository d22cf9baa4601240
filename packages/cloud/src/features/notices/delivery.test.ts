import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Circumstances, judge, ladderMs, looksMs, type Outcome } from './delivery.ts';

const again: Outcome = { kind: 'again', reason: 'connection', status: null };
const fresh = { step: 0, movedOn: false, looks: 0 };
const about: Circumstances = {
  kind: 'webhook',
  hasNext: true,
  channelWorks: false,
  nowMs: 1_000,
  chance: 0.5,
};
const hourMs = 3_600_000;

describe('what becomes of a delivery', () => {
  it('is done when it was taken', () => {
    expect(judge(fresh, { kind: 'delivered', status: 204 }, about)).toMatchObject({
      ...{ state: 'delivered', moveOn: false, channel: undefined },
    });
  });

  it('is tried again up a ladder of waits over three days, a fifth up or down', () => {
    const waits = ladderMs.map((_, step) =>
      [0, 0.5, 1].map(
        (chance) => judge({ step, movedOn: true, looks: 0 }, again, { ...about, nowMs: 0, chance }).dueAtMs,
      ),
    );
    expect(waits).toEqual(
      ladderMs.map((waitMs) => [waitMs * 0.8, waitMs, waitMs * 1.2].map((wait) => Math.round(wait))),
    );
    const wholeMs = ladderMs.reduce((sum, waitMs) => sum + waitMs, 0);
    expect(wholeMs).toBeGreaterThan(72 * hourMs);
    expect(wholeMs).toBeLessThan(96 * hourMs);
  });

  it('moves a person’s notice on after three attempts, and helps a webhook out while it is tried further (MO-08)', () => {
    const third = (kind: Circumstances['kind']) =>
      judge({ step: 2, movedOn: false, looks: 0 }, again, { ...about, kind });
    expect(third('mail')).toMatchObject({ state: 'moved', moveOn: true });
    expect(third('push')).toMatchObject({ state: 'moved', moveOn: true });
    expect(third('webhook')).toMatchObject({ state: 'pending', moveOn: true });
    expect(judge({ step: 1, movedOn: false, looks: 0 }, again, about)).toMatchObject({
      state: 'pending',
      moveOn: false,
    });
  });

  it('does not wait for more attempts where nothing passes by itself', () => {
    const hopeless: Outcome = { ...again, hopeless: true };
    expect(judge(fresh, hopeless, about).moveOn).toBe(true);
    expect(judge(fresh, hopeless, { ...about, hasNext: false }).moveOn).toBe(false);
  });

  it('fails at once where it will never be taken, and closes a channel whose receiver is no more', () => {
    expect(judge(fresh, { kind: 'final', reason: 'refused-by-relay', status: 550 }, about)).toMatchObject({
      ...{ state: 'failed', moveOn: true, channel: undefined },
    });
    expect(judge(fresh, { kind: 'gone', reason: 'gone', status: 410 }, about)).toMatchObject({
      ...{ state: 'held', moveOn: true, channel: 'gone' },
    });
  });

  it('closes a channel at the top of the ladder unless something else arrived there meanwhile', () => {
    const top = { step: ladderMs.length, movedOn: true, looks: 0 };
    expect(judge(top, again, about)).toMatchObject({ state: 'held', channel: 'failing' });
    expect(judge(top, again, { ...about, channelWorks: true })).toMatchObject({
      ...{ state: 'failed', channel: undefined },
    });
  });

  it('is asked about a few times when a provider has it, and then counts as arrived', () => {
    const taken: Outcome = { kind: 'taken', receipt: 'SM1', status: null };
    const again: Outcome = { ...taken, receipt: null };
    const waits = [
      judge({ ...fresh, looks: 7 }, taken, about),
      judge({ ...fresh, looks: 0 }, again, about),
      judge({ ...fresh, looks: 1 }, again, about),
    ];
    expect(waits.map(({ state, dueAtMs }) => [state, dueAtMs - about.nowMs])).toEqual(
      looksMs.map((waitMs) => ['pending', waitMs]),
    );
    expect(judge({ ...fresh, looks: 2 }, again, about)).toMatchObject({ state: 'delivered', moveOn: false });
  });

  it('gives a receiver the time that it asks for, at most a day', () => {
    const asks = (afterMs: number): Outcome => ({ ...again, notBeforeMs: about.nowMs + afterMs });
    expect(judge(fresh, asks(hourMs), about).dueAtMs).toBe(about.nowMs + hourMs);
    expect(judge(fresh, asks(1_000 * hourMs), about).dueAtMs).toBe(about.nowMs + 24 * hourMs);
    expect(judge(fresh, asks(-hourMs), about).dueAtMs).toBe(about.nowMs + 5_000);
  });

  it('comes to an end whatever the receiver answers, and moves on at most once', () => {
    const outcome = fc.constantFrom<Outcome>(
      again,
      { ...again, hopeless: true },
      { kind: 'final', reason: 'x', status: 550 },
      { kind: 'delivered', status: 200 },
      { kind: 'taken', receipt: null, status: null },
    );
    const circumstances = fc.record({
      kind: fc.constantFrom('webhook', 'mail', 'push', 'text'),
      hasNext: fc.boolean(),
      channelWorks: fc.boolean(),
      nowMs: fc.nat(),
      chance: fc.double({ min: 0, max: 1, noNaN: true }),
    }) as fc.Arbitrary<Circumstances>;
    fc.assert(
      fc.property(fc.array(fc.tuple(outcome, circumstances), { minLength: 20, maxLength: 20 }), (tries) => {
        let delivery = { step: 0, movedOn: false, looks: 0 };
        let moves = 0;
        for (const [result, around] of tries) {
          const verdict = judge(delivery, result, around);
          if (verdict.moveOn) moves += 1;
          expect(moves).toBeLessThanOrEqual(1);
          expect(verdict.dueAtMs).toBeGreaterThanOrEqual(around.nowMs);
          if (verdict.state !== 'pending') return;
          const looks = delivery.looks + (result.kind === 'taken' ? 1 : 0);
          delivery = { step: verdict.step, movedOn: delivery.movedOn || verdict.moveOn, looks };
        }
        expect.fail('it never ended');
      }),
    );
  });
});
