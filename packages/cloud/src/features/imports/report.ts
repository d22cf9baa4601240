// What is told of a file: everything that is wrong with it by row and column, and what becomes of every other row.

import { type Static, Type } from 'typebox';
import type { BilingualText } from '../../platform/problems.ts';
import type { PlacedFault } from './fault.ts';
import { importLimits } from './limits.ts';
import type { TakenFile } from './take-file.ts';

const faultSchema = Type.Object({
  row: Type.Integer({ description: 'As a spreadsheet counts: the head is row 1.' }),
  cell: Type.Union([Type.String(), Type.Null()], {
    description: 'C12 for the third column of row 12; null for the row as a whole.',
  }),
  column: Type.Union([Type.String(), Type.Null()], {
    description: 'The head of that column, as it is written.',
  }),
  code: Type.String({ description: 'Stable: programs decide by this.' }),
  detail: Type.String({ description: 'What to do, in the language of Accept-Language (ja or en).' }),
});

/** What an import answers. */
export const reportSchema = Type.Object(
  {
    dry_run: Type.Boolean({ description: 'Whether nothing was changed, since nothing was to be.' }),
    encoding: Type.Enum(['utf-8', 'utf-16le', 'shift_jis']),
    separator: Type.Enum([',', ';', '\t']),
    rows: Type.Integer({ description: 'Rows below the head; blank ones are passed over.' }),
    made: Type.Integer(),
    changed: Type.Integer(),
    left: Type.Integer({ description: 'Rows that say what is so already.' }),
    faulty: Type.Integer({ description: 'Rows with a fault. While there is one, nothing can be imported.' }),
    faults: Type.Array(faultSchema, { maxItems: importLimits.faults }),
    faults_left_out: Type.Integer({ description: 'Further faults, beyond those that are listed.' }),
    outcomes: Type.Array(
      Type.Object({
        row: Type.Integer(),
        outcome: Type.Enum(['make', 'change', 'leave']),
        id: Type.Union([Type.String(), Type.Null()], { description: 'Null for what is not made yet.' }),
        columns: Type.Union([Type.Array(Type.String()), Type.Null()], {
          description:
            'Of a change: which columns differ from what is there. Null to callers without people:reveal, who must not find out by guessing.',
        }),
      }),
    ),
  },
  {
    examples: [
      {
        ...{ dry_run: true, encoding: 'utf-8', separator: ',', rows: 3 },
        ...{ made: 1, changed: 0, left: 1, faulty: 1, faults_left_out: 0 },
        faults: [
          {
            ...{ row: 4, cell: 'D4', column: 'fob_tag', code: 'not-a-tag' },
            detail: 'Give the 4, 7 or 8 bytes that a reader shows, in hexadecimal.',
          },
        ],
        outcomes: [
          { row: 2, outcome: 'make', id: null, columns: null },
          {
            row: 3,
            outcome: 'leave',
            id: 'key_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
            columns: null,
          },
        ],
      },
    ],
  },
);

/** @param madeIds of what was made, by row; none in a dry run */
export function showReport(
  file: TakenFile,
  language: keyof BilingualText,
  madeIds: ReadonlyMap<number, string> | undefined,
): Static<typeof reportSchema> {
  const { faults, rows } = file;
  const count = (outcome: string): number => rows.filter(({ judged }) => judged.outcome === outcome).length;
  return {
    dry_run: madeIds === undefined,
    ...{ encoding: file.encoding, separator: file.separator, rows: file.count },
    ...{ made: count('make'), changed: count('change'), left: count('leave') },
    faulty: new Set(faults.map(({ row }) => row)).size,
    faults: faults.slice(0, importLimits.faults).map((fault) => showFault(file, fault, language)),
    faults_left_out: Math.max(0, faults.length - importLimits.faults),
    outcomes: rows.map(({ row, judged }) => ({
      row,
      outcome: judged.outcome,
      id: judged.outcome === 'make' ? (madeIds?.get(row) ?? null) : judged.id,
      columns: judged.outcome === 'change' && judged.fields !== null ? [...judged.fields] : null,
    })),
  };
}

function showFault(
  file: TakenFile,
  fault: PlacedFault,
  language: keyof BilingualText,
): Static<typeof faultSchema> {
  const column = columnOf(file, fault);
  return {
    row: fault.row,
    cell: column === undefined ? null : `${letters(column)}${fault.row}`,
    column: column === undefined ? fault.field : (file.head[column - 1] ?? '').slice(0, 100),
    code: fault.code,
    detail: fault.detail[language],
  };
}

function columnOf({ columns }: TakenFile, { field, column }: PlacedFault): number | undefined {
  return column ?? (field === null ? undefined : columns[field]);
}

/** @returns a pointer to the cell of a fault: `/body/C12`, or `/body/12` for its row */
export function pointerOf(file: TakenFile, fault: PlacedFault): string {
  const column = columnOf(file, fault);
  return `/body/${column === undefined ? '' : letters(column)}${fault.row}`;
}

// 1 is A, 27 is AA.
function letters(column: number): string {
  const last = String.fromCharCode(65 + ((column - 1) % 26));
  return column > 26 ? `${letters(Math.floor((column - 1) / 26))}${last}` : last;
}
