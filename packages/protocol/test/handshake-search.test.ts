// No order of loss, delay, replay, power cut and Diffie-Hellman step parts a box from the cloud for
// good; a database that is put back across such a step does, and there the recovery key helps. Each
// of the rules that this rests on is taken away once, to see that the search would find it missing.
import { describe, expect, it } from 'vitest';
import { answerExchange, finishExchange, nobleCrypto, type RootKeys, startExchange } from '../src/index.ts';
import { batch } from './effort.ts';
import { type Bounds, type Found, searchHandshakes } from './handshake-search.ts';
import type { HandshakeWorld, Weakness } from './handshake-world.ts';
import { boxNamed, named } from './pair.ts';

const BOUNDS: Bounds = {
  ...{ handshakes: 3, inFlight: 4, replays: batch(1) >= 10 ? 2 : 1, powerCuts: 1, steps: 1 },
  rollback: false,
};

function firstDead(weakness: Weakness, changes: Partial<Bounds> = {}): Found {
  return searchHandshakes({ ...BOUNDS, ...changes, weakness, stopAtFirst: true });
}

describe('every situation that a hostile network can make', () => {
  it('can still be left by an undisturbed handshake', () => {
    const found = searchHandshakes({ ...BOUNDS, handshakes: 4, steps: 2 });
    expect(found.dead.map(({ path }) => path)).toEqual([]);
    expect(found.situations).toBeGreaterThan(250_000);
  });

  it('can be left after a restored database too, as long as no Diffie-Hellman step was lost', () => {
    const found = searchHandshakes({ ...BOUNDS, rollback: true });
    for (const { box, afterRollback, path } of found.dead) {
      expect(afterRollback, path.join(', ')).toBe(true);
      expect(found.world.boxes.get(box).stepped, path.join(', ')).toBe(true);
    }
    expect(found.situations).toBeGreaterThan(140_000);
    expect(found.dead.length).toBeGreaterThan(0);
    const dead = new Set(found.dead.map(({ box, cloud }) => `${box},${cloud}`));
    for (const pair of dead) {
      const [box = -1, cloud = -1] = pair.split(',').map(Number);
      expect(recovers(found.world, box, cloud), `pair ${pair}`).toBe(true);
    }
  });

  it('can be left after a restored database without recovery, where no step is ever taken', () => {
    const found = searchHandshakes({ ...BOUNDS, rollback: true, steps: 0 });
    expect(found.dead.map(({ path }) => path)).toEqual([]);
  });
});

describe('the search finds the dead end', () => {
  it('where the cloud forgets the highest counter: a replayed HELLO replaces the pending step', () => {
    const { dead } = firstDead({ stored: (keys) => ({ ...keys, counter: 0 }) });
    expect(dead).toHaveLength(1);
    expect(dead[0]?.path.join(', ')).toMatch(/step 1.*keep a copy/);
  });

  it('where the cloud forgets the pending step', () => {
    const forget = ({ epoch, rootKey, counter }: RootKeys): RootKeys => ({ epoch, rootKey, counter });
    expect(firstDead({ stored: forget }).dead).toHaveLength(1);
  });

  it('where the cloud does not follow a box that is ahead', () => {
    expect(firstDead({ epochsAhead: 0 }, { steps: 0 }).dead).toHaveLength(1);
  });
});

/** Whether the recovery exchange brings this pair together again. */
function recovers(world: HandshakeWorld, box: number, cloud: number): boolean {
  const who = { kind: 'recover', boxId: boxNamed('A'), preSharedKey: named('recovery key') } as const;
  const mine = { nonce: named('recovery nonce', 16), secret: named('recovery secret'), firmware: 0 };
  const { frame, pending } = startExchange(nobleCrypto, { ...who, ...mine });
  const body = { recoveryKey: named('next recovery key'), tenantTag: named('tenant', 8), timeMs: 0 };
  const theirs = { nonce: named('answer nonce', 16), secret: named('answer secret') };
  const answered = answerExchange(nobleCrypto, { ...who, ...theirs, body }, frame);
  if (answered.kind === 'refused') return false;
  const finished = finishExchange(nobleCrypto, pending, answered.frame);
  if (finished.kind === 'refused') return false;
  const { counter } = world.boxes.get(box);
  const after = world.boxes.number({ epoch: 0, rootKey: finished.rootKey, counter, stepped: false });
  const stored = world.clouds.number({ epoch: 0, rootKey: answered.rootKey, counter: 0 });
  return !world.canTalk(box, cloud, false) && world.canTalk(after, stored, false);
}
