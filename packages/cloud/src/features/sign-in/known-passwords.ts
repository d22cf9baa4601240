// The passwords that guessers try first: some 47,000 that were found in stolen tables, the most frequent first, from the
// MIT-licensed list of zxcvbn-ts. A password of twelve letters is seldom one of them as it stands; it is one with a year,
// a sign or itself behind it. Read when the first password is set, so that a server that sets none does not hold it.

import { dictionary } from '@zxcvbn-ts/language-common';

/** Shorter entries are parts of everything. */
const shortestEntry = 5;

/** Letters that may be added to an entry, before or behind, without making it another. */
const spareLetters = 3;

let known: ReadonlySet<string> | undefined;

/** @param text lower case, with or without digits @returns whether it is an entry, repeated or with a little round it */
export function isKnownPassword(text: string): boolean {
  known ??= new Set(dictionary['passwords-common'].filter((entry) => entry.length >= shortestEntry));
  for (let before = 0; before <= spareLetters; before++)
    for (let behind = 0; before + behind <= spareLetters; behind++)
      if (isRepeatedEntry(text.slice(before, text.length - behind), known)) return true;
  return false;
}

function isRepeatedEntry(text: string, entries: ReadonlySet<string>): boolean {
  for (let length = shortestEntry; length <= text.length; length++) {
    const entry = text.slice(0, length);
    const times = text.length / length;
    if (Number.isInteger(times) && entry.repeat(times) === text && entries.has(entry)) return true;
  }
  return false;
}
