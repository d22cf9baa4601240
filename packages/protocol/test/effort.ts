// How hard the searching tests search. One for every push; a nightly run multiplies the batches with
// SMARTBOX_TEST_EFFORT=50 and needs no other change.
const asked = Number(process.env.SMARTBOX_TEST_EFFORT ?? '1');

/** @returns `runs` times the asked effort, at least 1 */
export function batch(runs: number): number {
  return Math.max(1, Math.round(runs * (Number.isFinite(asked) && asked > 0 ? asked : 1)));
}
