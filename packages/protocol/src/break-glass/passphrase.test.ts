import { argon2Sync } from 'node:crypto';
import { argon2id } from '@noble/hashes/argon2.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { bytesToHex, hexToBytes } from '../basics/bytes.ts';
import { breakGlassCost, passphraseKey, passphraseToBytes } from './passphrase.ts';

describe('a passphrase', () => {
  it('becomes a key as in RFC 9106, 5.3', () => {
    const key = argon2id(new Uint8Array(32).fill(1), new Uint8Array(16).fill(2), {
      ...{ t: 3, m: 32, p: 4, dkLen: 32 },
      ...{ key: new Uint8Array(8).fill(3), personalization: new Uint8Array(12).fill(4) },
    });
    expect(bytesToHex(key)).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659');
  });

  it('becomes the same key with the Argon2id of OpenSSL, at the cost of a real file', async () => {
    const message = passphraseToBytes('correct horse battery staple');
    const salt = '00112233445566778899aabbccddeeff';
    const native = argon2Sync('argon2id', {
      ...{ message, nonce: hexToBytes(salt), tagLength: 32 },
      ...{
        memory: breakGlassCost.memoryKiB,
        passes: breakGlassCost.passes,
        parallelism: breakGlassCost.lanes,
      },
    });
    expect(bytesToHex(await passphraseKey(message, { ...breakGlassCost, salt }))).toBe(
      native.toString('hex'),
    );
  });

  it('becomes the same key with the Argon2id of OpenSSL, whatever it is and costs', async () => {
    const settings = fc.record({
      memoryKiB: fc.integer({ min: 64, max: 200 }),
      passes: fc.integer({ min: 1, max: 3 }),
      lanes: fc.integer({ min: 1, max: 4 }),
      salt: fc.uint8Array({ minLength: 16, maxLength: 16 }).map(bytesToHex),
    });
    const passphrases = fc.uint8Array({ maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(passphrases, settings, async (message, { memoryKiB, passes, lanes, salt }) => {
        const native = argon2Sync('argon2id', {
          ...{ message, nonce: hexToBytes(salt), tagLength: 32 },
          ...{ memory: memoryKiB, passes, parallelism: lanes },
        });
        const key = await passphraseKey(message, { memoryKiB, passes, lanes, salt });
        expect(bytesToHex(key)).toBe(native.toString('hex'));
      }),
      { numRuns: batch(30) },
    );
  });

  it('tells how far it is', async () => {
    const told: number[] = [];
    const settings = { memoryKiB: 64, passes: 2, lanes: 1, salt: '00'.repeat(16) };
    await passphraseKey(passphraseToBytes('x'), settings, (done) => told.push(done));
    expect(told.at(-1)).toBe(1);
  });

  it.each([
    ['ｃｏｒｒｅｃｔ　ｈｏｒｓｅ', 'correct horse'],
    ['ｶﾞﾗｽを割る', 'ガラスを割る'],
    ['ガラスを割る', 'カ\u3099ラスを割る'],
    ['  sails at dawn\t '.replace('\t', ''), 'sails at dawn'],
  ])('is the same however it is typed: %s', (one, other) => {
    expect(bytesToHex(passphraseToBytes(one))).toBe(bytesToHex(passphraseToBytes(other)));
  });

  it('keeps capitals and small letters apart', () => {
    expect(bytesToHex(passphraseToBytes('Dawn'))).not.toBe(bytesToHex(passphraseToBytes('dawn')));
  });

  it('has no control characters', () => {
    expect(() => passphraseToBytes('a\u0000b')).toThrow('bad-text');
  });
});
