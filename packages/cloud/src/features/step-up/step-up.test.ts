// How long a proof counts, how often one may try: the rules, and then the feature over its tables.
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf } from '../../../test/depot.ts';
import { createFeaturesWorld, dump, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import type { Principal } from '../../platform/token-register.ts';
import {
  addWrongTry,
  isFreshProof,
  nextTryAtMs,
  recentTries,
  stepUpTries,
  triesLeft,
  type WrongTries,
} from './step-up.ts';

const words = 'correct horse battery staple';
const others = 'my demo opens with plums';

describe('a proof', () => {
  it('counts for five minutes, to the millisecond, and not before it was given', () => {
    expect([999, 1_000, 300_999, 301_000].map((nowMs) => isFreshProof(1_000, nowMs))).toEqual([
      ...[false, true, true, false],
    ]);
    expect(isFreshProof(undefined, 0)).toBe(false);
  });
});

describe('wrong tries', () => {
  /** Tries whenever it may, `steps` apart. @returns when the passphrase was looked at */
  function tryOften(steps: readonly number[]): readonly number[] {
    let wrong: WrongTries = [];
    let nowMs = 10_000_000;
    const looked: number[] = [];
    for (const step of steps) {
      nowMs += step;
      if (triesLeft(wrong, nowMs) === 0) {
        wrong = recentTries(wrong, nowMs);
        const nextMs = nextTryAtMs(wrong, nowMs);
        expect(nextMs).toBeGreaterThan(nowMs);
        expect(nextMs).toBeLessThanOrEqual(nowMs + stepUpTries.windowMs);
        expect([triesLeft(wrong, nextMs - 1), triesLeft(wrong, nextMs) > 0]).toEqual([0, true]);
      } else {
        wrong = addWrongTry(wrong, nowMs);
        looked.push(nowMs);
      }
    }
    return looked;
  }

  it('are looked at five times in any 15 minutes, whenever they come', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 400_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (waits) => {
        const looked = tryOften(waits);
        for (const atMs of looked) {
          const before = looked.filter((other) => other <= atMs && other > atMs - stepUpTries.windowMs);
          expect(before.length).toBeLessThanOrEqual(stepUpTries.most);
        }
      }),
    );
  });

  it('lock nobody out for longer than 15 minutes when the clock is set back', () => {
    const steps = fc.array(fc.integer({ min: -5_000_000, max: 400_000 }), { maxLength: 60 });
    fc.assert(fc.property(steps, (waits) => void tryOften(waits)));
  });
});

describe('the passphrase of a tenant', () => {
  let world: FeaturesWorld;
  let desk: Principal;
  let office: Principal;

  const set = (passphrase: string, current?: string) =>
    world.call('setStepUpPassphrase', desk, {
      body: { passphrase, ...(current === undefined ? {} : { current }) },
    });
  const stepUp = (passphrase: string, who = desk) => world.call('stepUp', who, { body: { passphrase } });
  const fresh = (who: Principal) =>
    world.features.stepUps.isFresh(who.tenantId, who.tokenId, world.ports.nowMs);
  const told = () =>
    world.features.events
      .ledger(desk.tenantId)
      .read({}, { from: 0, order: 'rising', limit: 100 })
      .map(({ fact }) => [fact.type, fact.data]);

  beforeEach(() => {
    world = createFeaturesWorld();
    desk = world.tenant('Sakura Hotels');
    office = { ...desk, tokenId: 'tok_office' };
  });

  it('steps up the token that proves it, and no other, for five minutes', () => {
    set(words);
    expect(fresh(desk)).toBe(false);
    expect(bodyOf(stepUp(words))).toEqual({ until: '2026-04-01T09:05:00.000Z' });
    expect([fresh(desk), fresh(office)]).toEqual([true, false]);
    world.ports.advance(299_999);
    expect(fresh(desk)).toBe(true);
    world.ports.advance(1);
    expect(fresh(desk)).toBe(false);
    expect(told()).toEqual([
      ['step_up.passphrase_set', { token_id: 'tok_test' }],
      ['step_up.passed', { token_id: 'tok_test' }],
    ]);
  });

  it('steps up no token of another tenant, whatever it is called', () => {
    const stranger = world.tenant('Strangers');
    set(words);
    stepUp(words);
    expect(stranger.tokenId).toBe(desk.tokenId);
    expect(fresh(stranger)).toBe(false);
  });

  it('is refused wrong five times in 15 minutes, counted over all tokens and over a restart', () => {
    set(words);
    for (const who of [desk, office, desk, office])
      expect(problemOf(() => stepUp('not the right words', who))?.code).toBe('step-up-refused');
    world = createFeaturesWorld({ image: world.database.serialize(), ports: world.ports });
    expect(problemOf(() => stepUp('not the right words'))?.code).toBe('step-up-refused');
    // Now not even the right one is looked at.
    expect(problemOf(() => stepUp(words, office))?.code).toBe('too-many-requests');
    world.ports.advance(stepUpTries.windowMs);
    expect(problemOf(() => stepUp(words, office))).toBeUndefined();
    expect(told().filter(([type]) => type === 'step_up.failed')).toHaveLength(5);
    expect(told()).toContainEqual(['step_up.failed', { token_id: 'tok_test', tries_left: 0 }]);
  });

  it('is asked for before there is one: the answer says where to set it', () => {
    expect(problemOf(() => stepUp(words))?.code).toBe('conflict');
    expect(bodyOf(world.call('getStepUpPassphrase', desk))).toEqual({ set_at: null });
    set(words);
    expect(bodyOf(world.call('getStepUpPassphrase', desk))).toEqual({ set_at: '2026-04-01T09:00:00.000Z' });
  });

  it('is changed only after a step-up, or together with the present one', () => {
    set(words);
    expect(problemOf(() => set(others))?.code).toBe('step-up-required');
    stepUp(words, office);
    expect(problemOf(() => set(others))?.code).toBe('step-up-required');
    stepUp(words);
    set(others);
    expect(problemOf(() => stepUp(words))?.code).toBe('step-up-refused');
    expect(problemOf(() => set(words, 'not the right words'))?.code).toBe('step-up-refused');
    expect(problemOf(() => set(words, others))).toBeUndefined();
    expect(problemOf(() => stepUp(words))).toBeUndefined();
  });

  it('ends every other token’s step-up when it is changed', () => {
    set(words);
    stepUp(words);
    stepUp(words, office);
    set(others);
    expect([fresh(desk), fresh(office)]).toEqual([true, false]);
  });

  it('may not follow from the tenant’s name', () => {
    expect(problemOf(() => set('Sakura Hotels 2026'))?.pointers).toEqual(['/body/passphrase like-the-name']);
  });

  it('stands nowhere in the database (SEC-14)', () => {
    set(words);
    stepUp(words);
    problemOf(() => stepUp('not the right words'));
    expect(dump(world.database)).not.toContain(words);
    expect(dump(world.database)).not.toContain('not the right words');
  });
});
