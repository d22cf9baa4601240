// A headless Chromium for the page: where the machine has none the tests are skipped with a word why, unless
// SMARTBOX_REQUIRE_TOOLS=1 says that it must have one. SMARTBOX_BROWSER names one that is not in the usual place.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const QUIET = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** A browser that can be started. */
export interface FoundBrowser {
  /** Undefined where there is none. */
  readonly start: (() => Promise<Browser>) | undefined;
  /** For the title of the suite. */
  readonly note: string;
}

/** @throws RangeError where SMARTBOX_REQUIRE_TOOLS asks for one and there is none */
export function browserForTests(environment = process.env): FoundBrowser {
  const named = environment.SMARTBOX_BROWSER;
  const executablePath = (named === undefined ? USUAL : [named]).find((path) => existsSync(path));
  if (executablePath !== undefined)
    return { start: () => chromium.launch({ executablePath, headless: true, args: QUIET }), note: '' };
  const why = 'no Chromium: install the package chromium, or name one in SMARTBOX_BROWSER';
  if (environment.SMARTBOX_REQUIRE_TOOLS === '1') throw new RangeError(why);
  console.warn(`The tests of the page are skipped: ${why}.`);
  return { start: undefined, note: '(skipped: no Chromium)' };
}
