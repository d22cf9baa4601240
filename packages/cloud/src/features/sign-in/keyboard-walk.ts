// Passwords that are the way of a finger over a keyboard: along a row, down the columns, from row to row. They look like
// anything but a word and are tried first. Pure.

const rows = [
  ...['1234567890-=', 'qwertyuiop[]', "asdfghjkl;'", 'zxcvbnm,./'],
  // German and French keyboards, the alphabet, and the signs above the digits, Japanese and American.
  ...['qwertzuiopü', 'yxcvbnm,.-', 'azertyuiop', 'qsdfghjklm', 'wxcvbn', 'abcdefghijklmnopqrstuvwxyz'],
  ...['!"#$%&\'()', '!@#$%^&*()_+'],
];

const columns = ['1qaz', '2wsx', '3edc', '4rfv', '5tgb', '6yhn', '7ujm', '8ik,', '9ol.', '0p;/'];

/** From row to row: 1q2w3e…, qawsed…, azsxdc…. */
const zigzags = [
  [0, 1],
  [1, 2],
  [2, 3],
].map(([upper = 0, lower = 0]) => interleaved(rows[upper] ?? '', rows[lower] ?? ''));

const ways = [...rows, ...columns, ...zigzags].flatMap((way) => [way, reversed(way)]);

/** Shorter pieces come about in words. */
const shortestPiece = 4;

/** Beside the walk guessers add this much. */
const spareCharacters = 3;

/** @param text lower case @returns whether next to nothing of it is left without the pieces of ways over a keyboard */
export function isKeyboardWalk(text: string): boolean {
  let spare = 0;
  for (let at = 0; at < text.length && spare <= spareCharacters; ) {
    const length = longestPiece(text, at);
    if (length === 0) spare += 1;
    at += Math.max(1, length);
  }
  return spare <= spareCharacters;
}

function longestPiece(text: string, at: number): number {
  let longest = 0;
  for (const way of ways) {
    for (let from = way.indexOf(text[at] ?? ''); from !== -1; from = way.indexOf(text[at] ?? '', from + 1)) {
      let length = 1;
      while (at + length < text.length && way[from + length] === text[at + length]) length += 1;
      longest = Math.max(longest, length);
    }
  }
  return longest >= shortestPiece ? longest : 0;
}

function interleaved(upper: string, lower: string): string {
  return [...upper].map((key, place) => key + (lower[place] ?? '')).join('');
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}
