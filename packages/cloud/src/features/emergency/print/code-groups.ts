// How digits stand on paper: in groups of four, because a person reads four, types four and looks back.

/** @returns `4821 0917` for `48210917` */
export function groupDigits(code: string): string {
  return code.replace(/\d{4}(?=\d)/g, '$& ');
}
