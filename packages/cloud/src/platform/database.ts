// Opens SQLite the way this server needs it: durable at every commit, foreign keys on, schema
// up to date, write-ahead log at its full size from the start. All calls are synchronous: there
// is no await between loading facts and recording a decision.

import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { CompiledQuery } from 'kysely';
import { StartupFault } from './errors.ts';
import { type Migration, type MigrationTarget, migrate } from './migrations.ts';
import { describeSelectivity, type PlannedDatabase } from './planner-statistics.ts';

/** A value that SQLite stores. Blobs are read back as Uint8Array. */
export type SqlValue = string | number | bigint | Uint8Array | null;

/** A prepared statement. Parameters are bound in their order. */
export interface Statement<Row> {
  get(...parameters: SqlValue[]): Row | undefined;
  all(...parameters: SqlValue[]): Row[];
  run(...parameters: SqlValue[]): { readonly changes: number };
  /** Whether it returns rows. */
  readonly reader: boolean;
  /** The same statement with rows as arrays of columns: cheaper on a hot path. */
  raw(): Statement<unknown[]>;
}

/** An open database; one per process, used from one thread. */
export interface Database {
  /** Runs a query that Kysely compiled; the prepared statement is kept by its text. */
  query<Row>(compiled: CompiledQuery<Row>): readonly Row[];
  /** Prepares a statement for a hot path; keep it, do not prepare per call. */
  prepare<Row = unknown>(sql: string): Statement<Row>;
  /** Runs statements that return nothing. */
  exec(statements: string): void;
  /** All or nothing; inside another transaction it is a savepoint of that one. */
  transaction<T>(work: () => T): T;
  /** Whether a transaction is open; false after SQLite itself rolled one back. */
  readonly inTransaction: boolean;
  /** The whole database as bytes, for {@link openDatabase} with `image`. */
  serialize(): Uint8Array;
  close(): void;
}

/** Where the database is and what it must contain. */
export interface DatabaseOptions {
  /** A file, or `:memory:`. Leave out when `image` is given. */
  readonly path?: string;
  /** A serialised database to start from, in memory. */
  readonly image?: Uint8Array;
  readonly migrations: readonly Migration[];
  /** Size to which the write-ahead log is grown at the start, in pages of 4 KiB. */
  readonly walPages?: number;
}

const cachedStatements = 512;
const mmapBytes = 4 * 2 ** 30;
const busyTimeoutMs = 5_000;
/** One checkpoint each 10,000 pages (41 MB): the checkpoint is the tail of the latency. */
const defaultWalPages = 10_000;
const walFrameBytes = 4_120;

/** @throws StartupFault when the file cannot be used, with what to do. */
export function openDatabase(options: DatabaseOptions): Database {
  const sqlite = open(options);
  try {
    configure(sqlite);
    const target = migrationTarget(sqlite);
    if (migrate(target, options.migrations)) describeSelectivity(target);
    if (isFile(options)) preallocateWriteAheadLog(sqlite, options.walPages ?? defaultWalPages);
  } catch (cause) {
    sqlite.close();
    if (cause instanceof StartupFault) throw cause;
    throw unusable(options, cause);
  }
  return createDatabase(sqlite);
}

function open(options: DatabaseOptions): Sqlite.Database {
  try {
    if (options.path !== undefined && isFile(options)) createPrivateFile(options.path);
    return new Sqlite(
      options.image === undefined ? (options.path ?? ':memory:') : Buffer.from(options.image),
    );
  } catch (cause) {
    throw unusable(options, cause);
  }
}

// SQLite gives its log files the permissions of the database: names and tags are nobody else's business.
function createPrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}

function unusable(options: DatabaseOptions, cause: unknown): StartupFault {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
  return new StartupFault(
    'database-unusable',
    `The database ${options.path ?? 'image'} cannot be used (${reason}).\nCheck the directory's permissions and free space, or set SMARTBOX_DATA_DIR to another directory.`,
    { cause },
  );
}

function isFile(options: DatabaseOptions): boolean {
  return options.image === undefined && options.path !== undefined && options.path !== ':memory:';
}

function configure(sqlite: Sqlite.Database): void {
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  // What is deleted or changed is overwritten: who is erased must not stand in the free space of pages.
  sqlite.pragma('secure_delete = ON');
  // Without it REPLACE removes rows past the triggers that keep ledger and audit as they are.
  sqlite.pragma('recursive_triggers = ON');
  sqlite.pragma(`mmap_size = ${mmapBytes}`);
  sqlite.pragma(`busy_timeout = ${busyTimeoutMs}`);
  sqlite.pragma(`wal_autocheckpoint = ${defaultWalPages}`);
}

function migrationTarget(sqlite: Sqlite.Database): MigrationTarget & PlannedDatabase {
  return {
    exec: (statements) => void sqlite.exec(statements),
    all: (sql, ...parameters) => sqlite.prepare<string[], Record<string, unknown>>(sql).all(...parameters),
    applied: () => sqlite.prepare<[], string>('SELECT name FROM migration ORDER BY name').pluck().all(),
    record: (name) => void sqlite.prepare('INSERT INTO migration (name) VALUES (?)').run(name),
    transaction: (work) => sqlite.transaction(work).immediate(),
  };
}

// A write-ahead log that grows makes each fdatasync write a new file size as well, which is the
// dearer half of a commit. So one scratch row is rewritten, undurably, until the file is as long
// as it will get; RESTART makes the next writer begin at its head, and nothing truncates it.
function preallocateWriteAheadLog(sqlite: Sqlite.Database, pages: number): void {
  const chunkPages = 256;
  sqlite.pragma('synchronous = OFF');
  sqlite.pragma('wal_autocheckpoint = 0');
  sqlite.exec('CREATE TABLE IF NOT EXISTS wal_fill (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT');
  const fill = sqlite.prepare('INSERT OR REPLACE INTO wal_fill (id, bytes) VALUES (1, zeroblob(?))');
  for (let written = 0; written < pages; written += chunkPages)
    fill.run(chunkPages * (walFrameBytes - 24) - 1_024);
  sqlite.exec('DELETE FROM wal_fill');
  sqlite.pragma('wal_checkpoint(RESTART)');
  sqlite.pragma(`wal_autocheckpoint = ${defaultWalPages}`);
  sqlite.pragma('synchronous = FULL');
}

function createDatabase(sqlite: Sqlite.Database): Database {
  const statements = new Map<string, Statement<unknown>>();
  const cached = (sql: string): Statement<unknown> => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = sqlite.prepare<SqlValue[], unknown>(sql) as unknown as Statement<unknown>;
    const oldest = statements.keys().next();
    if (statements.size >= cachedStatements && !oldest.done) statements.delete(oldest.value);
    statements.set(sql, statement);
    return statement;
  };
  return {
    query<Row>(compiled: CompiledQuery<Row>): readonly Row[] {
      const statement = cached(compiled.sql);
      const parameters = compiled.parameters as SqlValue[];
      if (statement.reader) return statement.all(...parameters) as Row[];
      statement.run(...parameters);
      return [];
    },
    prepare: <Row>(sql: string) => sqlite.prepare<SqlValue[], Row>(sql) as unknown as Statement<Row>,
    exec: (text) => void sqlite.exec(text),
    transaction: (work) => sqlite.transaction(work).immediate(),
    get inTransaction() {
      return sqlite.inTransaction;
    },
    serialize: () => new Uint8Array(sqlite.serialize()),
    close: () => void sqlite.close(),
  };
}
