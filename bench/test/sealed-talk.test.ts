// The lean box against the protocol's own cloud side: what it counts as right must be right.
import {
  answerHello,
  type BoxId,
  type DownMessage,
  decodeMessage,
  encodeMessage,
  nobleCrypto,
  openRecord,
  type RootKeys,
  type Session,
  sealRecord,
} from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { createSealedTalk } from '../load/sealed-talk.ts';
import { boxIdOf, codeOf, rootKeyOf } from '../seed/population.ts';

const population = { boxes: 40, codesPerBox: 10 };
const box = 7;

/** The cloud's end of one session with the talk. */
function connect(keys: RootKeys) {
  const talk = createSealedTalk(population, box);
  const answered = answerHello(
    nobleCrypto,
    {
      boxId: boxIdOf(box) as BoxId,
      keys,
      sessionId: new Uint8Array(4).fill(1),
      nonce: new Uint8Array(16).fill(2),
      stepSecret: new Uint8Array(32).fill(3),
      body: { timeMs: 1, settingsVersion: 1, logEnd: 0 },
    },
    talk.begin() as Uint8Array,
  );
  if (answered.kind === 'refused') throw new Error(answered.reason);
  let session: Session = answered.session;
  const hear = (frame: Uint8Array) => {
    const opened = openRecord(nobleCrypto, session, frame);
    if (opened.kind === 'refused') throw new Error(opened.reason);
    session = opened.session;
    return decodeMessage(opened.plaintext, 'up');
  };
  const say = (message: DownMessage): Buffer => {
    const sealed = sealRecord(nobleCrypto, session, encodeMessage(message));
    if (sealed.kind === 'refused') throw new Error(sealed.reason);
    session = sealed.session;
    return Buffer.from(sealed.frame);
  };
  const confirmation = talk.take(Buffer.from(answered.frame));
  if (confirmation.kind !== 'reply') throw new Error(confirmation.kind);
  expect(hear(confirmation.frame).name).toBe('session-confirmed');
  return { talk, hear, say };
}

const claimed: RootKeys = { epoch: 0, rootKey: rootKeyOf(box), counter: 0 };

describe('a lean box', () => {
  it('shakes hands, asks with its own code and knows a right grant from a wrong one', () => {
    const { talk, hear, say } = connect(claimed);
    const first = hear(talk.request());
    if (first.name !== 'access-requested') throw new Error(first.name);
    const { digits, bin } = codeOf(population, box, 0);
    expect(first.body.code).toBe(digits);
    const grant = { request: first.body.request, bin, purpose: 'withdraw', grant: 5 } as const;
    expect(talk.take(say({ name: 'access-granted', body: grant }))).toEqual({ kind: 'answer', right: true });
    talk.request();
    expect(talk.take(say({ name: 'access-granted', body: grant }))).toEqual({ kind: 'answer', right: false });
  });

  it('takes the wrong bin, a refusal and a forged frame for wrong answers', () => {
    const { talk, hear, say } = connect(claimed);
    const asked = hear(talk.request());
    if (asked.name !== 'access-requested') throw new Error(asked.name);
    const { request } = asked.body;
    const wrong = { kind: 'answer', right: false };
    const elsewhere = { request, bin: 200, purpose: 'withdraw', grant: 1 } as const;
    expect(talk.take(say({ name: 'access-granted', body: elsewhere }))).toEqual(wrong);
    talk.request();
    const refusal = { request, reason: 'refused', waitMs: 0 } as const;
    expect(talk.take(say({ name: 'access-refused', body: refusal }))).toEqual(wrong);
    expect(talk.take(Buffer.alloc(60, 0x20))).toEqual(wrong);
  });

  it('hears other messages without taking them for answers', () => {
    const { talk, say } = connect(claimed);
    const acknowledged = { end: 0, hash: new Uint8Array(16) };
    expect(talk.take(say({ name: 'log-acknowledged', body: acknowledged }))).toEqual({ kind: 'nothing' });
  });
});

describe('the population', () => {
  it('has no code twice at one location', () => {
    const codes = Array.from({ length: 20 * population.codesPerBox }, (_, index) =>
      codeOf(population, Math.floor(index / population.codesPerBox), index % population.codesPerBox),
    );
    expect(new Set(codes.map(({ digits }) => digits)).size).toBe(codes.length);
    expect(codes.every(({ digits }) => /^\d{8}$/.test(digits))).toBe(true);
  });
});
