// Tells SQLite's query planner what our tables look like when they are full. Every primary key
// begins with the tenant, and without statistics the planner believes that one tenant has ten rows
// and reads them all instead of using an index. Fixed figures rather than ANALYZE: the plan of a
// query must not depend on how much data there happened to be at some moment.

import type { MigrationTarget } from './migrations.ts';

/** What this needs from a database. */
export interface PlannedDatabase extends Pick<MigrationTarget, 'exec'> {
  all(sql: string, ...parameters: readonly string[]): readonly Readonly<Record<string, unknown>>[];
}

const rows = 1_000_000;
const rowsOfTenant = 200_000;
/** Rows that share all columns of an index that is not unique. */
const rowsOfKey = 10;

/** Writes the figures for every index of every table. */
export function describeSelectivity(database: PlannedDatabase): void {
  database.exec('ANALYZE sqlite_schema; DELETE FROM sqlite_stat1');
  const tables = database.all(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  );
  for (const { name } of tables) {
    const table = String(name);
    for (const index of database.all('SELECT name, "unique", origin FROM pragma_index_list(?)', table)) {
      const columns = database
        .all('SELECT name FROM pragma_index_info(?)', String(index.name))
        .map((column) => column.name);
      // The primary key of a table without rowids is the table, and goes by its name.
      const known = index.origin === 'pk' ? table : String(index.name);
      const figures = selectivity(columns, index.unique === 1);
      database.all(
        'INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?) RETURNING tbl',
        table,
        known,
        figures,
      );
    }
  }
  database.exec('ANALYZE sqlite_schema');
}

// "rows r1 r2 …": how many rows share the first column, the first two, and so on.
function selectivity(columns: readonly unknown[], unique: boolean): string {
  const most = columns[0] === 'tenant_id' && columns.length > 1 ? rowsOfTenant : Math.sqrt(rows);
  const least = unique ? 1 : rowsOfKey;
  const steps = columns.map((_column, place) => {
    const share = columns.length === 1 ? 1 : place / (columns.length - 1);
    return Math.max(least, Math.round(most ** (1 - share) * least ** share));
  });
  return [rows, ...steps].join(' ');
}
