// How much one import may bring. A row costs up to half a millisecond in which nothing else is answered, nor a
// person at a box.

/** Bounds of one file. */
export const importLimits = {
  /** Rows below the head: at worst half a second of work. */
  rows: 1_000,
  /** 500 bytes a row are more than people write. */
  bytes: 512 * 1_024,
  /** Faults that are told: more are counted only. */
  faults: 200,
} as const;
