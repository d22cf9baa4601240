// The records of a page: in its memory and, where the browser lets it, in the browser's storage, so that a tab that was
// closed too early loses nothing. A page cannot write files by itself: the person saves them.
import type { UseJournal } from '../break-glass/index.ts';

/** What is needed of `localStorage`. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** A journal that can be saved as a file. */
export interface PageJournal extends UseJournal {
  /** Every line, as the file holds it. */
  fileText(): string;
  /** How many lines there are, and how many of them were not saved since the page was opened. */
  counts(): { readonly all: number; readonly unsaved: number };
  /** The person has the file. */
  saved(): void;
}

/** @param storage undefined where the browser gives none */
export function createPageJournal(storage: TextStorage | undefined, exportId: string): PageJournal {
  const name = `smartbox-break-glass-uses ${exportId}`;
  const lines = (storage?.getItem(name) ?? '').split('\n').filter((line) => line !== '');
  let unsaved = lines.length;
  const fileText = (): string => lines.map((line) => `${line}\n`).join('');
  return {
    add: (write) => {
      lines.push(write(lines.at(-1)));
      unsaved += 1;
      keep(storage, name, fileText());
    },
    fileText,
    counts: () => ({ all: lines.length, unsaved }),
    saved: () => {
      unsaved = 0;
    },
  };
}

/** @returns the browser's storage, or undefined where the page may not use it */
export function browserStorage(): TextStorage | undefined {
  try {
    return window.localStorage;
  } catch {
    // Some browsers give pages from a file none: the memory of the page has to do.
    return undefined;
  }
}

function keep(storage: TextStorage | undefined, name: string, text: string): void {
  try {
    storage?.setItem(name, text);
  } catch {
    // Full or forbidden: the lines are in memory still, and the page asks to save them.
  }
}
