// Pseudo-random numbers from a seed (mulberry32), for the model of the hardware: contact bounce, torn flash
// cells, network delays. Never for keys. The same seed gives the same box, so that a failure can be replayed.

export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** @returns an integer from 0 to 2^32 - 1 */
  uint32(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** @returns a number from 0 up to but without 1 */
  fraction(): number {
    return this.uint32() / 2 ** 32;
  }

  byte(): number {
    return this.uint32() >>> 24;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.byte());
  }

  /** @returns an integer from 0 up to but without `bound` */
  below(bound: number): number {
    return Math.floor(this.fraction() * bound);
  }
}
