// Sheets to print in tests, and how each kind of print is read back into lines: bin, key, fob, number of the
// code, code. The readers know nothing but what is on the paper.

import type { SheetData } from '../src/features/emergency/sheet.ts';

/** One code as a person finds it; bin 0 is "all". */
export interface SheetLine {
  readonly bin: number;
  /** Without white space, because paper breaks lines. Empty for none. */
  readonly key: string;
  readonly fob: string;
  readonly number: number;
  readonly code: string;
}

/** Names that hotels and fleets really have. */
const names = [
  '髙﨑・宮﨑様 ①号車 ㈱',
  'Van 7',
  'ハイエース 品川 300 あ 12-34',
  '駐車場ゲート',
  'O’Neill & Söhne <b>',
];

/** A sheet of so many bins. Codes are different from each other and look like nothing else on paper. */
export function sampleSheet(
  bins: number,
  change: Partial<SheetData> & { readonly cells?: number } = {},
): SheetData {
  const { cells = 10, ...rest } = change;
  const numbers = Array.from({ length: bins }, (_, index) => index + 1);
  const codes = (bin: number, count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) =>
      String((bin * 7_919 + index + 1) * 40_993)
        .padStart(8, '0')
        .slice(-8),
    );
  return {
    sheetId: 'shs_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
    generation: 7,
    box: { id: 'box_4ZK7Q1M0P9XWT', name: '本社 1 階 北口' },
    location: { name: '新宿営業所', timeZone: 'Asia/Tokyo' },
    printedBy: '山田 太郎',
    printedAtMs: Date.UTC(2026, 3, 1, 9),
    validUntilMs: Date.UTC(2027, 3, 1, 9),
    inForce: true,
    helpPhone: '0120-123-456',
    openOrder: numbers.toReversed(),
    rows: numbers.map((bin) => ({
      bin,
      key: bin === 4 ? null : { name: names[bin % names.length] ?? '', fobLabel: `A-${bin}` },
      codes: codes(bin, cells),
    })),
    allBinsCodes: codes(100, 5),
    qrText: 'SBX1-SHEET:shs_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12:7:kq3JxZ0v1m2n3b4v5c6x7z',
    ...rest,
  };
}

/** @returns what the data itself says */
export function linesOfData(data: SheetData): readonly SheetLine[] {
  const line = (bin: number, key: { name: string; fobLabel: string } | null, codes: readonly string[]) =>
    codes.map((code, index) => ({
      ...{ bin, number: index + 1, code },
      key: key === null ? '' : squeeze(key.name),
      fob: key === null ? '' : squeeze(key.fobLabel),
    }));
  return [
    ...data.rows.flatMap(({ bin, key, codes }) => line(bin, key, codes)),
    ...line(0, null, data.allBinsCodes),
  ];
}

/** @returns what stands in the text of a PDF, in its order */
export function linesOfPdfText(text: string): readonly SheetLine[] {
  const [, ...blocks] = text.split(/^(?=\d+ 番$)|^(?=全部の鍵をあけるコード$)/m);
  return blocks.flatMap((block) => {
    const bin = Number(/^(\d+) 番\n/.exec(block)?.[1] ?? 0);
    const cells = [...block.matchAll(/^(\d{1,2}) (\d{4} \d{4})$/gm)];
    const about = bin === 0 ? '' : block.slice(block.indexOf('\n'), cells[0]?.index);
    const [name = '', fob = ''] = about.split(/キーホルダー\s+Fob:/);
    return cells.map(([, number, code = '']) => ({
      ...{ bin, number: Number(number), code: squeeze(code) },
      key: name.includes('（鍵なし）') ? '' : squeeze(name),
      fob: squeeze(fob),
    }));
  });
}

/** @returns what stands in an HTML sheet, in its order */
export function linesOfHtml(html: string): readonly SheetLine[] {
  const [, ...blocks] = html.split(/<tr><th scope="row">|<section class="all">/);
  return blocks.flatMap((block) => {
    const name = /<span class="name"><bdi>(.*?)<\/bdi>/.exec(block)?.[1] ?? '';
    const fob = /<span class="fob">.*?<bdi>(.*?)<\/bdi>/.exec(block)?.[1] ?? '';
    const cells = block.matchAll(/class="number">(\d+)<.*?class="digits">([\d ]+)</g);
    return [...cells].map(([, number, code = '']) => ({
      bin: Number(/^<span class="bin">(\d+)/.exec(block)?.[1] ?? 0),
      ...{ number: Number(number), code: squeeze(code) },
      key: squeeze(readEscapes(name)),
      fob: squeeze(readEscapes(fob)),
    }));
  });
}

/** @returns the cells of a CSV file, as RFC 4180 has them */
export function cellsOfCsv(csv: string): readonly (readonly string[])[] {
  const rows = csv.slice(1).match(/(?:"(?:[^"]|"")*"|[^"\r\n])*\r\n/g) ?? [];
  return rows.map((row) =>
    (row.slice(0, -2).match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^",]*)(?=,|$)/g) ?? []).map((cell) =>
      cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
    ),
  );
}

/** @returns what stands in a CSV sheet, in its order */
export function linesOfCsv(csv: string): readonly SheetLine[] {
  return cellsOfCsv(csv)
    .slice(1)
    .map(([, , bin, key = '', fob = '', number, code = '']) => ({
      ...{ bin: Number(bin), number: Number(number), code: squeeze(code) },
      ...{ key: squeeze(key), fob: squeeze(fob) },
    }));
}

/** @returns the text without white space */
export function squeeze(text: string): string {
  return text.replace(/\s/g, '');
}

function readEscapes(html: string): string {
  const names: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return html.replace(/&(lt|gt|quot|#39|amp);/g, (_whole, name: string) => names[name] ?? '');
}
