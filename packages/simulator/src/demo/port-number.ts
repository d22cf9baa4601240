// A TCP port as a person writes it: in a setting, or behind an option of the command line.
import { DemoError } from './demo-error.ts';

/** @returns the number, or undefined where nothing is written. @throws DemoError `bad-arguments` naming it */
export function portNumber(text: string | undefined, name: string): number | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const port = Number(text);
  if (/^\s*\d+\s*$/.test(text) && port <= 65_535) return port;
  throw new DemoError('bad-arguments', `${name} must be a whole number from 0 to 65535 (0 picks a free one)`);
}
