import {
  answerHello,
  boxIdFromBytes,
  nobleCrypto,
  type RootKeys,
  type Session,
  sealRecord,
} from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { boxLimits } from './limits.ts';
import {
  firmwareNumber,
  greet,
  heartbeatAnswered,
  heartbeatSent,
  isHeartbeatDue,
  isHelloDue,
  needsBlock,
  newSession,
  openFrame,
  type SessionState,
  sealMessage,
  sessionDueMs,
  takeWelcome,
  tickSession,
  withBlock,
} from './session.ts';

const boxId = boxIdFromBytes(new Uint8Array(8));
const rootKey = new Uint8Array(32).fill(1);
const fresh = { boxId, firmware: 1, nonce: new Uint8Array(16), stepSecret: undefined, nowMs: 0 };

function answer(frame: Uint8Array, counter = 0): { frame: Uint8Array; session: Session; next: RootKeys } {
  const answered = answerHello(
    nobleCrypto,
    {
      boxId,
      keys: { epoch: 0, rootKey, counter },
      sessionId: new Uint8Array(4),
      nonce: new Uint8Array(16).fill(2),
      stepSecret: new Uint8Array(32).fill(5),
      body: { timeMs: 5, settingsVersion: 0, logEnd: 0 },
    },
    frame,
  );
  if (answered.kind === 'refused') throw new RangeError(answered.reason);
  return { frame: answered.frame, session: answered.session, next: answered.confirmed };
}

function live(stepSecret?: Uint8Array): { state: SessionState; cloud: Session; next: RootKeys } {
  const greeted = greet(nobleCrypto, newSession({ epoch: 0, rootKey }, 1, 0), { ...fresh, stepSecret });
  const cloud = answer(greeted.frame);
  const taken = takeWelcome(nobleCrypto, greeted.state, { frame: cloud.frame, nowMs: 100 });
  if (taken.kind === 'refused') throw new RangeError(taken.reason);
  return { state: taken.state, cloud: cloud.session, next: cloud.next };
}

describe('session', () => {
  it('counts its HELLOs up from the block that the boot took', () => {
    let state = newSession({ epoch: 0, rootKey }, 7, 0);
    const counters: number[] = [];
    for (let count = 0; count < 3; count++) {
      const greeted = greet(nobleCrypto, state, fresh);
      if (greeted.state.phase.kind === 'greeting') counters.push(greeted.state.phase.pending.counter);
      state = greeted.state;
    }
    expect(counters).toEqual([7 * 256, 7 * 256 + 1, 7 * 256 + 2]);
    expect(needsBlock({ ...state, attempt: boxLimits.hellosPerBlock })).toBe(true);
    expect(needsBlock(withBlock({ ...state, attempt: boxLimits.hellosPerBlock }, 8))).toBe(false);
    expect(boxLimits.helloBlocks * boxLimits.hellosPerBlock + boxLimits.hellosPerBlock - 1).toBe(0xffff_ffff);
  });

  it('holds the next root key after a WELCOME, the one that the cloud holds', () => {
    const plain = live();
    expect(plain.state.root).toEqual({ epoch: 1, rootKey: plain.next.rootKey });
    const stepped = live(new Uint8Array(32).fill(8));
    expect(stepped.state.root).toEqual({ epoch: 1, rootKey: stepped.next.rootKey });
    expect(stepped.state.root.rootKey).not.toEqual(plain.state.root.rootKey);
    expect(stepped.state.keyStepDueMs).toBe(100 + boxLimits.keyStepEveryMs);
    expect(plain.state.keyStepDueMs).toBe(boxLimits.firstKeyStepMs);
  });

  it('takes no WELCOME that it did not ask for, and none twice (SEC-08)', () => {
    const greeted = greet(nobleCrypto, newSession({ epoch: 0, rootKey }, 1, 0), fresh);
    const cloud = answer(greeted.frame);
    const idle = newSession({ epoch: 0, rootKey }, 1, 0);
    expect(takeWelcome(nobleCrypto, idle, { frame: cloud.frame, nowMs: 1 }).kind).toBe('refused');
    const other = greet(nobleCrypto, greeted.state, { ...fresh, nonce: new Uint8Array(16).fill(9) });
    expect(takeWelcome(nobleCrypto, other.state, { frame: cloud.frame, nowMs: 1 }).kind).toBe('refused');
    const taken = takeWelcome(nobleCrypto, greeted.state, { frame: cloud.frame, nowMs: 1 });
    if (taken.kind !== 'live') throw new RangeError(taken.reason);
    expect(takeWelcome(nobleCrypto, taken.state, { frame: cloud.frame, nowMs: 2 }).kind).toBe('refused');
  });

  it('opens what the cloud sealed, once', () => {
    const { state, cloud } = live();
    const sealed = sealRecord(nobleCrypto, cloud, new Uint8Array([1]));
    if (sealed.kind === 'refused') throw new RangeError(sealed.reason);
    const opened = openFrame(nobleCrypto, state, sealed.frame);
    if (opened.kind === 'refused') throw new RangeError(opened.reason);
    expect(opened.plaintext).toEqual(new Uint8Array([1]));
    expect(openFrame(nobleCrypto, opened.state, sealed.frame)).toEqual({
      kind: 'refused',
      reason: 'replayed',
    });
  });

  it('sends nothing without a session', () => {
    const message = { name: 'log-reported', body: { first: 1, entries: [new Uint8Array(48)] } } as const;
    expect(sealMessage(nobleCrypto, newSession({ epoch: 0, rootKey }, 1, 0), message).kind).toBe('refused');
  });

  it('asks for an answer every 20 s, and shakes hands again within 30 s of the last one', () => {
    const { state } = live();
    expect(isHeartbeatDue(state, 20_099)).toBe(false);
    expect(isHeartbeatDue(state, 20_100)).toBe(true);
    const asked = heartbeatSent(state, 20_100);
    expect(isHeartbeatDue(asked, 99_999)).toBe(false);
    const answered = heartbeatAnswered(asked);
    expect(answered.sentMs).toBe(20_100);
    expect(heartbeatAnswered(answered.state).sentMs).toBeUndefined();
    expect(sessionDueMs(answered.state)).toBe(40_100);
    expect(tickSession(asked, 28_099).phase.kind).toBe('live');
    const dead = tickSession(asked, 28_100);
    expect(isHelloDue(dead, 28_100)).toBe(true);
    expect(28_100 - 100).toBeLessThanOrEqual(30_000);
  });

  it('gives up a HELLO after 8 s and tries again after a short pause', () => {
    const greeted = greet(nobleCrypto, newSession({ epoch: 0, rootKey }, 1, 0), fresh);
    expect(tickSession(greeted.state, 7_999).phase.kind).toBe('greeting');
    const lost = tickSession(greeted.state, 8_000);
    expect(lost).toMatchObject({
      unanswered: 1,
      unansweredHere: 1,
      phase: { kind: 'none', helloDueMs: 10_000 },
    });
  });

  it('tells its firmware as one number', () => {
    expect(firmwareNumber('1.2.3')).toBe(0x0102_0003);
    expect(firmwareNumber('dev')).toBe(0);
    expect(firmwareNumber('999.999.99999')).toBe(0xffff_ffff);
  });
});
