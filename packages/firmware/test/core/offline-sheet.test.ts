// The printed sheet at a box that is alone: which cell the box asks for, what a right one opens, what a wrong one
// costs, and what happens when the sheet changes or its codes run out.
import { decodeOfflineUse, isOfflineGrant } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { grantBin } from './cloud-peer.ts';
import {
  boxAlone,
  DAY_MS,
  desired,
  HOUR_MS,
  keyOf,
  logFrom,
  press,
  released,
  revocation,
  sheet,
  skip,
  takeKey,
  tell,
} from './offline-box.ts';

const lines = (pair: ReturnType<typeof boxAlone>) => pair.board.lines.join('|');

describe('the sheet', () => {
  it('opens one bin without a message to the cloud, and every screen says what to press (EM-08, EM-11)', () => {
    const pair = boxAlone();
    pair.wait(30_000);
    const sent = pair.cloud.heard.length;
    expect(lines(pair)).toBe(
      'No network. Booking code|(12 digits), then #. Or|1#sheet 2#phone L:日本語|03-1234-5678',
    );
    pair.act((board) => board.press('*'));
    const first = pair.board.lines[3];
    pair.wait(4_000);
    expect([first, pair.board.lines[3]].toSorted()).toEqual(['03-1234-5678', '3# hotspot']);
    press(pair, '1#');
    expect(lines(pair)).toBe('Which bin?|Number, then # (0 = all)|_|* back   L: 日本語');
    press(pair, '3#');
    expect(lines(pair)).toBe('ＢＩＮ　３: code no.1|sheet 1, 8 digits|_|# open   * back');
    const outputs = press(pair, `${sheet(3, 1)}#`);
    expect(released(outputs)).toEqual([3]);
    expect(lines(pair)).toBe('ＢＩＮ　３|Take the key, then|close the door.');
    takeKey(pair, 3);
    expect(pair.cloud.heard.length).toBe(sent);
  });

  it('writes down which code was used before anything opens, under one grant of the box’s own (EM-09, EM-10)', () => {
    const pair = boxAlone();
    press(pair, '1#3#');
    const from = pair.board.flash.log.length + 1;
    const outputs = press(pair, `${sheet(3, 1)}#`);
    takeKey(pair, 3);
    const entries = logFrom(pair, from);
    expect(entries.map((entry) => `${entry.kind} ${entry.bin}`)).toEqual([
      'code-used 3',
      'open-intended 3',
      'bin-opened 3',
      'key-taken 3',
      'bin-closed 3',
    ]);
    expect(new Set(entries.map((entry) => entry.grant)).size).toBe(1);
    expect(isOfflineGrant(entries[0]?.grant ?? 0)).toBe(true);
    expect((entries[0]?.grant ?? 0) - 0x8000_0000).toBe(entries[0]?.sequence);
    const use = decodeOfflineUse(entries[0]?.tag ?? new Uint8Array(0));
    expect(use).toEqual({ method: 'sheet', generation: 1, number: 1 });
    const order = outputs.flatMap((output) =>
      output.kind === 'save-record' ? [output.record] : output.kind === 'release-bin' ? ['OPEN'] : [],
    );
    expect(order).toEqual([
      'offline-lockout',
      'cells',
      'log-key',
      'bins',
      'log-key',
      'OPEN',
      'offline-lockout',
    ]);
  });

  it('takes each cell once, in order, and asks for the next by its number (EM-09)', () => {
    const pair = boxAlone();
    press(pair, `1#3#${sheet(3, 1)}#`);
    takeKey(pair, 3);
    pair.wait(31_000);
    press(pair, '1#3#');
    expect(pair.board.lines[0]).toBe('ＢＩＮ　３: code no.2');
    expect(released(press(pair, `${sheet(3, 1)}#`))).toEqual([]);
    expect(lines(pair)).toBe('Wrong code. Look for|ＢＩＮ　３: no.2|on sheet 1|Tries left: 4');
    // Out of turn, of another bin, of another sheet, of all bins: none of them is the one that is asked for.
    for (const wrong of [sheet(3, 3), sheet(2, 1), sheet(3, 2, 2), sheet(0, 2)]) {
      if (pair.board.state.dialog === undefined) break;
      expect(released(press(pair, `${wrong}#`))).toEqual([]);
    }
    expect(lines(pair)).toContain('Too many tries.|Wait 60 s, or try:|2#phone|03-1234-5678');
    pair.wait(60_000);
    expect(released(press(pair, `1#3#${sheet(3, 2)}#`))).toEqual([3]);
  });

  it('has a last cell: after it the bin has no code any more, and the display says what still works', () => {
    const pair = boxAlone({ cellsPerBin: 2 });
    for (const cell of [1, 2]) {
      expect(released(press(pair, `1#2#${sheet(2, cell)}#`))).toEqual([2]);
      takeKey(pair, 2);
      pair.wait(31_000);
    }
    press(pair, '1#2#');
    expect(lines(pair)).toBe('All codes of this bin|are used up.|Try: 1#sheet 2#phone|03-1234-5678');
    // Another bin still has its own.
    expect(released(press(pair, `3#${sheet(3, 1)}#`))).toEqual([3]);
  });

  it('asks for a bin that exists, and for eight digits, without counting a try', () => {
    const pair = boxAlone();
    press(pair, '1#9#');
    expect(pair.board.lines[0]).toBe('This box has no such');
    press(pair, '3#1234#');
    expect(pair.board.lines[0]).toBe('The code has 8 digits.');
    expect(pair.board.state.offlineTries.total).toBe(0);
    expect(released(press(pair, `${sheet(3, 1)}#`))).toEqual([3]);
  });

  it('goes back one question at a time with *, and forgets everything when nobody is there any more', () => {
    const pair = boxAlone();
    press(pair, '1#3#12*');
    expect(pair.board.lines[2]).toBe('_');
    press(pair, '*');
    expect(pair.board.lines[0]).toBe('Which bin?');
    press(pair, '*');
    expect(pair.board.lines[0]).toBe('No network. Booking code');
    press(pair, '1#3#1234');
    pair.wait(125_000);
    expect(pair.board.lines[0]).toBe('No network. Booking code');
    expect(pair.board.state.keypad.digits).toBe('');
    expect(pair.board.state.visit).toBeUndefined();
  });

  it('speaks the other language in the middle of it, at the language key', () => {
    const pair = boxAlone();
    press(pair, '1#3#L');
    expect(pair.board.lines[0]).toBe('３　番：コード 1 番');
    expect(released(press(pair, `${sheet(3, 1)}#`))).toEqual([3]);
  });
});

