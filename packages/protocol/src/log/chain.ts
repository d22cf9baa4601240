// What makes the box's log tamper-evident. Each entry's hash covers the one before, so nothing can
// be dropped or changed in the middle; each entry's authenticator is made with a key that is
// replaced by its own hash afterwards, so that whoever takes the box today cannot rewrite
// yesterday (Schneier and Kelsey, "Secure Audit Logs to Support Computer Forensics", 1999).
import { asciiToBytes, concatBytes } from '../basics/bytes.ts';
import { limits } from '../basics/limits.ts';
import type { CryptoProvider } from '../secure/crypto-provider.ts';
import { hkdfExpand } from '../secure/key-derivation.ts';

const STEP = asciiToBytes('SBX1 log key step');

/** @returns the hash before the first entry: zeros */
export function genesisHash(): Uint8Array {
  return new Uint8Array(limits.logHashBytes);
}

/** @returns the chain hash after this entry */
export function chainHash(crypto: CryptoProvider, previous: Uint8Array, entry: Uint8Array): Uint8Array {
  return crypto.sha256(concatBytes(previous, entry)).slice(0, limits.logHashBytes);
}

/** @returns the authenticator of one entry under the key of its sequence number */
export function entryMac(crypto: CryptoProvider, logKey: Uint8Array, entry: Uint8Array): Uint8Array {
  return crypto.hmacSha256(logKey, entry).slice(0, limits.logHashBytes);
}

/** @returns the key for the next sequence number; the old one must be forgotten */
export function nextLogKey(crypto: CryptoProvider, logKey: Uint8Array): Uint8Array {
  return crypto.sha256(concatBytes(STEP, logKey));
}

/** @returns the key of the first entry after a claim, from the root key that the claim agreed on */
export function firstLogKey(crypto: CryptoProvider, rootKey: Uint8Array): Uint8Array {
  return hkdfExpand(crypto, rootKey, 'SBX1 log', limits.keyBytes);
}
