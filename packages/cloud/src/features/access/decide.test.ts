// The authoriser as a table, and as properties over any facts.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccessQuestion, type BinFacts, type BoxFacts, decide, mayBePerson } from './decide.ts';
import type { Grant } from './grant.ts';
import type { KeyCode } from './key-code.ts';
import type { OrderVerdict } from './remote-order.ts';

const nowMs = Date.UTC(2026, 3, 1, 9);
const tag = new Uint8Array(8).fill(1);

const code: KeyCode = {
  codeId: 'code_1',
  keyId: 'key_1',
  locationId: 'loc_1',
  codeMac: new Uint8Array(16),
  digits: 8,
  uses: 'until-withdrawn',
  label: '',
  startsAtMs: null,
  expiresAtMs: null,
  createdAtMs: 0,
  rev: 1,
  endedAtMs: null,
  endedBecause: null,
  reservedBy: null,
};
const key = { keyId: 'key_1', locationId: 'loc_1' };
const holding: BinFacts = { bin: 3, door: 'closed', tag };
const box: BoxFacts = { locationId: 'loc_1', logComplete: true, throttledUntilMs: 0, repeated: undefined };
const asked = { kind: 'code', code, key, holding } as const;

const grant: Grant = {
  reference: 7,
  request: new Uint8Array(8),
  bin: 3,
  purpose: 'withdraw',
  keyId: 'key_1',
  codeId: 'code_1',
  personId: null,
  state: 'granted',
  grantedAtMs: nowMs - 1_000,
};

const verdicts: readonly OrderVerdict[] = [
  { kind: 'live', order: { openingId: 'opn_1', by: { personId: 'per_1', tokenId: 'ses_1' } } },
  { kind: 'dead', because: 'right-lost' },
  { kind: 'dead', because: 'order-used' },
];

describe('the authoriser, asked because of an order (AC-06, AC-07)', () => {
  const [live, ...dead] = verdicts as [OrderVerdict, ...OrderVerdict[]];
  const remote = (verdict: OrderVerdict, bin = 3) =>
    ({ kind: 'remote', verdict, bin, key: undefined }) as const;

  it('grants the bin or the main lock that was ordered, for service and about no key', () => {
    for (const bin of [3, 0])
      expect(decide(remote(live, bin), box, nowMs)).toMatchObject({
        ...{ kind: 'granted', bin, purpose: 'service', keyId: null, codeId: null, reserves: false },
      });
  });

  it('grants it also while the keypad is throttled: whoever orders types nothing there', () => {
    const throttled = { ...box, throttledUntilMs: nowMs + 60_000 };
    expect(decide(remote(live), throttled, nowMs)).toMatchObject({ kind: 'granted' });
  });

  it.each(dead)('refuses an order that is dead, and counts no wrong code: %j', (verdict) => {
    const cause = verdict.kind === 'dead' ? verdict.because : undefined;
    const refusal = { kind: 'refused', reason: 'refused', cause, isWrongTry: false };
    expect(decide(remote(verdict), box, nowMs)).toEqual(refusal);
  });

  it('gives the same grant again to the same request, and nothing before the log is here', () => {
    const again = { ...box, repeated: grant };
    expect(decide(remote(dead[0] as OrderVerdict), again, nowMs)).toEqual({ kind: 'granted-before', grant });
    const behind = decide(remote(live), { ...box, logComplete: false }, nowMs);
    expect(behind).toMatchObject({ reason: 'try-again' });
  });
});

