// What the world throws when something that must never happen has happened. The invariant's number
// says which promise of ARCHITECTURE.md is broken.

/** I1 to I9 as in ARCHITECTURE.md; `lost-code` and `double-use` belong to I1 and I3. */
export type Invariant = `I${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}` | 'lost-code' | 'double-use' | 'crash';

/** A broken promise. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly invariant: Invariant;

  constructor(invariant: Invariant, what: string, options?: { readonly cause: unknown }) {
    super(`${invariant}: ${what}`, options);
    this.invariant = invariant;
  }
}
