// Whichever of the three somebody kept: it says the same, in the same order.
import { describe, expect, it } from 'vitest';
import { type PaperTools, paperTools } from '../../../../test/paper-tools.ts';
import {
  linesOfCsv,
  linesOfData,
  linesOfHtml,
  linesOfPdfText,
  sampleSheet,
} from '../../../../test/sample-sheet.ts';
import { renderSheetCsv } from './render-sheet-csv.ts';
import { renderSheetHtml } from './render-sheet-html.ts';
import { renderSheetPdf } from './render-sheet-pdf.ts';

const { tools, note } = paperTools();
const paper = tools as PaperTools;

describe.skipIf(tools === undefined)(`one sheet as PDF, HTML and CSV${note}`, () => {
  it('shows the same codes, bins, keys and fobs in the same order (EM-12, EM-13, EM-14)', async () => {
    const data = sampleSheet(31, { cells: 12 });
    const asData = linesOfData(data);
    expect(linesOfPdfText(paper.text(await renderSheetPdf(data)))).toEqual(asData);
    expect(linesOfHtml(renderSheetHtml(data))).toEqual(asData);
    expect(linesOfCsv(renderSheetCsv(data))).toEqual(asData);
  });
});
