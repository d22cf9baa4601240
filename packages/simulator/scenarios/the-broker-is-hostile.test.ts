// Whoever owns the broker sees sealed bytes, and may keep, drop, repeat and swap them. No bin opens by it.
import { type BoxId, bytesToHex } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { visit } from '../test/visit.ts';

describe('the broker is hostile', () => {
  it('opens nothing when everything that was said today is said again (SEC-08)', async () => {
    const { world, box, keys, code, type, takeAndClose, giveBack, seconds } = await visit();
    type(code(keys[0] as (typeof keys)[number]).digits);
    giveBack(takeAndClose());
    const openings = box.watch.intended.size;
    for (const { boxId, direction, frame } of [...world.enemy.overheard]) {
      if (direction === 'up') world.host.inject(boxId, frame.slice());
      else world.network.send(boxId, frame);
    }
    seconds(60);
    expect(box.watch.intended.size).toBe(openings);
    expect(box.openBin()).toBeUndefined();
  });

  it('opens nothing at one box with the frames of another (SEC-08)', async () => {
    const { world, keys, code, type, seconds } = await visit({ boxes: 2 });
    const [first, second] = world.site.boxes;
    type(code(keys[0] as (typeof keys)[number]).digits);
    for (const { frame } of world.enemy.overheard.filter(({ direction }) => direction === 'down')) {
      world.network.send(second?.boxId as BoxId, frame);
    }
    seconds(30);
    expect(first?.watch.intended.size).toBe(1);
    expect(second?.watch.intended.size).toBe(0);
  });

  it('shows no code, no fob and no name to an eavesdropper (SEC-08, SEC-13)', async () => {
    const { world, keys, code, type, takeAndClose, giveBack } = await visit();
    const made = code(keys[0] as (typeof keys)[number]);
    type(made.digits);
    const fob = takeAndClose();
    giveBack(fob);
    const heard = world.enemy.overheard.map(({ frame }) => bytesToHex(frame)).join('\n');
    expect(heard).not.toContain(Buffer.from(made.digits).toString('hex'));
    expect(heard).not.toContain(fob);
  });

  it('comes back within two minutes when the tricks stop (SEC-08)', async () => {
    const { world, box, seconds } = await visit();
    for (let blow = 0; blow < 200; blow++) {
      world.enemy.strike([box.boxId]);
      world.pass(50);
    }
    seconds(120);
    expect(world.host.cloud.connectedBoxes()).toContain(box.boxId);
  });
});