describe('the authoriser, asked by code (AC-01)', () => {
  it('grants the bin that senses the key', () => {
    expect(decide(asked, box, nowMs)).toEqual({
      kind: 'granted',
      bin: 3,
      purpose: 'withdraw',
      keyId: 'key_1',
      codeId: 'code_1',
      personId: null,
      reserves: false,
    });
  });

  it('reserves a one-time code for its grant', () => {
    const once = { ...asked, code: { ...code, uses: 'once' as const } };
    expect(decide(once, box, nowMs)).toMatchObject({ kind: 'granted', reserves: true });
  });

  it.each([
    ['unknown-code', { code: undefined, key: undefined, holding: undefined }, {}],
    ['not-yet', { code: { ...code, startsAtMs: nowMs + 1 } }, {}],
    ['expired', { code: { ...code, expiresAtMs: nowMs } }, {}],
    ['ended', { code: { ...code, endedAtMs: nowMs, endedBecause: 'withdrawn' as const } }, {}],
    ['reserved', { code: { ...code, reservedBy: { boxId: 'B' as never, reference: 1 } } }, {}],
    ['ended', { key: undefined }, {}],
    ['key-elsewhere', {}, { locationId: 'loc_2' }],
    ['key-not-here', { holding: undefined }, {}],
    ['bin-open', { holding: { ...holding, door: 'open' as const } }, {}],
  ])('refuses for %s, in the one way that tells nothing', (cause, question, place) => {
    const decision = decide({ ...asked, ...question } as AccessQuestion, { ...box, ...place }, nowMs);
    expect(decision).toEqual({ kind: 'refused', reason: 'refused', cause, isWrongTry: true });
  });

  it('does not look at a code during a pause, so guessing then tells and costs nothing (SEC-15)', () => {
    const pausing = { ...box, throttledUntilMs: nowMs + 1 };
    const expected = { kind: 'refused', reason: 'refused', cause: 'throttled', isWrongTry: false };
    expect(decide(asked, pausing, nowMs)).toEqual(expected);
    expect(decide({ ...asked, code: undefined }, pausing, nowMs)).toEqual(expected);
  });

  it('sends the box back for its log before it decides anything', () => {
    const behind = { ...box, logComplete: false };
    const expected = { kind: 'refused', reason: 'try-again', cause: 'log-behind', isWrongTry: false };
    expect(decide(asked, behind, nowMs)).toEqual(expected);
    expect(decide({ ...asked, code: undefined }, behind, nowMs)).toEqual(expected);
  });

  it('gives the same grant to the same request again', () => {
    expect(decide(asked, { ...box, repeated: grant }, nowMs)).toEqual({ kind: 'granted-before', grant });
  });
});

describe('the authoriser, asked by fob', () => {
  const bins: readonly BinFacts[] = [
    { bin: 1, door: 'closed', tag },
    { bin: 2, door: 'open', tag: null },
    { bin: 3, door: 'closed', tag: null },
    { bin: 4, door: 'closed', tag: null },
  ];
  const returning = { kind: 'fob', key, bins, tappedBin: 0 } as const;

  it.each([
    [0, 3],
    [4, 4],
    [1, 3],
    [2, 3],
  ])('offers, after a tap at bin %i, bin %i', (tappedBin, bin) => {
    expect(decide({ ...returning, tappedBin }, box, nowMs)).toMatchObject({
      kind: 'granted',
      purpose: 'return',
      bin,
      codeId: null,
    });
  });

  it('takes a key back however late, also while codes are paused', () => {
    const late = { ...box, throttledUntilMs: nowMs + 1 };
    expect(decide(returning, late, nowMs + 10 ** 12).kind).toBe('granted');
  });

  it('says that nothing is free to a fob of ours only', () => {
    const full = { ...returning, bins: bins.slice(0, 2) };
    expect(decide(full, box, nowMs)).toMatchObject({ reason: 'nothing-free' });
    expect(decide({ ...full, key: undefined }, box, nowMs)).toMatchObject({ reason: 'refused' });
  });

  it('refuses a fob of another location like one that nobody knows', () => {
    const unknown = decide({ ...returning, key: undefined }, box, nowMs);
    expect(decide(returning, { ...box, locationId: 'loc_2' }, nowMs)).toEqual(unknown);
  });
});

