// Numbered migrations: each runs once, in order, inside one transaction, and is never edited
// after it was released. A database that knows migrations this program does not know comes
// from a newer release and is refused, because guessing would damage it.

import { StartupFault } from './errors.ts';

/** One numbered step of the schema. */
export interface Migration {
  /** `NNNN-name`, the name of its file. */
  readonly name: string;
  /** Changes the schema by running statements. */
  readonly up: (sql: (statements: string) => void) => void;
}

/** What migrating needs from a database. */
export interface MigrationTarget {
  exec(statements: string): void;
  /** Names of the migrations applied so far, in order. */
  applied(): readonly string[];
  record(name: string): void;
  transaction<T>(work: () => T): T;
}

/** Brings a database up to date; does nothing when it is. @returns whether anything was applied */
export function migrate(target: MigrationTarget, migrations: readonly Migration[]): boolean {
  target.exec('CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID');
  const applied = target.applied();
  const unknown = applied.filter((name) => !migrations.some((migration) => migration.name === name));
  if (unknown.length > 0) {
    throw new StartupFault(
      'database-from-the-future',
      `This database was written by a newer release: it has the migrations ${unknown.join(', ')}, which this one does not know.\n` +
        'Start the newer release, or set SMARTBOX_DATA_DIR to another directory.',
    );
  }
  const missing = migrations.slice(firstMissing(applied, migrations));
  for (const migration of missing) {
    target.transaction(() => {
      migration.up((statements) => target.exec(statements));
      target.record(migration.name);
    });
  }
  return missing.length > 0;
}

function firstMissing(applied: readonly string[], migrations: readonly Migration[]): number {
  for (const [index, name] of applied.entries()) {
    if (migrations[index]?.name !== name) {
      throw new StartupFault(
        'database-unusable',
        `This database's migrations do not follow this release's order (at ${name}).\nRestore a backup, or set SMARTBOX_DATA_DIR to another directory.`,
      );
    }
  }
  return applied.length;
}
