// The main job from end to end: a code at the keypad, one bin, the key out, the door shut, the ledger, and
// the key back by its fob.
import { describe, expect, it } from 'vitest';
import { visit } from '../test/visit.ts';

describe('a guest takes a key and brings it back', () => {
  it('opens the bin of the key, and no other, when its code is typed (AC-01, SEC-06, SEC-18)', async () => {
    const { keys, code, type, open, display, box } = await visit();
    const { digits } = code(keys[2] as (typeof keys)[number]);
    type(digits);
    expect(open()).toBe(3);
    expect(display()).toContain('３');
    expect(box.box.electronics.bins.filter((bin) => bin.open)).toHaveLength(1);
  });

  it('tells each physical fact on its own: granted, opened, taken, closed (AC-01)', async () => {
    const { keys, code, type, takeAndClose, ledger } = await visit();
    type(code(keys[2] as (typeof keys)[number]).digits);
    takeAndClose();
    const told = ledger().map(({ type: kind }) => kind);
    const trip = ['access.granted', 'bin.opened', 'key.withdrawn', 'code.ended', 'bin.closed'];
    expect(told.filter((kind) => trip.includes(kind))).toEqual(trip);
  });

  it('refuses the code once its key was withdrawn (AC-01, SEC-02)', async () => {
    const { keys, code, type, takeAndClose, giveBack, open } = await visit();
    const { digits } = code(keys[2] as (typeof keys)[number]);
    type(digits);
    giveBack(takeAndClose());
    type(digits);
    expect(open()).toBeUndefined();
  });

  it('refuses it also when it is typed again the moment the door is shut (AC-01, SEC-02)', async () => {
    const { keys, code, type, box, open } = await visit();
    const { digits } = code(keys[2] as (typeof keys)[number]);
    type(digits);
    box.box.setTag(3, null);
    box.box.setDoor(3, false);
    type(digits);
    expect(open()).toBeUndefined();
    expect(box.watch.intended.size).toBe(1);
  });

  it('keeps the code alive while the key was only looked at (AC-01, SEC-02)', async () => {
    const { keys, code, type, open, box, seconds } = await visit();
    const { digits } = code(keys[0] as (typeof keys)[number]);
    type(digits);
    box.box.setDoor(open() as number, false);
    seconds(3);
    type(digits);
    expect(open()).toBe(1);
  });

  it('lets an unlimited code open again and again (AC-01)', async () => {
    const { keys, code, type, takeAndClose, giveBack, open } = await visit();
    const { digits } = code(keys[1] as (typeof keys)[number], 'unlimited');
    type(digits);
    giveBack(takeAndClose());
    type(digits);
    expect(open()).toBeDefined();
  });

  it('takes a key back by its fob alone, however late, into a free bin (AC-01)', async () => {
    const { keys, code, type, takeAndClose, giveBack, world, ledger, seconds } = await visit();
    type(code(keys[2] as (typeof keys)[number]).digits);
    const fob = takeAndClose();
    seconds(8 * 3_600);
    giveBack(fob);
    expect(ledger().at(-1)?.type).toBe('bin.closed');
    expect(ledger().some((line) => line.type === 'key.returned' && line.data.grant !== 0)).toBe(true);
    const key = world.host.call(world.site.operator, 'getKey', {
      params: { key_id: (keys[2] as { keyId: string }).keyId },
    });
    expect((key.where as { status: string }).status).toBe('in_bin');
  });

  it('opens nothing for a fob that is nobody’s (AC-01)', async () => {
    const { giveBack, open, display } = await visit();
    giveBack('04deadbeef0001');
    expect(open()).toBeUndefined();
    expect(display()).not.toBe('');
  });
});
