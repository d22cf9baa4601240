// The operations of the protocol at the sizes that it uses, each as a function of a provider, so that two providers
// run exactly the same.
import { type CryptoProvider, hkdfExpand } from '@smartbox/protocol';

/** One operation. */
export interface Operation {
  readonly name: string;
  /** Counts for the goal: done for every message. The others are for a claim or once a day. */
  readonly perMessage: boolean;
  /** @returns something that both providers must agree on */
  run(crypto: CryptoProvider): Uint8Array | undefined;
}

const key = new Uint8Array(32).fill(7);
const nonce = new Uint8Array(12).fill(9);
const associated = new Uint8Array(24).fill(3);
const peer = new Uint8Array(32).fill(5);

/** All operations; `reference` seals what the opening ones open. */
export function operations(reference: CryptoProvider): readonly Operation[] {
  const seal = (bytes: number): Operation => {
    const data = new Uint8Array(bytes).fill(1);
    return {
      name: `ChaCha20-Poly1305 seal ${bytes} B`,
      perMessage: true,
      run: (crypto) => crypto.seal(key, nonce, { data, associated }),
    };
  };
  const open = (bytes: number): Operation => {
    const sealed = reference.seal(key, nonce, { data: new Uint8Array(bytes).fill(1), associated });
    return {
      name: `ChaCha20-Poly1305 open ${bytes} B`,
      perMessage: true,
      run: (crypto) => crypto.open(key, nonce, { data: sealed, associated }),
    };
  };
  const data = new Uint8Array(64).fill(2);
  return [
    ...[64, 128, 256, 512].map(seal),
    ...[64, 512].map(open),
    { name: 'HMAC-SHA-256 64 B', perMessage: true, run: (crypto) => crypto.hmacSha256(key, data) },
    { name: 'SHA-256 64 B', perMessage: true, run: (crypto) => crypto.sha256(data) },
    { name: 'HKDF-Expand 32 B', perMessage: true, run: (crypto) => hkdfExpand(crypto, key, 'bench') },
    {
      name: 'X25519 shared secret',
      perMessage: false,
      run: (crypto) => crypto.x25519Shared(key, peer),
    },
  ];
}
