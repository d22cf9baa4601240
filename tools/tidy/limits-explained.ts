// A bound without a reason is a number that nobody dares to change: every entry of a limits table
// has the comment that docs/limits.md prints.
import type { Complaint, SourceFile } from './source-file.ts';

const TABLE = /^packages\/[^/]+\/src\/(?:.*\/)?limits[.]ts$/;
/** An entry of a table, one level in, with the line above it. */
const ENTRY = /(?<above>[^\n]*)\n {2}(?<name>\w+):/g;

/** Complains about limits without a comment right above them. */
export function limitsExplained(files: readonly SourceFile[]): readonly Complaint[] {
  return files
    .filter(({ path }) => TABLE.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(ENTRY)]
        .filter((match) => !match.groups?.above?.trimEnd().endsWith('*/'))
        .map((match) => ({ rule: 'limit', path, says: `${match.groups?.name} has no reason above it` })),
    );
}
