// The cloud asks a person one more thing: the code that it sent to their phone, or the number of a bin. What is asked
// once is answered by a request of its own; who walks away leaves nothing behind for the next person.
import type { BoxOutput } from '@smartbox/firmware/core';
import type { BodyNamed, DownMessage } from '@smartbox/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { type BoxAndCloud, claimedBox } from './box-and-cloud.ts';
import { grantBin, refuse } from './cloud-peer.ts';
import { tagOf } from './memory-board.ts';

type Request = BodyNamed<'access-requested'>;

const MINUTE = 60_000;

let pair: BoxAndCloud;
beforeEach(() => {
  pair = claimedBox();
  pair.cloud.decide = ask('second-code');
});

/** A decision that asks for more at the first request, and grants bin 3 to the answer. */
function ask(
  what: 'second-code' | 'bin',
  then: (request: Request) => DownMessage | undefined = grantBin(3),
  waitMs = 2 * MINUTE,
) {
  return (request: Request): DownMessage | undefined =>
    request.kind === 'further'
      ? then(request)
      : { name: 'further-asked', body: { request: request.request, what, waitMs } };
}

// The cloud answers between two keys.
const press = (keys: string) => [...keys].flatMap((key) => pair.act((board) => board.press(key)));
const display = (): string => pair.board.lines.join('|');
const released = (outputs: readonly BoxOutput[]): number[] =>
  outputs.flatMap((output) => (output.kind === 'release-bin' ? [output.bin] : []));
const lastRequest = () => pair.cloud.requests.at(-1) as Request;
const tries = () => pair.board.state.lockout.counted;

