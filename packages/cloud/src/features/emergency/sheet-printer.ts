// The seam between a sheet and the paper: three forms of the same data.

import type { SheetData } from './sheet.ts';

/** The forms in which a sheet can be had. */
export const sheetFormats = ['pdf', 'html', 'csv'] as const;

/** See `sheetFormats`. */
export type SheetFormat = (typeof sheetFormats)[number];

/** What each form is called on the web. */
export const sheetContentTypes: Readonly<Record<SheetFormat, string>> = {
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
};

/** Makes a file of a sheet. */
export type SheetPrinter = Readonly<
  Record<SheetFormat, (data: SheetData) => string | Uint8Array | Promise<Uint8Array>>
>;
