// The dialogue as a table, and as properties over any run of steps.
import { equalBytes } from '@smartbox/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asks,
  awaitingCode,
  type Dialogue,
  decideStep,
  dialogueLimits,
  type Step,
  type StepFacts,
} from './dialogue.ts';
import { secondCodeText } from './second-code-text.ts';

const nowMs = Date.UTC(2026, 3, 1, 9);
const bytes = (fill: number, length = 8): Uint8Array => new Uint8Array(length).fill(fill);
const mac = bytes(7, 16);
const van = { bin: 3, keyId: 'key_1' };
const car = { bin: 5, keyId: 'key_2' };

const facts: StepFacts = {
  personId: 'per_1',
  takeable: [van],
  policy: { secondFactor: 'text-message', badge: 'off' },
  obstacle: undefined,
  dialogue: undefined,
};
const first: Step = { kind: 'first', knownBy: 'id-code', request: bytes(1) };
const sent = awaitingCode({ personId: 'per_1', knownBy: 'id-code', request: bytes(1), codeMac: mac }, nowMs);
const further: Step = { kind: 'further', request: bytes(2), follows: bytes(1), codeMac: mac, bin: 0 };
const choosing: Dialogue = { ...sent, codeMac: null, isProven: true };
const choose: Step = { ...further, codeMac: undefined, bin: 5 };

describe('the first step', () => {
  it('makes a second code by default (SEC-04)', () => {
    expect(decideStep(first, facts, nowMs)).toEqual({ kind: 'send', personId: 'per_1', knownBy: 'id-code' });
  });

  it.each([
    ['unknown-code', { personId: undefined, takeable: [] }],
    ['nothing-to-take', { takeable: [] }],
    ['no-phone', { obstacle: 'no-phone' }],
    ['no-provider', { obstacle: 'no-provider' }],
    ['texts-of-person', { obstacle: 'texts-of-person' }],
    ['texts-of-tenant', { obstacle: 'texts-of-tenant' }],
  ] as const)('refuses for %s, counts as a wrong try and ends what was asked before', (cause, change) => {
    const refused = { kind: 'refused', cause, isWrongTry: true, triesLeft: 0 };
    expect(decideStep(first, { ...facts, ...change }, nowMs)).toEqual(refused);
  });

  it('grants the one key, or asks which, where the second factor is off (SEC-05)', () => {
    const off = { ...facts, policy: { secondFactor: 'off', badge: 'off' } } as const;
    expect(decideStep(first, off, nowMs)).toEqual({ kind: 'granted', personId: 'per_1', key: van });
    const asked = decideStep(first, { ...off, takeable: [van, car] }, nowMs);
    expect(asked).toMatchObject({ kind: 'ask', dialogue: { codeMac: null, isProven: false } });
  });

  it('goes on with the code that is on its way for a minute, with the tries that are left', () => {
    const dialogue = { ...sent, triesLeft: 1 };
    const again = { ...first, request: bytes(9) };
    const known = { ...facts, dialogue };
    expect(decideStep(again, known, nowMs + dialogueLimits.sendAgainAfterMs - 1)).toEqual({
      ...{ kind: 'ask', dialogue: { ...dialogue, request: bytes(9) } },
    });
    expect(decideStep(again, known, nowMs + dialogueLimits.sendAgainAfterMs).kind).toBe('send');
    expect(decideStep(again, { ...known, personId: 'per_2' }, nowMs).kind).toBe('send');
  });

  it('takes a badge only where badges are taken, and counts unknown tags only there (SEC-05)', () => {
    const tap: Step = { ...first, knownBy: 'badge' };
    const refused = { kind: 'refused', cause: 'unknown-fob', triesLeft: 0 };
    expect(decideStep(tap, facts, nowMs)).toEqual({ ...refused, isWrongTry: false });
    const on = { ...facts, policy: { secondFactor: 'text-message', badge: 'on' } } as const;
    expect(decideStep(tap, on, nowMs)).toMatchObject({ kind: 'send', knownBy: 'badge' });
    const nobody = { ...on, personId: undefined };
    expect(decideStep(tap, nobody, nowMs)).toEqual({ ...refused, isWrongTry: true });
  });
});

describe('the second code', () => {
  const known = { ...facts, dialogue: sent };

  it('grants the one key that may be taken (SEC-04)', () => {
    expect(decideStep(further, known, nowMs)).toEqual({ kind: 'granted', personId: 'per_1', key: van });
  });

  it('is used up by being right: then a bin is asked, and the code is not kept', () => {
    const decision = decideStep(further, { ...known, takeable: [van, car] }, nowMs);
    const dialogue = { codeMac: null, isProven: true, request: bytes(2) };
    expect(decision).toMatchObject({ kind: 'ask', dialogue });
  });

  it('costs a try when it is wrong', () => {
    const wrong = { ...further, codeMac: bytes(8, 16) };
    expect(decideStep(wrong, known, nowMs)).toEqual({
      ...{ kind: 'refused', cause: 'wrong-second-code', isWrongTry: true, triesLeft: 2 },
    });
  });

  it.each([
    ['after another request', { ...further, follows: bytes(4) }, sent],
    ['without a dialogue', further, undefined],
    ['when no try is left', further, { ...sent, triesLeft: 0 }],
    ['at the very end of its five minutes', further, { ...sent, endsAtMs: nowMs }],
  ] as const)('is worth nothing %s', (_when, step, dialogue) => {
    const decision = decideStep(step, { ...facts, dialogue }, nowMs);
    expect(decision).toMatchObject({ kind: 'refused', cause: 'no-dialogue', isWrongTry: true });
  });
});

