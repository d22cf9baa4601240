// The database of the plain peer: what a competent weekend project does. A code is found by its keyed hash; one
// authorisation is four statements (look up, record the event, count the use down, note the key's state).
// Apart from the service, because the growth section uses the same statements as the naive schema to be beaten.
import Sqlite from 'better-sqlite3';

/** What the peer answers. */
export interface PlainGrant {
  readonly bin: number;
  readonly grant: number;
}

/** One stored code. */
export interface PlainCode {
  readonly scope: string;
  readonly mac: Uint8Array;
  readonly keyNumber: number;
  readonly bin: number;
}

/** The peer's store. */
export interface PlainStore {
  addCodes(codes: Iterable<PlainCode>): void;
  /** @returns undefined for a refusal */
  authorise(asked: {
    readonly scope: string;
    readonly mac: Uint8Array;
    readonly box: string;
    readonly nowMs: number;
  }): PlainGrant | undefined;
  /** Runs the work in one durable transaction. */
  transaction<T>(work: () => T): T;
  close(): void;
}

const schema = `
  CREATE TABLE code (scope TEXT, mac BLOB, key_number INTEGER, bin INTEGER, starts_at INTEGER,
    ends_at INTEGER, uses INTEGER, PRIMARY KEY (scope, mac)) WITHOUT ROWID;
  CREATE TABLE key_state (key_number INTEGER PRIMARY KEY, state TEXT, changed_at INTEGER);
  CREATE TABLE event (id INTEGER PRIMARY KEY, box TEXT, at INTEGER, kind TEXT, key_number INTEGER, bin INTEGER);
  CREATE INDEX event_by_box ON event (box, at);`;

interface CodeRow {
  readonly key_number: number;
  readonly bin: number;
  readonly starts_at: number;
  readonly ends_at: number;
  readonly uses: number;
}

/** Opens a fresh file with SQLite's usual server settings: write-ahead log, synchronous=FULL. */
export function openPlainStore(path: string): PlainStore {
  const sqlite = new Sqlite(path);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.exec(schema);
  const find = sqlite.prepare<[string, Uint8Array], CodeRow>(
    'SELECT key_number, bin, starts_at, ends_at, uses FROM code WHERE scope = ? AND mac = ?',
  );
  const note = sqlite.prepare('INSERT INTO event (box, at, kind, key_number, bin) VALUES (?, ?, ?, ?, ?)');
  const use = sqlite.prepare('UPDATE code SET uses = uses - 1 WHERE scope = ? AND mac = ?');
  const move = sqlite.prepare('UPDATE key_state SET state = ?, changed_at = ? WHERE key_number = ?');
  return {
    addCodes: (codes) => addCodes(sqlite, codes),
    authorise({ scope, mac, box, nowMs }) {
      const code = find.get(scope, mac);
      if (code === undefined || nowMs < code.starts_at || nowMs >= code.ends_at || code.uses < 1)
        return undefined;
      const event = note.run(box, nowMs, 'granted', code.key_number, code.bin);
      use.run(scope, mac);
      move.run('granted', nowMs, code.key_number);
      return { bin: code.bin, grant: Number(event.lastInsertRowid) };
    },
    transaction: (work) => sqlite.transaction(work).immediate(),
    close: () => void sqlite.close(),
  };
}

function addCodes(sqlite: Sqlite.Database, codes: Iterable<PlainCode>): void {
  const add = sqlite.prepare('INSERT INTO code VALUES (?, ?, ?, ?, 0, 9000000000000, 1000000000)');
  const addKey = sqlite.prepare('INSERT OR IGNORE INTO key_state VALUES (?, ?, 0)');
  sqlite.transaction(() => {
    for (const code of codes) {
      add.run(code.scope, code.mac, code.keyNumber, code.bin);
      addKey.run(code.keyNumber, 'in its bin');
    }
  })();
}
