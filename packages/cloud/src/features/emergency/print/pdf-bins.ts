// The table of bins in the PDF: one row per bin, whole on its page, and the heading row again on each page.

import { codesHeight, drawCellHead, drawCodes } from './pdf-codes.ts';
import { cell, column, page, size } from './pdf-layout.ts';
import type { Part, Pen } from './pdf-pen.ts';
import { sheetTexts } from './sheet-texts.ts';
import type { BinView } from './sheet-view.ts';

/** Height of the heading row, in points. */
export const tableHeadHeight = 32;

const codesLeft = column.left + cell.keyWidth;
const codesWidth = column.width - cell.keyWidth;
const keyText = { width: cell.keyWidth - 2 * cell.padding };
const { table } = sheetTexts;

/** What stands in the first column. */
interface KeyLine {
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
}

/** @returns the height of a bin's row, in points */
export function binHeight(pen: Pen, bin: BinView): number {
  const texts = keyLines(bin).map((line) => pen.heightOf(line.text, { ...keyText, ...line }));
  const key = texts.reduce((sum, height) => sum + height, 0);
  return Math.max(key, codesHeight(bin.codes.length)) + 2 * cell.padding;
}

/** Draws the heading row: a part of the document the first time, decoration when it is repeated. */
export function drawTableHead(pen: Pen, y: number, row: Part | null): void {
  const place = { x: column.left + cell.padding, y: y + 5 };
  const typing = { width: cell.keyWidth - cell.padding, size: size.small, bold: true };
  const draws = [
    () => {
      pen.write(`${table.bin.ja}・${table.key.ja}・${table.fob.ja}`, place, typing);
      pen.write(`${table.bin.en}, ${table.key.en}, ${table.fob.en}`, { ...place, y: y + 17 }, typing);
    },
    () => drawCellHead(pen, { x: codesLeft, y: y + 5, width: codesWidth }),
  ];
  for (const draw of draws) {
    if (row === null) pen.artifact(draw);
    else pen.tag(row, 'TH', draw, { scope: 'Column', lang: 'ja' });
  }
  const bottom = y + tableHeadHeight - 1;
  pen.artifact(() => {
    pen.line({ x: column.left, y }, { x: page.width - page.margin, y }, 1.5);
    pen.line({ x: column.left, y: bottom }, { x: page.width - page.margin, y: bottom }, 1.5);
  });
}

/** Draws one bin's row. @returns the place below it */
export function drawBin(pen: Pen, parent: Part, bin: BinView, y: number): number {
  const row = pen.part(parent, 'TR');
  const height = binHeight(pen, bin);
  let lineY = y + cell.padding;
  const draw = (): void => {
    for (const line of keyLines(bin)) {
      const at = { x: column.left + cell.padding, y: lineY };
      lineY += pen.write(line.text, at, { ...keyText, ...line });
    }
  };
  pen.tag(row, 'TH', draw, { scope: 'Row', lang: 'ja' });
  const codes = pen.part(row, 'TD');
  drawCodes(pen, codes, bin.codes, { x: codesLeft, y: y + cell.padding, width: codesWidth });
  pen.artifact(() => {
    const bottom = y + height;
    pen.line({ x: codesLeft, y }, { x: codesLeft, y: bottom }, 0.75);
    pen.line({ x: column.left, y: bottom }, { x: page.width - page.margin, y: bottom }, 0.75);
  });
  return y + height;
}

function keyLines({ bin, key }: BinView): readonly KeyLine[] {
  const number = { text: `${bin} ${table.bin.ja}`, size: size.bin, bold: true };
  if (key === null)
    return [number, { text: `${table.noKey.ja} ${table.noKey.en}`, size: size.text, bold: false }];
  const name = { text: key.name, size: size.name, bold: true };
  const label = key.fobLabel === '' ? '—' : key.fobLabel;
  return [number, name, { text: `${table.fob.ja} ${table.fob.en}: ${label}`, size: size.text, bold: false }];
}
