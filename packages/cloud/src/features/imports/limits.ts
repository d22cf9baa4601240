// How much one import may bring. A row costs about 0.1 ms while nothing else is answered: a person at a box waits for the
// rest of it.

/** Bounds of one file. */
export const importLimits = {
  /** Rows below the head: a quarter of a second of work. */
  rows: 2_000,
  /** 250 bytes a row are more than people write. */
  bytes: 512 * 1_024,
  /** Faults that are told: more are counted only. */
  faults: 200,
} as const;
