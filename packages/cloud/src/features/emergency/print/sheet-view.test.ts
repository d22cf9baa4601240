// The small decisions about what a sheet says: groups of digits, names, moments.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleSheet } from '../../../../test/sample-sheet.ts';
import { groupDigits } from './code-groups.ts';
import { harmless } from './harmless-text.ts';
import { printedMoment } from './printed-moment.ts';
import { sheetTexts } from './sheet-texts.ts';
import { sheetView } from './sheet-view.ts';

describe('digits', () => {
  it.each([
    ['48210917', '4821 0917'],
    ['123456789012', '1234 5678 9012'],
    ['1234567890', '1234 5678 90'],
    ['', ''],
  ])('%s stand as %s', (code, shown) => {
    expect(groupDigits(code)).toBe(shown);
  });
});

describe('names', () => {
  it('are printed as they are where every character can be seen', () => {
    for (const name of ['髙﨑宮﨑①㈱', 'Schlüssel 7', '鍵　予備', "O'Neill & <b>", '葛󠄀城']) {
      expect(harmless(name)).toBe(name);
    }
  });

  it('never carry a character that is invisible or turns its surroundings', () => {
    expect(harmless('a\u202eb\u200dc\u2028d\ue000')).toBe('a[U+202E]b[U+200D]c[U+2028]d[U+E000]');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(harmless(name)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('moments', () => {
  const newYear = Date.UTC(2026, 11, 31, 15, 5);

  it.each([
    ['Asia/Tokyo', '2027-01-01 00:05 (Asia/Tokyo, UTC+09:00)'],
    ['America/New_York', '2026-12-31 10:05 (America/New_York, UTC-05:00)'],
    ['UTC', '2026-12-31 15:05 (UTC, UTC+00:00)'],
  ])('are told by the clock of %s', (timeZone, shown) => {
    expect(printedMoment(newYear, timeZone)).toBe(shown);
  });
});

describe('a sheet', () => {
  it('says in three steps which keys to press, in both languages (EM-12)', () => {
    const { steps } = sheetView(sampleSheet(1));
    expect(steps.map(({ keys }) => keys.map(({ en }) => en).join(' '))).toEqual([
      'black 1 #',
      'bin #',
      '8 digits #',
    ]);
    for (const { text } of steps)
      expect([text.ja, text.en]).toEqual([expect.stringMatching(/#/), expect.stringMatching(/#/)]);
  });

  it('says nothing in one language only', () => {
    for (const text of Object.values(sheetTexts).flatMap((part) => Object.values(part)))
      expect([text.ja, text.en]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/\S/)]);
  });

  it('speaks of older sheets as dead only where it is itself in force', () => {
    const of = (inForce: boolean) => sheetView(sampleSheet(1, { inForce }));
    expect(of(true)).toMatchObject({ warning: null });
    expect(of(true).notices).toContain(sheetTexts.notices.olderSheets);
    expect(of(false).warning).toBe(sheetTexts.notices.notInForce);
    expect(of(false).notices).not.toContain(sheetTexts.notices.olderSheets);
  });
});
