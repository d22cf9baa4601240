// Booking codes, phone answers and app codes at a box that is alone: when each opens, and what a person is told where
// it does not.
import { decodeOfflineUse } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { grantBin } from './cloud-peer.ts';
import { tagOf } from './memory-board.ts';
import {
  APP_KEY,
  answer,
  appCode,
  booking,
  boxAlone,
  DAY_MS,
  desired,
  HOUR_MS,
  keyOf,
  logFrom,
  press,
  released,
  sheet,
  skip,
  takeKey,
  tell,
} from './offline-box.ts';

type Pair = ReturnType<typeof boxAlone>;
const lines = (pair: Pair) => pair.board.lines.join('|');
const first = (pair: Pair) => pair.board.lines[0];

/** The challenge that the display shows. */
const challengeOf = (pair: Pair) => (pair.board.lines[1] ?? '').replace(/\D/g, '').slice(0, 8);

describe('a booking code', () => {
  it('opens its bin with nothing but its twelve digits, and says so in the log (EM-08, EM-09)', () => {
    const pair = boxAlone();
    const { code, payload } = booking(pair, { bin: 2 });
    expect(released(press(pair, `${code}#`))).toEqual([2]);
    const used = logFrom(pair).find((entry) => entry.kind === 'code-used');
    expect(decodeOfflineUse(used?.tag ?? new Uint8Array(0))).toEqual({
      method: 'booking',
      generation: 1,
      number: payload,
    });
    expect(used?.bin).toBe(2);
  });

  it('takes the key out once, and opens the bin again to bring it back while the bin is empty', () => {
    const pair = boxAlone();
    const { code } = booking(pair, { bin: 2 });
    press(pair, `${code}#`);
    takeKey(pair, 2);
    pair.wait(31_000);
    expect(released(press(pair, `${code}#`))).toEqual([2]);
    expect(pair.board.lines[1]).toBe('Put the key in, then');
    pair.act((board) => board.moveDoor(2, true));
    pair.act((board) => board.senseTag(2, tagOf(2)));
    pair.act((board) => board.moveDoor(2, false));
    pair.wait(31_000);
    expect(released(press(pair, `${code}#`))).toEqual([]);
    expect(lines(pair)).toBe('Used already: the key is|back in its bin.|Please call:|03-1234-5678');
    expect(pair.board.state.offlineTries.counted).toBe(0);
  });

  it('stays used over a power cut', () => {
    const pair = boxAlone();
    pair.board.sensors.rtcMs = pair.cloud.timeMs;
    const { code } = booking(pair, { bin: 2 });
    press(pair, `${code}#`);
    pair.board.sensors.tags[1] = tagOf(2);
    pair.reboot();
    pair.wait(2_000);
    expect(released(press(pair, `${code}#`))).toEqual([]);
    expect(first(pair)).toBe('Used already: the key is');
  });

  it('is good from one hour before its start to one hour after its end, and no longer', () => {
    const cases = [
      { inHours: 2, opens: false, says: 'Not valid yet.' },
      { inHours: 1, opens: true, says: 'ＢＩＮ　２' },
      { inHours: -24, opens: true, says: 'ＢＩＮ　２' },
      { inHours: -25, opens: false, says: 'This booking has ended.' },
    ];
    for (const { inHours, opens, says } of cases) {
      const pair = boxAlone();
      // On the full hour, so that the hours of the cases are whole.
      skip(pair, HOUR_MS - (pair.cloud.timeMs % HOUR_MS));
      const { code } = booking(pair, { bin: 2, inHours });
      expect({ inHours, opens: released(press(pair, `${code}#`)).length > 0 }).toEqual({ inHours, opens });
      expect({ inHours, says: first(pair) }).toEqual({ inHours, says });
      expect(pair.board.state.offlineTries.counted).toBe(0);
    }
  });

  it('says how long it is too early', () => {
    const pair = boxAlone();
    const { code } = booking(pair, { bin: 2, inHours: 6 });
    press(pair, `${code}#`);
    expect(pair.board.lines[1]).toMatch(/^Wait [45] h, then type$/);
  });

  it('may have to be used soon after its start, if the cloud says so', () => {
    const pair = boxAlone({ firstUseHours: 2 });
    const late = booking(pair, { bin: 2, inHours: -5 });
    expect(released(press(pair, `${late.code}#`))).toEqual([]);
    expect(first(pair)).toBe('This code had to be used');
    const fresh = booking(pair, { bin: 3, inHours: -1 });
    expect(released(press(pair, `${fresh.code}#`))).toEqual([3]);
  });

  it('of a cancelled booking, of another box or of an unknown bin opens nothing', () => {
    const pair = boxAlone();
    const gone = booking(pair, { bin: 2 });
    const stays = booking(pair, { bin: 3 });
    tell(pair, desired({ version: 2, cancelled: [7, gone.payload, 9] }));
    expect(released(press(pair, `${gone.code}#`))).toEqual([]);
    expect(first(pair)).toBe('This booking was');
    const nowhere = booking(pair, { bin: 20 });
    expect(released(press(pair, `${nowhere.code}#`))).toEqual([]);
    expect(first(pair)).toBe('This box has no such');
    const foreign = booking(pair, { bin: 1, generation: 7 });
    expect(released(press(pair, `${foreign.code}#`))).toEqual([]);
    expect(lines(pair)).toBe('Wrong code. Check it and|type it again.|Tries left: 4');
    expect(released(press(pair, `${stays.code}#`))).toEqual([3]);
  });

  it('of the key before is good for a day, and a new sheet does not touch it', () => {
    const pair = boxAlone();
    const { code } = booking(pair, { bin: 2, hours: 72 });
    tell(pair, desired({ version: 2, sheetGeneration: 2, sheetKey: keyOf(2) }));
    expect(released(press(pair, `${code}#`))).toEqual([2]);
    takeKey(pair, 2);
    pair.wait(31_000);
    const other = booking(pair, { bin: 3, hours: 72 });
    const change = { version: 3, bookingGeneration: 2, bookingKey: keyOf(2) };
    tell(pair, desired({ ...change, sheetGeneration: 2, sheetKey: keyOf(2) }));
    const fresh = booking(pair, { bin: 1, hours: 72, generation: 2 });
    expect(released(press(pair, `${fresh.code}#`))).toEqual([1]);
    takeKey(pair, 1);
    skip(pair, 23 * HOUR_MS);
    pair.wait(31_000);
    expect(released(press(pair, `${other.code}#`))).toEqual([3]);
    takeKey(pair, 3);
    skip(pair, 2 * HOUR_MS);
    pair.wait(31_000);
    press(pair, `${other.code}#`);
    expect(first(pair)).toBe('Wrong code. Check it and');
  });

  it('needs a clock: where the box lost the time it says so, points to sheet and phone, and counts no try', () => {
    const pair = boxAlone();
    const { code } = booking(pair, { bin: 2 });
    for (const rtcMs of [undefined, 0]) {
      pair.board.sensors.rtcMs = rtcMs;
      pair.reboot();
      pair.wait(2_000);
      expect(released(press(pair, `${code}#`))).toEqual([]);
      expect(lines(pair)).toBe(
        'The clock is not sure,|so this code cannot work|Try: 1#sheet 2#phone|03-1234-5678',
      );
      expect(pair.board.state.offlineTries.total).toBe(0);
    }
  });

  it('is refused by a clock that jumped to 2099, and the sheet still opens', () => {
    const pair = boxAlone();
    const { code } = booking(pair, { bin: 2 });
    pair.board.sensors.rtcMs = Date.UTC(2099, 5, 1);
    pair.reboot();
    pair.wait(2_000);
    expect(released(press(pair, `${code}#`))).toEqual([]);
    pair.wait(31_000);
    expect(released(press(pair, `1#2#${sheet(2, 1)}#`))).toEqual([2]);
  });

  it('opens after 400 days alone by the box’s own clock (EM-15)', () => {
    const pair = boxAlone();
    skip(pair, 400 * DAY_MS);
    const { code } = booking(pair, { bin: 2 });
    expect(released(press(pair, `${code}#`))).toEqual([2]);
  });

  it('is remembered for 64 bookings at once; then the box says what still works', () => {
    const pair = boxAlone();
    pair.board.capacity = 1_000;
    pair.board.sensors.rtcMs = pair.cloud.timeMs;
    pair.board.sensors.tags = [tagOf(1), tagOf(2), tagOf(3), null];
    pair.reboot();
    pair.wait(2_000);
    let opened = 0;
    for (let count = 0; count < 65; count++) {
      const bin = 1 + (count % 3);
      const inHours = -Math.floor(count / 12);
      const { code } = booking(pair, { bin, inHours, serial: Math.floor(count / 3) % 4, hours: 72 });
      opened += released(press(pair, `${code}#`)).length;
      pair.act((board) => board.moveDoor(bin, true));
      pair.act((board) => board.moveDoor(bin, false));
      pair.wait(1_000);
      if (count < 64) press(pair, '*');
    }
    expect(opened).toBe(64);
    const shown = pair.board.outputs.flatMap((output) => (output.kind === 'show' ? [output.lines[0]] : []));
    expect(shown).toContain('Too many codes in use.');
  });
});