describe('the authoriser, asked anything', () => {
  const moment = fc.option(fc.integer({ min: -5, max: 5 }).map((step) => nowMs + step));
  const anyCode = fc.record({
    startsAtMs: moment,
    expiresAtMs: moment,
    endedAtMs: moment,
    uses: fc.constantFrom('until-withdrawn', 'unlimited', 'once'),
    reservedBy: fc.option(fc.constant({ boxId: 'B' as never, reference: 1 })),
  });
  const anyBin = fc.record({
    bin: fc.integer({ min: 1, max: 8 }),
    door: fc.constantFrom('open', 'closed'),
    tag: fc.option(fc.constant(tag)),
  });
  const anyKey = fc.option(fc.constantFrom(key, { ...key, locationId: 'loc_2' }), { nil: undefined });
  const anyBox = fc.record({
    locationId: fc.constantFrom('loc_1', 'loc_2'),
    logComplete: fc.boolean(),
    throttledUntilMs: fc.integer({ min: nowMs - 2, max: nowMs + 2 }),
    repeated: fc.constant(undefined),
  });
  const anyQuestion = fc.oneof(
    fc.record({
      kind: fc.constant('code' as const),
      code: fc.option(
        anyCode.map((change) => ({ ...code, ...change }) as KeyCode),
        { nil: undefined },
      ),
      key: anyKey,
      holding: fc.option(anyBin, { nil: undefined }),
    }),
    fc.record({
      kind: fc.constant('fob' as const),
      key: anyKey,
      bins: fc.array(anyBin, { maxLength: 8 }),
      tappedBin: fc.integer({ min: 0, max: 8 }),
    }),
    fc.record({
      kind: fc.constant('remote' as const),
      verdict: fc.constantFrom(...verdicts),
      bin: fc.integer({ min: 0, max: 8 }),
      key: fc.constant(undefined),
    }),
    fc.constant({ kind: 'further' as const, key: undefined }),
  ) as fc.Arbitrary<AccessQuestion>;

  it('grants only what is live, here, and in a closed bin (AC-01, SEC-06)', () => {
    fc.assert(
      fc.property(anyQuestion, anyBox, (question, facts) => {
        const decision = decide(question, facts, nowMs);
        if (decision.kind !== 'granted') return;
        expect(facts.logComplete).toBe(true);
        if (question.kind === 'remote') {
          expect(question.verdict.kind).toBe('live');
          expect(decision).toMatchObject({ bin: question.bin, purpose: 'service', keyId: null });
          return;
        }
        expect(question.key?.locationId).toBe(facts.locationId);
        if (question.kind === 'code') {
          expect(question.code).toMatchObject({ endedAtMs: null, reservedBy: null });
          expect(question.code?.expiresAtMs ?? nowMs + 1).toBeGreaterThan(nowMs);
          expect(question.code?.startsAtMs ?? nowMs).toBeLessThanOrEqual(nowMs);
          expect(question.holding).toMatchObject({ bin: decision.bin, door: 'closed' });
          expect(facts.throttledUntilMs).toBeLessThanOrEqual(nowMs);
        } else {
          if (question.kind === 'further') throw new RangeError('no key was asked for');
          const offered = question.bins.filter(({ bin }) => bin === decision.bin);
          expect(offered.some(({ door, tag: sensed }) => door === 'closed' && sensed === null)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves to those who know people what no key code and no fob of ours is', () => {
    const unknown = { kind: 'code', code: undefined, key: undefined, holding: undefined } as const;
    const further = { kind: 'further', key: undefined } as const;
    const of = (question: AccessQuestion, facts = box): unknown => {
      const decision = decide(question, facts, nowMs);
      return decision.kind === 'refused' && mayBePerson(decision);
    };
    expect(of(unknown)).toBe(true);
    expect(of(further)).toBe(true);
    expect(of({ ...asked, code: { ...code, expiresAtMs: nowMs } })).toBe(false);
    const pausing = { ...box, throttledUntilMs: nowMs + 1 };
    expect([of(unknown, pausing), of(further, pausing)]).toEqual([false, false]);
  });

  it('never says more to a code than refused or try again', () => {
    fc.assert(
      fc.property(anyQuestion, anyBox, (question, facts) => {
        const decision = decide(question, facts, nowMs);
        if (question.kind !== 'fob' && decision.kind === 'refused') {
          expect(decision.reason).toBe(facts.logComplete ? 'refused' : 'try-again');
        }
      }),
    );
  });
});
