// The measures of the printed sheet, in points (1/72 inch), in one place: A4 upright with a margin that every
// printer can reach.

/** The page. */
export const page = { width: 595.28, height: 841.89, margin: 34 } as const;

/** From margin to margin. */
export const column = { left: page.margin, width: page.width - 2 * page.margin } as const;

/** The lines that every page has at its upper and lower edge. */
export const running = { headY: 24, footY: page.height - 36, bottom: page.height - 48, top: 48 } as const;

/** Letters. Digits that are typed are the largest thing on the sheet. */
export const size = {
  code: 17,
  number: 11,
  name: 11,
  text: 9.5,
  small: 8.5,
  bin: 24,
  title: 20,
  sheet: 17,
} as const;

/** The table of bins, and the cells in it. */
export const cell = {
  /** Column of bin, key and fob. */
  keyWidth: 104,
  /** Cells side by side. */
  columns: 2,
  height: 23.5,
  numberWidth: 20,
  /** Between number, tick box and digits. */
  gap: 6,
  tick: 11.5,
  /** Between the two groups of a code. */
  groupGap: 9,
  padding: 6,
} as const;
