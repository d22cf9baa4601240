// What every entropy source must do. Quality is not tested here: no short test could tell.
import { describe, expect, it } from 'vitest';
import type { Entropy } from '../../src/ports/index.ts';

export function describeEntropy(name: string, make: () => Entropy): void {
  describe(`entropy contract: ${name}`, () => {
    it('gives as many bytes as asked, others each time, in their own memory', () => {
      const entropy = make();
      const first = entropy.read(32);
      const second = entropy.read(32);
      expect([first.length, second.length, entropy.read(0).length]).toEqual([32, 32, 0]);
      expect(second).not.toEqual(first);
      const kept = second.slice();
      first.fill(0);
      expect(second).toEqual(kept);
    });
  });
}