describe('a second code', () => {
  it('is asked for after the first, keyed masked, and opens the bin: two steps (SEC-04)', () => {
    expect(released(press('L12345678#'))).toEqual([]);
    expect(display()).toBe('A code was sent to your|phone. Type it, then #|_|* stop');
    const first = lastRequest();
    press('1357');
    expect(pair.board.lines[2]).toBe('***7');
    expect(released(press('90#'))).toEqual([3]);
    expect(lastRequest()).toMatchObject({ kind: 'further', code: '135790', bin: 0, follows: first.request });
    expect(lastRequest().request).not.toEqual(first.request);
  });

  it('is asked for in Japanese too', () => {
    press('12345678#');
    expect(pair.board.lines.slice(0, 2)).toEqual(['スマホに届いたコードを', '入力し # を押す']);
  });

  it('may follow a fob that was held to the front reader', () => {
    pair.act((board) => board.give({ kind: 'fob-tapped', tag: tagOf(9) }));
    const tapped = lastRequest();
    expect(released(press('135790#'))).toEqual([3]);
    expect(lastRequest()).toMatchObject({ kind: 'further', follows: tapped.request });
  });

  it('may be followed by the question for a bin', () => {
    let questions = 0;
    pair.cloud.decide = ({ request, kind, bin }) => {
      questions += 1;
      if (kind === 'further' && bin > 0) return grantBin(bin)({ request } as Request);
      const what = questions === 1 ? 'second-code' : 'bin';
      return { name: 'further-asked', body: { request, what, waitMs: MINUTE } };
    };
    press('12345678#135790#');
    expect(released(press('2#'))).toEqual([2]);
    expect(tries()).toBe(0);
  });

  it('counts as a try before its frame leaves; a question and a grant give their try back (SEC-15)', () => {
    press('12345678#');
    expect(tries()).toBe(0);
    const outputs = press('135790#');
    const order = outputs.map((output) => (output.kind === 'save-record' ? output.record : output.kind));
    expect(order.indexOf('lockout')).toBeGreaterThanOrEqual(0);
    expect(order.indexOf('lockout')).toBeLessThan(order.indexOf('send-frame'));
    expect(order.indexOf('append-log')).toBeLessThan(order.indexOf('release-bin'));
    expect(tries()).toBe(0);
    expect(pair.board.state.lockout.total).toBe(2);
  });

  it('that is wrong ends the dialogue, costs a try, and five of them lock the keypad (SEC-04, SEC-15)', () => {
    pair.cloud.decide = ask('second-code', refuse());
    for (let count = 1; count <= 5; count++) {
      press('12345678#');
      expect(released(press('000000#'))).toEqual([]);
      expect(tries()).toBe(count);
      expect(pair.board.state.further).toBeUndefined();
    }
    expect(display()).toContain('間違いが続きました');
    expect(pair.cloud.requests).toHaveLength(10);
    press('12345678#');
    expect(pair.cloud.requests).toHaveLength(10);
  });

  it('cannot be guessed past a locked keypad by whoever has a fob (SEC-15)', () => {
    pair.cloud.decide = ask('second-code', refuse());
    for (let count = 0; count < 5; count++) press('12345678#000000#');
    pair.act((board) => board.give({ kind: 'fob-tapped', tag: tagOf(9) }));
    const asked = pair.cloud.requests.length;
    expect(display()).toContain('間違いが続きました');
    press('000000#');
    expect(pair.cloud.requests).toHaveLength(asked);
  });

  it('must have the length of a code; shorter and longer ones are no try', () => {
    press('12345678#');
    const asked = pair.cloud.requests.length;
    press('123#');
    expect(display()).toContain('4');
    press('12345678901234567');
    expect(pair.board.state.keypad.digits).toHaveLength(16);
    press('*');
    expect([pair.cloud.requests.length, tries()]).toEqual([asked, 0]);
    expect(released(press('1357#'))).toEqual([3]);
  });

  it('is stopped by the clear key, the first of which takes back what was typed', () => {
    press('12345678#135*');
    expect(pair.board.state.further).toBeDefined();
    press('*');
    expect(pair.board.state.further).toBeUndefined();
    press('135790#');
    expect(lastRequest().kind).toBe('code');
  });

  it('is over when its time is, and half an answer becomes nobody’s code', () => {
    press('12345678#');
    pair.wait(2 * MINUTE - 1_000);
    press('L1357');
    pair.wait(1_000);
    expect(display()).toBe('Time is up. Type your|first code again.');
    expect(pair.board.state.keypad.digits).toBe('');
    press('135790#');
    expect(lastRequest().kind).toBe('code');
  });

  it('waits no longer than ten minutes, whatever the cloud says', () => {
    pair.cloud.decide = ask('second-code', grantBin(3), 0xffff_ffff);
    press('12345678#');
    pair.wait(10 * MINUTE - 1);
    expect(pair.board.state.further).toBeDefined();
    pair.wait(1);
    expect(pair.board.state.further).toBeUndefined();
  });

  it('keeps the language that the person chose while they wait for it', () => {
    press('L12345678#');
    pair.wait(90_000);
    expect(pair.board.lines[0]).toBe('A code was sent to your');
    pair.wait(MINUTE);
    expect(pair.board.lines[0]).not.toContain('code');
  });

  it('ends with the session, and is not asked for in the next', () => {
    press('12345678#135');
    pair.setNetwork(false);
    expect(pair.board.state.further).toBeUndefined();
    pair.setNetwork(true);
    pair.wait(MINUTE);
    expect(pair.cloud.live).toBe(true);
    press('135790#');
    expect(lastRequest()).toMatchObject({ kind: 'code', code: '135790' });
  });

  it('is forgotten by a power cut', () => {
    press('12345678#');
    pair.reboot();
    pair.wait(2_000);
    press('135790#');
    expect(lastRequest()).toMatchObject({ kind: 'code', follows: new Uint8Array(8) });
  });

  it('gives way to a fob: who asks anew has no question open', () => {
    press('12345678#');
    pair.cloud.decide = grantBin(2, 'return');
    expect(released(pair.act((board) => board.give({ kind: 'fob-tapped', tag: tagOf(9) })))).toEqual([2]);
    expect(pair.board.state.further).toBeUndefined();
  });

  it('leaves half an answer to nobody when a fob or an order ends it', () => {
    press('12345678#135');
    pair.cloud.decide = grantBin(2, 'return');
    pair.act((board) => board.give({ kind: 'fob-tapped', tag: tagOf(9) }));
    expect(pair.board.state.keypad.digits).toBe('');
    pair.cloud.decide = refuse();
    press('12345678#');
    expect(lastRequest()).toMatchObject({ kind: 'code', code: '12345678' });
  });

  it('is not asked for by a question that comes late, twice, or for what nobody asked', () => {
    pair.cloud.decide = () => undefined;
    press('12345678#');
    const { request } = lastRequest();
    const question: DownMessage = {
      name: 'further-asked',
      body: { request, what: 'second-code', waitMs: MINUTE },
    };
    const hear = (message: DownMessage) => {
      const frames = pair.cloud.say(message);
      const say = () =>
        frames.flatMap((frame) => pair.act((board) => board.give({ kind: 'frame-received', frame })));
      return [...say(), ...say()];
    };
    const noted = (outputs: readonly BoxOutput[]) =>
      outputs.flatMap((output) => (output.kind === 'note' ? [output.code] : []));
    const other = { ...question.body, request: new Uint8Array(8) } as BodyNamed<'further-asked'>;
    expect(noted(hear({ name: 'further-asked', body: other }))).toContain('question-other-request');
    hear(question);
    expect(pair.board.state.further).toBeDefined();
    press('*');
    expect(noted(hear(question))).toContain('question-no-request');
    expect(pair.board.state.further).toBeUndefined();
  });

  it('holds back the daily key step, which would end its session', () => {
    pair.wait(59 * MINUTE);
    pair.cloud.decide = ask('second-code', grantBin(3), 5 * MINUTE);
    press('12345678#');
    const hellos = pair.cloud.helloCounters.length;
    pair.wait(5 * MINUTE - 1);
    expect([pair.board.state.further !== undefined, pair.cloud.helloCounters.length]).toEqual([true, hellos]);
    pair.wait(MINUTE);
    expect(pair.cloud.helloCounters.length).toBe(hellos + 1);
  });

  it('holds back the sleep of a box on battery, and no longer than it waits', () => {
    pair.act((board) => board.setSupply({ mains: false }));
    pair.cloud.decide = ask('second-code', grantBin(3), 9 * MINUTE);
    press('12345678#');
    pair.wait(9 * MINUTE - 1);
    expect(pair.board.asleep).toBe(false);
    pair.wait(1);
    expect(pair.board.asleep).toBe(true);
  });
});

