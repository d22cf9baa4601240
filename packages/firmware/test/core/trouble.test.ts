// People and trouble: wrong codes, no network, no answer, a full log, doors that do not open.
import type { BoxOutput } from '@smartbox/firmware/core';
import { describe, expect, it } from 'vitest';
import { claimedBox } from './box-and-cloud.ts';
import { grantBin, refuse } from './cloud-peer.ts';
import { tagOf } from './memory-board.ts';

const opens = (outputs: readonly BoxOutput[]) => outputs.some((output) => output.kind === 'release-bin');

describe('wrong codes', () => {
  it('are counted in flash before the request leaves, and lock the keypad after five (SEC-15)', () => {
    const pair = claimedBox();
    pair.cloud.decide = refuse();
    const outputs = pair.act((board) => board.press('99999999#'));
    const saved = outputs.findIndex((output) => output.kind === 'save-record' && output.record === 'lockout');
    const sent = outputs.findIndex((output) => output.kind === 'send-frame');
    expect(saved).toBeGreaterThanOrEqual(0);
    expect(saved).toBeLessThan(sent);
    expect(pair.board.lines).toEqual(['このコードは使えません', '確かめて入力し直す', 'あと4回']);
    for (let count = 0; count < 4; count++) pair.act((board) => board.press('99999999#'));
    expect(pair.board.lines[1]).toContain('30秒');
    pair.act((board) => board.press('12345678#'));
    expect(pair.cloud.requests).toHaveLength(5);
    expect(pair.cloud.ledger.at(-1)).toMatchObject({ kind: 'keypad-locked', detail: 30 });
  });

  it('count down on the display, and let the next try in when the wait is over', () => {
    const pair = claimedBox();
    pair.cloud.decide = refuse();
    for (let count = 0; count < 5; count++) pair.act((board) => board.press('99999999#'));
    pair.wait(10_000);
    expect(pair.board.lines[1]).toContain('20秒');
    pair.wait(20_000);
    pair.cloud.decide = grantBin(1);
    expect(opens(pair.act((board) => board.press('12345678#')))).toBe(true);
  });

  it('keep the keypad locked over a reboot, with the wait from its start', () => {
    const pair = claimedBox();
    pair.cloud.decide = refuse();
    for (let count = 0; count < 5; count++) pair.act((board) => board.press('99999999#'));
    pair.wait(25_000);
    pair.reboot();
    pair.wait(1_000);
    expect(pair.board.lines[1]).toContain('29秒');
    pair.act((board) => board.press('12345678#'));
    expect(pair.cloud.requests).toHaveLength(5);
  });

  it('wait as long as the cloud asks, if that is longer', () => {
    const pair = claimedBox();
    pair.cloud.decide = refuse('refused', 120_000);
    pair.act((board) => board.press('99999999#'));
    expect(pair.board.lines[1]).toContain('2分');
  });

  it('cost a try also where the answer never came, and nothing where the cloud could not decide', () => {
    const pair = claimedBox();
    pair.cloud.decide = refuse('try-again');
    pair.act((board) => board.press('99999999#'));
    expect(pair.board.state.lockout.counted).toBe(0);
    expect(pair.board.lines[0]).toBe('まだ準備中です');
    pair.cloud.decide = () => undefined;
    pair.act((board) => board.press('99999999#'));
    pair.wait(8_000);
    expect(pair.board.state.lockout.counted).toBe(1);
    expect(pair.board.lines[0]).toContain('応答がありません');
  });
});

