// Random lives in a hostile world, against the real protocol of the cloud. fast-check shrinks a failure to the few
// events that matter and prints its seed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimedBox } from './box-and-cloud.ts';
import { HostileWorld, type WorldEvent } from './hostile-world.ts';
import { brokenRules, logOf } from './invariants.ts';
import { factoryFlash } from './memory-board.ts';
import { APP_KEY, desired, tell } from './offline-box.ts';

const bin = fc.integer({ min: 1, max: 4 });
const number = fc.integer({ min: 1, max: 3 });
const pick = fc.nat({ max: 30 });

const event: fc.Arbitrary<WorldEvent> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('press' as const),
      keys: fc.constantFrom(
        ...['12345678#', '99#', '1', '#', '*', '123456789012345678#'],
        // What a box that is alone asks for: choices, bins, codes of each length.
        ...['1#', '2#', '3#', '0#', '*', '111111111111#', '1111111111#'],
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fob' as const), number }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('tag' as const), bin, number: fc.option(number) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('door' as const), bin, open: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('button' as const), down: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('supply' as const),
      mains: fc.boolean(),
      percent: fc.constantFrom(55, 55, 55, 7, 5),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.oneof(fc.nat({ max: 3_000 }), fc.nat({ max: 60_000 })),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('cloud-decides' as const),
      decision: fc.constantFrom(...(['grant', 'grant', 'refuse', 'nothing', 'further', 'further'] as const)),
      bin: fc.oneof(bin, bin, bin, fc.constant(0)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('cloud-orders' as const),
      bin: fc.constantFrom(0, 0, 1, 3),
      press: fc.constantFrom('none' as const, 'button' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('front' as const), open: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('cloud-grants-unasked' as const),
      bin: fc.oneof(bin, fc.constant(0)),
      old: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cloud-restarts' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('network' as const),
      mode: fc.constantFrom('fair' as const, 'held' as const, 'held' as const, 'down' as const),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), up: fc.boolean(), pick, copy: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('drop' as const), up: fc.boolean(), pick }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('replay' as const), pick, bend: fc.nat({ max: 200 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('inject' as const), frame: fc.uint8Array({ maxLength: 130 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('foreign' as const), bin }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('power-cut' as const), outputs: fc.nat({ max: 12 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('log-read' as const), first: fc.nat({ max: 9 }) }) },
);

function check(world: HostileWorld): string[] {
  const { board, cloud } = world;
  const broken = world.broken.concat(
    brokenRules({ flash: board.flash, outputs: world.outputs }, cloud, world.granted),
  );
  if (!cloud.live || board.state.session?.phase.kind !== 'live')
    broken.push('not online two minutes after the faults');
  const told = cloud.ledger.map((entry) => `${entry.sequence} ${entry.kind}`).join();
  if (
    told !==
    logOf(board.flash)
      .map((entry) => `${entry.sequence} ${entry.kind}`)
      .join()
  ) {
    broken.push('the cloud was told another history');
  }
  return broken;
}

describe('a box in a hostile world', () => {
  it('opens only for live grants, loses nothing, and is online soon after the faults stop (I1–I5, SEC-08)', () => {
    const pair = claimedBox();
    // With keys for the time without the cloud: nobody guesses a code, but everybody may try.
    tell(pair, desired({ authenticatorKey: APP_KEY }));
    const { board, cloud } = pair;
    const known = { ...cloud };
    fc.assert(
      fc.property(fc.array(event, { minLength: 5, maxLength: 70 }), (events) => {
        const world = new HostileWorld(board.flash, {
          ...known,
          heard: [],
          requests: [],
          refusals: [],
          ledger: known.ledger.slice(),
          helloCounters: known.helloCounters.slice(),
        });
        for (const one of events) world.handle(one);
        world.heal();
        expect(check(world)).toEqual([]);
      }),
      { numRuns: Number(process.env.SMARTBOX_FUZZ_RUNS ?? 120) },
    );
  }, 600_000);

  it('is claimed by its own cloud only, whatever the world does before', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const world = new HostileWorld(factoryFlash());
        for (const one of events) world.handle(one);
        world.heal();
        expect(check(world)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  }, 600_000);
});
