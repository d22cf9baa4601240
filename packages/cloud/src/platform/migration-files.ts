// Reads the numbered migrations from their folder: one `NNNN-name.sql` each, run in the order of
// the numbers. Apart from migrations.ts, so that tests can migrate without a disk.

import { readdirSync, readFileSync } from 'node:fs';
import { InvariantBroken } from './errors.ts';
import type { Migration } from './migrations.ts';

/** @throws InvariantBroken for two files with one number, or a file that is named otherwise */
export function readMigrations(directory: URL): readonly Migration[] {
  const files = readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  const numbers = new Set<string>();
  return files.map((file) => {
    const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(file)?.[1];
    if (number === undefined || numbers.has(number))
      throw new InvariantBroken(`migration ${file} has no number of its own`);
    numbers.add(number);
    const statements = readFileSync(new URL(file, directory), 'utf8');
    return { name: file.slice(0, -'.sql'.length), up: (sql) => sql(statements) };
  });
}