describe('a code that needs the cloud', () => {
  it('costs no try where no app is enrolled, and the display says what works instead', () => {
    const pair = boxAlone();
    expect(released(press(pair, '12345678#'))).toEqual([]);
    expect(lines(pair)).toBe('This code needs the|network. Without it:|1#sheet 2#phone|03-1234-5678');
    expect(pair.board.state.offlineTries.total).toBe(0);
    expect(pair.board.state.lockout.total).toBe(0);
    press(pair, '77#');
    expect(first(pair)).toBe('Press one of the keys');
  });

  it('is judged by the cloud again as soon as there is a session', () => {
    const pair = boxAlone();
    pair.setNetwork(true);
    pair.wait(60_000);
    pair.cloud.decide = grantBin(3);
    const { code } = booking(pair, { bin: 2 });
    expect(released(press(pair, `${code}#`))).toEqual([3]);
    expect(pair.cloud.requests.at(-1)?.code).toBe(code);
  });
});

describe('the phone', () => {
  it('shows a number and whom to call, and opens for the answer (EM-08, EM-16)', () => {
    const pair = boxAlone({ sheetGeneration: 0, sheetKey: new Uint8Array(0) });
    press(pair, '2#3#');
    const challenge = challengeOf(pair);
    expect(lines(pair)).toMatch(
      /^03-1234-5678\|Say \d{4} \d{4}, bin 3\|Answer \(8 digits\) and #\|_ \*back$/,
    );
    expect(released(press(pair, `${answer(challenge, 3)}#`))).toEqual([3]);
    const used = logFrom(pair).find((entry) => entry.kind === 'code-used');
    expect(decodeOfflineUse(used?.tag ?? new Uint8Array(0))).toMatchObject({
      method: 'phone',
      number: Number(challenge),
    });
    expect(pair.board.state.challenges.counted).toBe(0);
  });

  it('counts the challenge in flash before it shows it', () => {
    const pair = boxAlone();
    press(pair, '2#3');
    const outputs = press(pair, '#');
    const kinds = outputs.map((output) => (output.kind === 'save-record' ? output.record : output.kind));
    expect(kinds.indexOf('phone-lockout')).toBeGreaterThanOrEqual(0);
    expect(kinds.indexOf('phone-lockout')).toBeLessThan(kinds.indexOf('show'));
  });

  it('takes three answers to one number, each for its own bin only, and then wants a new number', () => {
    const pair = boxAlone();
    press(pair, '2#3#');
    const challenge = challengeOf(pair);
    expect(released(press(pair, `${answer(challenge, 2)}#`))).toEqual([]);
    expect(lines(pair)).toBe('Wrong answer. Have it|read out again.|Tries left: 2');
    press(pair, `${answer(challenge, 0)}#`);
    press(pair, '11111111#');
    expect(first(pair)).toBe('Wrong three times.');
    expect(released(press(pair, `${answer(challenge, 3)}#`))).toEqual([]);
    expect(pair.board.state.offlineTries.total).toBe(0);
  });

  it('ends a number after ten minutes, and not before: the call may take its time', () => {
    const pair = boxAlone();
    press(pair, '2#3#');
    const challenge = challengeOf(pair);
    pair.wait(590_000);
    expect(pair.board.state.shown?.lit).toBe(true);
    expect(released(press(pair, `${answer(challenge, 3)}#`))).toEqual([3]);
    takeKey(pair, 3);
    pair.wait(31_000);
    press(pair, '2#3#');
    pair.wait(600_000);
    expect(lines(pair)).toBe('That number has ended.|2# gives a new one.|03-1234-5678');
  });

  it('gives six numbers in a day, also to somebody who cuts the power in between', () => {
    const pair = boxAlone();
    for (let count = 0; count < 6; count++) {
      press(pair, '2#3#');
      expect(challengeOf(pair)).toHaveLength(8);
      pair.reboot();
      pair.wait(2_000);
    }
    press(pair, '2#3#');
    expect(pair.board.lines[0]).toBe('No more numbers today.');
    // The sheet is another budget.
    pair.wait(31_000);
    expect(released(press(pair, `1#3#${sheet(3, 1)}#`))).toEqual([3]);
  });

  it('says so where the cloud has set up none', () => {
    const pair = boxAlone({ phoneKey: new Uint8Array(0) });
    press(pair, '2#');
    expect(lines(pair)).toBe('Phone help is not set up|Try: 1#sheet|Or call:|03-1234-5678');
  });
});

