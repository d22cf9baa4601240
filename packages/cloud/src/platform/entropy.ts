// The randomness port. Handed in, so that a simulated world draws from its seed; in
// production every byte comes from the operating system's generator.

import { randomBytes } from 'node:crypto';

/** A source of unpredictable bytes. */
export interface Entropy {
  /** A fresh array of `length` random bytes that the caller may keep. */
  bytes(length: number): Uint8Array;
}

/** The operating system's generator. */
export const systemEntropy: Entropy = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
};
