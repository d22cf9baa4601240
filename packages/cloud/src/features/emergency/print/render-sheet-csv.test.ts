// The sheet for a spreadsheet: as RFC 4180 has it, and nothing that a spreadsheet would run.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOfCsv, linesOfCsv, linesOfData, sampleSheet } from '../../../../test/sample-sheet.ts';
import { renderSheetCsv } from './render-sheet-csv.ts';

const named = (name: string) =>
  sampleSheet(1, {
    rows: [{ bin: 1, key: { name, fobLabel: name }, codes: ['04210917'] }],
    allBinsCodes: [],
  });

describe('the sheet as CSV', () => {
  it('leads from a code to its bin, key and fob, with the time of the inventory (EM-13, EM-14)', () => {
    const data = sampleSheet(16);
    const csv = renderSheetCsv(data);
    expect(linesOfCsv(csv)).toEqual(linesOfData(data));
    const [heads, first] = cellsOfCsv(csv);
    expect(heads?.map((head) => head.replace(/^\S+ /, ''))).toEqual([
      ...['box', 'location', 'bin', 'key name', 'fob', 'code no.', 'code', 'scope', 'valid until'],
      ...['sheet number', 'printed', 'in force'],
    ]);
    expect(first).toEqual([
      ...['本社 1 階 北口 (box_4ZK7Q1M0P9XWT)', '新宿営業所', '1', 'Van 7', 'A-1', '1'],
      ...[expect.stringMatching(/^\d{4} \d{4}$/), 'bin', '2027-04-01 18:00 (Asia/Tokyo, UTC+09:00)'],
      ...['7', '2026-04-01 18:00 (Asia/Tokyo, UTC+09:00)', 'yes'],
    ]);
  });

  it('begins with a byte order mark and ends each line with CR LF, as spreadsheets expect', () => {
    const csv = renderSheetCsv(sampleSheet(2));
    expect(csv.startsWith('\ufeffボックス box,')).toBe(true);
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(csv.endsWith('\r\n')).toBe(true);
  });

  it.each(['=HYPERLINK("x")', '+81', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'lets no spreadsheet run %j, which is a name',
    (name) => {
      const [, row] = cellsOfCsv(renderSheetCsv(named(name)));
      expect(row?.[3]).toMatch(/^'/);
      expect(row?.[4]).toMatch(/^'/);
    },
  );

  it('gives every cell back as it was, whatever a name consists of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (name) => {
        const [heads, row, more] = cellsOfCsv(renderSheetCsv(named(name)));
        expect(row?.length).toBe(heads?.length);
        expect(more).toBeUndefined();
        expect(row?.[3]).toBe(row?.[4]);
        expect(row?.[6]).toBe('0421 0917');
        expect(/^[=+\-@]/.test(row?.[3] ?? '')).toBe(false);
      }),
    );
  });
});
