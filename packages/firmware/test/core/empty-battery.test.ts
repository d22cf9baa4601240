// The end of the battery, in good order: told, shown, and with no latch pulled on what is left.
import { describe, expect, it } from 'vitest';
import { grantBin } from './cloud-peer.ts';
import { logOf } from './invariants.ts';
import { tagOf } from './memory-board.ts';
import { loseMains, pulses, quietBox } from './on-battery.ts';

describe('a nearly empty battery', () => {
  const emptied = () => {
    const pair = quietBox();
    loseMains(pair);
    pair.act((board) => board.setSupply({ mains: false, batteryPercent: 6 }));
    return pair;
  };

  it('ends in good order: the log tells, the screen asks for mains, then the box sleeps', () => {
    const pair = emptied();
    expect(pair.board.lines[0]).toBe('電池がなくなりました');
    expect(pair.board.state.shown?.lit).toBe(true);
    pair.wait(5_999);
    expect(pair.board.asleep).toBe(false);
    pair.wait(1);
    expect(pair.board.asleep).toBe(true);
    expect(
      logOf(pair.board.flash)
        .slice(-3)
        .map(({ kind, detail }) => `${kind} ${detail}`),
    ).toEqual(['battery-low 6', 'battery-empty 6', 'fell-asleep 6']);
    expect(pair.cloud.ledger.at(-1)?.kind).toBe('battery-empty');
  });

  it('opens nothing, neither for a code nor for a grant that is on its way nor by a second pulse', () => {
    const pair = emptied();
    pair.cloud.decide = grantBin(2);
    expect(pulses(pair.act((board) => board.press('12345678#')))).toBe(0);
    expect(pulses(pair.act((board) => board.give({ kind: 'fob-tapped', tag: tagOf(1) })))).toBe(0);
    expect(pair.cloud.requests).toHaveLength(0);

    const asked = quietBox();
    loseMains(asked);
    asked.cloud.decide = grantBin(2);
    asked.board.press('12345678#');
    asked.board.setSupply({ mains: false, batteryPercent: 5 });
    expect(asked.board.state.attempt).toBeDefined();
    asked.act(() => undefined);
    expect(asked.board.state.attempt).toBeUndefined();
    expect(pulses(asked.wait(10_000))).toBe(0);
    expect(logOf(asked.board.flash).some(({ kind }) => kind === 'open-intended')).toBe(false);

    const pulled = quietBox();
    loseMains(pulled);
    pulled.cloud.decide = grantBin(2);
    expect(pulses(pulled.act((board) => board.press('12345678#')))).toBe(1);
    pulled.wait(1_000);
    pulled.act((board) => board.setSupply({ mains: false, batteryPercent: 5 }));
    expect(pulses(pulled.wait(10_000))).toBe(0);
    expect(pulled.board.asleep).toBe(true);
  });

  it('says so again at the button, without connecting and without a word in the log but the start and the sleep', () => {
    const pair = emptied();
    pair.wait(10_000);
    const before = pair.board.flash.log.length;
    pair.reboot('button');
    expect(pair.board.lines[0]).toBe('電池がなくなりました');
    pair.wait(10_000);
    expect(pair.board.asleep).toBe(true);
    expect(pair.board.outputs.some(({ kind }) => kind === 'connect' || kind === 'send-frame')).toBe(false);
    expect(
      logOf(pair.board.flash)
        .slice(before)
        .map(({ kind }) => kind),
    ).toEqual(['booted', 'fell-asleep']);
  });

  it('is over at once when mains comes back, also where the box had not connected', () => {
    const pair = emptied();
    pair.wait(10_000);
    pair.reboot('button');
    pair.act((board) => board.setSupply({ mains: true }));
    pair.wait(30_000);
    expect([pair.board.asleep, pair.cloud.live]).toEqual([false, true]);
    pair.cloud.decide = grantBin(2);
    expect(pulses(pair.act((board) => board.press('12345678#')))).toBe(1);
  });

  it('is not taken from a cell that reads low under a pulling coil', () => {
    const pair = quietBox();
    loseMains(pair);
    pair.cloud.decide = grantBin(2);
    pair.act((board) => board.press('12345678#'));
    pair.act((board) => board.setSupply({ mains: false, batteryPercent: 4 }));
    expect(pair.board.state.power.kind).toBe('battery');
    expect(pair.board.state.supply.batteryPercent).toBe(90);
    pair.wait(1_000);
    pair.act((board) => board.setSupply({ mains: false, batteryPercent: 4 }));
    expect(pair.board.state.power.kind).toBe('ending');
  });
});
