// The handshake, its keys and the first records both ways against vectors that Python computed.
import { describe, expect, it } from 'vitest';
import {
  type Answered,
  answerHello,
  type BoxId,
  bytesToHex,
  confirmKeys,
  finishWelcome,
  nobleCrypto,
  openRecord,
  type RootKeys,
  type Session,
  sealRecord,
  startHello,
  stepRootKey,
  type WelcomeBody,
  type Welcomed,
} from '../src/index.ts';
import { readGolden } from './read-vectors.ts';

interface GoldenRecord {
  readonly direction: 'up' | 'down';
  readonly sequence: number;
  readonly body: Uint8Array;
  readonly frame: Uint8Array;
}
interface GoldenHandshake {
  readonly name: string;
  readonly boxId: BoxId;
  readonly epoch: number;
  readonly rootKey: Uint8Array;
  readonly counter: number;
  readonly boxNonce: Uint8Array;
  readonly firmware: number;
  readonly lowestVersion: number;
  readonly sessionId: Uint8Array;
  readonly cloudNonce: Uint8Array;
  readonly welcome: WelcomeBody;
  readonly boxSecret?: Uint8Array;
  readonly cloudSecret?: Uint8Array;
  readonly helloFrame: Uint8Array;
  readonly welcomeFrame: Uint8Array;
  readonly upKey: Uint8Array;
  readonly downKey: Uint8Array;
  readonly nextRootKey: Uint8Array;
  readonly records: readonly GoldenRecord[];
}

const golden = readGolden<{
  readonly handshakes: readonly GoldenHandshake[];
  readonly steppedRootKeys: readonly Uint8Array[];
}>('handshakes');

describe.each(golden.handshakes)('the golden handshake "$name"', (vector) => {
  const { box, cloud, helloFrame } = shakeHands(vector);

  it('has these two frames', () => {
    expect(bytesToHex(helloFrame)).toBe(bytesToHex(vector.helloFrame));
    expect(bytesToHex(cloud.frame)).toBe(bytesToHex(vector.welcomeFrame));
    expect(box.body).toEqual(vector.welcome);
  });

  it('gives both ends these keys, crosswise', () => {
    expect(keysOf(box.session)).toEqual([bytesToHex(vector.upKey), bytesToHex(vector.downKey)]);
    expect(keysOf(cloud.session)).toEqual([bytesToHex(vector.downKey), bytesToHex(vector.upKey)]);
  });

  it('leaves both with this root key for the next epoch', () => {
    expect(bytesToHex(box.rootKey)).toBe(bytesToHex(vector.nextRootKey));
    expect(box.epoch).toBe(vector.epoch + 1);
    const confirmed: RootKeys = confirmKeys(cloud.keys, cloud.confirmed);
    expect(confirmed).toEqual({ epoch: box.epoch, rootKey: box.rootKey, counter: vector.counter });
  });

  it.each(vector.records)('has this record $sequence $direction', (record) => {
    const [sender, receiver] = record.direction === 'up' ? [box, cloud] : [cloud, box];
    const before = { ...sender.session, sent: record.sequence - 1 };
    const sealed = sealRecord(nobleCrypto, before, record.body);
    expect(sealed.kind === 'sealed' && bytesToHex(sealed.frame)).toBe(bytesToHex(record.frame));
    const opened = openRecord(nobleCrypto, receiver.session, record.frame);
    expect(opened.kind === 'opened' && bytesToHex(opened.plaintext)).toBe(bytesToHex(record.body));
  });
});

describe('the golden root keys', () => {
  it('follow from one another without a message', () => {
    const [first, ...rest] = golden.steppedRootKeys;
    let key = first!;
    for (const expected of rest) {
      key = stepRootKey(nobleCrypto, key);
      expect(bytesToHex(key)).toBe(bytesToHex(expected));
    }
  });
});

function shakeHands(vector: GoldenHandshake): {
  readonly box: Welcomed;
  readonly cloud: Answered;
  readonly helloFrame: Uint8Array;
} {
  const { boxId, epoch, rootKey, counter, firmware, lowestVersion } = vector;
  const { frame, pending } = startHello(nobleCrypto, {
    ...{ boxId, epoch, rootKey, counter, firmware, lowestVersion, nonce: vector.boxNonce },
    ...(vector.boxSecret === undefined ? {} : { stepSecret: vector.boxSecret }),
  });
  const cloud = answerHello(
    nobleCrypto,
    {
      boxId,
      keys: { epoch, rootKey, counter: counter - 1 },
      sessionId: vector.sessionId,
      nonce: vector.cloudNonce,
      stepSecret: vector.cloudSecret ?? new Uint8Array(32).fill(1),
      body: vector.welcome,
    },
    frame,
  );
  if (cloud.kind === 'refused') throw new Error(`the cloud refused: ${cloud.reason}`);
  const box = finishWelcome(nobleCrypto, pending, cloud.frame);
  if (box.kind === 'refused') throw new Error(`the box refused: ${box.reason}`);
  return { box, cloud, helloFrame: frame };
}

function keysOf(session: Session): readonly string[] {
  return [bytesToHex(session.sendKey), bytesToHex(session.receiveKey)];
}
