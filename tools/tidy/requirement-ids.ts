// What users are owed has an id, and the tests that prove it carry that id in their titles. An id
// of this version that no test carries is a promise without a proof; an id that nobody is owed is a slip.
import type { Complaint, SourceFile } from './source-file.ts';

/** A string on one line, as titles are. */
const STRING = /(['"`])(?:\\.|(?!\1).)*\1/g;
const COMMENT = /^\s*(\/\/|\/?\*)/;
const ID = /\b[A-Z]{2,4}-\d{2}\b/g;

/** A test that says what it proves. */
export interface Proof {
  readonly path: string;
  /** As written, with its ids. */
  readonly title: string;
}

/** @returns requirement id to the titles that carry it, by path, then in the order of the source */
export function proofs(files: readonly SourceFile[]): ReadonlyMap<string, readonly Proof[]> {
  const proven = new Map<string, Proof[]>();
  for (const { path, text } of files.filter((file) => file.path.endsWith('.test.ts'))) {
    const code = text.split('\n').filter((line) => !COMMENT.test(line));
    for (const quoted of code.flatMap((line) => line.match(STRING) ?? [])) {
      const title = quoted.slice(1, -1).replace(/\\(.)/g, '$1');
      for (const id of new Set(title.match(ID) ?? []))
        proven.set(id, [...(proven.get(id) ?? []), { path, title }]);
    }
  }
  return proven;
}

/** Complains about ids in `owed` that no test title carries. */
export function requirementIds(files: readonly SourceFile[], owed: readonly string[]): readonly Complaint[] {
  const proven = proofs(files);
  return owed
    .filter((id) => !proven.has(id))
    .map((id) => ({ rule: 'requirement-id', path: 'packages', says: `no test title carries ${id}` }));
}

/** Complains about test titles with an id that looks like one of `known` and is none of them. */
export function unknownIds(files: readonly SourceFile[], known: readonly string[]): readonly Complaint[] {
  const subjects = new Set(known.map(subjectOf));
  return [...proofs(files)]
    .filter(([id]) => subjects.has(subjectOf(id)) && !known.includes(id))
    .flatMap(([id, at]) =>
      at.map(({ path }) => ({ rule: 'requirement-id', path, says: `${id} is no requirement` })),
    );
}

function subjectOf(id: string): string {
  return id.split('-', 1)[0] ?? '';
}
