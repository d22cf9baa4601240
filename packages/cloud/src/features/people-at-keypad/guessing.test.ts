// What somebody wins who knows an ID code, has not the phone and guesses second codes, counted: how many guesses a day
// are looked at, at one box and at many, and, with fewer digits than real codes have, how often one of them hits.
import { nobleCrypto, readUint, uint32ToBytes } from '@smartbox/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDepot, type Depot } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld } from '../../../test/features-world.ts';
import { fob, ModelBox } from '../../../test/model-box.ts';
import { createStaffDesk, type Member, type StaffDesk } from '../../../test/staff-desk.ts';
import { type Dialogue, decideStep, dialogueLimits, type StepDecision } from './dialogue.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

let world: FeaturesWorld;
let depot: Depot;
let staff: StaffDesk;
let victim: Member;

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
  staff = createStaffDesk(world, depot);
  victim = staff.hire();
  staff.allow(victim.personId, { key_group_id: 'all-keys' });
});

/** Types the ID code and a guess, again and again, until nothing is asked any more. */
function guessAt(box: ModelBox): void {
  for (;;) {
    const [answer] = box.take(box.ask({ code: victim.idCode }));
    if (answer?.message.name !== 'further-asked') return;
    box.ask({ follows: answer.message.body.request, code: '000000' });
  }
}

/** Types the ID code and the three guesses that one message gives. */
function guessThrice(box: ModelBox): void {
  for (let guess = 0; guess < dialogueLimits.triesPerCode; guess++) {
    const [answer] = box.take(box.ask({ code: victim.idCode }));
    if (answer?.message.name !== 'further-asked') return;
    box.ask({ follows: answer.message.body.request, code: '000000' });
  }
}

const lookedAt = (): number => staff.causes().filter((cause) => cause === 'wrong_second_code').length;

describe('who guesses second codes for an ID code that is known', () => {
  it('has at most 40 guesses a day at one box, all wrong tries together (SEC-04, SEC-15)', () => {
    const endsMs = world.ports.nowMs + dayMs;
    for (; world.ports.nowMs < endsMs; world.ports.advance(minuteMs)) guessAt(depot.box);
    const wrong = staff.causes().filter((cause) => cause !== 'throttled').length;
    expect(wrong).toBe(40);
    expect(lookedAt()).toBeLessThanOrEqual(40);
    expect(depot.box.opened).toEqual([]);
  });

  it('has at most 90 a day at however many boxes: 30 messages, three tries each (SEC-04, MO-07)', () => {
    const boxes = Array.from({ length: 12 }, (_, index) => {
      const box = new ModelBox(world, 20 + index);
      box.enrol(depot.owner, depot.locationId);
      depot.addKey(20 + index);
      box.fill(1, fob(20 + index));
      return box;
    });
    const endsMs = world.ports.nowMs + dayMs;
    for (let visit = 0; world.ports.nowMs < endsMs; visit++) {
      // Slow enough for every other limit, and never where tries were made an hour ago.
      guessThrice(boxes[visit % boxes.length] as ModelBox);
      world.ports.advance(15 * minuteMs);
    }
    expect(lookedAt()).toBe(90);
    expect(boxes.flatMap(({ opened }) => opened)).toEqual([]);
  });

  it('wins one time in 10^digits for each guess that is looked at (SEC-04)', () => {
    const digits = 3;
    const drawn = (index: number): number =>
      readUint(nobleCrypto.sha256(uint32ToBytes(index)), 0, 6) % 10 ** digits;
    const facts = {
      ...{ personId: 'per_1', takeable: [{ bin: 1, keyId: 'key_1' }], obstacle: undefined },
      policy: { secondFactor: 'text-message', badge: 'off' } as const,
    };
    let hits = 0;
    let guesses = 0;
    for (let code = 0; code < 20_000; code++) {
      let dialogue: Dialogue = {
        ...{ personId: 'per_1', request: uint32ToBytes(code), knownBy: 'id-code', isProven: false },
        ...{ codeMac: uint32ToBytes(drawn(code)), sentAtMs: 0, endsAtMs: dialogueLimits.codeLivesMs },
        triesLeft: dialogueLimits.triesPerCode,
      };
      let decision: StepDecision | undefined;
      // Nobody guesses the same twice for one code.
      for (let guess = drawn(1_000_000 + code); dialogue.triesLeft > 0; guess = (guess + 1) % 10 ** digits) {
        const step = { follows: dialogue.request, request: uint32ToBytes(0xffff_ffff), bin: 0 };
        decision = decideStep(
          { kind: 'further', ...step, codeMac: uint32ToBytes(guess) },
          { ...facts, dialogue },
          1,
        );
        guesses++;
        if (decision.kind !== 'refused') break;
        dialogue = { ...dialogue, triesLeft: decision.triesLeft };
      }
      if (decision?.kind === 'granted') hits++;
    }
    const chance = 1 / 10 ** digits;
    expect(Math.abs(hits - guesses * chance) / Math.sqrt(guesses * chance)).toBeLessThan(5);
    expect(hits).toBeGreaterThan(30);
  });
});
