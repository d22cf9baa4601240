// The emergency sheet as CSV (RFC 4180) for a spreadsheet: one line per code, in the order of the paper. With a
// byte order mark, without which Excel does not read UTF-8, and with cells that no spreadsheet takes for a formula.

import type { SheetData } from '../sheet.ts';
import { groupDigits } from './code-groups.ts';
import { harmless } from './harmless-text.ts';
import { printedMoment } from './printed-moment.ts';

const heads = [
  'ボックス box',
  '設置場所 location',
  '番号 bin',
  '鍵 key name',
  'キーホルダー fob',
  'コード番号 code no.',
  'コード code',
  '範囲 scope',
  '有効期限 valid until',
  'シート番号 sheet number',
  '印刷 printed',
  '有効 in force',
] as const;

/** A target and its codes. */
interface CodeGroup {
  /** 0 for all bins: what is typed at the box. */
  readonly bin: number;
  readonly keyName: string;
  readonly fobLabel: string;
  readonly scope: string;
  readonly codes: readonly string[];
}

/** @returns the file's text, byte order mark first; lines end with CR LF. The same data gives the same text */
export function renderSheetCsv(data: SheetData): string {
  const moment = (atMs: number): string => printedMoment(atMs, data.location.timeZone);
  const groups: readonly CodeGroup[] = [
    ...data.rows.map(({ bin, key, codes }) => ({
      ...{ bin, codes, scope: 'bin' },
      keyName: key?.name ?? '',
      fobLabel: key?.fobLabel ?? '',
    })),
    { bin: 0, keyName: '', fobLabel: '', scope: 'all', codes: data.allBinsCodes },
  ];
  const lines = groups.flatMap(({ bin, keyName, fobLabel, scope, codes }) =>
    codes.map((code, index) => [
      `${data.box.name} (${data.box.id})`,
      data.location.name,
      String(bin),
      keyName,
      fobLabel,
      String(index + 1),
      groupDigits(code),
      scope,
      moment(data.validUntilMs),
      String(data.generation),
      moment(data.printedAtMs),
      data.inForce ? 'yes' : 'no',
    ]),
  );
  return `\ufeff${[heads, ...lines].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')}`;
}

// A cell that begins like a formula is run by spreadsheets, whoever wrote it; an apostrophe makes it a text.
function csvCell(value: string): string {
  const guarded = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  const text = harmless(guarded);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
