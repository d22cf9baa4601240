// The tear-off of the PDF: the codes that open everything, on a page of their own with all that a finder needs,
// so that it can be cut out and locked away apart from the rest.

import { codesHeight, drawCellHead, drawCodes } from './pdf-codes.ts';
import { drawFacts, drawWarning } from './pdf-head.ts';
import { column, running, size } from './pdf-layout.ts';
import type { Part, Pen } from './pdf-pen.ts';
import { sheetTexts } from './sheet-texts.ts';
import type { AllBinsView, SheetView } from './sheet-view.ts';

const inset = 14;

/** Draws it on the present page. */
export function drawAllBins(pen: Pen, root: Part, view: SheetView, allBins: AllBinsView): void {
  const { allBins: texts } = sheetTexts;
  const part = pen.part(root, 'Sect');
  const x = column.left + inset;
  const width = column.width - 2 * inset;
  const top = running.top + 22;
  let y = top + inset;
  const write = (type: string, text: string, typing: { readonly size: number; readonly bold?: boolean }) =>
    pen.tag(part, type, () => {
      y += pen.write(text, { x, y }, { width, ...typing }) + 2;
    });
  pen.artifact(() => {
    pen.write(`${texts.cut.ja} ${texts.cut.en}`, { x, y: running.top + 6 }, { width, size: size.small });
  });
  write('H2', texts.title.ja, { size: size.title, bold: true });
  write('P', texts.title.en, { size: size.name, bold: true });
  y = drawFacts(pen, part, view.shortFacts, { x, y: y + 2, width }) + 4;
  if (view.warning !== null) y = drawWarning(pen, part, view.warning, { x, y, width }) + 6;
  write('P', texts.how.ja, { size: size.name, bold: true });
  write('P', texts.how.en, { size: size.text });
  y += 4;
  write('P', `${texts.order.ja} ${texts.order.en}`, { size: size.small });
  write('P', allBins.order, { size: size.name, bold: true });
  y += 4;
  pen.tag(part, 'P', () => drawCellHead(pen, { x, y, width }));
  y += 26;
  drawCodes(pen, part, allBins.codes, { x, y, width });
  const bottom = y + codesHeight(allBins.codes.length) + inset;
  pen.artifact(() =>
    pen.frame({ x: column.left, y: top, width: column.width, height: bottom - top }, 1.25, 6),
  );
}
