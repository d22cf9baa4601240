import { describe, expect, it } from 'vitest';
import { columnsOf, phrase, type TextValues, textKeys, textLines, wideDigits } from './display-texts.ts';
import { openingsLeft } from './energy.ts';
import { boxLimits } from './limits.ts';

const LANGUAGES = ['ja', 'en'] as const;

/** The widest values that each placeholder can take. */
function widest(language: 'ja' | 'en'): TextValues {
  return {
    bin: phrase(language, 'bin', { wide: wideDigits(boxLimits.bins) }),
    code: '*'.repeat(boxLimits.codeDigitsMax),
    phone: '+81-3-0000-0000 ext 1234'.slice(0, 24),
    time: phrase(language, 'minutes', { count: '15' }),
    left: '5',
    min: '4',
    max: '16',
    wide: wideDigits(boxLimits.bins),
    count: '25',
    network: 'N'.repeat(23),
    first: '1>'.padEnd(24, 'N'),
    second: '2 '.padEnd(24, 'N'),
    third: '- '.padEnd(24, 'N'),
    days: '365+',
    openings: String(openingsLeft({ mains: false, batteryPercent: 100 })),
    typed: '*'.repeat(boxLimits.codeDigitsMax),
    cell: '32',
    cell2: '32',
    sheet: '16777215',
    sheet2: '16777214',
    challenge: '1234 5678',
    target: phrase(language, 'target-all'),
    choices: `${phrase(language, 'choice-sheet')} ${phrase(language, 'choice-phone')}`,
    more: phrase(language, 'choice-hotspot-or-forget'),
    battery: phrase(language, 'one-by-one'),
    order: '1,2,3,4,5,6,7..',
    opened: '21',
    total: '21',
    at: '21',
  };
}

describe('display texts', () => {
  it.each(LANGUAGES)('has every text in %s, of at most four lines of at most 24 columns', (language) => {
    for (const key of textKeys()) {
      const lines = textLines(language, key, widest(language));
      expect(lines.length, key).toBeGreaterThan(0);
      expect(lines.length, key).toBeLessThanOrEqual(4);
      expect(
        lines.filter((line) => columnsOf(line) > 24),
        key,
      ).toEqual([]);
    }
  });

  it.each(LANGUAGES)('fills every placeholder in %s', (language) => {
    for (const key of textKeys())
      expect(textLines(language, key, widest(language)).join('')).not.toMatch(/[{}]/);
  });

  it('uses the same placeholders in both languages, so that none is lost in translation', () => {
    for (const key of textKeys()) {
      const names = LANGUAGES.map((language) =>
        [
          ...new Set(
            textLines(language, key)
              .join(' ')
              .match(/\{\w+\}/g) ?? [],
          ),
        ].sort(),
      );
      expect(names[0], key).toEqual(names[1]);
    }
  });

  it('is really in Japanese and really in English', () => {
    for (const key of textKeys()) {
      if (key === 'bin') continue;
      expect(textLines('ja', key).join('')).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
      expect(textLines('en', key).join('').replace('日本語', '')).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
    }
  });

  it('counts full-width characters as two columns', () => {
    expect(columnsOf('ab')).toBe(2);
    expect(columnsOf('３番。')).toBe(6);
    expect(columnsOf('ＢＩＮ　２１')).toBe(12);
    expect(wideDigits(21)).toBe('２１');
  });

  it('tells somebody without a network what to do now', () => {
    expect(textLines('en', 'offline', { phone: '03-1234' }).at(-1)).toBe('03-1234');
    expect(textLines('ja', 'offline', { phone: '03-1234' }).at(-1)).toBe('03-1234');
  });
});
