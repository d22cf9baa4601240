// The cloud wants a bin or the main lock open. It can only make the box ask; what opens is the answer to a nonce that the
// box drew a moment ago. What the broker keeps, repeats or brings late opens nothing.
import type { BoxOutput } from '@smartbox/firmware/core';
import type { BodyNamed, DownMessage } from '@smartbox/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { BoxAndCloud, claimedBox } from './box-and-cloud.ts';
import { grantBin } from './cloud-peer.ts';
import { logOf } from './invariants.ts';

type Request = BodyNamed<'access-requested'>;

const MINUTE = 60_000;
const ORDER = new Uint8Array([9, 8, 7, 6, 5, 4, 3, 2]);

let pair: BoxAndCloud;
beforeEach(() => {
  pair = claimedBox();
  pair.cloud.decide = grant;
});

/** Grants an order what it named, for service, and refuses everything else. */
function grant({ request, kind, bin }: Request): DownMessage {
  return kind === 'remote'
    ? { name: 'access-granted', body: { request, bin, purpose: 'service', grant: 77 } }
    : { name: 'access-refused', body: { request, reason: 'refused', waitMs: 0 } };
}

const give = (frames: readonly Uint8Array[]) =>
  frames.flatMap((frame) => pair.act((board) => board.give({ kind: 'frame-received', frame })));
const wanted = (bin: number, press: 'none' | 'button' = 'none', waitMs = MINUTE) =>
  pair.cloud.say({ name: 'opening-asked', body: { order: ORDER, bin, press, waitMs } });
const order = (bin: number, press: 'none' | 'button' = 'none', waitMs = MINUTE) =>
  give(wanted(bin, press, waitMs));
const button = () => {
  const outputs = pair.act((board) => board.give({ kind: 'button-moved', down: true }));
  pair.act((board) => board.give({ kind: 'button-moved', down: false }));
  return outputs;
};
/** What was pulled: the number of a bin, 0 for the main lock. */
const pulled = (outputs: readonly BoxOutput[]): number[] =>
  outputs.flatMap((output) =>
    output.kind === 'release-bin' ? [output.bin] : output.kind === 'release-main-lock' ? [0] : [],
  );
const notes = (outputs: readonly BoxOutput[]): string[] =>
  outputs.flatMap((output) => (output.kind === 'note' ? [output.code] : []));
const display = (): string => pair.board.lines.join('|');
const entries = (): string[] =>
  logOf(pair.board.flash).map(({ kind, bin, grant: by }) => `${kind} ${bin} ${by}`);

