// The entropy port from a seed, so that a simulated run repeats byte for byte. It protects nothing.
import type { Entropy } from '../ports/index.ts';
import { SeededRandom } from './seeded-random.ts';

export class SeededEntropy implements Entropy {
  readonly #random: SeededRandom;

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
  }

  read(byteLength: number): Uint8Array {
    return this.#random.bytes(byteLength);
  }
}
