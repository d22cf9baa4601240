// The session handshake with everything that a hostile network can do to it in one step. What it can
// do in many steps is searched in test/handshake-search.test.ts.
import { describe, expect, it } from 'vitest';
import { lowOrderPoints } from '../../test/low-order-points.ts';
import { answer, boxNamed, flips, hello, named, type PairOptions, shakeHands } from '../../test/pair.ts';
import { bytesToHex, concatBytes } from '../basics/bytes.ts';
import type { RefusalReason } from '../basics/errors.ts';
import { limits } from '../basics/limits.ts';
import { answerHello, confirmKeys, finishWelcome, type RootKeys, startHello } from './handshake.ts';
import { stepRootKey } from './key-derivation.ts';
import { nobleCrypto } from './noble-crypto.ts';
import { openRecord, sealRecord } from './record.ts';

/** What the cloud says to a HELLO. */
function cloudVerdict(frame: Uint8Array, options: PairOptions = {}): RefusalReason | 'answered' {
  const answered = answer(frame, options);
  return answered.kind === 'refused' ? answered.reason : answered.kind;
}

/** What the box says to a WELCOME. */
function boxVerdict(pending: ReturnType<typeof hello>['pending'], frame: Uint8Array): string {
  const welcomed = finishWelcome(nobleCrypto, pending, frame);
  return welcomed.kind === 'refused' ? welcomed.reason : welcomed.kind;
}

/** The root key after `steps` sessions. */
function stepped(rootKey: Uint8Array, steps: number): Uint8Array {
  return steps === 0 ? rootKey : stepped(stepRootKey(nobleCrypto, rootKey), steps - 1);
}

describe.each([false, true])('a handshake (with a Diffie-Hellman step: %s)', (withStep) => {
  const pair = shakeHands({ withStep });

  it('leaves both ends with crosswise keys, the same next root key and what the cloud said', () => {
    const { box, cloud } = pair;
    expect(bytesToHex(box.session.sendKey)).toBe(bytesToHex(cloud.session.receiveKey));
    expect(bytesToHex(box.session.receiveKey)).toBe(bytesToHex(cloud.session.sendKey));
    expect(bytesToHex(box.session.sendKey)).not.toBe(bytesToHex(box.session.receiveKey));
    expect(bytesToHex(box.rootKey)).toBe(bytesToHex(cloud.confirmed.rootKey));
    expect(box.epoch).toBe(cloud.confirmed.epoch);
    expect([box.session, cloud.session]).toMatchObject([
      { sends: 'up', sent: 0, received: 0 },
      { sends: 'down', sent: 0, received: 0 },
    ]);
    expect(box.body).toEqual({ timeMs: 1_781_136_000_000, settingsVersion: 3, logEnd: 1000 });
    expect(cloud.hello).toMatchObject({ epoch: 0, counter: 1, firmware: 0x01000000, lowestVersion: 1 });
  });

  it('takes no HELLO with any bit flipped, cut anywhere or longer (SEC-07)', () => {
    for (const changed of flips(pair.hello)) expect(cloudVerdict(changed)).not.toBe('answered');
    for (let length = 0; length < pair.hello.length; length++) {
      expect(cloudVerdict(pair.hello.slice(0, length))).toBe('malformed');
    }
    expect(cloudVerdict(concatBytes(pair.hello, Uint8Array.of(0)))).toBe('malformed');
  });

  it('takes no WELCOME with any bit flipped, cut anywhere or longer (SEC-07)', () => {
    const { frame } = pair.cloud;
    for (const changed of flips(frame)) expect(boxVerdict(pair.pending, changed)).not.toBe('welcomed');
    for (let length = 0; length < frame.length; length++) {
      expect(boxVerdict(pair.pending, frame.slice(0, length))).toBe('malformed');
    }
    expect(boxVerdict(pair.pending, concatBytes(frame, Uint8Array.of(0)))).toBe('malformed');
    expect(boxVerdict(pair.pending, frame)).toBe('welcomed');
  });

  it('does not answer a HELLO a second time: its counter was seen', () => {
    expect(cloudVerdict(pair.hello, { keys: pair.cloud.keys })).toBe('replayed-hello');
  });

  it('takes no WELCOME that was made for an earlier HELLO', () => {
    const later = hello({ withStep, counter: 2, run: 'second' });
    expect(boxVerdict(later.pending, pair.cloud.frame)).toBe('bad-tag');
  });

  it('takes nothing made by or for another box (SEC-08)', () => {
    const own = { boxId: boxNamed('B'), rootKey: named('root of B') };
    expect(cloudVerdict(pair.hello, own)).toBe('bad-hello');
    // Even if two boxes had the same key, the name is part of what is authenticated:
    expect(cloudVerdict(pair.hello, { boxId: boxNamed('B') })).toBe('bad-hello');
    const other = shakeHands({ withStep, boxId: boxNamed('B') });
    expect(boxVerdict(pair.pending, other.cloud.frame)).toBe('bad-tag');
  });

  it('opens nothing recorded with the root key that the box keeps afterwards (SEC-08)', () => {
    const record = sealRecord(nobleCrypto, pair.box.session, new Uint8Array(64));
    if (record.kind === 'refused') throw new Error(record.reason);
    // Whoever dumps the flash now has the next root key; the cloud's answer can be made again with it.
    const dumped = { epoch: 0, rootKey: pair.box.rootKey, counter: 0 };
    expect(cloudVerdict(pair.hello, { keys: dumped })).toBe('bad-hello');
    const forged = { ...pair.pending, rootKey: pair.box.rootKey };
    expect(boxVerdict(forged, pair.cloud.frame)).toBe('bad-tag');
  });

  it('has keys of its own, whichever side is alone in drawing new random numbers', () => {
    const keyOf = (frame: Uint8Array, run: string) => {
      const cloud = answer(frame, { run });
      if (cloud.kind === 'refused') throw new Error(cloud.reason);
      return bytesToHex(cloud.session.sendKey);
    };
    const { frame } = hello({ withStep, run: 'other' });
    const keys = [keyOf(pair.hello, 'first'), keyOf(pair.hello, 'other'), keyOf(frame, 'first')];
    expect(new Set(keys).size).toBe(3);
  });
});

