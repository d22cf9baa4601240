// Boxes that have lost their mains, for the tests of sleep and of the battery's end.
import type { BoxOutput } from '@smartbox/firmware/core';
import { type BoxAndCloud, claimedBox } from './box-and-cloud.ts';

/** @returns how many latch pulses are among `outputs` */
export function pulses(outputs: readonly BoxOutput[]): number {
  return outputs.filter(({ kind }) => kind === 'release-bin').length;
}

/** The plug is pulled; the battery is as full as the sensors say. */
export function loseMains(pair: BoxAndCloud): void {
  pair.act((board) => board.setSupply({ mains: false }));
}

/** @returns a claimed box that nobody has touched for long */
export function quietBox(): BoxAndCloud {
  const pair = claimedBox();
  pair.wait(600_000);
  return pair;
}
