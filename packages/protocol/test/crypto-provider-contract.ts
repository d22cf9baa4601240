// What every CryptoProvider owes its callers, as a suite that takes the provider: the reference, the
// one on OpenSSL, and any that a board brings on native code run the same.
import { describe, expect, it } from 'vitest';
import { asciiToBytes, bytesToHex, type CryptoProvider, hexToBytes, limits } from '../src/index.ts';
import { lowOrderPoints } from './low-order-points.ts';
import { wycheproofSets } from './wycheproof-sets.ts';

const KEY = new Uint8Array(32).map((_, index) => index * 7);
const NONCE = new Uint8Array(12).map((_, index) => index + 1);
const PARTS = { data: new Uint8Array(40).fill(0x42), associated: new Uint8Array(9).fill(0x17) };

const ascii = (text: string) => bytesToHex(asciiToBytes(text));

/** RFC 2202, 3: keys shorter than, as long as and longer than the 64 bytes of a block. */
const rfc2202 = [
  { key: '0b'.repeat(20), data: ascii('Hi There'), mac: 'b617318655057264e28bc0b6fb378c8ef146be00' },
  {
    key: ascii('Jefe'),
    data: ascii('what do ya want for nothing?'),
    mac: 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79',
  },
  { key: 'aa'.repeat(20), data: 'dd'.repeat(50), mac: '125d7342b9ac11cd91a39af48aa17b4f63f175d3' },
  {
    key: '0102030405060708090a0b0c0d0e0f10111213141516171819',
    data: 'cd'.repeat(50),
    mac: '4c9007f4026250c6bc8414f9bf50c86c2d7235da',
  },
  {
    key: '0c'.repeat(20),
    data: ascii('Test With Truncation'),
    mac: '4c1a03424b55e07fe7f27be1d58bb9324a9a5a04',
  },
  {
    key: 'aa'.repeat(80),
    data: ascii('Test Using Larger Than Block-Size Key - Hash Key First'),
    mac: 'aa4ae5e15272d00e95705637ce8a3b55ed402112',
  },
  {
    key: 'aa'.repeat(80),
    data: ascii('Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data'),
    mac: 'e8e99d0f45237d786d6bbaa7965c7808bbff1a91',
  },
].map((row, index) => ({ name: `case ${index + 1}`, ...row }));

/** Declares the contract's tests. @param name how the provider is called in the report */
export function cryptoProviderContract(name: string, provider: CryptoProvider): void {
  describe(`${name} as a CryptoProvider`, () => {
    wycheproofSets(provider);
    rightAnswers(provider);
    refusals(provider);
    mistakes(provider);
    memory(provider);
  });
}

