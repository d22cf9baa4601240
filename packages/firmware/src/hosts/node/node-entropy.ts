// The entropy port by the operating system's generator.
import { randomBytes } from 'node:crypto';
import type { Entropy } from '../../ports/index.ts';

export const nodeEntropy: Entropy = {
  read: (byteLength) => new Uint8Array(randomBytes(byteLength)),
};
