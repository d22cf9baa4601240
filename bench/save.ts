// Puts the figures of a run into the document between its two marks and leaves the words around them alone. Pure.
import { BenchError } from './harness/bench-error.ts';

const begin = '<!-- figures: written by pnpm bench -- --save -->';
const end = '<!-- end of figures -->';

/** @throws BenchError `no-figures` for a document without the marks */
export function replaceFigures(document: string, figures: string): string {
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new BenchError('no-figures', `the document has no place: ${begin}`);
  return `${document.slice(0, from + begin.length)}\n\n${figures.trim()}\n\n${document.slice(to)}`;
}