describe('a bin from afar', () => {
  it('opens for a fresh question of the box, written down first, whatever it holds (AC-06)', () => {
    const outputs = order(3);
    expect(pair.cloud.requests.at(-1)).toMatchObject({ kind: 'remote', bin: 3, code: '', follows: ORDER });
    expect(pulled(outputs)).toEqual([3]);
    const kinds = outputs.map(({ kind }) => kind);
    expect(kinds.indexOf('append-log')).toBeLessThan(kinds.indexOf('release-bin'));
    expect(pair.board.lines[1]).toBe('遠隔で開けました');
    pair.act((board) => board.moveDoor(3, true));
    pair.act((board) => board.moveDoor(3, false));
    expect(entries().slice(-3)).toEqual(['open-intended 3 77', 'bin-opened 3 77', 'bin-closed 3 77']);
    expect(pair.board.state.lockout.total).toBe(0);
  });

  it('waits for the small button while screen and light invite to press it (AC-06)', () => {
    pair.act((board) => board.press('L'));
    expect(pulled(order(3, 'button'))).toEqual([]);
    expect(display()).toBe('ＢＩＮ　３|Press the small button|to open it.');
    pair.wait(25_000);
    expect(pair.board.state.shown?.lit).toBe(true);
    expect(pair.cloud.requests).toEqual([]);
    expect(pulled(button())).toEqual([3]);
    expect(pair.cloud.requests).toHaveLength(1);
    expect(pulled(button())).toEqual([]);
  });

  it('invites in Japanese too, and lets people key their codes meanwhile', () => {
    order(3, 'button');
    expect(display()).toBe('３　番|小さいボタンを押すと|開きます');
    pair.act((board) => board.press('12'));
    expect(pair.board.lines[0]).toContain('コード');
    pair.act((board) => board.press('*'));
    expect(display()).toContain('小さいボタン');
  });

  it('is no longer waited for after its time, nor after ten minutes whatever the cloud says', () => {
    order(3, 'button', 5_000);
    pair.wait(5_000);
    expect(display()).not.toContain('小さいボタン');
    expect(pulled(button())).toEqual([]);
    order(3, 'button', 0xffff_ffff);
    pair.wait(10 * MINUTE);
    expect(pulled(button())).toEqual([]);
    expect(pair.cloud.requests).toEqual([]);
  });

  it('stays shut where the cloud refuses the question, and the screen says whom to call', () => {
    pair.cloud.decide = ({ request }) => ({
      name: 'access-refused',
      body: { request, reason: 'refused', waitMs: 0 },
    });
    order(3, 'button');
    expect(pulled(button())).toEqual([]);
    expect(pair.board.lines[0]).toBe('開けられませんでした');
    expect(pair.board.state.lockout.counted).toBe(0);
  });

  it('other than the one that was ordered is not opened', () => {
    pair.cloud.decide = grantBin(2);
    expect(notes(order(3))).toContain('grant-impossible');
    expect(entries().some((entry) => entry.startsWith('open-intended'))).toBe(false);
  });

  it('is not opened by an order that is replayed: the box asks nothing, for its session knows the frame', () => {
    const frames = wanted(3);
    give(frames);
    pair.wait(20_000);
    const asked = pair.cloud.requests.length;
    const again = give(frames);
    expect([pulled(again), notes(again), pair.cloud.requests.length]).toEqual([
      [],
      ['frame-replayed'],
      asked,
    ]);
  });

  it('is not opened by the answer to the last question, however often the cloud orders it (SEC-06)', () => {
    order(3);
    pair.wait(20_000);
    const [first] = pair.cloud.requests;
    pair.cloud.decide = () => grant(first as Request);
    expect(notes(order(3))).toContain('grant-other-request');
    expect(entries().filter((entry) => entry.startsWith('open-intended'))).toHaveLength(1);
  });

  it('is not opened by an order that waited through a new session or a power cut', () => {
    const frames = wanted(3);
    pair.reboot();
    pair.wait(3_000);
    expect(pulled(give(frames))).toEqual([]);
    expect(pair.cloud.requests).toEqual([]);
    order(3, 'button');
    pair.reboot();
    pair.wait(3_000);
    expect(pulled(button())).toEqual([]);
    expect(pair.cloud.requests).toEqual([]);
  });

  it('is not opened by a grant that comes after a power cut, or after eight seconds', () => {
    pair.cloud.decide = () => undefined;
    order(3);
    const late = pair.cloud.say(grant(pair.cloud.requests.at(-1) as Request));
    pair.wait(8_000);
    expect(pulled(give(late))).toEqual([]);
    pair.wait(MINUTE);
    order(3);
    const cut = pair.cloud.say(grant(pair.cloud.requests.at(-1) as Request));
    pair.reboot();
    expect(pulled(give(cut))).toEqual([]);
    expect(entries().some((entry) => entry.startsWith('open-intended'))).toBe(false);
  });

  it('is left alone by a box whose question is still out', () => {
    pair.cloud.decide = () => undefined;
    pair.act((board) => board.press('12345678#'));
    expect(notes(order(3))).toEqual(['opening-busy']);
    expect(notes(order(3, 'button'))).toEqual(['opening-busy']);
    expect(pair.board.state.ordered).toBeUndefined();
    expect(pair.cloud.requests).toHaveLength(1);
  });

  it('is no word to a box without an owner, or without a session', () => {
    const frames = wanted(3);
    const fresh = new BoxAndCloud();
    fresh.boot();
    const heard = frames.flatMap((frame) =>
      fresh.act((board) => board.give({ kind: 'frame-received', frame })),
    );
    expect([pulled(heard), notes(heard)]).toEqual([[], ['frame-unknown-session']]);
    pair.setNetwork(false);
    expect(pulled(give(wanted(3)))).toEqual([]);
    expect(pair.cloud.requests).toEqual([]);
  });

  it('can be pressed for again once the network is back', () => {
    order(3, 'button', 5 * MINUTE);
    pair.setNetwork(false);
    expect(display()).not.toContain('小さいボタン');
    expect(pulled(button())).toEqual([]);
    pair.setNetwork(true);
    pair.wait(MINUTE);
    expect(pulled(button())).toEqual([3]);
  });

  it('is impossible where this box has no such bin', () => {
    expect(notes(order(5))).toEqual(['opening-impossible']);
    expect(notes(order(255, 'button'))).toEqual(['opening-impossible']);
  });

  it('ends a question that was open: somebody on the telephone helps whoever cannot answer it', () => {
    pair.cloud.decide = (request) =>
      request.kind === 'remote'
        ? grant(request)
        : {
            name: 'further-asked',
            body: { request: request.request, what: 'second-code', waitMs: MINUTE },
          };
    pair.act((board) => board.press('12345678#'));
    expect(pulled(order(3))).toEqual([3]);
    expect(pair.board.state.further).toBeUndefined();
  });

  it('cannot be talked about: a question instead of an answer to an order opens nothing', () => {
    pair.cloud.decide = ({ request }) => ({
      name: 'further-asked',
      body: { request, what: 'bin', waitMs: MINUTE },
    });
    expect(notes(order(3))).toContain('question-impossible');
    expect(pair.board.state.further).toBeUndefined();
  });
});

