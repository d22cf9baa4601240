// One process at a time in a data directory: sessions live in memory, and two clouds over one database would
// each believe that a box talks to them alone. Held by a lock of the operating system on an empty SQLite
// file, which ends with its process however that dies.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { StartupFault } from './errors.ts';

const lockFile = 'in-use.lock';

/**
 * Takes the directory, and makes it where it is missing.
 * @returns a function that lets the next process in
 * @throws StartupFault `data-directory-in-use`, `database-unusable`
 */
export function holdDirectory(directory: string): () => void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const lock = new Sqlite(join(directory, lockFile), { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return () => void lock.close();
  } catch (cause) {
    throw asFault(directory, cause);
  }
}

function asFault(directory: string, cause: unknown): StartupFault {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
  if (reason === 'SQLITE_BUSY') {
    return new StartupFault(
      'data-directory-in-use',
      `Another SmartBox runs in ${directory}.\nStop it, or set SMARTBOX_DATA_DIR to another directory.`,
      { cause },
    );
  }
  return new StartupFault(
    'database-unusable',
    `The data directory ${directory} cannot be used (${reason}).\nCheck its permissions and free space, or set SMARTBOX_DATA_DIR to another directory.`,
    { cause },
  );
}
