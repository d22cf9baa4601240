// The sheet on paper: read back with tools that had no part in drawing it.
import { describe, expect, it } from 'vitest';
import { type PaperTools, paperTools } from '../../../../test/paper-tools.ts';
import { readQr } from '../../../../test/read-qr.ts';
import { linesOfData, linesOfPdfText, sampleSheet, squeeze } from '../../../../test/sample-sheet.ts';
import { renderSheetPdf } from './render-sheet-pdf.ts';

const { tools, note } = paperTools();
const paper = tools as PaperTools;

describe.skipIf(tools === undefined)(`the printed sheet${note}`, () => {
  it('shows every code exactly once, in groups of four (EM-12)', async () => {
    const data = sampleSheet(16);
    const text = paper.text(await renderSheetPdf(data));
    const shown = [...text.matchAll(/(?<!\d)\d{4} \d{4}(?!\d)/g)].map(([code]) => squeeze(code));
    const codes = [...data.rows.flatMap((row) => row.codes), ...data.allBinsCodes];
    expect(codes.length).toBe(165);
    expect(shown.toSorted()).toEqual(codes.toSorted());
  });

  it('leads from a code to its bin, key and fob by what it says alone (EM-14)', async () => {
    const data = sampleSheet(16);
    expect(linesOfPdfText(paper.text(await renderSheetPdf(data)))).toEqual(linesOfData(data));
  });

  it('tells box, place, number, time of the inventory and end by the clock of the place (EM-13)', async () => {
    const text = paper.text(await renderSheetPdf(sampleSheet(2)));
    for (const fact of [
      '新宿営業所',
      '本社 1 階 北口 (box_4ZK7Q1M0P9XWT)',
      'シート番号 Sheet no. 7',
      '2026-04-01 18:00 (Asia/Tokyo, UTC+09:00) · 山田 太郎',
      '有効期限 Valid until 2027-04-01 18:00',
      '電話 Help phone 0120-123-456',
      'この番号より古いシートは使えません。',
      'Sheets with a lower number do not work.',
      '2 → 1',
    ])
      expect(text).toContain(fact);
    expect(text).not.toContain('このシートは次に');
  });

  it('warns on the first page and on the tear-off while the box has not heard of it (EM-15)', async () => {
    const text = squeeze(paper.text(await renderSheetPdf(sampleSheet(2, { inForce: false }))));
    expect(text.split('このシートは次にボックスがオンラインになるまで使えません。')).toHaveLength(3);
    expect(text.split('Thissheetopensnothinguntiltheboxhasbeenonline.')).toHaveLength(3);
  });

  it('is A4, tagged, in Japanese, with its fonts inside, cut down to what is used', async () => {
    const pdf = await renderSheetPdf(sampleSheet(3));
    const facts = paper.facts(pdf);
    expect(facts.get('Tagged')).toBe('yes');
    expect(facts.get('Page size')).toMatch(/\(A4\)$/);
    expect(facts.get('Title')).toBe('緊急用オフラインコード Emergency offline codes');
    expect(Buffer.from(pdf).toString('latin1')).toContain('/Lang (ja)');
    const fonts = paper.fonts(pdf);
    expect(fonts.map(({ name }) => name.replace(/^\w+\+/, '')).toSorted()).toEqual([
      'BIZUDPGothic-Bold',
      'BIZUDPGothic-Regular',
    ]);
    for (const font of fonts) expect(font).toMatchObject({ isEmbeddedSubset: true });
    expect(pdf.length).toBeLessThan(150_000);
  });

  it.each([
    [1, 2],
    [16, 5],
    [64, 15],
  ])('puts %i bins on %i pages, each with its number and the number of the sheet', async (bins, pages) => {
    const pdf = await renderSheetPdf(sampleSheet(bins));
    expect(paper.facts(pdf).get('Pages')).toBe(String(pages));
    const perPage = paper.text(pdf).split('\f').slice(0, -1);
    for (const [index, text] of perPage.entries()) {
      expect(text).toContain(`ページ Page ${index + 1}/${pages}`);
      expect(text).toContain('秘 CONFIDENTIAL');
      expect(text).toContain('シート番号 Sheet no. 7');
    }
  });

  it('breaks no bin over a page, and repeats what the columns mean', async () => {
    const data = sampleSheet(31, { cells: 32 });
    const pages = paper
      .text(await renderSheetPdf(data))
      .split('\f')
      .slice(0, -2);
    const found = pages.flatMap((page) => {
      expect(page.includes('コード\nCode\n使った日時\nUsed on')).toBe(/^\d+ 番$/m.test(page));
      return linesOfPdfText(page);
    });
    expect(found).toEqual(linesOfData(data).filter(({ bin }) => bin > 0));
  });

  it('prints what only Japanese fonts have, and does not cut a name of 60 full-width characters (EM-13)', async () => {
    const name = `髙﨑宮﨑①㈱${'長い名前の鍵'.repeat(9)}`;
    expect(name).toHaveLength(60);
    const rows = [{ bin: 1, key: { name, fobLabel: '㈱-①' }, codes: ['04210917'] }];
    const [line] = linesOfPdfText(paper.text(await renderSheetPdf(sampleSheet(1, { rows }))));
    expect(line).toEqual({ bin: 1, key: name, fob: '㈱-①', number: 1, code: '04210917' });
  });

  it('takes names as data: what is invisible or cannot be set is shown as something harmless', async () => {
    const rows = [{ bin: 1, key: { name: '\u202egnab\u0007 🚗', fobLabel: '' }, codes: ['04210917'] }];
    const [line] = linesOfPdfText(paper.text(await renderSheetPdf(sampleSheet(1, { rows }))));
    expect(line).toMatchObject({ key: '[U+202E]gnab[U+0007]〓', fob: '—' });
  });

  it('has a QR code that a phone reads at 150 dots an inch and that holds no code', async () => {
    const data = sampleSheet(4);
    const read = readQr(paper.picture(await renderSheetPdf(data), 1, true));
    expect(read).toBe(data.qrText);
    for (const { code } of linesOfData(data)) expect(read).not.toContain(code);
  });

  it('survives a photocopier: nothing on it is neither black nor white', async () => {
    const pdf = await renderSheetPdf(sampleSheet(4, { inForce: false }));
    for (const page of [1, 2, 3])
      expect([...new Set(paper.picture(pdf, page, false).pixels)].toSorted()).toEqual([0, 255]);
  });
});

describe('the PDF', () => {
  it('is the same, byte for byte, for the same data', async () => {
    const [first, second] = [await renderSheetPdf(sampleSheet(3)), await renderSheetPdf(sampleSheet(3))];
    expect(Buffer.compare(first, second)).toBe(0);
  });

  it('does without the tear-off where nothing opens all bins', async () => {
    const pages = async (sheet = sampleSheet(1)) =>
      Buffer.from(await renderSheetPdf(sheet))
        .toString('latin1')
        .match(/\/Type \/Page\b/g)?.length;
    expect(await pages()).toBe(2);
    expect(await pages(sampleSheet(1, { allBinsCodes: [] }))).toBe(1);
  });
});
