// The cloud is dead and with it every page that could show a code. What was saved before opens one bin or all, and
// says which key is which; after the restart the ledger is right.
import { bytesToHex, phoneAnswer } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { openFromPaper, press, regainNetwork, takeAll } from '../test/lonely.ts';
import { printPaper } from '../test/paper.ts';
import { type Visit, visit } from '../test/visit.ts';

/** The cloud's process dies; the box finds out by itself. */
function killCloud({ world, seconds }: Visit): void {
  world.host.kill(world.site.operator, world.boxIds);
  seconds(90);
}

describe('the cloud is down', () => {
  it('gives every key in the order of the sheet, by name and fob, with nothing but the sheet (EM-11, EM-12, EM-13, EM-14)', async () => {
    const story = await visit();
    const { keys, world, box } = story;
    const paper = await printPaper(story);
    expect(paper.keys.map(({ name }) => name)).toEqual(keys.map(({ name }) => name));
    killCloud(story);
    for (const { bin } of paper.keys) {
      openFromPaper(story, paper, bin);
      expect(story.open()).toBe(bin);
      expect(story.takeAndClose()).toBe(keys[bin - 1]?.fob);
    }
    await world.host.start();
    regainNetwork(story);
    const { operator } = world.site;
    const taken = story
      .ledger()
      .filter(({ type, data }) => type === 'key.withdrawn' && data.by_hand === true);
    expect(taken.map(({ bin }) => bin)).toEqual([1, 2, 3, 4, 5]);
    box.watch.settle();
    const stored = world.host.cloud.features.boxes.logBodies(operator.tenantId, box.boxId).map(bytesToHex);
    expect(stored).toEqual(box.watch.log.map(bytesToHex));
  });

  it('opens all of them for one code (EM-09, EM-11)', async () => {
    const story = await visit();
    const paper = await printPaper(story);
    killCloud(story);
    openFromPaper(story, paper, 0);
    expect(takeAll(story)).toEqual(story.keys.map(({ fob }) => fob));
  });

  it('answers the number on the display from a break-glass file when the sheet is lost too (EM-11, EM-16)', async () => {
    const story = await visit();
    const { world } = story;
    const [secrets] = world.host.cloud.features.emergency.secrets(world.site.operator.tenantId);
    killCloud(story);
    press(story, '2#');
    press(story, '4#');
    const shown = /(\d{4}) (\d{4})/.exec(story.display());
    const challenge = `${shown?.[1]}${shown?.[2]}`;
    const { nobleCrypto } = await import('@smartbox/protocol');
    const answer = phoneAnswer(nobleCrypto, secrets?.phoneKey ?? new Uint8Array(32), {
      challenge,
      target: 4,
    });
    press(story, `${answer}#`);
    expect(story.open()).toBe(4);
  });
});
