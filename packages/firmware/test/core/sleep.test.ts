// The box without mains: awake for a while, asleep in good order, awake again by its button or by mains.

import type { BoxOutput } from '@smartbox/firmware/core';
import { decodeLogEntry } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { boxLimits } from '../../src/core/limits.ts';
import type { BoxAndCloud } from './box-and-cloud.ts';
import { grantBin, refuse } from './cloud-peer.ts';
import { logOf } from './invariants.ts';
import { tagOf } from './memory-board.ts';
import { boxAlone, press, sheet } from './offline-box.ts';
import { loseMains, pulses, quietBox } from './on-battery.ts';

const kindsOf = (outputs: readonly BoxOutput[]) =>
  outputs.map((output) => {
    if (output.kind === 'save-record') return `save ${output.record}`;
    return output.kind === 'append-log'
      ? `append ${decodeLogEntry(output.entry.slice(0, 32)).kind}`
      : output.kind;
  });

/** A box that fell asleep two minutes after its mains failed. */
function sleepingBox(): BoxAndCloud {
  const pair = quietBox();
  loseMains(pair);
  pair.wait(120_000);
  expect(pair.board.asleep).toBe(true);
  return pair;
}

describe('a box that loses its mains', () => {
  it('is awake after 119 seconds and asleep after 120 (EM-02)', () => {
    const pair = quietBox();
    loseMains(pair);
    pair.wait(119_000);
    expect(pair.board.asleep).toBe(false);
    expect(pair.cloud.live).toBe(true);
    pair.wait(999);
    expect(pair.board.asleep).toBe(false);
    pair.wait(1);
    expect(pair.board.asleep).toBe(true);
  });

  it('stays awake when mains comes back in time, and counts anew when it fails again (EM-02)', () => {
    const pair = quietBox();
    loseMains(pair);
    pair.wait(119_000);
    pair.act((board) => board.setSupply({ mains: true }));
    pair.wait(3_600_000);
    expect(pair.board.asleep).toBe(false);
    loseMains(pair);
    pair.wait(119_999);
    expect(pair.board.asleep).toBe(false);
    pair.wait(1);
    expect(pair.board.asleep).toBe(true);
  });

  it('saves its time and writes down that it sleeps, goes offline and dark, and only then sleeps (EM-03)', () => {
    const pair = quietBox();
    loseMains(pair);
    pair.wait(119_000);
    const outputs = pair.wait(1_000);
    expect(kindsOf(outputs)).toEqual([
      'save time-floor',
      'append fell-asleep',
      'save log-key',
      'disconnect',
      'show',
      'sleep',
    ]);
    expect(outputs.at(-2)).toEqual({ kind: 'show', lines: [], lit: false });
    expect(logOf(pair.board.flash).at(-1)).toMatchObject({ kind: 'fell-asleep', detail: 90 });
  });

  it('does nothing more once it sleeps, whatever comes', () => {
    const pair = sleepingBox();
    const flash = pair.board.flash.log.length;
    expect(pair.board.press('12345678#')).toEqual([]);
    expect(pair.board.give({ kind: 'woke' })).toEqual([]);
    expect(pair.board.moveDoor(1, true)).toEqual([]);
    expect([pair.board.flash.log.length, pair.board.wakeAtMs]).toEqual([flash, undefined]);
  });

  it('waits a minute after the last person (EM-02)', () => {
    const pair = quietBox();
    loseMains(pair);
    pair.wait(100_000);
    pair.act((board) => board.press('1'));
    pair.wait(59_999);
    expect(pair.board.asleep).toBe(false);
    pair.wait(1);
    expect(pair.board.asleep).toBe(true);
  });

  it('does not sleep over doors that open one after another, nor over a phone call, but ends with them', () => {
    const pair = boxAlone();
    loseMains(pair);
    press(pair, '2#1#');
    pair.wait(9 * 60_000);
    expect(pair.board.asleep).toBe(false);
    pair.wait(2 * 60_000);
    expect(pair.board.asleep).toBe(true);

    const opening = boxAlone();
    loseMains(opening);
    press(opening, `1#0##${sheet(0, 1)}#`);
    for (let bin = 1; bin <= 3; bin++) {
      opening.wait(1_000);
      opening.act((board) => board.moveDoor(bin, true));
      opening.wait(55_000);
      expect(opening.board.asleep).toBe(false);
      opening.act((board) => board.moveDoor(bin, false));
    }
    opening.wait(130_000);
    expect(opening.board.asleep).toBe(true);
  });

  it('gives people longer than a question to the cloud and the pulses that follow it take', () => {
    const { grantDeadlineMs, pulses: most, pulseRetryMs, awakeMinMs } = boxLimits;
    expect(awakeMinMs).toBeGreaterThan(grantDeadlineMs + most * pulseRetryMs);
  });

  it('says on the display, in both languages, for how many days or openings the battery lasts (EM-06)', () => {
    const pair = quietBox();
    loseMains(pair);
    expect(pair.board.lines.slice(2)).toEqual(['電池：待機365+日または', '開閉771回  L: English']);
    pair.act((board) => board.press('L'));
    expect(pair.board.lines.slice(2)).toEqual(['Battery: 365+ days or', '771 openings. L: 日本語']);
    pair.setNetwork(false);
    pair.wait(30_000);
    pair.act((board) => board.press('L'));
    expect(pair.board.lines).toEqual([
      '3# phone hotspot or call',
      'the box manager',
      'Battery: 365+ days or',
      '771 openings',
    ]);
    pair.act((board) => board.setSupply({ mains: false, batteryPercent: 10 }));
    expect(pair.board.lines.slice(2)).toEqual(['Battery: 124 days or', '36 openings']);
    pair.act((board) => board.setSupply({ mains: true }));
    expect(pair.board.lines.join(' ')).not.toContain('Battery');
  });
});

