// Cells of the PDF: number, box to tick, digits, and a line for when it was used. They are read down the first
// column and then down the second, because they are used up in this order.

import { cell, size } from './pdf-layout.ts';
import type { Frame, Part, Pen, Place } from './pdf-pen.ts';
import { sheetTexts } from './sheet-texts.ts';
import type { CodeView } from './sheet-view.ts';

const codeTyping = { size: size.code, bold: true } as const;

/** @returns the height of the cells of one target. @param count of codes */
export function codesHeight(count: number): number {
  return Math.ceil(count / cell.columns) * cell.height;
}

/** @returns where in a cell its parts begin, and the widths that they have, in points */
function cellPlaces(pen: Pen, cellWidth: number) {
  const { numberWidth, tick, gap, groupGap } = cell;
  const groupWidth = pen.widthOf('0000', codeTyping);
  const tickX = numberWidth + gap;
  const digitsX = tickX + tick + gap;
  const lineX = digitsX + 2 * groupWidth + groupGap + gap;
  return { tickX, digitsX, groupWidth, lineX, lineWidth: cellWidth - lineX - gap };
}

/** Says what the parts of a cell are, above the cells. */
export function drawCellHead(pen: Pen, { x, y, width }: Place & Pick<Frame, 'width'>): void {
  const { codeNumber, code, usedOn } = sheetTexts.table;
  const { digitsX, lineX } = cellPlaces(pen, width / cell.columns);
  for (let index = 0; index < cell.columns; index++) {
    const left = x + (index * width) / cell.columns;
    const heads = [
      { text: codeNumber, from: 0, to: digitsX },
      { text: code, from: digitsX, to: lineX },
      { text: usedOn, from: lineX, to: width / cell.columns },
    ];
    for (const { text, from, to } of heads) {
      const typing = { width: to - from, size: size.small, bold: true };
      const at = { x: left + from, y };
      pen.write(text.ja, at, typing);
      pen.write(text.en, { ...at, y: y + size.small + 3.5 }, typing);
    }
  }
}

/** Draws all cells of one target, each a part of its own. */
export function drawCodes(
  pen: Pen,
  list: Part,
  codes: readonly CodeView[],
  at: Place & Pick<Frame, 'width'>,
): void {
  const lines = Math.ceil(codes.length / cell.columns);
  const width = at.width / cell.columns;
  for (const [index, code] of codes.entries()) {
    const x = at.x + Math.floor(index / lines) * width;
    const y = at.y + (index % lines) * cell.height;
    pen.tag(list, 'P', () => drawCode(pen, code, { x, y, width }));
  }
}

function drawCode(pen: Pen, code: CodeView, { x, y, width }: Place & Pick<Frame, 'width'>): void {
  const { numberWidth, tick, groupGap } = cell;
  const { tickX, digitsX, groupWidth, lineX, lineWidth } = cellPlaces(pen, width);
  const middle = y + cell.height / 2;
  const baseline = middle + size.code / 2;
  const number = { width: numberWidth, size: size.number, align: 'right' } as const;
  pen.write(String(code.number), { x, y: middle - size.number / 2 + 2 }, number);
  pen.frame({ x: x + tickX, y: middle - tick / 2, width: tick, height: tick }, 1);
  // Each group begins at a place of its own, so that groups stand under groups whatever their digits.
  for (const [index, group] of code.digits.split(' ').entries()) {
    const groupX = x + digitsX + index * (groupWidth + groupGap);
    pen.write(group, { x: groupX, y: middle - size.code / 2 }, { ...codeTyping, width: groupWidth + 2 });
  }
  pen.line({ x: x + lineX, y: baseline }, { x: x + lineX + lineWidth, y: baseline }, 0.75);
}
