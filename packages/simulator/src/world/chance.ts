// The world’s only source of chance: one 32-bit seed gives one history. Apart from the board’s own
// noise, because an actor must be able to draw without shifting what others draw (`fork`). The generator is
// SplitMix32; it is fast and well mixed, and is no source of secrets.

/** Chance, from a seed. */
export interface Chance {
  /** A number from 0 (inclusive) to 1 (exclusive). */
  fraction(): number;
  /** A whole number from 0 (inclusive) to `end` (exclusive). */
  below(end: number): number;
  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean;
  /** One of `items`, which are not empty. */
  pick<T>(items: readonly T[]): T;
  /** `length` random bytes. */
  bytes(length: number): Uint8Array;
  /** An independent generator: what it draws does not shift what others draw. */
  fork(): Chance;
}

/** @returns chance from `seed`, a 32-bit number */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const below = (end: number): number => Math.floor((next() / 2 ** 32) * end);
  return {
    fraction: () => next() / 2 ** 32,
    below,
    chance: (percent) => (next() / 2 ** 32) * 100 < percent,
    pick: (items) => items[below(items.length)] as (typeof items)[number],
    bytes: (length) => Uint8Array.from({ length }, () => next() & 0xff),
    fork: () => chanceFrom(next()),
  };
}
