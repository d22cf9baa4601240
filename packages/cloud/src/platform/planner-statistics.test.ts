// The planner takes the index that we made, whatever the tables hold at the moment.

import { describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { readMigrations } from './migration-files.ts';

const migrations = readMigrations(new URL('../../migrations/', import.meta.url));

describe('the query planner', () => {
  const database = openDatabase({ path: ':memory:', migrations });
  const plan = (sql: string, ...parameters: string[]): string =>
    database
      .prepare<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...parameters)
      .map(({ detail }) => detail)
      .join(' / ');

  it('finds a fob by its tag instead of reading every bin of the tenant', () => {
    const query = 'SELECT box_id, bin, door FROM bin WHERE tenant_id = ? AND tag = ?';
    expect(plan(query, 'ten_1', 'tag')).toBe('SEARCH bin USING INDEX bin_by_tag (tenant_id=? AND tag=?)');
  });

  it('finds the keys whose fob says something by their labels', () => {
    const query = `SELECT * FROM key WHERE tenant_id = +? AND fob_label = +? AND fob_label <> ''
      AND retired_at_ms IS NULL ORDER BY key_id LIMIT 2`;
    expect(plan(query, 'ten_1', 'A-07')).toContain('key_by_label (tenant_id=? AND fob_label=?)');
  });

  it('finds a row by its whole key in the table itself', () => {
    const query = 'SELECT door FROM bin WHERE tenant_id = ? AND box_id = ? AND bin = ?';
    expect(plan(query, 'ten_1', 'box', '3')).toBe(
      'SEARCH bin USING PRIMARY KEY (tenant_id=? AND box_id=? AND bin=?)',
    );
  });

  it('plans alike in a database that is full and in one that is empty', () => {
    const again = openDatabase({ image: database.serialize(), migrations });
    const figures = 'SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY 1, 2';
    expect(again.prepare(figures).all()).toEqual(database.prepare(figures).all());
    expect(again.prepare(figures).all().length).toBeGreaterThan(20);
  });
});