describe('the cloud', () => {
  const rootKey = named('root');

  it('follows a box that is up to 8 epochs ahead, and no further', () => {
    for (const [ahead, expected] of [
      [1, 'answered'],
      [limits.epochsAhead, 'answered'],
      [limits.epochsAhead + 1, 'epoch-too-far'],
      [0xffff_ffff, 'epoch-too-far'],
    ] as const) {
      const steps = Math.min(ahead, limits.epochsAhead + 1);
      const { frame } = hello({ epoch: ahead, rootKey: stepped(rootKey, steps) });
      expect(cloudVerdict(frame)).toBe(expected);
    }
  });

  it('follows further after a database restore, by the operator’s switch', () => {
    const { frame } = hello({ epoch: 40, rootKey: stepped(rootKey, 40) });
    expect(cloudVerdict(frame)).toBe('epoch-too-far');
    const answered = answerHello(
      nobleCrypto,
      {
        ...{ boxId: boxNamed('A'), keys: { epoch: 0, rootKey, counter: 0 }, sessionId: named('s', 4) },
        ...{ nonce: named('n', 16), stepSecret: named('x'), epochsAhead: limits.epochsAheadAfterRestore },
        body: { timeMs: 0, settingsVersion: 0, logEnd: 0 },
      },
      frame,
    );
    expect(answered).toMatchObject({ kind: 'answered', keys: { epoch: 40 }, confirmed: { epoch: 41 } });
  });

  it('refuses a box that went back in time, and one that claims an epoch whose key it lacks', () => {
    const keys = { epoch: 3, rootKey: stepped(rootKey, 3), counter: 0 };
    expect(cloudVerdict(hello({ epoch: 2, rootKey: stepped(rootKey, 2) }).frame, { keys })).toBe(
      'stale-epoch',
    );
    expect(cloudVerdict(hello({ epoch: 5, rootKey: stepped(rootKey, 3) }).frame, { keys })).toBe('bad-hello');
  });

  it('refuses offers that it cannot keep: no suite of ours, or no version as low as ours', () => {
    const offer = (suites: number, lowestVersion: number) => {
      const signed = hello().frame.slice(0, 32);
      signed[1] = suites;
      signed[30] = lowestVersion;
      const label = Uint8Array.from('SBX1 hello', (character) => character.charCodeAt(0));
      const name = Uint8Array.from(boxNamed('A'), (character) => character.charCodeAt(0));
      const mac = nobleCrypto.hmacSha256(rootKey, concatBytes(label, signed, name)).slice(0, 16);
      return cloudVerdict(concatBytes(signed, mac));
    };
    expect(offer(1, 1)).toBe('answered');
    expect(offer(3, 0)).toBe('answered');
    expect(offer(2, 1)).toBe('downgrade');
    expect(offer(0, 1)).toBe('downgrade');
    expect(offer(1, 2)).toBe('downgrade');
  });

  it('keeps a Diffie-Hellman step that was never confirmed until the box shows which key it holds', () => {
    const first = shakeHands({ withStep: true });
    expect(first.cloud.keys.pending).toEqual(first.box.rootKey);
    // The box never got that WELCOME and goes on without a step:
    const plain = answer(hello({ counter: 2, run: 'second' }).frame, { keys: first.cloud.keys });
    if (plain.kind === 'refused') throw new Error(plain.reason);
    expect(plain.confirmed.rootKey).toEqual(stepRootKey(nobleCrypto, rootKey));
    // The box got it, but its confirmation was lost:
    const ahead = hello({ epoch: 1, rootKey: first.box.rootKey, counter: 2, run: 'second' });
    const moved = answer(ahead.frame, { keys: first.cloud.keys });
    if (moved.kind === 'refused') throw new Error(moved.reason);
    expect(moved.keys).toEqual({ epoch: 1, rootKey: first.box.rootKey, counter: 2 });
  });

  it('takes a confirmation once and only for the epoch that follows', () => {
    const { cloud } = shakeHands();
    const stored = confirmKeys(cloud.keys, cloud.confirmed);
    expect(stored).toEqual(cloud.confirmed);
    expect(confirmKeys(stored, cloud.confirmed)).toBe(stored);
    const moved: RootKeys = { epoch: 2, rootKey: named('later'), counter: 9 };
    expect(confirmKeys(moved, cloud.confirmed)).toBe(moved);
    expect(confirmKeys({ ...cloud.keys, counter: 9 }, cloud.confirmed).counter).toBe(9);
  });

  it('agrees on no secret that a point of low order chose', () => {
    for (const point of lowOrderPoints) {
      const crypto = { ...nobleCrypto, x25519Public: () => point };
      expect(cloudVerdict(hello({ crypto, withStep: true }).frame)).toBe('malformed');
      const { frame, pending } = hello({ withStep: true });
      // A cloud that sends the point: it knows the root key and chooses the step's secret as zeros.
      const zeros = { ...crypto, x25519Shared: () => new Uint8Array(32) };
      const forged = answer(frame, { crypto: zeros });
      expect(forged.kind === 'answered' && boxVerdict(pending, forged.frame)).toBe('malformed');
    }
  });
});

