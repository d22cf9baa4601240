// Somebody jams the radio for a year and stands at the keypad every day, with every wait that the box asks for and the
// plug in his hand: the box runs for four hours a day. He opens nothing, and the owner of a sheet is only ever delayed.
import { describe, expect, it } from 'vitest';
import { openFromPaper, press } from '../test/lonely.ts';
import { printPaper } from '../test/paper.ts';
import { visit } from '../test/visit.ts';

const DAYS = 365;
const AWAKE_HOURS = 4;
const HOUR_SECONDS = 3_600;

describe('a jammed box and a patient guesser', () => {
  it('opens nothing in a year, and still opens for the sheet afterwards (EM-08, SEC-15)', async () => {
    const story = await visit();
    const paper = await printPaper(story);
    const { box, seconds, world } = story;
    world.host.kill(world.site.operator, world.boxIds);
    box.box.setHotspot({ name: 'Noise', passphrase: '', up: true });
    box.link.state = 'down';
    for (let day = 0; day < DAYS; day++) {
      press(story, '1#');
      press(story, '3#');
      for (let guess = 0; guess < 6; guess++)
        press(story, `${String(world.chance.below(10 ** 8)).padStart(8, '0')}#`);
      box.box.cutPower();
      seconds(2);
      box.box.powerOn();
      seconds(AWAKE_HOURS * HOUR_SECONDS);
      box.box.cutPower();
      seconds((24 - AWAKE_HOURS) * HOUR_SECONDS);
      box.box.powerOn();
      seconds(30);
    }
    expect(box.watch.offlineUses.size).toBe(0);
    expect(box.box.electronics.bins.some(({ open }) => open)).toBe(false);
    openFromPaper(story, paper, 3);
    expect(story.open()).toBe(3);
  }, 300_000);
});
