// The power is cut before every single output of a life that has everything in it: claim, pickup, return, wrong
// codes, reboots, acknowledged logs. Whatever was cut, the next boot goes on without a wrong opening, a lost or
// doubled event, a reused counter or a forgotten try.
import type { BoxOutput } from '@smartbox/firmware/core';
import { describe, expect, it } from 'vitest';
import { BoxAndCloud } from './box-and-cloud.ts';
import { grantBin, refuse } from './cloud-peer.ts';
import { brokenRules, logOf } from './invariants.ts';
import { copyFlash, PowerCut, tagOf } from './memory-board.ts';

type StoryStep = (pair: BoxAndCloud) => void;

const granted = new Map<number, number>([[4, 4]]);

function open(grant: number, bin: number, purpose: 'withdraw' | 'return' = 'withdraw'): StoryStep {
  granted.set(grant, bin);
  return (pair) => {
    pair.cloud.decide = grantBin(bin, purpose, grant);
    if (purpose === 'withdraw') pair.act((board) => board.press('12345678#'));
    else pair.act((board) => board.give({ kind: 'fob-tapped', tag: tagOf(3) }));
  };
}

/** The cloud opens the main lock from afar, under grant 5. */
const orderMainLock: StoryStep = (pair) => {
  granted.set(5, 0);
  pair.cloud.decide = grantBin(0, 'service', 5);
  const order = new Uint8Array(8).fill(6);
  for (const frame of pair.cloud.say({
    name: 'opening-asked',
    body: { order, bin: 0, press: 'none', waitMs: 0 },
  })) {
    pair.act((board) => board.give({ kind: 'frame-received', frame }));
  }
};
const front =
  (isOpen: boolean): StoryStep =>
  (pair) => {
    pair.board.sensors.mainLockOpen = isOpen;
    pair.act((board) => board.moveMainLock(isOpen));
  };
/** The cloud asks for a second code, and opens bin 1 for it under grant 6. */
const twoSteps: StoryStep = (pair) => {
  granted.set(6, 1);
  pair.cloud.decide = (request) =>
    request.kind === 'further'
      ? grantBin(1, 'withdraw', 6)(request)
      : {
          name: 'further-asked',
          body: { request: request.request, what: 'second-code', waitMs: 60_000 },
        };
  for (const keys of ['12345678#', '135790#']) pair.act((board) => board.press(keys));
};
const door =
  (bin: number, isOpen: boolean): StoryStep =>
  (pair) => {
    pair.board.sensors.doorsOpen[bin - 1] = isOpen;
    pair.act((board) => board.moveDoor(bin, isOpen));
  };
const key =
  (bin: number, number: number | undefined): StoryStep =>
  (pair) => {
    const tag = number === undefined ? null : tagOf(number);
    pair.board.sensors.tags[bin - 1] = tag;
    pair.act((board) => board.senseTag(bin, tag));
  };
const wait =
  (ms: number): StoryStep =>
  (pair) => {
    pair.wait(ms);
  };
const wrong: StoryStep = (pair) => {
  pair.cloud.decide = refuse();
  pair.act((board) => board.press('99999999#'));
};
const claimIfNeeded: StoryStep = (pair) => {
  if (pair.board.state.session === undefined) pair.claim();
};
const reboot: StoryStep = (pair) => pair.reboot();

const story: readonly StoryStep[] = [
  claimIfNeeded,
  wait(2_000),
  open(1, 3),
  door(3, true),
  key(3, undefined),
  wait(1_000),
  door(3, false),
  wait(2_000),
  wrong,
  wait(500),
  open(2, 2, 'return'),
  door(2, true),
  key(2, 3),
  door(2, false),
  wait(2_000),
  reboot,
  wait(2_000),
  open(3, 2),
  wait(20_000),
  door(2, true),
  key(2, undefined),
  door(2, false),
  wait(3_000),
  orderMainLock,
  front(true),
  wait(1_000),
  front(false),
  twoSteps,
  door(1, true),
  door(1, false),
  wait(3_000),
];

interface Lived {
  readonly pair: BoxAndCloud;
  readonly outputs: readonly BoxOutput[];
  readonly count: number;
}

/** Lives the story; `cuts` are counted in outputs, the second from the boot after the first. */
function live(cuts: readonly number[]): Lived {
  const pair = new BoxAndCloud();
  const outputs: BoxOutput[] = [];
  const rest = cuts.slice();
  pair.board.sensors.tags[2] = tagOf(3);
  pair.board.cutAt = rest.shift();

  const survive = (action: () => void) => {
    let failing: (() => void) | undefined = action;
    while (failing !== undefined) {
      const before = pair.board;
      try {
        failing();
        failing = undefined;
      } catch (error) {
        if (!(error instanceof PowerCut)) throw error;
        // The board that died has done what it did; the next one starts on its flash.
        const nextCut = rest.shift();
        failing = () => {
          pair.board.cutAt = nextCut === undefined ? undefined : pair.board.carriedOut + nextCut;
          pair.reboot();
          pair.wait(3_000);
          claimIfNeeded(pair);
          pair.wait(3_000);
        };
      }
      if (pair.board !== before) outputs.push(...before.outputs);
    }
  };

  survive(() => pair.boot());
  for (const step of story) survive(() => step(pair));
  survive(() => pair.wait(40_000));
  const { carriedOut } = pair.board;
  pair.board.cutAt = undefined;
  pair.cloud.decide = grantBin(4, 'withdraw', 4);
  pair.act((board) => board.press('12345678#'));
  pair.wait(1_000);
  outputs.push(...pair.board.outputs);
  return { pair, outputs, count: carriedOut };
}

