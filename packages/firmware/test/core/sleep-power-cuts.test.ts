// The power is cut before every single output of nights without mains: falling asleep, waking by the button, a pickup
// on battery, a claim that nobody answers, an empty battery, mains that comes back. What was cut is not told wrongly,
// nothing opens that was not granted, and the box that boots falls asleep again or goes on.
import type { BoxOutput } from '@smartbox/firmware/core';
import { describe, expect, it } from 'vitest';
import { BoxAndCloud } from './box-and-cloud.ts';
import { grantBin, refuse } from './cloud-peer.ts';
import { brokenRules, logOf } from './invariants.ts';
import { PowerCut, tagOf } from './memory-board.ts';

type StoryStep = (pair: BoxAndCloud) => void;

const granted = new Map([
  [1, 3],
  [2, 2],
  [4, 4],
]);
/** Longer than any reason to stay awake. */
const NIGHT_MS = 900_000;

const supply =
  (mains: boolean, batteryPercent = 90): StoryStep =>
  (pair) => {
    Object.assign(pair.board.sensors, { mains, batteryPercent });
    if (!pair.board.asleep) pair.act((board) => board.setSupply({ mains, batteryPercent }));
    else if (mains) pair.reboot('mains');
  };
/** A person presses the button: a sleeping box wakes. */
const button: StoryStep = (pair) => {
  if (pair.board.asleep) pair.reboot('button');
  else pair.act((board) => board.give({ kind: 'button-moved', down: true }));
  pair.act((board) => board.give({ kind: 'button-moved', down: false }));
  pair.wait(3_000);
};
const wait =
  (ms: number): StoryStep =>
  (pair) => {
    pair.wait(ms);
  };
const sleeps: StoryStep = (pair) => {
  pair.wait(NIGHT_MS);
  if (!pair.board.asleep) throw new RangeError('the box does not fall asleep');
};
const code =
  (grant: number, bin: number): StoryStep =>
  (pair) => {
    pair.cloud.decide = grantBin(bin, 'withdraw', grant);
    pair.act((board) => board.press('12345678#'));
  };
const wrong: StoryStep = (pair) => {
  pair.cloud.decide = refuse();
  pair.act((board) => board.press('99999999#'));
};
const door =
  (bin: number, isOpen: boolean): StoryStep =>
  (pair) => {
    pair.board.sensors.doorsOpen[bin - 1] = isOpen;
    if (!pair.board.asleep) pair.act((board) => board.moveDoor(bin, isOpen));
  };
const key =
  (bin: number, number: number | undefined): StoryStep =>
  (pair) => {
    const tag = number === undefined ? null : tagOf(number);
    pair.board.sensors.tags[bin - 1] = tag;
    if (!pair.board.asleep) pair.act((board) => board.senseTag(bin, tag));
  };
const claimIfNeeded: StoryStep = (pair) => {
  if (pair.board.state.session === undefined && !pair.board.asleep) pair.claim();
};

const story: readonly StoryStep[] = [
  claimIfNeeded,
  wait(2_000),
  supply(false),
  sleeps,
  button,
  code(1, 3),
  door(3, true),
  key(3, undefined),
  wait(1_000),
  // The door is left open over the sleep, and shut while the box sleeps.
  sleeps,
  door(3, false),
  button,
  wrong,
  sleeps,
  supply(true),
  wait(5_000),
  supply(false),
  wait(60_000),
  code(2, 2),
  supply(false, 5),
  sleeps,
  button,
  sleeps,
  supply(true, 50),
  wait(5_000),
];

interface Lived {
  readonly pair: BoxAndCloud;
  readonly outputs: readonly BoxOutput[];
  readonly count: number;
}

/** Lives the story with one cut, counted in outputs; the power is back at once, mains where it was. */
function live(cutAt: number | undefined): Lived {
  const pair = new BoxAndCloud();
  const outputs: BoxOutput[] = [];
  pair.board.sensors.tags[2] = tagOf(3);
  pair.board.cutAt = cutAt;
  const survive = (action: () => void) => {
    const { board } = pair;
    try {
      action();
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      pair.board.cutAt = undefined;
      pair.reboot('power');
      pair.wait(3_000);
      claimIfNeeded(pair);
      pair.wait(3_000);
      // What the cut interrupted happens again: nights come after it anyway.
    }
    if (pair.board !== board) outputs.push(...board.outputs);
  };
  survive(() => pair.boot());
  for (const step of story) survive(() => step(pair));
  survive(() => supply(true, 50)(pair));
  survive(() => pair.wait(60_000));
  const { carriedOut } = pair.board;
  pair.cloud.decide = grantBin(4, 'withdraw', 4);
  pair.act((board) => board.press('12345678#'));
  pair.wait(1_000);
  outputs.push(...pair.board.outputs);
  return { pair, outputs, count: carriedOut };
}

function check({ pair, outputs }: Lived): string[] {
  const broken = brokenRules({ flash: pair.board.flash, outputs }, pair.cloud, granted);
  if (!pair.cloud.live) broken.push('the box is not online');
  if (!outputs.some((output) => output.kind === 'release-bin' && output.bin === 4))
    broken.push(`the box opens no more: ${pair.board.lines.join(' ')}`);
  const written = logOf(pair.board.flash);
  const told = pair.cloud.ledger.map(({ sequence, kind }) => `${sequence} ${kind}`);
  if (told.join() !== written.map(({ sequence, kind }) => `${sequence} ${kind}`).join())
    broken.push(`told ${told.length} of ${written.length} entries`);
  for (const [index, inside] of pair.board.state.presence.bins.entries()) {
    if ((inside.inside === null) !== (pair.board.sensors.tags[index] === null))
      broken.push(`bin ${index + 1} is not what it seems`);
  }
  let lastMs = 0;
  for (const { sequence, timeMs, timeSource } of written) {
    if (timeSource === 'trusted' && timeMs < lastMs) broken.push(`time went back at ${sequence}`);
    if (timeSource === 'trusted') lastMs = timeMs;
  }
  return broken;
}

describe('nights without mains', () => {
  const whole = live(undefined);

  it('pass without breaking a rule, with sleep after sleep in the log', () => {
    expect(check(whole)).toEqual([]);
    const kinds = logOf(whole.pair.board.flash).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'fell-asleep')).toHaveLength(5);
    expect(kinds.filter((kind) => kind === 'battery-empty')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'mains-lost')).toHaveLength(2);
    expect(kinds.filter((kind) => kind === 'mains-restored')).toHaveLength(2);
  });

  it('may be cut short before any output: sleep, wake and pickup stay true (EM-03, EM-04, I1, I2, I3)', () => {
    expect(whole.count).toBeGreaterThan(100);
    for (let cut = 0; cut < whole.count; cut++) {
      expect({ cut, broken: check(live(cut)) }).toEqual({ cut, broken: [] });
    }
  }, 300_000);
});
