// The cloud is killed at any moment of an authorisation. A one-time code is neither lost nor used twice.
import { describe, expect, it } from 'vitest';
import { visit } from '../test/visit.ts';

describe('the cloud dies between commit and answer', () => {
  it('gives a one-time code back whose grant nobody ever heard of (AC-01)', async () => {
    const { world, keys, code, type, open, seconds } = await visit();
    const { digits } = code(keys[0] as (typeof keys)[number], 'once');
    world.host.silence();
    type(digits);
    expect(open()).toBeUndefined();
    await world.restartCloud(2_000);
    seconds(60);
    type(digits);
    expect(open()).toBe(1);
  });

  it('counts a one-time code as used although the cloud died before the box could tell (AC-01)', async () => {
    const { world, keys, code, type, open, takeAndClose, giveBack, box, seconds } = await visit();
    const { digits } = code(keys[0] as (typeof keys)[number], 'once');
    world.pass(box.box.pressKeys(`${digits}#`));
    for (let waited = 0; open() === undefined && waited < 4_000; waited += 20) world.pass(20);
    expect(open()).toBe(1);
    await world.restartCloud(10_000);
    seconds(60);
    giveBack(takeAndClose());
    type(digits);
    expect(open()).toBeUndefined();
  });
});
