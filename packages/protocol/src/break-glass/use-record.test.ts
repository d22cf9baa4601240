import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { bytesToHex, hexToBytes } from '../basics/bytes.ts';
import { nobleCrypto } from '../secure/noble-crypto.ts';
import {
  type BreakGlassUse,
  challengeHash,
  firstUseHash,
  isSignedBy,
  readUse,
  signUse,
  useHash,
  usePublicKey,
  useToLine,
} from './use-record.ts';

const secret = new Uint8Array(32).fill(0x42);
const publicKey = usePublicKey(secret);
const use: BreakGlassUse = {
  exportId: 'bgx_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
  chain: '0011223344556677',
  sequence: 1,
  previousHash: 'ab'.repeat(32),
  atMs: 1_790_000_000_000,
  kind: 'answer-given',
  boxId: '4ZK7Q1M0P9XWT',
  target: 3,
  challengeHash: challengeHash(nobleCrypto, { boxId: '4ZK7Q1M0P9XWT', challenge: '12345678' }),
};

/** Another value for each field. */
const changes: readonly [keyof BreakGlassUse, Partial<BreakGlassUse>][] = [
  ['exportId', { exportId: 'bgx_019a0c5e7b1a7c3e8f5d2b4a6c8e0f13' }],
  ['chain', { chain: '0011223344556678' }],
  ['sequence', { sequence: 2 }],
  ['previousHash', { previousHash: 'ac'.repeat(32) }],
  ['atMs', { atMs: 1_790_000_000_001 }],
  ['kind', { kind: 'sheet-shown' }],
  ['boxId', { boxId: null }],
  ['target', { target: 0 }],
  ['challengeHash', { challengeHash: null }],
];

describe('the record of a use', () => {
  it('has the public key of RFC 8032, 7.1, test 1', () => {
    const known = hexToBytes('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
    expect(bytesToHex(usePublicKey(known))).toBe(
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    );
  });

  it('comes back from its line, signed', () => {
    const signed = signUse(secret, use);
    const line = useToLine(signed);
    expect(line).not.toContain('\n');
    expect(readUse(line)).toEqual(signed);
    expect(isSignedBy(publicKey, signed)).toBe(true);
  });

  it.each(changes)('is not signed any more when its %s is another', (_field, change) => {
    const signed = signUse(secret, use);
    expect(isSignedBy(publicKey, { ...signed, ...change })).toBe(false);
    expect(useHash(nobleCrypto, { ...signed, ...change })).not.toBe(useHash(nobleCrypto, signed));
  });

  it('names the challenge by a hash that is the box’s own', () => {
    expect(JSON.stringify(signUse(secret, use))).not.toContain('12345678');
    const elsewhere = challengeHash(nobleCrypto, { boxId: '5ZK7Q1M0P9XWT', challenge: '12345678' });
    expect(elsewhere).not.toBe(use.challengeHash);
  });

  it('begins every chain differently', () => {
    const first = firstUseHash(nobleCrypto, use);
    expect(firstUseHash(nobleCrypto, { ...use, chain: '0011223344556678' })).not.toBe(first);
    expect(first).toHaveLength(64);
  });

  it('is not read from a line that was cut anywhere, or that has a field too many', () => {
    const line = useToLine(signUse(secret, use));
    for (let length = 0; length < line.length; length++)
      expect(readUse(line.slice(0, length))).toBeUndefined();
    expect(readUse(line.replace('{', '{"code":"12345678",'))).toBeUndefined();
  });

  it('never throws on a line from outside', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
        expect(readUse(line)).toBeUndefined();
      }),
      { numRuns: batch(300) },
    );
  });
});