describe('the enrolled app', () => {
  const withApp = () => boxAlone({ authenticatorKey: APP_KEY });

  it('shows eight digits that open any bin: the code first, then the bin (EM-08)', () => {
    const pair = withApp();
    pair.wait(30_000);
    expect(pair.board.lines.slice(0, 2)).toEqual(['No network. Booking code', '(12) or app code (8), #']);
    press(pair, `${appCode(pair.cloud.timeMs)}#`);
    expect(lines(pair)).toBe('Code accepted. Bin?|Number, then # (0 = all)|_|* cancel');
    expect(released(press(pair, '2#'))).toEqual([2]);
    const used = logFrom(pair).find((entry) => entry.kind === 'code-used');
    expect(decodeOfflineUse(used?.tag ?? new Uint8Array(0))).toMatchObject({ method: 'authenticator' });
    expect(pair.board.state.offlineTries.counted).toBe(0);
  });

  it('takes each code once, also over a power cut, and says to wait for the next', () => {
    const pair = withApp();
    const code = appCode(pair.cloud.timeMs);
    press(pair, `${code}#2#`);
    takeKey(pair, 2);
    pair.board.sensors.rtcMs = pair.cloud.timeMs;
    pair.reboot();
    pair.wait(2_000);
    press(pair, `${code}#`);
    expect(lines(pair)).toBe('Used already. Wait for|the next code of the|app, then type it.');
    pair.wait(60_000);
    press(pair, `${appCode(pair.cloud.timeMs)}#`);
    expect(first(pair)).toBe('Code accepted. Bin?');
  });

  it('is not kept for the next person: without a bin the code is lost after the idle time', () => {
    const pair = withApp();
    press(pair, `${appCode(pair.cloud.timeMs)}#`);
    pair.wait(31_000);
    expect(released(press(pair, '2#'))).toEqual([]);
    expect(pair.board.state.dialog).not.toMatchObject({ way: { kind: 'app' } });
  });

  it('lets whoever typed a right code choose the bin, also when the network comes back just then', () => {
    const pair = withApp();
    press(pair, `${appCode(pair.cloud.timeMs)}#`);
    pair.setNetwork(true);
    pair.wait(25_000);
    expect(pair.cloud.live).toBe(true);
    expect(released(press(pair, '2#'))).toEqual([2]);
    pair.wait(1_000);
    expect(pair.board.state.visit).toBeUndefined();
  });

  it('is worth as much as the clock: not after a month alone, and not where the time is lost', () => {
    const pair = withApp();
    skip(pair, 33 * DAY_MS);
    press(pair, `${appCode(pair.cloud.timeMs)}#`);
    expect(first(pair)).toBe('Code accepted. Bin?');
    pair.wait(31_000);
    skip(pair, 2 * DAY_MS);
    press(pair, `${appCode(pair.cloud.timeMs)}#`);
    expect(first(pair)).toBe('The clock is not sure,');
    pair.board.sensors.rtcMs = Date.UTC(2099, 0, 1);
    pair.reboot();
    pair.wait(2_000);
    press(pair, `${appCode(Date.UTC(2099, 0, 1))}#`);
    expect(first(pair)).toBe('The clock is not sure,');
  });

  it('remembers over a power cut since when nobody vouched for the time', () => {
    const pair = withApp();
    skip(pair, 40 * DAY_MS);
    pair.board.sensors.rtcMs = pair.cloud.timeMs;
    pair.reboot();
    expect(pair.board.state.clock.source).toBe('held');
    press(pair, `${appCode(pair.cloud.timeMs)}#`);
    expect(first(pair)).toBe('The clock is not sure,');
  });
});

describe('a fob at a box that is alone', () => {
  it('opens nothing, and the display says how to bring the key back', () => {
    const pair = boxAlone();
    pair.wait(30_000);
    pair.act((board) => board.give({ kind: 'fob-tapped', tag: tagOf(9) }));
    expect(lines(pair)).toBe('Tags need the network.|Return by 12-digit code,|then #. Or call:|03-1234-5678');
  });
});
