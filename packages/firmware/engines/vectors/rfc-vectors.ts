// The published examples of the standards the protocol rests on, as asks of the device program. A handful, run
// first: when an engine computes wrongly, these say which primitive it is.

export interface Vector {
  readonly name: string;
  readonly ask: Readonly<Record<string, string | number>>;
  /** Hex, or null where the standard asks for a refusal. */
  readonly answer: string | null;
}

const ascii = (text: string): string => Buffer.from(text, 'ascii').toString('hex');

const sunscreen = ascii(
  "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
);
const sealed =
  'd31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b' +
  '1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc' +
  '3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691';
const aead = {
  key: '808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f',
  nonce: '070000004041424344454647',
  associated: '50515253c0c1c2c3c4c5c6c7',
};
const alice = '77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a';
const bobPublic = 'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f';

export const rfcVectors: readonly Vector[] = [
  {
    name: 'SHA-256 of "abc" (FIPS 180-4)',
    ask: { do: 'sha256', data: ascii('abc') },
    answer: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  },
  {
    name: 'SHA-256 of two blocks (FIPS 180-4)',
    ask: { do: 'sha256', data: ascii('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq') },
    answer: '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  },
  {
    name: 'HMAC-SHA-256, RFC 4231 case 2',
    ask: { do: 'hmac', key: ascii('Jefe'), data: ascii('what do ya want for nothing?') },
    answer: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  },
  {
    name: 'HMAC-SHA-256, RFC 4231 case 6: a key longer than a block',
    ask: {
      do: 'hmac',
      key: 'aa'.repeat(131),
      data: ascii('Test Using Larger Than Block-Size Key - Hash Key First'),
    },
    answer: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  },
  {
    name: 'HKDF-SHA-256, RFC 5869 case 1',
    ask: {
      do: 'hkdf',
      material: '0b'.repeat(22),
      salt: '000102030405060708090a0b0c',
      info: 'f0f1f2f3f4f5f6f7f8f9',
      length: 42,
    },
    answer: '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  },
  {
    name: 'ChaCha20-Poly1305 seal, RFC 8439 2.8.2',
    ask: { do: 'seal', ...aead, data: sunscreen },
    answer: sealed,
  },
  {
    name: 'ChaCha20-Poly1305 open, RFC 8439 2.8.2',
    ask: { do: 'open', ...aead, data: sealed },
    answer: sunscreen,
  },
  {
    name: 'ChaCha20-Poly1305 refuses a changed tag',
    ask: { do: 'open', ...aead, data: `${sealed.slice(0, -2)}90` },
    answer: null,
  },
  {
    name: 'X25519, RFC 7748 5.2 first vector',
    ask: {
      do: 'x25519-shared',
      secret: 'a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4',
      publicKey: 'e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c',
    },
    answer: 'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552',
  },
  {
    name: 'X25519, RFC 7748 5.2 second vector',
    ask: {
      do: 'x25519-shared',
      secret: '4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d',
      publicKey: 'e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493',
    },
    answer: '95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957',
  },
  {
    name: 'X25519 public key, RFC 7748 6.1',
    ask: { do: 'x25519-public', secret: alice },
    answer: '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a',
  },
  {
    name: 'X25519 shared secret, RFC 7748 6.1',
    ask: { do: 'x25519-shared', secret: alice, publicKey: bobPublic },
    answer: '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742',
  },
  {
    name: 'X25519 gives nothing for a point of low order',
    ask: { do: 'x25519-shared', secret: alice, publicKey: '00'.repeat(32) },
    answer: null,
  },
];