function rightAnswers(provider: CryptoProvider): void {
  it('hashes as FIPS 180-4 says', () => {
    expect(bytesToHex(provider.sha256(new Uint8Array(0)))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(bytesToHex(provider.sha256(hexToBytes('616263')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it.each(rfc2202)('authenticates with SHA-1 as in RFC 2202, $name', ({ key, data, mac }) => {
    expect(bytesToHex(provider.hmacSha1(hexToBytes(key), hexToBytes(data)))).toBe(mac);
  });

  it('agrees on a secret from both ends, as in RFC 7748, 6.1', () => {
    const alice = hexToBytes('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a');
    const bob = hexToBytes('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb');
    const shared = '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742';
    expect(bytesToHex(provider.x25519Shared(alice, provider.x25519Public(bob))!)).toBe(shared);
    expect(bytesToHex(provider.x25519Shared(bob, provider.x25519Public(alice))!)).toBe(shared);
  });

  it('opens what it sealed, 16 bytes longer than the data, for every length up to three blocks', () => {
    for (let length = 0; length <= 130; length++) {
      const parts = { data: new Uint8Array(length).fill(length), associated: new Uint8Array(length % 40) };
      const sealed = provider.seal(KEY, NONCE, parts);
      expect(sealed.length).toBe(length + limits.tagLengthBytes);
      const opened = provider.open(KEY, NONCE, { ...parts, data: sealed });
      expect(bytesToHex(opened!)).toBe(bytesToHex(parts.data));
    }
  });
}

function refusals(provider: CryptoProvider): void {
  it('opens nothing of which one bit was flipped, in the data, the tag or beside them (SEC-07)', () => {
    const sealed = provider.seal(KEY, NONCE, PARTS);
    const open = (key: Uint8Array, nonce: Uint8Array, associated: Uint8Array, data: Uint8Array) =>
      provider.open(key, nonce, { data, associated });
    expect(open(KEY, NONCE, PARTS.associated, sealed)).toBeDefined();
    for (const changed of flips(sealed)) expect(open(KEY, NONCE, PARTS.associated, changed)).toBeUndefined();
    for (const changed of flips(KEY)) expect(open(changed, NONCE, PARTS.associated, sealed)).toBeUndefined();
    for (const changed of flips(NONCE)) expect(open(KEY, changed, PARTS.associated, sealed)).toBeUndefined();
    for (const changed of flips(PARTS.associated)) expect(open(KEY, NONCE, changed, sealed)).toBeUndefined();
  });

  it('opens nothing that was cut, down to no byte at all', () => {
    const sealed = provider.seal(KEY, NONCE, PARTS);
    for (let length = 0; length < sealed.length; length++) {
      expect(provider.open(KEY, NONCE, { ...PARTS, data: sealed.slice(0, length) })).toBeUndefined();
    }
  });

  it('gives no secret for any of the points of low order', () => {
    for (const point of lowOrderPoints) expect(provider.x25519Shared(KEY, point)).toBeUndefined();
  });
}

function mistakes(provider: CryptoProvider): void {
  it('throws on keys and nonces of the wrong length instead of calling it a forgery', () => {
    for (const length of [0, 16, 31, 33]) {
      const wrong = new Uint8Array(length).fill(9);
      expect(() => provider.seal(wrong, NONCE, PARTS)).toThrow();
      expect(() => provider.open(wrong, NONCE, PARTS)).toThrow();
      expect(() => provider.x25519Public(wrong)).toThrow();
      expect(() => provider.x25519Shared(wrong, KEY)).toThrow();
      expect(() => provider.x25519Shared(KEY, wrong)).toThrow();
    }
    for (const length of [0, 8, 11, 13, 24]) {
      expect(() => provider.seal(KEY, new Uint8Array(length), PARTS)).toThrow();
      expect(() => provider.open(KEY, new Uint8Array(length), PARTS)).toThrow();
    }
  });
}

function memory(provider: CryptoProvider): void {
  const calls: readonly (readonly [string, () => Uint8Array])[] = [
    ['sha256', () => provider.sha256(KEY)],
    ['hmacSha256', () => provider.hmacSha256(KEY, NONCE)],
    ['hmacSha1', () => provider.hmacSha1(KEY, NONCE)],
    ['seal', () => provider.seal(KEY, NONCE, PARTS)],
    ['open', () => provider.open(KEY, NONCE, { ...PARTS, data: provider.seal(KEY, NONCE, PARTS) })!],
    ['x25519Public', () => provider.x25519Public(KEY)],
    ['x25519Shared', () => provider.x25519Shared(KEY, provider.x25519Public(NINES))!],
  ];
  const NINES = new Uint8Array(32).fill(9);

  it.each(calls)(
    '%s answers with an array that the caller may overwrite, and leaves its inputs',
    (_, call) => {
      const inputs = [KEY, NONCE, PARTS.data, PARTS.associated];
      const before = inputs.map(bytesToHex);
      const first = call();
      const copy = bytesToHex(first);
      first.fill(0);
      expect(bytesToHex(call())).toBe(copy);
      expect(inputs.map(bytesToHex)).toEqual(before);
    },
  );

  it('reads views that start in the middle of a buffer', () => {
    const shifted = (bytes: Uint8Array) => {
      const wide = new Uint8Array(bytes.length + 10).fill(0xee);
      wide.set(bytes, 5);
      return wide.subarray(5, 5 + bytes.length);
    };
    const parts = { data: shifted(PARTS.data), associated: shifted(PARTS.associated) };
    const sealed = provider.seal(shifted(KEY), shifted(NONCE), parts);
    expect(bytesToHex(sealed)).toBe(bytesToHex(provider.seal(KEY, NONCE, PARTS)));
    const opened = provider.open(shifted(KEY), shifted(NONCE), { ...parts, data: shifted(sealed) });
    expect(bytesToHex(opened!)).toBe(bytesToHex(PARTS.data));
    expect(bytesToHex(provider.sha256(shifted(KEY)))).toBe(bytesToHex(provider.sha256(KEY)));
    expect(bytesToHex(provider.hmacSha256(shifted(KEY), shifted(NONCE)))).toBe(
      bytesToHex(provider.hmacSha256(KEY, NONCE)),
    );
    expect(bytesToHex(provider.hmacSha1(shifted(KEY), shifted(NONCE)))).toBe(
      bytesToHex(provider.hmacSha1(KEY, NONCE)),
    );
    expect(bytesToHex(provider.x25519Public(shifted(KEY)))).toBe(bytesToHex(provider.x25519Public(KEY)));
  });
}

/** Every copy of `bytes` with one bit changed. */
function flips(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const copy = bytes.slice();
    copy[bit >> 3] = copy[bit >> 3]! ^ (1 << (bit & 7));
    return copy;
  });
}
