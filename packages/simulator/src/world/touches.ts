// What fingers do at a box, written down as it happens: the oracle believes its own notes and not what a box says that
// it was told.

/** One thing that somebody did. */
export interface Touch {
  /** `pressed`: the small black button. */
  readonly kind: 'typed' | 'tapped' | 'pressed';
  /** The digits before Enter, or the number of a tag. */
  readonly what: string;
  /** When it began, in whole milliseconds of the world. */
  readonly atMs: number;
}

/** @returns what is entered by these keys: the clear key forgets, without Enter it is nothing */
export function entered(keys: string, atMs: number): readonly Touch[] {
  return keys
    .split('#')
    .slice(0, -1)
    .map((part) => ({ kind: 'typed', what: part.slice(part.lastIndexOf('*') + 1), atMs }));
}
