// Migration files are read in the order of their numbers, and a wrongly named one is refused.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { readMigrations } from './migration-files.ts';

function folder(files: Readonly<Record<string, string>>): URL {
  const path = mkdtempSync(join(tmpdir(), 'smartbox-migrations-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return pathToFileURL(`${path}/`);
}

describe('migration files', () => {
  it('run in the order of their numbers', () => {
    const migrations = readMigrations(
      folder({ '0002-b.sql': 'DROP TABLE a', '0001-a.sql': 'CREATE TABLE a (id INTEGER)', 'notes.md': '' }),
    );
    expect(migrations.map(({ name }) => name)).toEqual(['0001-a', '0002-b']);
    expect(() => openDatabase({ path: ':memory:', migrations })).not.toThrow();
  });

  it.each([{ '1-a.sql': '' }, { '0001-A.sql': '' }, { '0001-a.sql': '', '0001-b.sql': '' }])(
    'are refused: %o',
    (files) => {
      expect(() => readMigrations(folder(files as Record<string, string>))).toThrow(
        /has no number of its own/,
      );
    },
  );

  it('of this package build a whole database', () => {
    const migrations = readMigrations(new URL('../../migrations/', import.meta.url));
    expect(() => openDatabase({ path: ':memory:', migrations })).not.toThrow();
  });
});
