// Which passwords are refused: short ones, ones that follow from who somebody is, and ones that guessers try first. Pure.
// A server was taken in minutes by a password that was nearly the name (MO-06). The long list is in known-passwords.ts,
// the ways of fingers over keyboards are in keyboard-walk.ts.

import { isKeyboardWalk } from './keyboard-walk.ts';
import { isKnownPassword } from './known-passwords.ts';

/** The bounds of a password, in characters. */
export const passwordLimits = { shortest: 12, longest: 200 } as const;

/** Why a password is not taken. */
export type PasswordFault = 'too-short' | 'too-simple' | 'like-yourself' | 'too-common';

/** Whose password it is to be. */
export interface PasswordOwner {
  readonly name: string;
  readonly mail: string;
  readonly company: string;
}

/** What stays when one of these is taken out, with digits and signs, is what a guesser has to guess. */
const common = [
  ...['password', 'passwort', 'passw', 'passphrase', 'letmein', 'welcome', 'admin', 'administrator', 'root'],
  ...[
    'login',
    'secret',
    'changeme',
    'default',
    'master',
    'trustno',
    'iloveyou',
    'dragon',
    'monkey',
    'sunshine',
  ],
  ...['princess', 'football', 'baseball', 'superman', 'batman', 'shadow', 'michael', 'whatever', 'access'],
  ...['qwertyuiop', 'qwerty', 'qwertz', 'azerty', 'asdfghjkl', 'asdfgh', 'asdf', 'zxcvbnm', 'zxcv', 'qazwsx'],
  ...[
    'qaz',
    'wsx',
    'edc',
    'abcdefghijklmnopqrstuvwxyz',
    'abcdefgh',
    'abcdef',
    'abcd',
    'abc',
    'test',
    'guest',
  ],
  ...['user', 'smartbox', 'keybox', 'cabinet', 'schluessel', 'kagi', 'kanri', 'pasuwado', 'nihon', 'japan'],
  ...[
    'tokyo',
    'sakura',
    'spring',
    'summer',
    'autumn',
    'winter',
    'hotel',
    'office',
    'company',
    'hello',
    'world',
  ],
] as const;

const looksLike: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b' },
  ...{ '@': 'a', $: 's', '!': 'i' },
};

/** @returns what is wrong with a password for this person; undefined for nothing */
export function passwordFault(text: string, owner: PasswordOwner): PasswordFault | undefined {
  const letters = [...text.normalize('NFKC')];
  if (letters.length < passwordLimits.shortest) return 'too-short';
  if (new Set(letters).size < 5) return 'too-simple';
  // What is left of a date or a telephone number.
  if (lettersOf(text).length <= 3) return 'too-common';
  if (isKeyboardWalk(plainOf(text))) return 'too-common';
  const cores = [...new Set([lettersOf(text), lettersOf(unmasked(text))])];
  const own = ownWords(owner);
  if (cores.some((core) => own.some((word) => isNear(core, word)))) return 'like-yourself';
  const isCommon = cores.some((core) => isMadeOf(core, common) || isKnownPassword(core));
  return isCommon || [plainOf(text), unmasked(plainOf(text))].some(isKnownPassword)
    ? 'too-common'
    : undefined;
}

function ownWords({ name, mail, company }: PasswordOwner): readonly string[] {
  const [local = '', domain = ''] = mail.split('@');
  const parts = [name, ...name.split(/\s+/u), mail, local, domain, ...domain.split('.'), company];
  return [...parts, ...company.split(/\s+/u)].map(lettersOf).filter((word) => word.length >= 3);
}

// The word alone or again and again, with a few letters more, or with two letters wrong.
function isNear(core: string, word: string): boolean {
  return core !== '' && (isMadeOf(core, [word]) || distance(core, word) <= 2);
}

function isMadeOf(core: string, words: readonly string[]): boolean {
  // Digits and signs are no letters: what consists of them alone is the date or number that a guesser tries.
  let rest = core;
  for (const word of [...words].sort((one, other) => other.length - one.length))
    rest = rest.replaceAll(word, '');
  return rest.length <= 3;
}

/** Letters that have to change, come or go to make one of the other (Levenshtein). */
function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3;
  let row = Array.from({ length: other.length + 1 }, (_none, place) => place);
  for (const [above, letter] of [...one].entries()) {
    const next = [above + 1];
    for (const [left, wanted] of [...other].entries())
      next.push(
        Math.min(
          (next[left] ?? 0) + 1,
          (row[left + 1] ?? 0) + 1,
          (row[left] ?? 0) + Number(letter !== wanted),
        ),
      );
    row = next;
  }
  return row[other.length] ?? 3;
}

function unmasked(text: string): string {
  // A number behind a word is a number, also where its digits look like letters.
  const inner = text.normalize('NFKC').replaceAll(/^[\d!]+|[\d!]+$/g, '');
  return [...inner].map((letter) => looksLike[letter] ?? letter).join('');
}

function plainOf(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function lettersOf(text: string): string {
  return plainOf(text).replaceAll(/[^\p{L}]/gu, '');
}
