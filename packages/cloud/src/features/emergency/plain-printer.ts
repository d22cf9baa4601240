// The plainest form of a sheet: comma-separated values, whatever was asked for. Takes the place of real paper
// until a better printer is handed in.

import type { SheetData } from './sheet.ts';
import type { SheetPrinter } from './sheet-printer.ts';

function plainSheet(data: SheetData): string {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const rows = data.rows.map(({ bin, key, codes }) => [
    String(bin),
    cell(key?.name ?? ''),
    cell(key?.fobLabel ?? ''),
    ...codes,
  ]);
  return [['0', '""', '""', ...data.allBinsCodes], ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

/** See the head of this file. */
export const plainPrinter: SheetPrinter = { pdf: plainSheet, html: plainSheet, csv: plainSheet };
