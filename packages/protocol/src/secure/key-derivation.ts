// How keys come from keys. HKDF (RFC 5869) with this protocol's labels; every label is used for one
// purpose only.
import { asciiToBytes, concatBytes, wipe } from '../basics/bytes.ts';
import { ProtocolError } from '../basics/errors.ts';
import { limits } from '../basics/limits.ts';
import type { CryptoProvider } from './crypto-provider.ts';

const BLOCK_BYTES = 32; // SHA-256
const MOST_BLOCKS = 255; // RFC 5869, 2.3: the counter is one byte

/**
 * HKDF-Expand (RFC 5869, 2.3).
 * @param label ASCII; a caller may add binary context behind it
 * @throws ProtocolError `out-of-range` for more than 255 blocks
 */
export function hkdfExpand(
  crypto: CryptoProvider,
  key: Uint8Array,
  label: string | Uint8Array,
  length: number = limits.keyBytes,
): Uint8Array {
  if (length > MOST_BLOCKS * BLOCK_BYTES) throw new ProtocolError('out-of-range', 'hkdf');
  const info = typeof label === 'string' ? asciiToBytes(label) : label;
  const out = new Uint8Array(length);
  let block: Uint8Array = new Uint8Array(0);
  let offset = 0;
  for (let counter = 1; offset < length; counter++) {
    block = crypto.hmacSha256(key, concatBytes(block, info, new Uint8Array([counter])));
    out.set(block.subarray(0, length - offset), offset);
    offset += block.length;
  }
  wipe(block); // a copy of the key that is returned
  return out;
}

/** HKDF-Extract (RFC 5869, 2.2). */
export function hkdfExtract(crypto: CryptoProvider, salt: Uint8Array, material: Uint8Array): Uint8Array {
  return crypto.hmacSha256(salt, material);
}

/**
 * The next root key without a Diffie-Hellman step. Deterministic, so that a cloud whose database was
 * restored can walk forward to where its box is.
 */
export function stepRootKey(crypto: CryptoProvider, rootKey: Uint8Array): Uint8Array {
  return hkdfExpand(crypto, rootKey, 'SBX1 step');
}

/** The next root key with a Diffie-Hellman step: heals a key that leaked before. */
export function mixRootKey(crypto: CryptoProvider, rootKey: Uint8Array, shared: Uint8Array): Uint8Array {
  const extracted = hkdfExtract(crypto, rootKey, shared);
  const mixed = hkdfExpand(crypto, extracted, 'SBX1 dh step');
  wipe(extracted);
  return mixed;
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The box's password at the broker, from its factory key or from the root key of its claim. */
export function mqttPassword(crypto: CryptoProvider, key: Uint8Array): string {
  const bytes = hkdfExpand(crypto, key, 'SBX1 mqtt', 33); // 33 bytes are 44 base64 characters, no padding
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const group =
      ((bytes[index] as number) << 16) | ((bytes[index + 1] as number) << 8) | (bytes[index + 2] as number);
    for (let shift = 18; shift >= 0; shift -= 6) text += BASE64URL[(group >> shift) & 63];
  }
  return text;
}
