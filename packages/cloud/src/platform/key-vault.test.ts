// Keys at rest open in their own place, under their own key, unaltered, and nowhere else.

import { describe, expect, it } from 'vitest';
import { seededEntropy } from '../../test/fixed-ports.ts';
import { createKeyVault } from './key-vault.ts';

const keyA = new Uint8Array(32).fill(1);
const keyB = new Uint8Array(32).fill(2);
const place = { tenant: 'ten_1', box: '0123456789ABC', epoch: 7, purpose: 'root-key' };
const secret = new Uint8Array(32).fill(9);
const vaultOf = (...keys: [Uint8Array, ...Uint8Array[]]) =>
  createKeyVault({ keys, entropy: seededEntropy() });

describe('the key vault', () => {
  it('opens what it sealed, and shows nothing of it', () => {
    const vault = vaultOf(keyA);
    const sealed = vault.seal(secret, place);
    expect(vault.open(sealed, place)).toEqual(secret);
    expect(Buffer.from(sealed).includes(Buffer.from(secret))).toBe(false);
  });

  it.each([{ tenant: 'ten_2' }, { box: '0123456789ABD' }, { epoch: 8 }, { purpose: 'recovery-key' }])(
    'opens nothing that was copied to another place: %o (SEC-08)',
    (change) => {
      const vault = vaultOf(keyA);
      expect(() => vault.open(vault.seal(secret, place), { ...place, ...change })).toThrow(
        /altered or belongs elsewhere/,
      );
    },
  );

  it('opens nothing without the key that sealed it, nor anything altered', () => {
    const sealed = vaultOf(keyA).seal(secret, place);
    expect(() => vaultOf(keyB).open(sealed, place)).toThrow(/no key here/);
    for (let index = 0; index < sealed.length; index++) {
      const altered = Uint8Array.from(sealed, (byte, at) => (at === index ? byte ^ 1 : byte));
      expect(() => vaultOf(keyA).open(altered, place)).toThrow(/no key here|altered/);
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(() => vaultOf(keyA).open(sealed.subarray(0, length), place)).toThrow(/no key here|altered/);
    }
  });

  it('still opens what an older key sealed, after the key was changed', () => {
    const sealed = vaultOf(keyA).seal(secret, place);
    const rotated = vaultOf(keyB, keyA);
    expect(rotated.open(sealed, place)).toEqual(secret);
    expect(Buffer.from(rotated.seal(secret, place).subarray(0, 8)).toString('hex')).toBe(rotated.keyId);
    expect(rotated.keyId).toBe(vaultOf(keyB).keyId);
  });

  it('seals the same secret differently each time', () => {
    const vault = vaultOf(keyA);
    expect(vault.seal(secret, place)).not.toEqual(vault.seal(secret, place));
  });
});
