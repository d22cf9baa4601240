// Which row stands on which page: rows keep their order, none is broken, and a page takes as many as it has
// room for. Pure, so that the number of pages is known before the first line is drawn.

/**
 * @param heights of the rows, in points
 * @param room what the first page has for them and what each further page has
 * @returns for each page the indices of its rows; the first page may stay without any, and a row that is
 *   higher than a page has one for itself
 */
export function fillPages(
  heights: readonly number[],
  room: { readonly first: number; readonly further: number },
): readonly (readonly number[])[] {
  const pages: number[][] = [[]];
  let left = room.first;
  for (const [index, height] of heights.entries()) {
    const present = pages.at(-1) ?? [];
    const isFresh = pages.length > 1 && present.length === 0;
    if (height > left && !isFresh) {
      pages.push([index]);
      left = room.further - height;
    } else {
      present.push(index);
      left -= height;
    }
  }
  return pages;
}
