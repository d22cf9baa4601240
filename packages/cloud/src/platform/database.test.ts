// SQLite as this server needs it: durable, migrated, with a write-ahead log of constant size.

import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import type { Migration } from './migrations.ts';
import { queryBuilder } from './query-builder.ts';

const notes: Migration = {
  name: '0001-notes',
  up: (sql) => sql('CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT'),
};
const colours: Migration = {
  name: '0002-colours',
  up: (sql) => sql('ALTER TABLE note ADD COLUMN colour TEXT'),
};
const sql = queryBuilder<{ note: { id: number; text: string } }>();
const insert = (text: string) =>
  sql
    .insertInto('note')
    .values({ id: null as never, text })
    .compile();
const file = (): string => join(mkdtempSync(join(tmpdir(), 'smartbox-database-')), 'test.sqlite');

describe('the database', () => {
  it('commits durably, with foreign keys on and a write-ahead log', () => {
    const database = openDatabase({ path: file(), migrations: [notes], walPages: 256 });
    const setting = (name: string): unknown =>
      Object.values(database.prepare<object>(`PRAGMA ${name}`).get() ?? {})[0];
    expect(['journal_mode', 'synchronous', 'foreign_keys', 'wal_autocheckpoint'].map(setting)).toEqual([
      'wal',
      2,
      1,
      10_000,
    ]);
    database.close();
  });

  it('grows the write-ahead log at the start and never while it serves', () => {
    const path = file();
    const database = openDatabase({ path, migrations: [notes], walPages: 1_024 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const sizeAtStart = statSync(`${path}-wal`).size;
    expect(sizeAtStart).toBeGreaterThan(1_024 * 4_096);
    for (let round = 0; round < 50; round++) database.query(insert('x'.repeat(2_000)));
    expect(statSync(`${path}-wal`).size).toBe(sizeAtStart);
    database.close();
  });

  it('runs compiled queries synchronously and keeps rows over a restart', () => {
    const path = file();
    const first = openDatabase({ path, migrations: [notes], walPages: 0 });
    first.query(insert('kept'));
    first.close();
    const second = openDatabase({ path, migrations: [notes], walPages: 0 });
    expect(second.query(sql.selectFrom('note').select('text').compile())).toEqual([{ text: 'kept' }]);
    second.close();
  });

  it('undoes a failed transaction, and an inner one alone', () => {
    const database = openDatabase({ path: ':memory:', migrations: [notes] });
    const failing = (): void => {
      database.query(insert('inner'));
      throw new RangeError('inner');
    };
    database.transaction(() => {
      database.query(insert('outer'));
      expect(() => database.transaction(failing)).toThrow('inner');
    });
    expect(database.query(sql.selectFrom('note').select('text').compile())).toEqual([{ text: 'outer' }]);
  });

  it('starts from a serialised image without touching it', () => {
    const template = openDatabase({ path: ':memory:', migrations: [notes] });
    template.query(insert('template'));
    const image = template.serialize();
    const world = openDatabase({ image, migrations: [notes] });
    world.query(insert('world'));
    const other = openDatabase({ image, migrations: [notes] });
    expect(other.query(sql.selectFrom('note').select('text').compile())).toEqual([{ text: 'template' }]);
  });

  it('applies new migrations to an old database, in their order', () => {
    const path = file();
    openDatabase({ path, migrations: [notes], walPages: 0 }).close();
    const database = openDatabase({ path, migrations: [notes, colours], walPages: 0 });
    expect(database.prepare('SELECT colour FROM note').all()).toEqual([]);
    database.close();
  });

  it('refuses a database from a newer release and says what to do', () => {
    const path = file();
    openDatabase({ path, migrations: [notes, colours], walPages: 0 }).close();
    expect(() => openDatabase({ path, migrations: [notes], walPages: 0 })).toThrow(
      /newer release.*0002-colours[\s\S]*SMARTBOX_DATA_DIR/,
    );
  });

  it('leaves no half of a migration that fails', () => {
    const path = file();
    const broken: Migration = {
      name: '0002-broken',
      up: (run) => {
        run('CREATE TABLE half (id INTEGER) STRICT');
        run('nonsense');
      },
    };
    expect(() => openDatabase({ path, migrations: [notes, broken], walPages: 0 })).toThrow(/cannot be used/);
    const database = openDatabase({ path, migrations: [notes], walPages: 0 });
    expect(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").all()).toEqual([]);
    database.close();
  });

  it('says in plain words that a file cannot be opened', () => {
    const inFile = join(file(), 'below-a-file.sqlite');
    writeFileSync(dirname(inFile), '');
    expect(() => openDatabase({ path: inFile, migrations: [] })).toThrow(/cannot be used[\s\S]*permissions/);
  });

  it('forgets the oldest prepared statements, not the way to run them', () => {
    const database = openDatabase({ path: ':memory:', migrations: [notes] });
    for (let width = 1; width < 600; width++) {
      const ids = Array.from({ length: width }, (_, index) => index);
      database.query(sql.selectFrom('note').select('text').where('id', 'in', ids).compile());
    }
    expect(database.query(sql.selectFrom('note').select('text').where('id', 'in', [1]).compile())).toEqual(
      [],
    );
  });
});
