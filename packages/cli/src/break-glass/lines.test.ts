import { describe, expect, it } from 'vitest';
import { codeOf, payload } from '../../test/sample-export.ts';
import { columnsOf } from './columns.ts';
import { answerLines, inventoryLines, sheetLines } from './lines.ts';
import { showInstant } from './show-instant.ts';

const [back, garage] = payload.boxes;
const beforeMs = Date.UTC(2026, 5, 1);

/** `0123 4567` */
const spaced = (code: string) => `${code.slice(0, 4)} ${code.slice(4)}`;

describe('a sheet in a terminal', () => {
  it.each(['ja', 'en'] as const)(
    'leads from a bin to its key, its fob and each numbered code (EM-14), in %s',
    (language) => {
      const lines = sheetLines(back!, language, beforeMs);
      const at = lines.findIndex((line) => line.includes('Van 7  [A-07]'));
      expect(lines[at]).toContain(language === 'ja' ? '1 番' : 'Bin 1');
      const codes = `${lines[at + 1]}${lines[at + 2]}`;
      for (let cell = 1; cell <= 10; cell++)
        expect(codes).toContain(`${cell}: ${spaced(codeOf(1, 1, cell))}`);
      const all = lines.findIndex((line) => line.endsWith(' 2 1'));
      expect(lines[all + 1]).toContain(`5: ${spaced(codeOf(1, 0, 5))}`);
    },
  );

  it('says which sheet it is, until when, and whom to call', () => {
    expect(sheetLines(back!, 'en', beforeMs)[1]).toBe(
      'Sheet no. 3   valid until 15/01/2027, 17:00 (Asia/Tokyo)   help +81 3 1234 5678',
    );
    expect(sheetLines(garage!, 'ja', beforeMs)[1]).toBe(
      '緊急コード表 第 4 号   有効期限 2027/01/15 17:00 (Asia/Tokyo)',
    );
  });

  it('warns of a sheet that the box has not heard of, and of one past its date (EM-15)', () => {
    const warnings = (box: typeof back, nowMs: number) =>
      sheetLines(box!, 'en', nowMs).filter((line) => line.startsWith('Attention'));
    expect(warnings(back, beforeMs)).toEqual([]);
    expect(warnings(garage, beforeMs)).toEqual([expect.stringContaining('had not heard of this sheet')]);
    expect(warnings(back, back!.sheet.validUntilMs + 1)).toEqual([expect.stringContaining('past its date')]);
  });

  it('keeps the lines with codes within 80 columns', () => {
    for (const line of sheetLines(back!, 'en', beforeMs).filter((one) => /\d: \d{4} \d{4}/.test(one)))
      expect(columnsOf(line)).toBeLessThanOrEqual(80);
  });
});

describe('an inventory in a terminal', () => {
  it('names every key, its fob and where it is, and of which moment it is (EM-13)', () => {
    expect(inventoryLines(payload, 'en')).toEqual([
      'Inventory at 01/04/2026, 18:00 (Asia/Tokyo)',
      '',
      'Key        Fob   Location  Where',
      'Van 7      A-07  新宿      裏口, bin 1',
      '渋谷 302?        新宿      Garage, bin 1',
      'Truck      C-01  新宿      out',
    ]);
  });

  it('says that there are no keys', () => {
    expect(inventoryLines({ ...payload, inventory: [] }, 'ja').at(-1)).toBe('鍵は登録されていません。');
  });
});

describe('an answer in a terminal', () => {
  it('says for which box and bin it is, and to make sure who is calling', () => {
    const lines = (target: number) => answerLines({ box: back!, target, answer: '86847259' }, 'en');
    expect(lines(3)[0]).toBe('Answer: 8684 7259 (裏口, bin 3)');
    expect(lines(0)[0]).toBe('Answer: 8684 7259 (裏口, all bins)');
    expect(lines(0)[1]).toContain('who is calling');
  });
});

describe('a moment', () => {
  it('is in UTC where this computer does not know the zone', () => {
    expect(showInstant(0, 'Mars/Olympus', 'en')).toBe('1970-01-01T00:00:00.000Z');
  });
});