describe('a late answer', () => {
  it('opens nothing, even where it is genuine (AC-01)', () => {
    const pair = claimedBox();
    pair.cloud.decide = () => undefined;
    pair.act((board) => board.press('12345678#'));
    const request = pair.cloud.requests[0];
    if (request === undefined) throw new RangeError('no request');
    const late = pair.cloud.say(grantBin(2)(request) as never);
    pair.board.nowMs += 8_000;
    expect(opens(pair.board.give({ kind: 'frame-received', frame: late[0] as Uint8Array }))).toBe(false);
    expect(pair.board.flash.log).toHaveLength(1);
  });

  it('opens nothing after a reboot', () => {
    const pair = claimedBox();
    pair.cloud.decide = () => undefined;
    pair.act((board) => board.press('12345678#'));
    const request = pair.cloud.requests[0];
    if (request === undefined) throw new RangeError('no request');
    const old = pair.cloud.say(grantBin(2)(request) as never)[0] as Uint8Array;
    pair.reboot();
    pair.wait(1_000);
    expect(opens(pair.act((board) => board.give({ kind: 'frame-received', frame: old })))).toBe(false);
    const again = pair.cloud.say(grantBin(2)(request) as never)[0] as Uint8Array;
    expect(opens(pair.act((board) => board.give({ kind: 'frame-received', frame: again })))).toBe(false);
  });

  it('opens nothing the second time', () => {
    const pair = claimedBox();
    pair.cloud.decide = grantBin(2);
    pair.act((board) => board.press('12345678#'));
    const request = pair.cloud.requests[0];
    if (request === undefined) throw new RangeError('no request');
    const twice = pair.cloud.say(grantBin(3)(request) as never)[0] as Uint8Array;
    expect(opens(pair.act((board) => board.give({ kind: 'frame-received', frame: twice })))).toBe(false);
  });
});

describe('no network', () => {
  it('says so and whom to call, asks nothing and counts no try', () => {
    const pair = claimedBox();
    pair.cloud.settings = {
      version: 1,
      language: 'en',
      helpPhone: '03-1234-5678',
      leftOpenMs: 60_000,
      idleMs: 30_000,
    };
    pair.reboot();
    pair.wait(1_000);
    pair.setNetwork(false);
    expect(pair.board.lines[0]).toBe('Enter your code, then #');
    pair.wait(5_000);
    expect(pair.board.lines[0]).toBe('Connecting.');
    pair.wait(20_000);
    expect(pair.board.lines).toEqual([
      'No network. 3# goes over',
      'the hotspot of a phone.',
      'Or call:',
      '03-1234-5678',
    ]);
    pair.act((board) => board.press('12345678#'));
    expect(pair.board.lines[0]).toBe('This code needs the');
    expect(pair.board.state.lockout.total).toBe(0);
    expect(pair.cloud.requests).toHaveLength(0);
  });

  it('is over within a minute once the faults stop, and what happened meanwhile is told (I3, I4)', () => {
    const pair = claimedBox();
    pair.wait(2_000);
    pair.setNetwork(false);
    pair.wait(3_600_000);
    pair.act((board) => board.moveDoor(1, true));
    pair.act((board) => board.moveDoor(1, false));
    pair.setNetwork(true);
    pair.wait(60_000);
    expect(pair.cloud.live).toBe(true);
    expect(pair.cloud.ledger.map((entry) => entry.kind)).toEqual(['claimed', 'bin-forced', 'bin-closed']);
  });
});

