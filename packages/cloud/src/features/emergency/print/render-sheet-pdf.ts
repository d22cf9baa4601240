// The emergency sheet as PDF: A4, black on white, tagged, fonts inside. Rows are measured first and put on
// pages, then drawn, so that every page knows how many there are.

import type { SheetData } from '../sheet.ts';
import { fillPages } from './fill-pages.ts';
import { drawAllBins } from './pdf-all-bins.ts';
import { binHeight, drawBin, drawTableHead, tableHeadHeight } from './pdf-bins.ts';
import { drawHead } from './pdf-head.ts';
import { column, page, running, size } from './pdf-layout.ts';
import { openPdf, type Part, type Pen } from './pdf-pen.ts';
import { sheetTexts } from './sheet-texts.ts';
import { type SheetView, sheetView } from './sheet-view.ts';

/** @returns the file. The same data gives the same bytes */
export async function renderSheetPdf(data: SheetData): Promise<Uint8Array> {
  const view = sheetView(data);
  const { pen, root } = await openPdf({
    title: sheetTexts.facts.title,
    subject: view.name,
    atMs: data.printedAtMs,
  });
  pen.newPage();
  const headEnd = drawHead(pen, root, view);
  const bottom = running.bottom - tableHeadHeight;
  const heights = view.bins.map((bin) => binHeight(pen, bin));
  const pages = fillPages(heights, { first: bottom - headEnd, further: bottom - running.top });
  const count = pages.length + (view.allBins === null ? 0 : 1);
  drawTable(pen, root, { view, pages, count, headEnd });
  if (view.allBins !== null) {
    pen.newPage();
    drawRunning(pen, view, { number: count, count });
    drawAllBins(pen, root, view, view.allBins);
  }
  return pen.finish();
}

function drawTable(
  pen: Pen,
  root: Part,
  filled: {
    readonly view: SheetView;
    readonly pages: readonly (readonly number[])[];
    readonly count: number;
    /** Where the first page's table begins. */
    readonly headEnd: number;
  },
): void {
  const { view, pages, count } = filled;
  const table = pen.part(root, 'Table');
  let isHeadTagged = false;
  for (const [index, rows] of pages.entries()) {
    if (index > 0) pen.newPage();
    drawRunning(pen, view, { number: index + 1, count });
    if (rows.length === 0) continue;
    const top = index === 0 ? filled.headEnd : running.top;
    drawTableHead(pen, top, isHeadTagged ? null : pen.part(table, 'TR'));
    isHeadTagged = true;
    let y = top + tableHeadHeight;
    for (const row of rows) {
      const bin = view.bins[row];
      if (bin !== undefined) y = drawBin(pen, table, bin, y);
    }
  }
}

// What every page says at its edges: a loose page must still tell which sheet it is of.
function drawRunning(
  pen: Pen,
  view: SheetView,
  at: { readonly number: number; readonly count: number },
): void {
  const { confidential, page: pageWord, helpPhone } = sheetTexts.facts;
  const third = { width: column.width / 2, size: size.small };
  const secret = `${confidential.ja} ${confidential.en}`;
  const phone = view.helpPhone === '' ? '' : `${helpPhone.ja} ${helpPhone.en}: ${view.helpPhone}`;
  const number = `${pageWord.ja} ${pageWord.en} ${at.number}/${at.count}`;
  const right = { x: column.left + column.width / 2, align: 'right' } as const;
  pen.artifact(() => {
    pen.write(secret, { x: column.left, y: running.headY }, { ...third, bold: true });
    if (at.number > 1) pen.write(view.name, { ...right, y: running.headY }, { ...third, align: 'right' });
    pen.line(
      { x: column.left, y: running.footY - 5 },
      { x: page.width - page.margin, y: running.footY - 5 },
      0.75,
    );
    pen.write(phone, { x: column.left, y: running.footY }, third);
    pen.write(number, { ...right, y: running.footY }, { ...third, align: 'right', bold: true });
  });
}
