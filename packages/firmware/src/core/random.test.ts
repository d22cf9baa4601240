import { bytesToHex, nobleCrypto } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { drawRandom, mixRandom, type RandomSource, seedRandom } from './random.ts';

const stuck = new Uint8Array(32);

describe('random source', () => {
  it('never repeats a request over 40 boots, even with a hardware source that is stuck', () => {
    const drawn = new Set<string>();
    let saved: Uint8Array | undefined;
    for (let boot = 1; boot <= 40; boot++) {
      const seeded = seedRandom(nobleCrypto, saved, stuck, boot);
      saved = seeded.savedKey;
      let random = seeded.random;
      for (let count = 0; count < 10; count++) {
        const next = drawRandom(nobleCrypto, random, 8);
        random = next.random;
        drawn.add(bytesToHex(next.bytes));
      }
    }
    expect(drawn.size).toBe(400);
  });

  it('differs between boots even where the next key was never saved', () => {
    const first = drawRandom(nobleCrypto, seedRandom(nobleCrypto, undefined, stuck, 1).random, 16).bytes;
    const second = drawRandom(nobleCrypto, seedRandom(nobleCrypto, undefined, stuck, 2).random, 16).bytes;
    expect(bytesToHex(first)).not.toBe(bytesToHex(second));
  });

  it('gives out what it promises, and keeps no copy of it', () => {
    let random: RandomSource = seedRandom(nobleCrypto, undefined, stuck, 1).random;
    for (const length of [1, 16, 32, 8, 31]) {
      const next = drawRandom(nobleCrypto, random, length);
      expect(next.bytes).toHaveLength(length);
      expect(bytesToHex(next.random.pool)).not.toContain(bytesToHex(next.bytes));
      random = next.random;
    }
  });

  it('is changed by entropy that comes later', () => {
    const { random } = seedRandom(nobleCrypto, undefined, stuck, 1);
    const mixed = mixRandom(nobleCrypto, random, new Uint8Array(16).fill(1));
    expect(drawRandom(nobleCrypto, mixed, 8).bytes).not.toEqual(drawRandom(nobleCrypto, random, 8).bytes);
  });
});