describe('the main lock', () => {
  it('opens from afar alone, and tells its own entries (AC-07, SEC-18)', () => {
    const outputs = order(0);
    expect(pair.cloud.requests.at(-1)).toMatchObject({ kind: 'remote', bin: 0, follows: ORDER });
    expect(outputs.filter(({ kind }) => kind.startsWith('release-'))).toEqual([
      { kind: 'release-main-lock', pulseMs: 400 },
    ]);
    expect(pair.board.lines[0]).toBe('全体の錠が開きました');
    pair.act((board) => board.moveMainLock(true));
    expect(pair.board.lines[0]).toBe('前面が開いています');
    pair.act((board) => board.moveMainLock(false));
    expect(pair.board.lines[0]).toBe('前面が閉まりました');
    expect(entries().slice(-3)).toEqual([
      'open-intended 0 77',
      'main-lock-opened 0 77',
      'main-lock-closed 0 77',
    ]);
    pair.wait(3_000);
    expect(pair.cloud.ledger.at(-1)).toMatchObject({ kind: 'main-lock-closed', grant: 77 });
  });

  it('opens at the press of the button where the order says so (AC-07)', () => {
    order(0, 'button');
    expect(display()).toContain('ボックス全体が開きます');
    expect(pulled(button())).toEqual([0]);
  });

  it('opens for no code, no fob and no further answer, whatever the cloud says (SEC-18)', () => {
    const further: Request[] = [];
    for (const purpose of ['withdraw', 'return', 'service'] as const) {
      pair.cloud.decide = grantBin(0, purpose);
      expect(pulled(pair.act((board) => board.press('12345678#')))).toEqual([]);
      const tag = new Uint8Array(8).fill(4);
      expect(pulled(pair.act((board) => board.give({ kind: 'fob-tapped', tag })))).toEqual([]);
      pair.cloud.decide = (request) => {
        further.push(request);
        return request.kind === 'further'
          ? grantBin(0, purpose)(request)
          : { name: 'further-asked', body: { request: request.request, what: 'bin', waitMs: MINUTE } };
      };
      const keyed = ['12345678#', '1#'].flatMap((keys) => pair.act((board) => board.press(keys)));
      expect(pulled(keyed)).toEqual([]);
    }
    expect(further.map(({ kind }) => kind)).toEqual([
      'code',
      'further',
      'code',
      'further',
      'code',
      'further',
    ]);
    expect(entries().some((entry) => entry.startsWith('open-intended'))).toBe(false);
  });

  it('opens for no order that is granted for anything but service', () => {
    pair.cloud.decide = grantBin(0);
    expect(pulled(order(0))).toEqual([]);
  });

  it('that is forced says so, and reminds until it is shut', () => {
    const outputs = pair.act((board) => board.moveMainLock(true));
    expect(entries().at(-1)).toBe('main-lock-forced 0 0');
    expect(outputs).toContainEqual({ kind: 'sound', tone: 'reminder' });
    expect(display()).toContain('前面が開いています');
    pair.act((board) => board.moveMainLock(false));
    expect(entries().at(-1)).toBe('main-lock-closed 0 0');
  });

  it('that jams is pulled three times, told, and named on the screen', () => {
    order(0);
    const outputs = pair.wait(9_500);
    expect(pulled(outputs)).toEqual([0, 0]);
    expect(entries().at(-1)).toBe('main-lock-jammed 0 77');
    expect(display()).toContain('前面が開きません');
  });

  it('that is left open is told once', () => {
    order(0);
    pair.act((board) => board.moveMainLock(true));
    pair.wait(2 * MINUTE);
    expect(entries().filter((entry) => entry === 'main-lock-left-open 0 77')).toHaveLength(1);
  });

  it('that moved while the power was away is told once, under its grant, and not pulled again', () => {
    order(0);
    pair.board.sensors.mainLockOpen = true;
    pair.reboot();
    expect(entries().at(-1)).toBe('main-lock-opened 0 77');
    pair.board.sensors.mainLockOpen = false;
    pair.reboot();
    expect(entries().at(-1)).toBe('main-lock-closed 0 77');
    expect(pulled(pair.wait(20_000))).toEqual([]);
    pair.act((board) => board.moveMainLock(true));
    expect(entries().at(-1)).toBe('main-lock-forced 0 0');
  });

  it('waits its turn at the coil supply like a bin', () => {
    pair.cloud.decide = (request) => (request.kind === 'remote' ? grant(request) : grantBin(2)(request));
    pair.act((board) => board.press('12345678#'));
    expect(pulled(order(0))).toEqual([]);
    expect(pulled(pair.wait(600))).toEqual([0]);
  });
});