describe('the bin', () => {
  const known = { ...facts, takeable: [van, car], dialogue: choosing };

  it('is granted when a key that may be taken hangs in it (AC-04, AC-05)', () => {
    expect(decideStep(choose, known, nowMs)).toEqual({ kind: 'granted', personId: 'per_1', key: car });
  });

  it('is refused without a try lost when it is another, and the person may choose again', () => {
    const decision = decideStep({ ...choose, bin: 4 }, known, nowMs);
    expect(decision).toEqual({ kind: 'refused', cause: 'not-that-bin', isWrongTry: false, triesLeft: 3 });
  });

  it('is refused when the second factor was switched on meanwhile and none was shown (SEC-05)', () => {
    const unproven = { ...known, dialogue: { ...choosing, isProven: false } };
    expect(decideStep(choose, unproven, nowMs)).toMatchObject({ kind: 'refused', triesLeft: 0 });
  });
});

describe('any run of steps', () => {
  const someBytes = fc.constantFrom(bytes(1), bytes(2), bytes(3));
  const someMac = fc.constantFrom(mac, bytes(8, 16));
  const anyStep: fc.Arbitrary<Step> = fc.oneof(
    fc.record({
      kind: fc.constant('first' as const),
      knownBy: fc.constantFrom('id-code' as const, 'badge' as const),
      request: someBytes,
    }),
    fc.record({
      kind: fc.constant('further' as const),
      request: someBytes,
      follows: someBytes,
      codeMac: fc.option(someMac, { nil: undefined }),
      bin: fc.integer({ min: 0, max: 6 }),
    }),
  );
  const anyFacts = fc.record({
    personId: fc.constantFrom('per_1', undefined),
    takeable: fc.subarray([van, car]),
    policy: fc.record({
      secondFactor: fc.constantFrom('text-message' as const, 'off' as const),
      badge: fc.constantFrom('on' as const, 'off' as const),
    }),
    obstacle: fc.constantFrom('no-phone' as const, undefined),
  });
  const anyMove = fc.record({
    step: anyStep,
    facts: anyFacts,
    laterMs: fc.integer({ min: 0, max: 200_000 }),
  });

  it('grants only what may be taken at that very step, to a person who is known, and never a code that is asked but not typed (SEC-04, SEC-06)', () => {
    fc.assert(
      fc.property(fc.array(anyMove, { maxLength: 12 }), (moves) => {
        let dialogue: Dialogue | undefined;
        let atMs = nowMs;
        for (const { step, facts: known, laterMs } of moves) {
          atMs += laterMs;
          const before = dialogue;
          const decision = decideStep(step, { ...known, dialogue }, atMs);
          if (decision.kind === 'granted') {
            expect(known.takeable).toContain(decision.key);
            expect(decision.personId).toBe(known.personId);
            const typedIt =
              step.kind === 'further' &&
              before !== undefined &&
              before.triesLeft > 0 &&
              atMs < before.endsAtMs &&
              equalBytes(before.request, step.follows) &&
              (before.isProven ||
                (before.codeMac !== null && equalBytes(before.codeMac, step.codeMac ?? bytes(0))));
            expect(known.policy.secondFactor === 'off' || typedIt).toBe(true);
            dialogue = undefined;
          } else if (decision.kind === 'ask') dialogue = decision.dialogue;
          else if (decision.kind === 'send')
            dialogue = awaitingCode({ ...decision, request: step.request, codeMac: mac }, atMs);
          else if (dialogue !== undefined) dialogue = { ...dialogue, triesLeft: decision.triesLeft };
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives no second code more than three tries (SEC-04)', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 20 }), (begins) => {
        let dialogue: Dialogue = sent;
        let looks = 0;
        for (const begin of begins) {
          const wrong: Step = { ...further, follows: dialogue.request, codeMac: bytes(8, 16) };
          const decision = decideStep(
            begin ? { ...first, request: bytes(9) } : wrong,
            { ...facts, dialogue },
            nowMs,
          );
          if (decision.kind === 'send') return;
          if (decision.kind === 'ask') dialogue = decision.dialogue;
          if (decision.kind !== 'refused') continue;
          if (decision.cause === 'wrong-second-code') looks += 1;
          dialogue = { ...dialogue, triesLeft: decision.triesLeft };
        }
        expect(looks).toBeLessThanOrEqual(dialogueLimits.triesPerCode);
      }),
    );
  });

  it('asks for what it waits for', () => {
    expect([asks(sent), asks(choosing)]).toEqual(['second-code', 'bin']);
  });
});

describe('the text of a second code', () => {
  it('fits one message in Japanese (70 characters) and in English (160)', () => {
    expect(secondCodeText('482913', 'ja').length).toBeLessThanOrEqual(70);
    expect(secondCodeText('482913', 'en').length).toBeLessThanOrEqual(160);
  });

  it('says the digits, how long, and to tell nobody', () => {
    expect(secondCodeText('482913', 'ja')).toContain('482913（5分間');
    expect(secondCodeText('482913', 'en')).toMatch(/482913 .*within 5 minutes/);
  });
});