describe('a new sheet', () => {
  const second = { version: 2, sheetGeneration: 2, sheetKey: keyOf(2) };

  it('starts with all its cells, and leaves the one before it good for a day (EM-15)', () => {
    const pair = boxAlone();
    press(pair, `1#3#${sheet(3, 1)}#`);
    takeKey(pair, 3);
    tell(pair, desired(second));
    pair.wait(31_000);
    press(pair, '1#3#');
    expect(lines(pair)).toBe('ＢＩＮ　３: code no.1|sheet 2, or no.2|sheet 1: 8 digits|_');
    expect(released(press(pair, `${sheet(3, 2, 1)}#`))).toEqual([3]);
    takeKey(pair, 3);
    pair.wait(31_000);
    expect(released(press(pair, `1#3#${sheet(3, 1, 2)}#`))).toEqual([3]);
    takeKey(pair, 3);
    // Both have moved on, each by itself.
    pair.wait(31_000);
    press(pair, '1#3#');
    expect(lines(pair)).toBe('ＢＩＮ　３: code no.2|sheet 2, or no.3|sheet 1: 8 digits|_');
  });

  it('is the only one after that day, also for a box that was off meanwhile, and the old key is gone from flash', () => {
    const pair = boxAlone();
    tell(pair, desired(second));
    pair.wait(23 * HOUR_MS);
    press(pair, '1#3#');
    expect(pair.board.lines[1]).toBe('sheet 2, or no.1');
    pair.wait(2 * HOUR_MS);
    press(pair, '1#3#');
    expect(lines(pair)).toBe('ＢＩＮ　３: code no.1|sheet 2, 8 digits|_|# open   * back');
    expect(released(press(pair, `${sheet(3, 1, 1)}#`))).toEqual([]);
    expect(pair.board.flash.records['sheet-before']).toHaveLength(1);
  });

  it('is the only one where the box lost the time: nothing shows that the day is not over', () => {
    const pair = boxAlone();
    tell(pair, desired(second));
    pair.board.sensors.rtcMs = undefined;
    pair.reboot();
    press(pair, '1#3#');
    expect(pair.board.lines[1]).toBe('sheet 2, 8 digits');
  });

  it('is refused if its number is not higher: used cells never come back', () => {
    const pair = boxAlone();
    press(pair, `1#3#${sheet(3, 1)}#`);
    takeKey(pair, 3);
    tell(pair, desired({ version: 2, sheetGeneration: 0, sheetKey: new Uint8Array(0) }));
    pair.wait(31_000);
    press(pair, '1#');
    expect(pair.board.lines[0]).toBe('No sheet is valid here.');
    tell(pair, desired({ version: 3 }));
    pair.wait(31_000);
    press(pair, '1#3#');
    expect(pair.board.lines[0]).toBe('ＢＩＮ　３: code no.2');
  });
});

