// Writes comma-separated values (RFC 4180) for spreadsheets. A cell that begins like a formula is run by them, whoever wrote
// it: an apostrophe before it makes it a text, and reading takes the apostrophe off again. Pure.

/** What makes Excel read UTF-8. */
export const byteOrderMark = '\ufeff';

const formulaStart = /^'*[=+\-@\t\r]/;

/** @returns one line with its end */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: string): string {
  const text = formulaStart.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @returns whether a spreadsheet would run this cell */
export function isFormula(cell: string): boolean {
  return /^[=+\-@\t\r]/.test(cell);
}

/** @returns the cell without the apostrophe that {@link csvLine} put before it */
export function withoutGuard(cell: string): string {
  return cell.startsWith("'") && formulaStart.test(cell) ? cell.slice(1) : cell;
}
