import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSecondNetwork, encodeSecondNetwork, isSecondNetwork } from './second-network.ts';

const RECORD_BYTES = 96;
const names = fc.string({ unit: 'binary', minLength: 1, maxLength: 32 }).filter(({ length }) => length <= 32);
const passphrases = fc.stringMatching(/^[0-9]{8,20}$/);

describe('the record of the second network', () => {
  it('keeps any name and any passphrase of digits, within the length of a record', () => {
    fc.assert(
      fc.property(names, passphrases, fc.boolean(), (name, passphrase, proven) => {
        const bytes = encodeSecondNetwork({ name, passphrase, proven });
        expect(bytes.length).toBeLessThanOrEqual(RECORD_BYTES);
        expect(decodeSecondNetwork(bytes)).toEqual({ name, passphrase, proven });
      }),
    );
  });

  it('holds nothing of a network that was removed', () => {
    expect(encodeSecondNetwork(undefined)).toEqual(new Uint8Array([1]));
    expect(decodeSecondNetwork(new Uint8Array([1]))).toBeUndefined();
    expect(decodeSecondNetwork(undefined)).toBeUndefined();
  });

  it('never yields an open network, whatever flash holds (SEC-10)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: RECORD_BYTES }), (bytes) => {
        const network = decodeSecondNetwork(bytes);
        expect(network === undefined || isSecondNetwork(network)).toBe(true);
      }),
    );
    for (const passphrase of ['', '1234567', 'letters!', '1'.repeat(21)]) {
      expect(
        decodeSecondNetwork(encodeSecondNetwork({ name: 'Phone', passphrase, proven: true })),
      ).toBeUndefined();
    }
    expect(
      decodeSecondNetwork(encodeSecondNetwork({ name: '', passphrase: '12345678', proven: true })),
    ).toBeUndefined();
  });
});
