// Random bytes that never repeat, even where the hardware source is stuck. A key lives in flash and evolves at
// every boot; whatever entropy the board offers is mixed in, but uniqueness does not rest on it. Order that
// matters: the next boot's key is saved (record `boot`) before anything drawn from this one leaves the box.
import { asciiToBytes, type CryptoProvider, concatBytes, uint32ToBytes } from '@smartbox/protocol';

export interface RandomSource {
  readonly key: Uint8Array;
  /** Drawn but not given out yet. */
  readonly pool: Uint8Array;
}

const BOOT = asciiToBytes('SBX1 random boot');
const SAVED = asciiToBytes('SBX1 random saved');
const MIX = asciiToBytes('SBX1 random mix');
const OUT = asciiToBytes('SBX1 random out');
const NEXT = asciiToBytes('SBX1 random next');
const NOTHING = new Uint8Array(0);

/**
 * Starts a boot's source.
 * @param savedKey the key in flash, or undefined in the very first boot
 * @param fresh 32 bytes of the hardware source
 * @param block number of this boot's hello block: differs in every boot
 * @returns the source, and the key to save before anything is drawn
 */
export function seedRandom(
  crypto: CryptoProvider,
  savedKey: Uint8Array | undefined,
  fresh: Uint8Array,
  block: number,
): { readonly random: RandomSource; readonly savedKey: Uint8Array } {
  const key = crypto.hmacSha256(
    savedKey ?? new Uint8Array(32),
    concatBytes(BOOT, uint32ToBytes(block), fresh),
  );
  return { random: { key, pool: NOTHING }, savedKey: crypto.hmacSha256(key, SAVED) };
}

/** Mixes in entropy that came later. What an attacker chose here takes nothing away. */
export function mixRandom(crypto: CryptoProvider, random: RandomSource, entropy: Uint8Array): RandomSource {
  return { key: crypto.hmacSha256(random.key, concatBytes(MIX, entropy)), pool: NOTHING };
}

/** @returns `length` bytes, at most 32, and the source without them */
export function drawRandom(
  crypto: CryptoProvider,
  random: RandomSource,
  length: number,
): { readonly bytes: Uint8Array; readonly random: RandomSource } {
  let { key, pool } = random;
  if (pool.length < length) {
    pool = crypto.hmacSha256(key, OUT);
    // The key that made the pool is gone with it: state read later does not tell what was drawn before.
    key = crypto.hmacSha256(key, NEXT);
  }
  return { bytes: pool.slice(0, length), random: { key, pool: pool.slice(length) } };
}
