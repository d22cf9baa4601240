// One table to which a row is added durably: one transaction a row, synchronous=FULL, in a write-ahead log that has its
// full size already, as the product's has.
import Sqlite from 'better-sqlite3';

const walPages = 10_000;

/** @returns the statement that adds the row */
export function openDurableTable(path: string): Sqlite.Statement<[Buffer]> {
  const sqlite = new Sqlite(path);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = OFF');
  sqlite.pragma('wal_autocheckpoint = 0');
  sqlite.exec('CREATE TABLE filled (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)');
  sqlite.prepare('INSERT INTO filled (bytes) VALUES (zeroblob(?))').run(walPages * 4_000);
  sqlite.exec('DELETE FROM filled');
  sqlite.pragma('wal_checkpoint(RESTART)');
  sqlite.pragma(`wal_autocheckpoint = ${walPages}`);
  sqlite.pragma('synchronous = FULL');
  return sqlite.prepare('INSERT INTO filled (bytes) VALUES (?)');
}
