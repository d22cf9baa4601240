import { boxIdFromBytes } from '@smartbox/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeBoot,
  decodeFactory,
  decodeLogin,
  decodeRecovery,
  decodeRoot,
  encodeBoot,
  encodeFactory,
  encodeLogin,
  encodeRecovery,
  encodeRoot,
} from './records.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });

describe('records', () => {
  it('come back as they were, within 96 bytes', () => {
    fc.assert(
      fc.property(key, key, uint32, fc.uint8Array({ minLength: 8, maxLength: 8 }), (one, two, number, id) => {
        const factory = { boxId: boxIdFromBytes(id), factoryKey: one };
        expect(decodeFactory(encodeFactory(factory))).toEqual(factory);
        const root = { epoch: number, rootKey: one };
        expect(decodeRoot(encodeRoot(root))).toEqual(root);
        const both = { ...root, recoveryKey: two };
        expect(encodeRoot(both).length).toBeLessThanOrEqual(96);
        expect(decodeRoot(encodeRoot(both))).toEqual(both);
        expect(decodeBoot(encodeBoot({ block: number, randomKey: one }))).toEqual({
          block: number,
          randomKey: one,
        });
        expect(decodeRecovery(encodeRecovery(one))).toEqual(one);
      }),
    );
    expect(decodeLogin(encodeLogin('aZ-_09'))).toBe('aZ-_09');
  });

  it('count as absent where they are missing, cut short or of another layout', () => {
    const root = encodeRoot({ epoch: 1, rootKey: new Uint8Array(32) });
    for (const decode of [decodeFactory, decodeRoot, decodeBoot, decodeRecovery, decodeLogin]) {
      expect(decode(undefined)).toBeUndefined();
      expect(decode(new Uint8Array(0))).toBeUndefined();
      expect(decode(new Uint8Array(root.length).fill(2))).toBeUndefined();
    }
    expect(decodeRoot(root.slice(0, -1))).toBeUndefined();
  });
});
