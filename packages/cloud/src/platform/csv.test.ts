// Comma-separated values: what is written is read again, and what cannot be read says where.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from './csv-reading.ts';
import { csvLine, isFormula, withoutGuard } from './csv-writing.ts';

describe('a table of comma-separated values', () => {
  it('is read as it was written, whatever stands in its cells', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...'",;\t\r\n=\'a') }),
    );
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(table, (rows) => {
        const text = ['a,b,c,d\r\n', ...rows.map(csvLine)].join('');
        const read = readCsv(text);
        expect(read.faults).toEqual([]);
        expect(read.rows.slice(1).map((row) => row.map(withoutGuard))).toEqual(rows);
      }),
    );
  });

  it('holds no cell that a spreadsheet would run', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'=+-@\t\r\'"a') }), (value) => {
        const [[cell = ''] = []] = readCsv(csvLine([value, ''])).rows;
        expect(isFormula(cell)).toBe(false);
      }),
    );
  });

  it.each([
    [
      'a,b\r\n1,2\r\n',
      ',',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a;b\n1,5;2',
      ';',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'a\tb\r1\t2\r',
      '\t',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      '"a;;;;",b\n"x\r\ny","""q"""',
      ',',
      [
        ['a;;;;', 'b'],
        ['x\r\ny', '"q"'],
      ],
    ],
    [
      'a,b\n1,',
      ',',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ],
    ['a\n\nb', ',', [['a'], [''], ['b']]],
    ['', ',', []],
  ])('%j is parted by %j', (text, separator, rows) => {
    expect(readCsv(text)).toEqual({ separator, rows, faults: [] });
  });

  it.each([
    ['a,b\n1,x"y', { row: 2, column: 2, code: 'stray-quote' }],
    ['a,b\n"x"y,2', { row: 2, column: 1, code: 'text-after-quote' }],
    ['a,b\n1,"x\n2,3', { row: 2, column: 2, code: 'open-quote' }],
  ])('%j has a fault with its place', (text, fault) => {
    expect(readCsv(text).faults).toEqual([fault]);
  });
});
