import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createUsesFile, usesPath } from './uses-file.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'smartbox-uses-'));
  path = usesPath(join(folder, 'smartbox.sbx'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the file of uses', () => {
  it('stands beside the export, for its owner alone, one line a use', () => {
    const journal = createUsesFile(path, 'en');
    const last: (string | undefined)[] = [];
    for (const line of ['one', 'two'])
      journal.add((before) => {
        last.push(before);
        return line;
      });
    expect(path).toMatch(/smartbox[.]sbx[.]uses[.]jsonl$/);
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(last).toEqual([undefined, 'one']);
  });

  it('keeps a line that a power cut tore, on a line of its own', () => {
    writeFileSync(path, 'one\ntw');
    createUsesFile(path, 'en').add((last) => `after ${last}`);
    expect(readFileSync(path, 'utf8')).toBe('one\ntw\nafter tw\n');
  });

  it.each([
    ['ja', '記録を書けないので、何も表示しません（EISDIR）'],
    ['en', 'nothing is shown (EISDIR)'],
  ] as const)('says in words why it cannot be written, in %s', (language, words) => {
    mkdirSync(path);
    const add = () => createUsesFile(path, language).add(() => 'one');
    expect(add).toThrow(expect.objectContaining({ code: 'use-not-recorded' }));
    expect(add).toThrow(words);
  });

  it('passes on what its caller throws as no record at all', () => {
    const broken = () =>
      createUsesFile(path, 'en').add(() => {
        throw new RangeError('no');
      });
    expect(broken).toThrow(expect.objectContaining({ code: 'use-not-recorded' }));
    expect(readFileSync(path, 'utf8')).toBe('');
  });
});
