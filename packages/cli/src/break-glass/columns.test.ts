import { describe, expect, it } from 'vitest';
import { columnsOf, printable, table } from './columns.ts';

describe('columns', () => {
  it.each([
    ['Van 7', 5],
    ['渋谷', 4],
    ['ｶﾞ', 2],
    ['カ\u3099', 2],
    ['🚐', 2],
    ['', 0],
  ])('%j takes %i', (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });

  it('stand under one another whatever the script, and no line ends in blanks', () => {
    expect(
      table([
        ['鍵', 'x'],
        ['Van', 'y'],
        ['abcdef', ''],
      ]),
    ).toEqual(['鍵      x', 'Van     y', 'abcdef']);
  });

  it('obey no name: what would move the cursor or turn the line is a question mark', () => {
    expect(printable('a\u001b[2Jb\u202ec\nd\u2066')).toBe('a?[2Jb?c?d?');
  });
});
