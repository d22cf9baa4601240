// A session over days: dead clouds, lost answers, daily key steps, parted root keys, settings, the clock.
import { describe, expect, it } from 'vitest';
import { BoxAndCloud, claimedBox } from './box-and-cloud.ts';
import { grantBin } from './cloud-peer.ts';
import { MemoryBoard } from './memory-board.ts';

const HOUR = 3_600_000;

describe('a session', () => {
  it('is renewed within 30 s when the cloud forgot it', () => {
    const pair = claimedBox();
    pair.wait(60_000);
    const before = pair.cloud.helloCounters.length;
    pair.cloud.session = undefined;
    pair.cloud.live = false;
    pair.wait(30_000);
    expect(pair.cloud.live).toBe(true);
    expect(pair.cloud.helloCounters.length).toBe(before + 1);
  });

  it('is renewed at once when a request stays unanswered', () => {
    const pair = claimedBox();
    pair.cloud.session = undefined;
    pair.act((board) => board.press('12345678#'));
    pair.wait(8_000);
    expect(pair.cloud.live).toBe(true);
  });

  it('lives on through frames that are malformed, foreign, replayed or bent', () => {
    const pair = claimedBox();
    const old = pair.cloud.say({ name: 'heartbeat-answered', body: { timeMs: 1 } })[0] as Uint8Array;
    pair.act((board) => board.give({ kind: 'frame-received', frame: old }));
    const bent = old.slice();
    bent[20] = (bent[20] ?? 0) ^ 4;
    const hostile = [
      new Uint8Array(0),
      new Uint8Array(1_200).fill(32),
      new Uint8Array([0]),
      new Uint8Array([32]),
      new Uint8Array([33, 1, 2]),
      new Uint8Array(69).fill(35),
      new Uint8Array(111).fill(36),
      new Uint8Array(111).fill(38),
      new Uint8Array(54).fill(34),
      new Uint8Array([63, 0]),
      old,
      bent,
    ];
    for (const frame of hostile) {
      const outputs = pair.act((board) => board.give({ kind: 'frame-received', frame }));
      expect(outputs.map((output) => output.kind)).toEqual(['note']);
    }
    pair.cloud.decide = grantBin(1);
    const outputs = pair.act((board) => board.press('12345678#'));
    expect(outputs.some((output) => output.kind === 'release-bin')).toBe(true);
  });

  it('takes no grant while it has a HELLO pending: the old session is over (SEC-08)', () => {
    const pair = claimedBox();
    pair.cloud.decide = () => undefined;
    pair.act((board) => board.press('12345678#'));
    const request = pair.cloud.requests[0];
    if (request === undefined) throw new RangeError('no request');
    const grant = pair.cloud.say(grantBin(2)(request) as never)[0] as Uint8Array;
    pair.network = false;
    pair.act((board) => board.setLink(false));
    const outputs = pair.board.give({ kind: 'frame-received', frame: grant });
    expect(outputs.some((output) => output.kind === 'release-bin')).toBe(false);
  });

  it('takes a Diffie-Hellman step after an hour and then daily, on mains and while nobody is there', () => {
    const pair = claimedBox();
    const plain = pair.cloud.keys?.epoch ?? 0;
    pair.wait(HOUR + 120_000);
    expect(pair.cloud.keys?.epoch).toBe(plain + 1);
    const before = pair.cloud.keys?.epoch ?? 0;
    pair.wait(23 * HOUR);
    expect(pair.cloud.keys?.epoch).toBe(before);
    pair.wait(HOUR);
    expect(pair.cloud.keys?.epoch).toBe(before + 1);
    expect(pair.board.lines[0]).toContain('コードを入力し');
    pair.act((board) => board.give({ kind: 'supply-measured', mains: false, batteryPercent: 80 }));
    pair.wait(48 * HOUR);
    expect(pair.cloud.keys?.epoch).toBe(before + 1);
  });

  it('puts the step off while somebody is at the box', () => {
    const pair = claimedBox();
    pair.wait(HOUR - 40_000);
    const before = pair.cloud.keys?.epoch ?? 0;
    pair.act((board) => board.press('1'));
    pair.wait(59_000);
    expect(pair.cloud.keys?.epoch).toBe(before);
    pair.wait(2_000);
    expect(pair.cloud.keys?.epoch).toBe(before + 1);
  });

  it('leaves the step out of every second HELLO, so that a step that fails keeps nobody offline', () => {
    const pair = claimedBox();
    const { take } = pair.cloud;
    // A cloud that cannot do the step: HELLOs with a share are lost.
    pair.cloud.take = (frame) => (frame.length === 80 ? [] : take.call(pair.cloud, frame));
    pair.wait(2 * HOUR);
    expect(pair.cloud.live).toBe(true);
    const steps = pair.board.outputs.filter(
      (output) => output.kind === 'send-frame' && output.frame.length === 80,
    );
    expect(steps.length).toBeGreaterThanOrEqual(1);
    expect(steps.length).toBeLessThanOrEqual(2);
  });

  it('comes back after the cloud lost a Diffie-Hellman step, by the recovery key', () => {
    const pair = claimedBox();
    const snapshot = pair.cloud.keys;
    pair.wait(HOUR + 120_000);
    expect(pair.cloud.live).toBe(true);
    // The database is restored from before the step: an ordinary HELLO cannot succeed any more.
    pair.cloud.keys = snapshot;
    pair.cloud.session = undefined;
    pair.cloud.live = false;
    pair.wait(30 * 60_000);
    expect(pair.cloud.refusals).toContain('bad-hello');
    expect(pair.cloud.live).toBe(true);
    expect(pair.board.state.recovery).toBeUndefined();
    pair.reboot();
    pair.wait(1_000);
    expect(pair.cloud.live).toBe(true);
  });

  it('finishes a recovery that the power cut between its two writes', () => {
    const pair = claimedBox();
    const snapshot = pair.cloud.keys;
    pair.wait(HOUR + 120_000);
    pair.cloud.keys = snapshot;
    pair.cloud.session = undefined;
    const { board } = pair;
    const recovered = () => {
      const last = board.outputs[board.outputs.length - 1];
      return last?.kind === 'save-record' && last.record === 'root' && last.bytes.length > 40;
    };
    for (let ms = 0; ms < 30 * 60_000 && !recovered(); ms += 1_000) {
      // Stop on the write itself by cutting before the next output.
      const carriedOut = board.carriedOut;
      pair.board.onOutput = ((heard) => (output) => {
        heard(output);
        if (output.kind === 'save-record' && output.record === 'root' && output.bytes.length > 40) {
          board.cutAt = board.carriedOut;
        }
      })(pair.board.onOutput);
      try {
        pair.wait(1_000);
      } catch {
        break;
      }
      expect(board.carriedOut).toBeGreaterThanOrEqual(carriedOut);
    }
    expect(recovered()).toBe(true);
    board.cutAt = undefined;
    pair.reboot();
    pair.wait(2_000);
    expect(pair.cloud.live).toBe(true);
    expect(pair.board.flash.records.recovery?.slice(1)).toEqual(pair.cloud.recoveryKey);
    expect(pair.board.flash.records.root).toHaveLength(37);
  });

  it('makes the connection anew when three HELLOs in a row stay unanswered', () => {
    const pair = claimedBox();
    pair.cloud.take = () => [];
    pair.cloud.session = undefined;
    const kinds = pair.wait(90_000).map((output) => output.kind);
    const cut = kinds.indexOf('disconnect');
    expect(kinds.slice(0, cut).filter((kind) => kind === 'send-frame')).toHaveLength(1 + 3);
    expect(kinds.indexOf('connect')).toBeGreaterThan(cut);
  });

  it('takes a new block of hello counters when one is used up, and saves it first', () => {
    const pair = claimedBox();
    pair.setNetwork(true);
    // The broker is there, the cloud is not: HELLOs go out and nothing comes back.
    const { take } = pair.cloud;
    pair.cloud.take = () => [];
    pair.cloud.session = undefined;
    const outputs = pair.wait(90 * 60_000);
    const boots = outputs.filter((output) => output.kind === 'save-record' && output.record === 'boot');
    expect(boots.length).toBeGreaterThanOrEqual(1);
    pair.cloud.take = take;
    pair.wait(120_000);
    expect(pair.cloud.live).toBe(true);
    expect(pair.cloud.helloCounters.at(-1)).toBeGreaterThanOrEqual(512);
  });

  it('takes settings in order of their version, and keeps them over a reboot', () => {
    const pair = claimedBox();
    const settings = {
      version: 4,
      language: 'en',
      helpPhone: '110',
      leftOpenMs: 60_000,
      idleMs: 30_000,
    } as const;
    const say = (frame: Uint8Array | undefined) => {
      pair.act((board) => board.give({ kind: 'frame-received', frame: frame ?? new Uint8Array(0) }));
    };
    say(pair.cloud.say({ name: 'settings-changed', body: settings })[0]);
    say(pair.cloud.say({ name: 'settings-changed', body: { ...settings, version: 3, language: 'ja' } })[0]);
    pair.reboot();
    pair.wait(1_000);
    expect(pair.board.state.settings).toEqual(settings);
  });

  it('goes on with a real-time clock that continued from the cloud’s time, and no other', () => {
    const pair = claimedBox();
    pair.wait(1_000);
    const set = pair.board.outputs.find((output) => output.kind === 'set-rtc');
    if (set?.kind !== 'set-rtc') throw new RangeError('the clock was not set');
    pair.network = false;
    pair.board.sensors.rtcMs = set.timeMs + 500_000;
    pair.reboot();
    expect(pair.board.state.clock.source).toBe('held');
    pair.board.sensors.rtcMs = 1_000;
    pair.reboot();
    expect(pair.board.state.clock.source).toBe('unknown');
  });
});

