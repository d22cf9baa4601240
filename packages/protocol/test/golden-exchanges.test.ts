// Claim and recovery, frame by frame, against vectors that Python computed.
import { describe, expect, it } from 'vitest';
import {
  answerExchange,
  type BoxId,
  bytesToHex,
  type ExchangeKind,
  finishExchange,
  nobleCrypto,
  readExchangeHello,
  startExchange,
} from '../src/index.ts';
import { readGolden } from './read-vectors.ts';

interface GoldenExchange {
  readonly kind: ExchangeKind;
  readonly boxId: BoxId;
  readonly preSharedKey: Uint8Array;
  readonly boxNonce: Uint8Array;
  readonly boxSecret: Uint8Array;
  readonly firmware: number;
  readonly cloudNonce: Uint8Array;
  readonly cloudSecret: Uint8Array;
  readonly recoveryKey: Uint8Array;
  readonly tenantTag: Uint8Array;
  readonly timeMs: number;
  readonly helloFrame: Uint8Array;
  readonly welcomeFrame: Uint8Array;
  readonly rootKey: Uint8Array;
}

const { exchanges } = readGolden<{ readonly exchanges: readonly GoldenExchange[] }>('exchanges');

describe.each(exchanges)('the golden exchange "$kind"', (vector) => {
  const { kind, boxId, preSharedKey, recoveryKey, tenantTag, timeMs } = vector;
  const identity = { kind, boxId, preSharedKey };
  const { frame, pending } = startExchange(nobleCrypto, {
    ...identity,
    nonce: vector.boxNonce,
    secret: vector.boxSecret,
    firmware: vector.firmware,
  });

  it('has this HELLO, which the cloud reads', () => {
    expect(bytesToHex(frame)).toBe(bytesToHex(vector.helloFrame));
    expect(readExchangeHello(nobleCrypto, identity, vector.helloFrame)).toMatchObject({
      kind: 'read',
      nonce: vector.boxNonce,
      firmware: vector.firmware,
    });
  });

  it('has this WELCOME and leaves the cloud with this root key', () => {
    const body = { recoveryKey, tenantTag, timeMs };
    const fresh = { nonce: vector.cloudNonce, secret: vector.cloudSecret };
    const answer = answerExchange(nobleCrypto, { ...identity, ...fresh, body }, vector.helloFrame);
    expect(answer.kind === 'answered' && bytesToHex(answer.frame)).toBe(bytesToHex(vector.welcomeFrame));
    expect(answer.kind === 'answered' && bytesToHex(answer.rootKey)).toBe(bytesToHex(vector.rootKey));
  });

  it('leaves the box with the same root key and with what the cloud told it', () => {
    expect(finishExchange(nobleCrypto, pending, vector.welcomeFrame)).toEqual({
      kind: 'finished',
      ...{ recoveryKey, tenantTag, timeMs },
      rootKey: vector.rootKey,
    });
  });
});
