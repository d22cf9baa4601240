// All bins, one after another: what is said before, the order, what stops it, and what the log says in the end.
import { describe, expect, it } from 'vitest';
import { tagOf } from './memory-board.ts';
import {
  APP_KEY,
  answer,
  appCode,
  boxAlone,
  logFrom,
  press,
  released,
  sheet,
  takeKey,
} from './offline-box.ts';

type Pair = ReturnType<typeof boxAlone>;
const lines = (pair: Pair) => pair.board.lines.join('|');
const free = ({ board }: Pair) => board.capacity - (board.flash.log.length - board.flash.released);
const ended = (pair: Pair) => logFrom(pair).filter((entry) => entry.kind === 'open-all-ended');

describe('a code for all bins', () => {
  it('says how many bins, in which order and for how many the battery lasts, before the code is asked (EM-09)', () => {
    const pair = boxAlone({ openOrder: new Uint8Array([3, 1]) });
    press(pair, '1#0#');
    expect(lines(pair)).toBe('3 bins open, one by|one: 3,1,2|Shut a door for the next|# go on   * back');
    pair.act((board) => board.setSupply({ mains: false, batteryPercent: 7 }));
    press(pair, '*0#');
    expect(pair.board.lines[2]).toBe('Battery lasts for 9');
    press(pair, '#');
    expect(lines(pair)).toBe('ALL BINS: code no.1|sheet 1, 8 digits|_|# open   * back');
  });

  it('opens every bin that holds a key, the next when the door before it is closed (EM-09, EM-10)', () => {
    const pair = boxAlone({ openOrder: new Uint8Array([3, 1]) });
    const from = pair.board.flash.log.length + 1;
    expect(released(press(pair, `1#0##${sheet(0, 1)}#`))).toEqual([3]);
    expect(lines(pair)).toBe('ＢＩＮ　３|Take the key, then|close the door.|1 of 3   * stop');
    expect(released(takeKey(pair, 3))).toEqual([1]);
    expect(pair.board.lines[3]).toBe('2 of 3   * stop');
    expect(released(takeKey(pair, 1))).toEqual([2]);
    expect(released(takeKey(pair, 2))).toEqual([]);
    expect(lines(pair)).toBe('Opened: 3 of 3.|Please close every door.');
    const entries = logFrom(pair, from);
    expect(entries[0]).toMatchObject({ kind: 'code-used', bin: 0 });
    expect(new Set(entries.map((entry) => entry.grant))).toEqual(new Set([entries[0]?.grant]));
    expect(entries.filter((entry) => entry.kind === 'key-taken').map((entry) => entry.bin)).toEqual([
      3, 1, 2,
    ]);
    expect(ended(pair)).toMatchObject([{ bin: 0, detail: 3, grant: entries[0]?.grant }]);
  });

  it('goes on after a door that is left open, and skips one that does not open', () => {
    const pair = boxAlone();
    press(pair, `1#0##${sheet(0, 1)}#`);
    pair.act((board) => board.moveDoor(1, true));
    expect(released(pair.wait(61_000))).toEqual([2]);
    // Bin 2 jams: three pulses, then the next.
    expect(released(pair.wait(15_000)).filter((bin) => bin === 3).length).toBeGreaterThan(0);
    takeKey(pair, 3);
    expect(lines(pair)).toBe('Opened: 2 of 3.|Please close every door.');
    expect(ended(pair)).toMatchObject([{ detail: 2 }]);
  });

  it('leaves an opening alone that the cloud wants meanwhile (AC-06)', () => {
    const pair = boxAlone();
    press(pair, `1#0##${sheet(0, 1)}#`);
    pair.act((board) => board.moveDoor(1, true));
    pair.setNetwork(true);
    pair.wait(40_000);
    const body = { order: new Uint8Array(8).fill(7), bin: 4, press: 'none', waitMs: 0 } as const;
    const heard = pair.cloud
      .say({ name: 'opening-asked', body })
      .flatMap((frame) => pair.act((board) => board.give({ kind: 'frame-received', frame })));
    expect(heard).toContainEqual({ kind: 'note', level: 'warn', code: 'opening-busy' });
    expect(pair.cloud.requests.some(({ kind }) => kind === 'remote')).toBe(false);
  });

  it('is stopped by *, and by nothing else that somebody presses', () => {
    const pair = boxAlone();
    press(pair, `1#0##${sheet(0, 1)}#`);
    expect(released(press(pair, '1#2#'))).toEqual([]);
    takeKey(pair, 1);
    press(pair, '*');
    expect(lines(pair)).toBe('Stopped.|Opened: 1 of 3.|Please close every door.');
    expect(released(takeKey(pair, 2))).toEqual([]);
    expect(ended(pair)).toMatchObject([{ detail: 1 }]);
  });

  it('ends with the reason on the display where the battery cannot open one more', () => {
    const pair = boxAlone();
    press(pair, `1#0##${sheet(0, 1)}#`);
    pair.wait(1_000);
    pair.act((board) => board.setSupply({ mains: false, batteryPercent: 6 }));
    expect(released(takeKey(pair, 1))).toEqual([]);
    expect(ended(pair)).toMatchObject([{ detail: 1 }]);
    expect(lines(pair)).toBe('The battery is empty.|Plug in the mains to|open bins, or call:|03-1234-5678');
    pair.act((board) => board.setSupply({ mains: true, batteryPercent: 6 }));
    expect(lines(pair)).toBe('Battery too low: stopped|after 1 of 3.|Connect power, or call:|03-1234-5678');
  });

  it('is not resumed after a power cut: nobody may be there', () => {
    const pair = boxAlone();
    press(pair, `1#0##${sheet(0, 1)}#`);
    pair.board.sensors.tags = [tagOf(1), tagOf(2), tagOf(3), null];
    pair.reboot();
    expect(released(pair.wait(120_000))).toEqual([]);
    expect(pair.board.state.openAll).toBeUndefined();
    press(pair, '1#0##');
    expect(pair.board.lines[0]).toBe('ALL BINS: code no.2');
  });

  it('goes on when the network comes back in the middle: it was allowed', () => {
    const pair = boxAlone();
    press(pair, `1#0##${sheet(0, 1)}#`);
    pair.setNetwork(true);
    pair.wait(10_000);
    expect(pair.cloud.live).toBe(true);
    expect(released(takeKey(pair, 1)).includes(2)).toBe(true);
  });

  it('asks for one bin instead where no key is inside', () => {
    const pair = boxAlone();
    for (let cell = 1; cell <= 3; cell++) {
      press(pair, `1#${cell}#${sheet(cell, 1)}#`);
      takeKey(pair, cell);
      pair.wait(31_000);
    }
    press(pair, '1#0#');
    expect(lines(pair)).toBe('No key is in this box.|Choose one bin instead.');
    expect(released(press(pair, `4#${sheet(4, 1)}#`))).toEqual([4]);
  });

  it('may also be allowed on the phone, or by the app', () => {
    const phone = boxAlone();
    press(phone, '2#0##');
    expect(phone.board.lines[1]).toMatch(/^Say \d{4} \d{4}, all bins$/);
    const challenge = (phone.board.lines[1] ?? '').replace(/\D/g, '').slice(0, 8);
    expect(released(press(phone, `${answer(challenge, 0)}#`))).toEqual([1]);
    const app = boxAlone({ authenticatorKey: APP_KEY });
    press(app, `${appCode(app.cloud.timeMs)}#0#`);
    expect(app.board.lines[0]).toBe('3 bins open, one by');
    expect(released(press(app, '#'))).toEqual([1]);
  });
});

