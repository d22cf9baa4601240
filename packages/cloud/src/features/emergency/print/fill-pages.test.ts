// Rows on pages: all of them, in order, none broken.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillPages } from './fill-pages.ts';

describe('rows on pages', () => {
  it('keep their order and their room, and no page is begun too early', () => {
    const heights = fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 60 });
    fc.assert(
      fc.property(heights, fc.integer({ min: 0, max: 100 }), (rows, first) => {
        const room = { first, further: 100 };
        const pages = fillPages(rows, room);
        expect(pages.flat()).toEqual(rows.map((_, index) => index));
        const used = pages.map((page) => page.reduce((sum, row) => sum + (rows[row] ?? 0), 0));
        for (const [index, page] of pages.entries()) {
          const has = index === 0 ? room.first : room.further;
          expect(used[index]).toBeLessThanOrEqual(has);
          const next = pages[index + 1]?.[0];
          if (next !== undefined) expect((used[index] ?? 0) + (rows[next] ?? 0)).toBeGreaterThan(has);
          if (index > 0) expect(page.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('give a row that is higher than a page one for itself', () => {
    expect(fillPages([10, 500, 10], { first: 5, further: 100 })).toEqual([[], [0], [1], [2]]);
  });
});
