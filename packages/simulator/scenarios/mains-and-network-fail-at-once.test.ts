// Mains and network fail together. The person at the box has a printed sheet: one key now, or all keys for a long
// outage. When everything is back, the cloud knows what was taken by hand and asks for a count.
import { bytesToHex } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { loseNetwork, openFromPaper, press, regainNetwork, takeAll } from '../test/lonely.ts';
import { type Paper, printPaper } from '../test/paper.ts';
import { type Visit, visit } from '../test/visit.ts';

/** A box on battery without a network, its sheet printed before, and somebody who has just woken it. */
async function darkTown(): Promise<{ readonly story: Visit; readonly paper: Paper }> {
  const story = await visit();
  const paper = await printPaper(story);
  const { box, seconds, world } = story;
  box.box.setMains(false);
  loseNetwork(story);
  seconds(600);
  expect(box.box.state().power.asleep).toBe(true);
  world.pass(box.box.pressButton());
  seconds(25);
  return { story, paper };
}

describe('mains and network fail at once', () => {
  it('hands out one urgent key for one code of the sheet, without a word to the cloud (EM-08, EM-09, EM-10)', async () => {
    const { story, paper } = await darkTown();
    const sent = story.box.watch.sentFrames.length;
    openFromPaper(story, paper, 3);
    expect(story.open()).toBe(3);
    expect(story.takeAndClose()).toBe(story.keys[2]?.fob);
    expect(story.box.watch.sentFrames.length).toBe(sent);
  });

  it('opens every bin that holds a key for one code, in the order that the operator set (EM-09, EM-10)', async () => {
    const story = await visit();
    const { world, box, keys } = story;
    world.host.call(world.site.operator, 'changeEmergency', {
      params: { box_id: `box_${box.boxId}` },
      body: { open_order: [4, 2] },
    });
    story.seconds(10);
    const paper = await printPaper(story);
    loseNetwork(story);
    openFromPaper(story, paper, 0);
    const fobs = [4, 2, 1, 3, 5].map((bin) => keys[bin - 1]?.fob);
    expect(takeAll(story)).toEqual(fobs);
    expect(story.open()).toBeUndefined();
  });

  it('tells all of it once when everything is back, and asks for a count (EM-10)', async () => {
    const { story, paper } = await darkTown();
    const { world, box, keys, ledger } = story;
    openFromPaper(story, paper, 3);
    story.takeAndClose();
    openFromPaper(story, paper, 1);
    story.takeAndClose();
    box.box.setMains(true);
    regainNetwork(story);
    const told = ledger();
    const byHand = told.filter(({ type, data }) => type === 'key.withdrawn' && data.by_hand === true);
    expect(byHand.map(({ bin }) => bin)).toEqual([3, 1]);
    expect(told.filter(({ type }) => type === 'offline.opened')).toHaveLength(2);
    expect(told.some(({ type }) => type === 'bin.opened_without_grant')).toBe(false);
    const { operator } = world.site;
    const params = { box_id: `box_${box.boxId}` };
    const waiting = () => (world.host.call(operator, 'listCounts').data as readonly unknown[]).length;
    expect(waiting()).toBe(1);
    const bins = [
      { bin: 1, key_id: null },
      { bin: 3, key_id: keys[2]?.keyId },
    ];
    world.host.call(operator, 'countBox', { params, body: { counted_by: 'Suzuki', bins } });
    expect(waiting()).toBe(0);
    const differs = ledger().filter(({ type }) => type === 'count.differs');
    expect(differs.map(({ bin }) => bin)).toEqual([3]);
    box.watch.settle();
    const stored = world.host.cloud.features.boxes.logBodies(operator.tenantId, box.boxId).map(bytesToHex);
    expect(stored).toEqual(box.watch.log.map(bytesToHex));
  });

  it('ends where the battery dies in the middle, and goes on with the next cell when the mains are back (EM-06, EM-09)', async () => {
    const { story, paper } = await darkTown();
    const { box, seconds } = story;
    openFromPaper(story, paper, 0);
    story.takeAndClose();
    box.box.electronics.battery.percent = 0;
    seconds(60);
    expect(box.box.state().running).toBe(false);
    box.box.setMains(true);
    seconds(40);
    if (story.open() !== undefined) story.takeAndClose();
    const left = box.box.electronics.bins.filter((_, index) => box.fobIn(index + 1) !== null).length;
    expect(left).toBeGreaterThan(2);
    press(story, '*');
    openFromPaper(story, paper, 0);
    expect(takeAll(story)).toHaveLength(left);
  });
});
