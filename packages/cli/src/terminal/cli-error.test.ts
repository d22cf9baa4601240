// The exit codes are a promise to scripts, made in docs/cli.md.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { exitCodes } from './cli-error.ts';

it('ends with no exit code that docs/cli.md does not explain, and that explains no other', () => {
  const page = readFileSync(new URL('../../../../docs/cli.md', import.meta.url), 'utf8');
  const explained = [...page.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
  expect(explained).toEqual([0, ...new Set(Object.values(exitCodes))]);
});
