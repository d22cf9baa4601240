// What users are owed has an id, and the tests that prove it carry that id in their titles. An id
// of this version that no test carries is a promise without a proof.
import type { Complaint, SourceFile } from './source-file.ts';

/** A string on one line, as titles are. */
const STRING = /(['"`])(?:\\.|(?!\1).)*\1/g;
const COMMENT = /^\s*(\/\/|\/?\*)/;
const ID = /\b[A-Z]{2,4}-\d{2}\b/g;

/** @returns requirement id to the test files whose titles carry it */
export function provenIds(files: readonly SourceFile[]): ReadonlyMap<string, readonly string[]> {
  const proven = new Map<string, string[]>();
  for (const { path, text } of files.filter((file) => file.path.endsWith('.test.ts'))) {
    const code = text.split('\n').filter((line) => !COMMENT.test(line));
    const titles = code.flatMap((line) => line.match(STRING) ?? []);
    for (const id of new Set(titles.flatMap((title) => title.match(ID) ?? []))) {
      proven.set(id, [...(proven.get(id) ?? []), path]);
    }
  }
  return proven;
}

/** Complains about ids in `owed` that no test title carries. */
export function requirementIds(files: readonly SourceFile[], owed: readonly string[]): readonly Complaint[] {
  const proven = provenIds(files);
  return owed
    .filter((id) => !proven.has(id))
    .map((id) => ({ rule: 'requirement-id', path: 'packages', says: `no test title carries ${id}` }));
}
