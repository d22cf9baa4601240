// Whoever opens a file should know in ten seconds what it is and why it is apart, so every source
// file begins with a comment that says so.
import { type Complaint, isHandWritten, type SourceFile } from './source-file.ts';

/** What may stand before the opening comment. */
const PREAMBLE = /^(#![^\n]*\n)?(# -\*-[^\n]*\n)?('use strict';\n)?\s*/;
const OPENINGS: readonly (readonly [RegExp, RegExp])[] = [
  [/[.](ts|cjs|mjs|c|h|grit)$/, /^(\/\/[ \t]*\S|\/\*[\s*]*[^\s*/])/],
  [/[.]py$/, /^(#[ \t]*\S|"""\s*\S)/],
  [/[.]sql$/, /^--[ \t]*\S/],
];
/** Scripts without an ending, such as .ci/run, are shell. */
const SHELL = /^#[ \t]*\S/;

/**
 * Complains about hand-written source that starts with anything but a comment. A unit test beside
 * its subject is exempt: what `x.test.ts` is, `x.ts` says.
 */
export function openingComment(files: readonly SourceFile[]): readonly Complaint[] {
  const paths = new Set(files.map(({ path }) => path));
  return files.filter(isHandWritten).flatMap(({ path, text }) => {
    if (path.endsWith('.test.ts') && paths.has(path.replace('.test.ts', '.ts'))) return [];
    const opening = OPENINGS.find(([ending]) => ending.test(path))?.[1] ?? SHELL;
    if (opening.test(text.replace(PREAMBLE, ''))) return [];
    return [{ rule: 'opening-comment', path, says: 'open with a comment: what it is, why it is apart' }];
  });
}
