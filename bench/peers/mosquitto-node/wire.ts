// The words of the plain peer: JSON in clear text on two topics per box.

/** What its box asks. */
export interface PlainRequest {
  readonly request: string;
  readonly code: string;
}

/** What its service answers. */
export type PlainAnswer =
  | { readonly request: string; readonly granted: true; readonly bin: number; readonly grant: number }
  | { readonly request: string; readonly granted: false };

/** Where a box asks. */
export function requestTopic(box: number): string {
  return `boxes/${box}/request`;
}

/** Where it hears the answer. */
export function answerTopic(box: number): string {
  return `boxes/${box}/answer`;
}
