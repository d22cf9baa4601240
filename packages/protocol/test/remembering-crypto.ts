// A provider that remembers its Diffie-Hellman answers: a search asks for the same few thousands of
// times, and each costs a millisecond.
import { bytesToHex, type CryptoProvider } from '../src/index.ts';

/** @returns `provider` with X25519 computed once for each input */
export function remembering(provider: CryptoProvider): CryptoProvider {
  const publics = new Map<string, Uint8Array>();
  const secrets = new Map<string, Uint8Array | undefined>();
  return {
    ...provider,
    x25519Public(secret) {
      const key = bytesToHex(secret);
      const known = publics.get(key) ?? provider.x25519Public(secret);
      publics.set(key, known);
      return known.slice(); // callers may overwrite what they get
    },
    x25519Shared(secret, publicKey) {
      const key = `${bytesToHex(secret)},${bytesToHex(publicKey)}`;
      if (!secrets.has(key)) secrets.set(key, provider.x25519Shared(secret, publicKey));
      return secrets.get(key)?.slice();
    },
  };
}
