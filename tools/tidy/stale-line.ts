// A printed document may not say anything else than the code it was printed from. The first line
// that differs is enough to see what was changed without printing.

/** @returns undefined if the page is fresh, else the first line that is missing or different */
export function staleLine(page: string | undefined, printed: string): string | undefined {
  if (page === printed) return undefined;
  const lines = (page ?? '').split('\n');
  const wanted = printed.split('\n');
  const place = wanted.findIndex((line, index) => line !== lines[index]);
  return place === -1 ? 'the page goes on after its end' : `line ${place + 1} should be: ${wanted[place]}`;
}
