// Ids, labels, topics, claim codes and broker passwords against vectors that Python computed.
import { describe, expect, it } from 'vitest';
import {
  type BoxId,
  boxIdFromBytes,
  boxIdToBytes,
  boxOfUpTopic,
  bytesToHex,
  claimCode,
  downTopic,
  formatLabel,
  mqttPassword,
  nobleCrypto,
  parseBoxId,
  parseLabel,
  upTopic,
} from '../src/index.ts';
import { readGolden } from './read-vectors.ts';

const golden = readGolden<{
  readonly boxes: readonly {
    readonly bytes: Uint8Array;
    readonly boxId: BoxId;
    readonly label: string;
    readonly up: string;
    readonly down: string;
  }[];
  readonly claimCodes: readonly {
    readonly boxId: BoxId;
    readonly factoryKey: Uint8Array;
    readonly nonce: Uint8Array;
    readonly code: string;
  }[];
  readonly passwords: readonly { readonly key: Uint8Array; readonly password: string }[];
}>('identity');

describe('the golden names', () => {
  it.each(golden.boxes)('spell $boxId both ways, on its label and in its topics', (box) => {
    expect(boxIdFromBytes(box.bytes)).toBe(box.boxId);
    expect(bytesToHex(boxIdToBytes(box.boxId))).toBe(bytesToHex(box.bytes));
    expect(parseBoxId(box.boxId)).toBe(box.boxId);
    expect(formatLabel(box.boxId)).toBe(box.label);
    expect(parseLabel(box.label)).toBe(box.boxId);
    expect(upTopic(box.boxId)).toBe(box.up);
    expect(downTopic(box.boxId)).toBe(box.down);
    expect(boxOfUpTopic(box.up)).toBe(box.boxId);
    expect(boxOfUpTopic(box.down)).toBeUndefined();
  });

  it.each(golden.claimCodes)('give the claim code $code', ({ boxId, factoryKey, nonce, code }) => {
    expect(claimCode(nobleCrypto, { boxId, preSharedKey: factoryKey }, nonce)).toBe(code);
  });

  it.each(golden.passwords)('give the broker password $password', ({ key, password }) => {
    expect(mqttPassword(nobleCrypto, key)).toBe(password);
  });
});
