// From the bytes of a file to what each of its rows comes to. Nothing is changed here.

import { readCsv } from '../../platform/csv-reading.ts';
import { type CloudError, invalidField } from '../../platform/errors.ts';
import { type Column, readHead } from './column.ts';
import { decodeText, type TextEncoding } from './decode-text.ts';
import { faultOf, type PlacedFault } from './fault.ts';
import type { Judged } from './judge.ts';
import { importLimits } from './limits.ts';
import { type Cells, isBlank, readRow } from './row.ts';

/** A file, looked at. */
export interface TakenFile {
  readonly encoding: TextEncoding;
  readonly separator: ',' | ';' | '\t';
  /** The head as it is written. */
  readonly head: readonly string[];
  /** Column, from 1, of each field that the file has. */
  readonly columns: Readonly<Record<string, number>>;
  /** Rows without fault, in their order. */
  readonly rows: readonly { readonly row: number; readonly judged: Exclude<Judged, { outcome: 'faulty' }> }[];
  /** How many rows there are below the head, blank ones apart. */
  readonly count: number;
  readonly faults: readonly PlacedFault[];
}

/** @throws CloudError when the file is no list at all */
export function takeFile(
  bytes: Uint8Array,
  columns: readonly Column[],
  judge: (rowNumber: number, cells: Cells) => Judged,
): TakenFile {
  const decoded = decodeText(bytes);
  if (decoded === undefined) throw notText();
  const table = readCsv(decoded.text, importLimits.rows + 2);
  const [head, ...below] = table.rows;
  if (head === undefined || isBlank(head)) throw empty();
  if (below.length > importLimits.rows) throw tooManyRows();
  const { layout, faults: headFaults } = readHead(head, columns);
  const file = {
    ...{ encoding: decoded.encoding, separator: table.separator, head },
    columns: Object.fromEntries([...layout].map(([field, index]) => [field, index + 1])),
    count: below.filter((raw) => !isBlank(raw)).length,
  };
  const torn = table.faults.map(({ row, column, code }) => ({ ...faultOf(code, null), row, column }));
  // Under a wrong head each row would only be wrong in the same way.
  if (headFaults.length > 0) return { ...file, rows: [], faults: [...headFaults, ...torn] };
  const tornRows = new Set(torn.map(({ row }) => row));
  const rows: TakenFile['rows'][number][] = [];
  const faults: PlacedFault[] = [...torn];
  for (const [index, raw] of below.entries()) {
    const row = index + 2;
    if (isBlank(raw) || tornRows.has(row)) continue;
    const judged = judgeRow(readRow(raw, layout, columns), row, judge);
    if (judged.outcome === 'faulty') faults.push(...judged.faults.map((fault) => ({ ...fault, row })));
    else rows.push({ row, judged });
  }
  return { ...file, rows, faults: faults.sort((left, right) => left.row - right.row) };
}

// A cell that cannot be used hides no fault of another.
function judgeRow(
  { cells, faults }: ReturnType<typeof readRow>,
  rowNumber: number,
  judge: (rowNumber: number, cells: Cells) => Judged,
): Judged {
  if (faults.some(({ field }) => field === null)) return { outcome: 'faulty', faults };
  const judged = judge(rowNumber, cells);
  if (faults.length === 0) return judged;
  const told = new Set(faults.map(({ field }) => field));
  const further = judged.outcome === 'faulty' ? judged.faults.filter(({ field }) => !told.has(field)) : [];
  return { outcome: 'faulty', faults: [...faults, ...further] };
}

function notText(): CloudError {
  return invalidField('/body', 'not-text', {
    ja: 'UTF-8、UTF-16 か Shift_JIS の CSV ファイルを送ってください（表計算ソフトの「CSV として保存」）。',
    en: 'Send a CSV file in UTF-8, UTF-16 or Shift_JIS ("save as CSV" in a spreadsheet).',
  });
}

function empty(): CloudError {
  return invalidField('/body', 'no-head', {
    ja: '1 行目に列の名前を書いてください。',
    en: 'Write the names of the columns into the first row.',
  });
}

function tooManyRows(): CloudError {
  const limit = String(importLimits.rows);
  return invalidField('/body', 'too-many-rows', {
    ja: `1 つのファイルは ${limit} 行までです。分けてください。`,
    en: `One file holds at most ${limit} rows. Cut it into several.`,
  });
}
