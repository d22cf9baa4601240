// What every tidy rule reads and what it answers. A rule is a pure function from files to
// complaints, so that a test can hand it a bad file and see it fire.

/** One tracked text file. */
export interface SourceFile {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** One broken rule in one place. */
export interface Complaint {
  /** Short name of the rule, as in tools/README.md. */
  readonly rule: string;
  readonly path: string;
  /** What is wrong and what to do. */
  readonly says: string;
}

/** Languages in which people write source here. */
const SOURCE = /[.](ts|cjs|mjs|c|h|py|sh|grit|sql)$/;
/** Written by a tool, or data: their length and their opening are nobody's style. */
const GENERATED = /(^|\/)(generated|vectors|regressions|fixtures)\/|[.]d[.]ts$|[.]generated[.]ts$/;

/** @returns whether a person wrote this file as source code */
export function isHandWritten(file: SourceFile): boolean {
  const script = file.text.startsWith('#!') && !file.path.endsWith('.md');
  return (SOURCE.test(file.path) || script) && !GENERATED.test(`/${file.path}`);
}

/** @returns the number of lines, without the empty one behind the last line feed */
export function lineCount(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}