describe('a sheet that must not open any more', () => {
  it('is closed at once by its revocation code, which opens nothing, until a higher one comes', () => {
    const pair = boxAlone();
    const outputs = press(pair, `${revocation()}#`);
    expect(released(outputs)).toEqual([]);
    expect(lines(pair)).toBe('The sheet is closed.|Its codes open nothing|any more.');
    expect(logFrom(pair).at(-1)).toMatchObject({ kind: 'sheet-revoked', detail: 1 });
    expect(pair.board.state.offlineTries.counted).toBe(0);
    pair.reboot();
    press(pair, '1#');
    expect(lines(pair)).toBe('The sheet was closed.|Try: 2#phone|Or call:|03-1234-5678');
    tell(pair, desired({ version: 2 }));
    expect(pair.cloud.confirmedKeys.at(-1)).toMatchObject({ sheetGeneration: 1, sheetRevoked: true });
    press(pair, '1#');
    expect(pair.board.lines[0]).toBe('The sheet was closed.');
    pair.wait(31_000);
    tell(pair, desired({ version: 3, sheetGeneration: 2, sheetKey: keyOf(2) }));
    expect(released(press(pair, `1#3#${sheet(3, 1, 2)}#`))).toEqual([3]);
  });

  it('counts a wrong revocation code as a try, like any guess', () => {
    const pair = boxAlone();
    press(pair, '1234567890#');
    expect(lines(pair)).toBe('Wrong code. Check it and|type it again.|Tries left: 4');
  });

  it('ends at its date as far as that is proven, and not because a clock jumped ahead', () => {
    const pair = boxAlone({ sheetUntilMs: 1_800_000_000_000 + 30 * DAY_MS });
    pair.board.sensors.rtcMs = Date.UTC(2099, 0, 1);
    pair.reboot();
    expect(pair.board.state.clock.source).toBe('held');
    expect(released(press(pair, `1#3#${sheet(3, 1)}#`))).toEqual([3]);
    takeKey(pair, 3);
    // The box's own uptime proves that the date is over.
    skip(pair, 31 * DAY_MS);
    press(pair, '1#');
    expect(pair.board.lines[0]).toBe('The sheet has ended.');
  });

  it('needs no clock at all: a box back in 1970, or without one, takes it', () => {
    for (const rtcMs of [0, undefined]) {
      const pair = boxAlone();
      pair.board.sensors.rtcMs = rtcMs;
      pair.reboot();
      expect(pair.board.state.clock.source).toBe('unknown');
      expect(released(press(pair, `1#3#${sheet(3, 1)}#`))).toEqual([3]);
    }
  });

  it('still opens after 400 days alone (EM-15)', () => {
    const pair = boxAlone();
    skip(pair, 400 * DAY_MS);
    expect(released(press(pair, `1#3#${sheet(3, 1)}#`))).toEqual([3]);
  });
});

describe('the network', () => {
  it('takes over politely in the middle of a question: codes are checked live again', () => {
    const pair = boxAlone();
    press(pair, '1#3#1234');
    pair.setNetwork(true);
    pair.wait(60_000);
    expect(pair.cloud.live).toBe(true);
    expect(pair.board.state.dialog).toBeUndefined();
    const shown = pair.board.outputs.flatMap((output) => (output.kind === 'show' ? [output.lines[0]] : []));
    expect(shown).toContain('The network is back.');
    pair.cloud.decide = grantBin(2);
    expect(released(press(pair, '12345678#'))).toEqual([2]);
    expect(pair.cloud.requests.at(-1)).toMatchObject({ code: '12345678' });
  });

  it('is tried at once by the first key, and what was typed goes to the cloud if that works (EM-16)', () => {
    const pair = boxAlone();
    pair.wait(300_000);
    pair.network = true;
    pair.cloud.decide = grantBin(1);
    expect(released(press(pair, '12345678#'))).toEqual([1]);
    expect(logFrom(pair).some((entry) => entry.kind === 'code-used')).toBe(false);
  });

  it('gets at most twenty seconds where the broker answers and the cloud does not: then the box is alone (EM-11)', () => {
    const pair = boxAlone();
    const { take } = pair.cloud;
    pair.cloud.take = () => [];
    pair.setNetwork(true);
    pair.wait(300_000);
    press(pair, '1#');
    expect(lines(pair)).toBe('Trying the network.|Please wait, at most|20 seconds. * cancel');
    pair.wait(20_000);
    expect(pair.board.lines[0]).toBe('Which bin?');
    expect(released(press(pair, `3#${sheet(3, 1)}#`))).toEqual([3]);
    pair.cloud.take = take;
  });

  it('hears with its first words which keys the box holds, and again after every change', () => {
    const pair = boxAlone();
    expect(pair.cloud.confirmedKeys.at(-1)).toEqual({
      version: 1,
      sheetGeneration: 1,
      sheetRevoked: false,
      bookingGeneration: 1,
      authenticator: false,
    });
    expect(pair.cloud.confirmedKeys[0]).toMatchObject({ version: 0, sheetGeneration: 0 });
    const changes = logFrom(pair).filter((entry) => entry.kind === 'emergency-changed');
    expect(changes.map((entry) => entry.detail)).toEqual([1]);
  });
});
