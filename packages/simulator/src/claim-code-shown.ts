// Reads the claim code off a box's display, as an operator does: two groups of four digits on a line.

/** @param lines the display's lines; @returns the 8 digits, or undefined where none are shown */
export function claimCodeShown(lines: readonly string[]): string | undefined {
  for (const line of lines) {
    const groups = /^\s*(\d{4}) (\d{4})\s*$/.exec(line);
    if (groups !== null) return `${groups[1]}${groups[2]}`;
  }
  return undefined;
}