describe('boot', () => {
  it('ignores everything before it', () => {
    const board = new MemoryBoard();
    expect(board.give({ kind: 'key-pressed', key: '1' })).toEqual([]);
    expect(board.give({ kind: 'woke' })).toEqual([]);
  });

  it('says that a board without a factory record is not ready, and connects to nobody', () => {
    const pair = new BoxAndCloud({ records: {}, log: [], released: 0 });
    pair.boot();
    pair.claim();
    expect(pair.board.lines[0]).toContain('出荷時');
    expect(pair.board.outputs.some((output) => output.kind === 'connect')).toBe(false);
  });

  it('keeps an unclaimed box off the network until somebody asks for a claim', () => {
    const pair = new BoxAndCloud();
    pair.boot();
    pair.wait(HOUR);
    expect(pair.board.outputs.some((output) => output.kind === 'connect')).toBe(false);
    pair.cloud.take = () => [];
    pair.claim();
    expect(pair.board.outputs.some((output) => output.kind === 'connect')).toBe(true);
    pair.wait(600_000);
    expect(pair.board.outputs.at(-1)?.kind).not.toBe('send-frame');
    expect(pair.board.linkUp).toBe(false);
    expect(pair.board.lines[0]).toContain('新しい');
  });

  it('tells that it started without mains (EM-01)', () => {
    const pair = claimedBox();
    pair.board.sensors.mains = false;
    pair.reboot();
    pair.wait(1_000);
    expect(pair.cloud.ledger.at(-1)?.kind).toBe('mains-lost');
    pair.act((board) => board.give({ kind: 'supply-measured', mains: true, batteryPercent: 90 }));
    expect(pair.cloud.ledger.at(-1)?.kind).toBe('mains-restored');
  });

  it('ignores the claim button once it has an owner', () => {
    const pair = claimedBox();
    pair.claim();
    expect(pair.board.state.claim.offer).toBeUndefined();
    expect(pair.cloud.live).toBe(true);
  });
});