describe('the question for a bin', () => {
  beforeEach(() => {
    pair.cloud.decide = ask('bin', (request) => grantBin(request.bin)(request));
  });

  it('takes one digit, shows it, and opens what was chosen', () => {
    press('L12345678#');
    expect(display()).toBe('Which bin? Type its|number, then #|_|* stop');
    press('4');
    expect(pair.board.lines[2]).toBe('4');
    expect(released(press('#'))).toEqual([4]);
    expect(lastRequest()).toMatchObject({ kind: 'further', code: '', bin: 4 });
  });

  it('takes no number that is not on this box, and counts none of them as a try', () => {
    press('12345678#');
    const asked = pair.cloud.requests.length;
    for (const keys of ['0#', '5#', '99#', '004#', '1234567890123456#']) {
      press(keys);
      expect(display()).toContain('その番号はありません');
      expect(pair.board.state.further).toBeDefined();
    }
    press('#');
    expect([pair.cloud.requests.length, tries()]).toEqual([asked, 0]);
    expect(released(press('04#'))).toEqual([4]);
  });

  it('is not taken for the wish to forget a phone’s hotspot, which one digit means elsewhere', () => {
    press('12345678#');
    expect(released(press('4#'))).toEqual([4]);
    expect(pair.board.state.networkSetup).toBeUndefined();
  });
});
