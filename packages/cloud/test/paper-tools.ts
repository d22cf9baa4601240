// Reads printed sheets as a stranger would, with the PDF tools of Debian's poppler-utils: text, fonts, facts,
// and pages as pictures. Where they are missing the tests of paper are skipped with a word why, unless
// SMARTBOX_REQUIRE_TOOLS says that this machine must have them.

import { execFileSync, spawnSync } from 'node:child_process';

/** A page as a picture: one byte of grey a pixel, row by row. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** A word where it stands on its page, in points from the upper left corner. */
export interface PrintedWord {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The tools. */
export interface PaperTools {
  /** The text in the order in which it was drawn. */
  text(pdf: Uint8Array): string;
  /** The words of each page. */
  words(pdf: Uint8Array): readonly (readonly PrintedWord[])[];
  /** `Pages`, `Tagged`, `Page size` … */
  facts(pdf: Uint8Array): ReadonlyMap<string, string>;
  /** Names of the fonts, and whether each lies in the file and only as far as it is used. */
  fonts(pdf: Uint8Array): readonly { readonly name: string; readonly isEmbeddedSubset: boolean }[];
  /** @param smooth whether edges are softened with greys, as on a screen */
  picture(pdf: Uint8Array, page: number, smooth: boolean): GreyPicture;
}

/** What the tests get. */
export interface FoundPaperTools {
  readonly tools: PaperTools | undefined;
  /** For the title of the suite: nothing, or why it is skipped. */
  readonly note: string;
}

const textReader = 'pdftotext';
const dotsPerInch = '150';

/** @throws RangeError where SMARTBOX_REQUIRE_TOOLS is set and the tools are missing */
export function paperTools(): FoundPaperTools {
  if (spawnSync(textReader, ['-v']).status === 0) return { tools: popplerTools(), note: '' };
  if ((process.env.SMARTBOX_REQUIRE_TOOLS ?? '') !== '')
    throw new RangeError('SMARTBOX_REQUIRE_TOOLS is set, but poppler-utils is not installed');
  return { tools: undefined, note: ' (skipped: install poppler-utils to run it)' };
}

function popplerTools(): PaperTools {
  const run = (tool: string, pdf: Uint8Array, options: readonly string[]): Buffer =>
    execFileSync(tool, [...options], { input: pdf, maxBuffer: 2 ** 28 });
  return {
    text: (pdf) => run(textReader, pdf, ['-raw', '-', '-']).toString('utf8'),
    words: (pdf) =>
      run(textReader, pdf, ['-bbox', '-', '-'])
        .toString('utf8')
        .split('<page ')
        .slice(1)
        .map((page) => [...page.matchAll(printedWord)].map(([, ...parts]) => toWord(parts))),
    facts: (pdf) =>
      new Map(
        lines(run('pdfinfo', pdf, ['-'])).map((line) => {
          const [name = '', ...rest] = line.split(':');
          return [name, rest.join(':').trim()];
        }),
      ),
    fonts: (pdf) =>
      lines(run('pdffonts', pdf, ['-']))
        .slice(2)
        .map((line) => ({
          name: line.split(' ')[0] ?? '',
          isEmbeddedSubset: / yes yes yes +\d+ +\d+$/.test(line),
        })),
    picture: (pdf, page, smooth) => {
      const rough = smooth ? [] : ['-aa', 'no', '-aaVector', 'no'];
      const only = ['-f', String(page), '-l', String(page)];
      return readGreyPicture(run('pdftoppm', pdf, ['-gray', '-r', dotsPerInch, ...rough, ...only, '-']));
    },
  };
}

const printedWord = /xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/g;

function toWord([left, top, right, bottom, text = '']: readonly string[]): PrintedWord {
  return { text, left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom) };
}

function lines(output: Buffer): readonly string[] {
  return output
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}

// PGM: "P5", width, height, 255, each followed by one white character, then the bytes.
function readGreyPicture(bytes: Buffer): GreyPicture {
  const [head = '', width, height] = /^P5\s(\d+)\s(\d+)\s255\s/.exec(bytes.toString('latin1', 0, 64)) ?? [];
  const pixels = new Uint8Array(bytes.subarray(head.length));
  return { width: Number(width), height: Number(height), pixels };
}