describe('the log of a box that is alone', () => {
  it('keeps its last part for the cloud’s grants: offline codes stop first, and are not used up', () => {
    const pair = boxAlone();
    for (let count = 0; count < 12; count++) {
      pair.act((board) => board.moveDoor(4, true));
      pair.act((board) => board.moveDoor(4, false));
    }
    press(pair, '1#');
    expect(pair.board.lines[0]).toBe('The box cannot record');
    const cells = pair.board.flash.records.cells;
    expect(free(pair)).toBeGreaterThan(8 * 3);
    pair.setNetwork(true);
    pair.wait(60_000);
    expect(pair.cloud.live).toBe(true);
    expect(pair.board.flash.records.cells).toEqual(cells);
  });

  it('has room for a grant of the cloud where offline codes have none left', () => {
    const pair = boxAlone();
    const { logKey } = pair.cloud;
    pair.cloud.logKey = undefined;
    for (let count = 0; count < 12; count++) {
      pair.act((board) => board.moveDoor(4, true));
      pair.act((board) => board.moveDoor(4, false));
    }
    pair.setNetwork(true);
    pair.wait(60_000);
    pair.cloud.decide = ({ request }) => ({
      name: 'access-granted',
      body: { request, bin: 2, purpose: 'withdraw', grant: 5 },
    });
    expect(released(press(pair, '12345678#'))).toEqual([2]);
    pair.cloud.logKey = logKey;
  });

  it('ends an opening of all where it has no room for one more', () => {
    const pair = boxAlone();
    while (free(pair) > 45) {
      pair.act((board) => board.moveDoor(4, true));
      pair.act((board) => board.moveDoor(4, false));
    }
    expect(released(press(pair, `1#0##${sheet(0, 1)}#`))).toEqual([1]);
    expect(released(takeKey(pair, 1))).toEqual([]);
    expect(lines(pair)).toBe('Cannot record more:|stopped at 1 of 3.|Please call:|03-1234-5678');
    expect(ended(pair)).toMatchObject([{ detail: 1 }]);
  });
});
