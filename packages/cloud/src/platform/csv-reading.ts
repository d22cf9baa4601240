// Reads comma-separated values (RFC 4180) strictly: whatever a spreadsheet program would have to guess is a fault with its
// place. Semicolons and tabs part cells too, where the first line uses them. Pure.

/** What is wrong with the text as such. Rows and columns count from 1, as a spreadsheet shows them. */
export interface CsvFault {
  readonly row: number;
  readonly column: number;
  /** A quote within a cell that does not begin with one; text after a closing quote; a quote that never closes. */
  readonly code: 'stray-quote' | 'text-after-quote' | 'open-quote';
}

/** A table of texts. */
export interface CsvTable {
  readonly separator: ',' | ';' | '\t';
  readonly rows: readonly (readonly string[])[];
  readonly faults: readonly CsvFault[];
}

/**
 * @param text without a byte order mark
 * @param rowsAtMost after so many rows nothing is read any more
 */
export function readCsv(text: string, rowsAtMost = Number.POSITIVE_INFINITY): CsvTable {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  const faults: CsvFault[] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length && rows.length < rowsAtMost) {
    const place = { row: rows.length + 1, column: row.length + 1 };
    const cell = text[at] === '"' ? readQuoted(text, at, separator) : readPlain(text, at, separator);
    if (cell.code !== undefined) faults.push({ ...place, code: cell.code });
    row.push(cell.value);
    at = cell.end;
    if (text[at] === separator) {
      at += 1;
      // A separator at the very end has an empty cell behind it.
      if (at === text.length) row.push('');
      else continue;
    } else at += text.startsWith('\r\n', at) ? 2 : 1;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return { separator, rows, faults };
}

interface Cell {
  readonly value: string;
  /** Where the separator, the line's end or the text's end stands. */
  readonly end: number;
  readonly code?: CsvFault['code'];
}

function readPlain(text: string, start: number, separator: string): Cell {
  const end = endOfCell(text, start, separator);
  const value = text.slice(start, end);
  return { value, end, ...(value.includes('"') ? { code: 'stray-quote' as const } : {}) };
}

function readQuoted(text: string, start: number, separator: string): Cell {
  let close = text.indexOf('"', start + 1);
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close === -1) return { value: '', end: text.length, code: 'open-quote' };
  const value = text.slice(start + 1, close).replaceAll('""', '"');
  const end = endOfCell(text, close + 1, separator);
  return { value, end, ...(end === close + 1 ? {} : { code: 'text-after-quote' as const }) };
}

function endOfCell(text: string, start: number, separator: string): number {
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === separator || character === '\n' || character === '\r') return at;
  }
  return text.length;
}

const separators = [',', ';', '\t'] as const;

const headLength = 10_000;

// The one that the first line has most of, outside of quotes.
function separatorOf(text: string): CsvTable['separator'] {
  const line =
    /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text.slice(0, headLength))?.[0].replaceAll(/"(?:[^"]|"")*"/g, '') ??
    '';
  const counts = separators.map((one) => line.split(one).length);
  return separators[counts.indexOf(Math.max(...counts))] ?? ',';
}
