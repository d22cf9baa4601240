// Half of the seeds that every run plays; the other half is a file of its own so that both processors work.
import { describe, expect, it } from 'vitest';
import { halfOfSeeds, playSeeds } from '../test/many-worlds.ts';

describe('many worlds, the second half', () => {
  it('keeps its promises I1 to I9 in every one of them', { timeout: 1_200_000 }, async () => {
    expect(await playSeeds(halfOfSeeds(1))).toEqual([]);
  });
});