describe('a full log', () => {
  it('keeps the box shut rather than open without a trace (I2)', () => {
    const pair = claimedBox();
    pair.setNetwork(false);
    for (let count = 0; count < 40; count++) {
      pair.act((board) => board.moveDoor(1, true));
      pair.act((board) => board.moveDoor(1, false));
    }
    expect(pair.board.flash.log.length).toBe(pair.board.capacity);
    // The cloud is back, but does not take the log: the box cannot write an opening down.
    const entries = pair.cloud.ledger.length;
    pair.cloud.logKey = undefined;
    pair.setNetwork(true);
    pair.wait(40_000);
    expect(pair.cloud.live).toBe(true);
    expect(pair.cloud.ledger.length).toBe(entries);
    pair.cloud.decide = grantBin(2);
    expect(opens(pair.act((board) => board.press('12345678#')))).toBe(false);
    expect(pair.board.lines[0]).toBe('記録できないため');
    expect(pair.cloud.requests).toHaveLength(0);
  });

  it('is empty again as soon as the cloud holds it', () => {
    const pair = claimedBox();
    pair.setNetwork(false);
    for (let count = 0; count < 40; count++) {
      pair.act((board) => board.moveDoor(1, true));
      pair.act((board) => board.moveDoor(1, false));
    }
    pair.act((board) => board.senseTag(3, tagOf(3)));
    pair.act((board) => board.moveDoor(4, true));
    pair.setNetwork(true);
    pair.wait(60_000);
    expect(pair.cloud.ledger).toHaveLength(67);
    // What the full log swallowed is told now: where the doors and the keys are.
    expect(pair.cloud.ledger.slice(-3).map((entry) => `${entry.kind} ${entry.bin}`)).toEqual([
      'bin-closed 1',
      'bin-forced 4',
      'key-placed 3',
    ]);
    pair.cloud.decide = grantBin(2);
    expect(opens(pair.act((board) => board.press('12345678#')))).toBe(true);
  });
});

describe('doors and keys', () => {
  it('tells a jam and asks the person to try again', () => {
    const pair = claimedBox();
    pair.cloud.decide = grantBin(2);
    pair.act((board) => board.press('12345678#'));
    const outputs = pair.wait(9_500);
    expect(outputs.filter((output) => output.kind === 'release-bin')).toHaveLength(2);
    expect(pair.board.lines[1]).toContain('開きません');
    expect(pair.cloud.ledger.at(-1)).toMatchObject({ kind: 'bin-jammed', bin: 2, grant: 77 });
  });

  it('reminds of a door that is left open, on the display, by sound and in the log', () => {
    const pair = claimedBox();
    pair.cloud.decide = grantBin(2);
    pair.act((board) => board.press('12345678#'));
    pair.act((board) => board.moveDoor(2, true));
    const outputs = pair.wait(61_000);
    expect(outputs.some((output) => output.kind === 'sound' && output.tone === 'reminder')).toBe(true);
    expect(pair.board.lines).toEqual(['２　番', '扉が開いています', '閉めてください']);
    expect(pair.cloud.ledger.at(-1)?.kind).toBe('bin-left-open');
  });

  it('tells a door that was forced while the power was off, and one that its pulse had opened', () => {
    const pair = claimedBox();
    pair.cloud.decide = grantBin(2);
    pair.act((board) => board.press('12345678#'));
    pair.board.sensors.doorsOpen = [true, true, false, false];
    pair.reboot();
    pair.wait(1_000);
    const told = pair.cloud.ledger.slice(-2).map((entry) => `${entry.kind} ${entry.bin}`);
    expect(told).toEqual(['bin-forced 1', 'bin-opened 2']);
  });

  it('does not excuse a later break-in by a pulse that came to nothing before a reboot', () => {
    const pair = claimedBox();
    pair.cloud.decide = grantBin(2);
    pair.act((board) => board.press('12345678#'));
    pair.reboot();
    pair.wait(1_000);
    pair.board.sensors.doorsOpen[1] = true;
    pair.reboot();
    pair.wait(1_000);
    expect(pair.cloud.ledger.at(-1)).toMatchObject({ kind: 'bin-forced', bin: 2 });
  });

  it('tells a key that was taken while the power was off with its fob and the grant that opened its bin (SEC-02)', () => {
    const pair = claimedBox();
    pair.act((board) => board.senseTag(2, tagOf(5)));
    pair.board.sensors.tags[1] = tagOf(5);
    pair.reboot();
    pair.wait(3_000);
    pair.cloud.decide = grantBin(2);
    pair.act((board) => board.press('12345678#'));
    pair.act((board) => board.moveDoor(2, true));
    pair.board.sensors.tags[1] = null;
    pair.board.sensors.doorsOpen[1] = false;
    pair.reboot();
    pair.wait(3_000);
    const after = pair.cloud.ledger.slice(-3).map(({ kind, grant, tag }) => ({ kind, grant, tag }));
    expect(after).toMatchObject([
      { kind: 'booted' },
      { kind: 'bin-closed', grant: 77 },
      { kind: 'key-taken', grant: 77, tag: tagOf(5) },
    ]);
    // Whatever happens later is not that grant's doing.
    pair.board.sensors.doorsOpen[1] = true;
    pair.reboot();
    pair.wait(3_000);
    expect(pair.cloud.ledger.at(-1)).toMatchObject({ kind: 'bin-forced', grant: 0 });
  });

  it('tells keys that moved while the power was off, once', () => {
    const pair = claimedBox();
    pair.board.sensors.tags = [tagOf(1), null, null, null];
    pair.reboot();
    pair.wait(3_000);
    pair.board.sensors.tags = [null, tagOf(1), null, null];
    pair.reboot();
    pair.wait(3_000);
    pair.reboot();
    pair.wait(3_000);
    const keys = pair.cloud.ledger.filter((entry) => entry.kind.startsWith('key-'));
    expect(keys.map((entry) => `${entry.kind} ${entry.bin}`)).toEqual([
      'key-placed 1',
      'key-taken 1',
      'key-placed 2',
    ]);
  });
});

