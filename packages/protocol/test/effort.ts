// How hard the searching tests search. One for every push; a nightly run multiplies the batches with
// SMARTBOX_TEST_EFFORT=50 and needs no other change: the time that a test may take grows with them.
import { vi } from 'vitest';

const asked = Number(process.env.SMARTBOX_TEST_EFFORT ?? '1');
const effort = Number.isFinite(asked) && asked > 0 ? asked : 1;

if (effort > 1) vi.setConfig({ testTimeout: 30_000 * effort });

/** @returns `runs` times the asked effort, at least 1 */
export function batch(runs: number): number {
  return Math.max(1, Math.round(runs * effort));
}