function check(lived: Lived): string[] {
  const { pair, outputs } = lived;
  const broken = brokenRules({ flash: pair.board.flash, outputs }, pair.cloud, granted);
  if (!pair.cloud.live) broken.push('the box is not online');
  const opensNow = outputs.some((output) => output.kind === 'release-bin' && output.bin === 4);
  if (!opensNow) broken.push(`the box opens no more: ${pair.board.lines.join(' ')}`);
  const told = pair.cloud.ledger.map((entry) => `${entry.sequence} ${entry.kind} ${entry.bin}`);
  const written = logOf(pair.board.flash).map((entry) => `${entry.sequence} ${entry.kind} ${entry.bin}`);
  if (told.join() !== written.join()) broken.push(`told ${told.length} of ${written.length} entries`);
  const opening = new Map<number, number>();
  for (const entry of logOf(pair.board.flash)) {
    if (entry.kind === 'bin-opened' || entry.kind === 'bin-forced') opening.set(entry.bin, entry.grant);
    if (entry.kind !== 'key-taken' || entry.grant === opening.get(entry.bin)) continue;
    broken.push(`a key was taken under grant ${entry.grant}, not ${opening.get(entry.bin)}`);
  }
  const mainLock = logOf(pair.board.flash)
    .map(({ kind }) => kind)
    .filter((kind) => kind.startsWith('main-lock-'));
  if (mainLock.length > 0 && mainLock.at(-1) !== 'main-lock-closed') broken.push(`the front: ${mainLock}`);
  const ends = pair.board.state.presence.bins.map((bin) => bin.inside !== null);
  const last = new Map(
    logOf(pair.board.flash).map((entry) => [`${entry.kind.slice(0, 4)}${entry.bin}`, entry.kind]),
  );
  for (const [index, inside] of ends.entries()) {
    const said = last.get(`key-${index + 1}`) === 'key-placed';
    if (said !== inside) broken.push(`the log is wrong about the key in bin ${index + 1}`);
    if (inside !== (pair.board.sensors.tags[index] !== null))
      broken.push(`bin ${index + 1} is not what it seems`);
  }
  return broken;
}

describe('power cuts', () => {
  const whole = live([]);

  it('lives the story whole without breaking a rule', () => {
    expect(check(whole)).toEqual([]);
    expect(whole.outputs.filter((output) => output.kind === 'release-bin').length).toBeGreaterThanOrEqual(4);
    expect(whole.outputs.filter((output) => output.kind === 'release-main-lock')).toHaveLength(1);
    expect(logOf(whole.pair.board.flash).filter((entry) => entry.kind === 'key-taken')).toHaveLength(2);
  });

  it('may come before any output: nothing opens wrongly, no event is lost or doubled (I1, I2, I3, I5)', () => {
    expect(whole.count).toBeGreaterThan(100);
    for (let cut = 0; cut < whole.count; cut++) {
      expect({ cut, broken: check(live([cut])) }).toEqual({ cut, broken: [] });
    }
  }, 300_000);

  it('may come at any output of a boot, twice over, and the boots after it tell nothing twice', () => {
    const { pair } = whole;
    const sensors = { ...pair.board.sensors, tags: [tagOf(5), null, null, tagOf(6)] };
    for (let cut = 0; cut < 14; cut++) {
      const again = new BoxAndCloud(copyFlash(pair.board.flash), undefined, sensors);
      again.network = false;
      again.boot();
      again.wait(3_000);
      const before = again.board.flash.log.length;
      for (let boot = 0; boot < 4; boot++) {
        again.board.cutAt = boot < 2 ? again.board.carriedOut + cut : undefined;
        try {
          again.reboot();
          again.wait(3_000);
        } catch (error) {
          if (!(error instanceof PowerCut)) throw error;
        }
      }
      const told = logOf(again.board.flash).slice(before);
      expect({ cut, told: told.filter((entry) => entry.kind !== 'booted') }).toEqual({ cut, told: [] });
    }
  });

  it('may come a second time during the boot that follows', () => {
    for (let cut = 0; cut < whole.count; cut += 5) {
      for (let second = cut % 6; second < 24; second += 6) {
        expect({ cut, second, broken: check(live([cut, second])) }).toEqual({ cut, second, broken: [] });
      }
    }
  }, 300_000);
});