describe('the display', () => {
  it('never shows a code in clear beyond its last digit, and forgets it (SEC-13)', () => {
    const pair = claimedBox();
    pair.cloud.decide = refuse();
    const outputs = [...pair.act((board) => board.press('48210917#')), ...pair.wait(60_000)];
    for (const output of outputs) {
      if (output.kind === 'show') expect(output.lines.join('')).not.toMatch(/482|0917/);
      if (output.kind === 'save-record' || output.kind === 'append-log') {
        expect(String.fromCharCode(...('bytes' in output ? output.bytes : output.entry))).not.toContain(
          '4821',
        );
      }
    }
    const kept = JSON.stringify(pair.board.state, (_, value: unknown) =>
      value instanceof Uint8Array ? String.fromCharCode(...value) : value,
    );
    expect(kept).not.toContain('4821');
  });

  it('stays lit while a door is open', () => {
    const pair = claimedBox();
    pair.act((board) => board.moveDoor(4, true));
    pair.wait(300_000);
    expect(pair.board.state.shown?.lit).toBe(true);
    pair.act((board) => board.moveDoor(4, false));
    pair.wait(30_000);
    expect(pair.board.state.shown?.lit).toBe(false);
  });

  it('goes dark when nobody is there, and lights up at the first key', () => {
    const pair = claimedBox();
    pair.wait(31_000);
    expect(pair.board.state.shown?.lit).toBe(false);
    pair.act((board) => board.press('1'));
    expect(pair.board.state.shown?.lit).toBe(true);
  });

  it('speaks the other language at the language key, for everything', () => {
    const pair = claimedBox();
    pair.wait(10_000);
    pair.act((board) => board.press('L'));
    expect(pair.board.lines[0]).toBe('Enter your code, then #');
    pair.wait(30_000);
    expect(pair.board.lines[0]).toContain('コードを入力し');
  });

  it('clears the outcome of the last try at the next key, but not at the language key', () => {
    const pair = claimedBox();
    pair.cloud.decide = refuse();
    pair.act((board) => board.press('99999999#'));
    pair.act((board) => board.press('L'));
    expect(pair.board.lines[0]).toBe('Not accepted.');
    pair.act((board) => board.press('*'));
    expect(pair.board.lines[0]).toBe('Enter your code, then #');
  });

  it('warns before it clears a half-typed code', () => {
    const pair = claimedBox();
    pair.act((board) => board.press('1234'));
    pair.wait(20_000);
    expect(pair.board.lines[1]).toContain('続けるには');
    pair.wait(10_000);
    expect(pair.board.state.keypad.digits).toBe('');
  });
});
