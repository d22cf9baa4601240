// The one error of the bench. Its codes are a closed list, so that a run can say in a sentence what stopped it
// and go on with the sections that are left.

/** What stopped a measurement. */
export type BenchErrorCode =
  | 'bad-flag'
  | 'child-failed'
  | 'connection-lost'
  | 'missing-program'
  | 'no-figures'
  | 'unexpected-answer';

/** Thrown by everything in the bench. */
export class BenchError extends Error {
  override readonly name = 'BenchError';
  readonly code: BenchErrorCode;

  constructor(code: BenchErrorCode, detail: string, options?: { readonly cause?: unknown }) {
    super(`${code}: ${detail}`, options);
    this.code = code;
  }
}
