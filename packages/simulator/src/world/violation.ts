// What the world throws when something that must never happen has happened. The invariant's number
// says which promise of ARCHITECTURE.md is broken.

/** I1 to I6 as in ARCHITECTURE.md; `lost-code` and `double-use` belong to I1 and I3. */
export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'lost-code' | 'double-use' | 'crash';

/** A broken promise. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly invariant: Invariant;

  constructor(invariant: Invariant, what: string, options?: { readonly cause: unknown }) {
    super(`${invariant}: ${what}`, options);
    this.invariant = invariant;
  }
}
