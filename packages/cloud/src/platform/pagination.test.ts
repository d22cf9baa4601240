// Every list is cut into pages the same way: nothing twice, nothing left out, no cursor that was
// not made here.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, readPage } from './pagination.ts';

const source = (rows: readonly number[]) => ({
  load: (after: readonly (string | number)[] | undefined, limit: number) =>
    rows.filter((row) => after === undefined || row > Number(after[0])).slice(0, limit),
  keyOf: (row: number) => [row],
  show: (row: number) => ({ row }),
});

describe('pages', () => {
  it('together show every row once, in order, for every page size', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat()), fc.integer({ min: 1, max: 200 }), (numbers, limit) => {
        const rows = [...numbers].sort((a, b) => a - b);
        const seen: number[] = [];
        let cursor: string | undefined;
        do {
          const page = readPage({ limit, cursor }, source(rows));
          expect(page.has_more).toBe(page.next_cursor !== null);
          seen.push(...page.data.map(({ row }) => row));
          cursor = page.next_cursor ?? undefined;
        } while (cursor !== undefined);
        expect(seen).toEqual(rows);
      }),
    );
  });

  it('hold 50 rows unless asked otherwise', () => {
    const page = readPage({}, source(Array.from({ length: 51 }, (_, index) => index)));
    expect([page.data.length, page.has_more]).toEqual([50, true]);
  });

  it('are refused for a cursor that was not made here', () => {
    for (const cursor of [
      '',
      'x',
      'bnVsbA',
      '%%%',
      Buffer.from('{"a":1}').toString('base64url'),
      Buffer.from('[{}]').toString('base64url'),
    ]) {
      expect(() => readPage({ cursor }, source([1]))).toThrow(
        expect.objectContaining({ code: 'invalid-cursor' }),
      );
    }
    expect(decodeCursor(encodeCursor(['evt_1', 7]))).toEqual(['evt_1', 7]);
  });
});