describe('frames of the wrong sort', () => {
  const { hello: helloFrame, cloud, pending } = shakeHands();

  it('are named for the metric that counts them', () => {
    expect(cloudVerdict(cloud.frame)).toBe('unexpected-type');
    expect(cloudVerdict(new Uint8Array(0))).toBe('malformed');
    expect(cloudVerdict(concatBytes(Uint8Array.of(0x41), helloFrame.slice(1)))).toBe('unknown-version');
    expect(cloudVerdict(concatBytes(Uint8Array.of(0x3f), helloFrame.slice(1)))).toBe('malformed');
    expect(boxVerdict(pending, helloFrame)).toBe('unexpected-type');
    expect(boxVerdict(pending, concatBytes(Uint8Array.of(0x42), cloud.frame.slice(1)))).toBe(
      'unknown-version',
    );
  });

  it('include a WELCOME with a step that was not asked for, or without one that was', () => {
    const stepping = shakeHands({ withStep: true });
    expect(boxVerdict(pending, stepping.cloud.frame)).toBe('malformed');
    expect(boxVerdict(stepping.pending, cloud.frame)).toBe('malformed');
  });

  it('include a WELCOME of a cloud that chose a suite of its own', () => {
    const other = {
      ...nobleCrypto,
      seal: (key: Uint8Array, nonce: Uint8Array, parts: { data: Uint8Array; associated: Uint8Array }) => {
        const data = parts.data.slice();
        data[6] = 2;
        return nobleCrypto.seal(key, nonce, { ...parts, data });
      },
    };
    const answered = answer(helloFrame, { crypto: other });
    expect(answered.kind === 'answered' && boxVerdict(pending, answered.frame)).toBe('downgrade');
  });
});

describe('the first record of a session', () => {
  it('opens at the cloud before anything is stored, and not at the one before it', () => {
    const first = shakeHands();
    const second = shakeHands({ counter: 2, run: 'second' });
    const confirmation = sealRecord(nobleCrypto, second.box.session, new Uint8Array(9));
    if (confirmation.kind === 'refused') throw new Error(confirmation.reason);
    expect(openRecord(nobleCrypto, second.cloud.session, confirmation.frame).kind).toBe('opened');
    expect(openRecord(nobleCrypto, first.cloud.session, confirmation.frame).kind).toBe('refused');
  });
});

describe('a HELLO', () => {
  const options = {
    ...{ boxId: boxNamed('A'), epoch: 0, rootKey: named('root'), counter: 1 },
    ...{ nonce: named('n', 16), firmware: 0, lowestVersion: 1 },
  };

  it.each([
    ['a short nonce', { nonce: named('n', 15) }],
    ['a long nonce', { nonce: named('n', 17) }],
    ['a counter that wrapped', { counter: 2 ** 32 }],
    ['a counter below zero', { counter: -1 }],
    ['an epoch that wrapped', { epoch: 2 ** 32 }],
    ['a fraction as its firmware', { firmware: 1.5 }],
    ['a short step secret', { stepSecret: named('x', 31) }],
  ])('is not made with %s', (_what, wrong) => {
    expect(() => startHello(nobleCrypto, { ...options, ...wrong })).toThrow();
  });
});
