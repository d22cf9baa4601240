// The cryptography that this protocol needs, as a port: a board with hardware or native code gives
// its own, and must pass the same vectors as the reference in noble-crypto.ts.

/**
 * Primitives. Keys are 32 bytes unless said otherwise, nonces 12, and every other length throws; nothing here keeps state or
 * draws random numbers. Each answer is a new array that the caller may overwrite.
 */
export interface CryptoProvider {
  /** FIPS 180-4. */
  sha256(data: Uint8Array): Uint8Array;
  /** RFC 2104 with SHA-256. */
  hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array;
  /** RFC 2104 with SHA-1 and a key of any length: what authenticator apps speak, and nothing else here does. */
  hmacSha1(key: Uint8Array, data: Uint8Array): Uint8Array;
  /** RFC 8439: ciphertext and 16-byte tag. */
  seal(key: Uint8Array, nonce: Uint8Array, box: SealedParts): Uint8Array;
  /** RFC 8439: the plaintext, or undefined where the tag does not match. */
  open(key: Uint8Array, nonce: Uint8Array, box: SealedParts): Uint8Array | undefined;
  /** RFC 7748: the public key of a secret. */
  x25519Public(secret: Uint8Array): Uint8Array;
  /** RFC 7748, 6.1: the shared secret, or undefined where the peer's key yields zeros. */
  x25519Shared(secret: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined;
}

/** What is encrypted (or decrypted), and what is only authenticated with it. */
export interface SealedParts {
  readonly data: Uint8Array;
  readonly associated: Uint8Array;
}