describe('a sleeping box', () => {
  it('wakes by its button with the light on, connects, and opens nothing by that (EM-04)', () => {
    const pair = sleepingBox();
    pair.reboot('button');
    pair.wait(3_000);
    expect(pair.board.state.shown?.lit).toBe(true);
    expect(pair.cloud.live).toBe(true);
    expect(pulses(pair.board.outputs)).toBe(0);
    pair.wait(56_999);
    expect(pair.board.asleep).toBe(false);
    pair.wait(1);
    expect(pair.board.asleep).toBe(true);
  });

  it('gives out a key on battery as on any day, and sleeps a minute after the door was shut (EM-05)', () => {
    const pair = sleepingBox();
    pair.board.sensors.tags[1] = tagOf(5);
    pair.reboot('button');
    pair.wait(3_000);
    pair.cloud.decide = grantBin(2);
    expect(pulses(pair.act((board) => board.press('12345678#')))).toBe(1);
    pair.act((board) => board.moveDoor(2, true));
    pair.act((board) => board.senseTag(2, null));
    pair.wait(2_000);
    pair.act((board) => board.moveDoor(2, false));
    pair.wait(59_999);
    expect(pair.board.asleep).toBe(false);
    expect(pair.cloud.ledger.slice(-3).map(({ kind }) => kind)).toEqual([
      'bin-opened',
      'key-taken',
      'bin-closed',
    ]);
    pair.wait(1);
    expect(pair.board.asleep).toBe(true);
  });

  it('wakes by mains and is awake for good, and the cloud hears of the night in order (EM-02, EM-04)', () => {
    const pair = sleepingBox();
    pair.reboot('button');
    pair.wait(60_000);
    pair.board.sensors.mains = true;
    pair.reboot('mains');
    pair.wait(3_600_000);
    expect([pair.board.asleep, pair.cloud.live]).toEqual([false, true]);
    expect(pair.cloud.ledger.map(({ kind }) => kind)).toEqual([
      'claimed',
      'mains-lost',
      'fell-asleep',
      'booted',
      'fell-asleep',
      'booted',
      'mains-restored',
    ]);
  });

  it('tells that mains came back also where the battery had died in its sleep', () => {
    const pair = sleepingBox();
    pair.board.sensors.mains = true;
    pair.reboot('power');
    pair.wait(3_000);
    expect(pair.cloud.ledger.at(-1)?.kind).toBe('mains-restored');
  });

  it('goes back to sleep after two minutes when mains was only a flicker that woke it (EM-02)', () => {
    const pair = sleepingBox();
    pair.reboot('mains');
    pair.wait(119_999);
    expect(pair.board.asleep).toBe(false);
    pair.wait(1);
    expect(pair.board.asleep).toBe(true);
    expect(logOf(pair.board.flash).filter(({ kind }) => kind.startsWith('mains'))).toHaveLength(1);
  });

  it('forgets no try and no wait of the keypad (EM-04, SEC-15)', () => {
    const pair = quietBox();
    pair.cloud.decide = refuse();
    for (let count = 0; count < 5; count++) pair.act((board) => board.press('99999999#'));
    loseMains(pair);
    pair.wait(120_000);
    expect(pair.board.asleep).toBe(true);
    pair.act((board) => board.press('99999999#'));
    pair.reboot('button');
    pair.wait(1_000);
    expect(pair.board.state.lockout.total).toBe(5);
    pair.act((board) => board.press('99999999#'));
    expect(pair.cloud.requests).toHaveLength(5);
    pair.wait(30_000);
    pair.act((board) => board.press('99999999#'));
    expect(pair.cloud.requests).toHaveLength(6);
  });

  it('tells after the wake what doors and keys did meanwhile, and keeps quiet about what it had told', () => {
    const pair = quietBox();
    pair.board.sensors.tags[0] = tagOf(1);
    pair.reboot();
    pair.wait(3_000);
    pair.cloud.decide = grantBin(1);
    pair.act((board) => board.press('12345678#'));
    pair.act((board) => board.moveDoor(1, true));
    loseMains(pair);
    pair.wait(200_000);
    expect(pair.board.asleep).toBe(true);
    // The door stood open when it fell asleep; now the key is gone, the door is shut, and another was forced.
    pair.board.sensors.tags[0] = null;
    pair.board.sensors.doorsOpen = [false, false, true, false];
    pair.reboot('button');
    pair.wait(3_000);
    const told = pair.cloud.ledger.map(({ kind, bin, grant }) => `${kind} ${bin} ${grant}`);
    expect(told.slice(-6)).toEqual([
      'bin-left-open 1 77',
      'fell-asleep 0 0',
      expect.stringMatching(/^booted/),
      'bin-closed 1 77',
      'bin-forced 3 0',
      'key-taken 1 77',
    ]);
  });

  it('shows a time that only rises over its sleep, held by the clock chip', () => {
    const pair = sleepingBox();
    const night = 8 * 3_600_000;
    pair.cloud.timeMs += night;
    pair.board.sensors.rtcMs = pair.cloud.timeMs;
    pair.setNetwork(false);
    pair.reboot('button');
    pair.wait(60_000);
    const [booted] = logOf(pair.board.flash)
      .filter(({ kind }) => kind === 'booted')
      .slice(-1);
    expect(booted).toMatchObject({ timeSource: 'held', timeMs: pair.board.sensors.rtcMs });
  });
});
