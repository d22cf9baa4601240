// A file has one job. Four hundred lines are the point at which it certainly has two; the median is
// reported beside the test, because the aim is a page or two.
import { type Complaint, isHandWritten, lineCount, type SourceFile } from './source-file.ts';

/** The hard bound, in lines. */
const MAX_LINES = 400;

/** Complains about hand-written source that is too long. */
export function fileLength(files: readonly SourceFile[]): readonly Complaint[] {
  return files
    .filter((file) => isHandWritten(file) && lineCount(file.text) > MAX_LINES)
    .map(({ path, text }) => ({
      rule: 'file-length',
      path,
      says: `${lineCount(text)} lines, at most ${MAX_LINES}: find the second job and give it a file`,
    }));
}

/** How long hand-written files are, in lines. */
export interface LengthReport {
  readonly files: number;
  readonly median: number;
  readonly p90: number;
  readonly longest: { readonly path: string; readonly lines: number };
}

/** @returns the figures over hand-written TypeScript; zeros for an empty tree */
export function lengthReport(files: readonly SourceFile[]): LengthReport {
  const lengths = files
    .filter((file) => isHandWritten(file) && file.path.endsWith('.ts'))
    .map(({ path, text }) => ({ path, lines: lineCount(text) }))
    .sort((left, right) => left.lines - right.lines);
  const at = (share: number) => lengths[Math.floor((lengths.length - 1) * share)]?.lines ?? 0;
  return {
    files: lengths.length,
    median: at(0.5),
    p90: at(0.9),
    longest: lengths.at(-1) ?? { path: '', lines: 0 },
  };
}
