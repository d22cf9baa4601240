// What a feature keeps of people, declared beside its store: the export of a person reads it, the manual lists it, and a
// test holds it against the tables, so that nothing is kept that is not told.

import type { Database } from './database.ts';
import type { TenantId } from './identifiers.ts';
import { showInstant } from './instant.ts';

/** A row as the export shows it. */
export type KeptRow = Readonly<Record<string, unknown>>;

/** One kind of thing that is kept of people. */
export interface KeptOfPerson {
  /** As the export calls it. */
  readonly name: string;
  /** The tables that it is in. */
  readonly tables: readonly string[];
  /** `id-stays`: rows stay with the id of the person, which names nobody any more. The manual says why. */
  readonly onErasure: 'gone' | 'id-stays';
  rows(tenantId: TenantId, personId: string): readonly KeptRow[];
}

/**
 * @param kept.sql reads by the tenant, `?1`, and the person, `?2`. A column that ends in `_ms` is
 * shown as a moment without that ending, one that ends in `?` as yes or no, and `box_id` as in the rest of the API.
 */
export function keptRows(
  database: Database,
  kept: Omit<KeptOfPerson, 'rows'> & { readonly sql: string },
): KeptOfPerson {
  const { sql, ...declared } = kept;
  const rows = preparedOfPerson<KeptRow>(database, sql);
  return { ...declared, rows: (tenantId, personId) => rows(tenantId, personId).map(showRow) };
}

/**
 * @param sql reads by the tenant, `?1`, and the person, `?2`, as often as it likes; the driver takes no numbers
 * @returns what reads the rows as they are
 */
export function preparedOfPerson<Row>(
  database: Database,
  sql: string,
): (tenantId: TenantId, personId: string) => readonly Row[] {
  const order = sql.match(/\?[12]/g) ?? [];
  const statement = database.prepare<Row>(sql.replaceAll(/\?[12]/g, '?'));
  return (tenantId, personId) => statement.all(...order.map((one) => (one === '?1' ? tenantId : personId)));
}

function showRow(row: KeptRow): KeptRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => showColumn(name, value)));
}

function showColumn(name: string, value: unknown): readonly [string, unknown] {
  if (name.endsWith('?')) return [name.slice(0, -1), value === 1];
  if (value === null) return [name.replace(/_ms$/, ''), null];
  if (name.endsWith('_ms')) return [name.slice(0, -3), showInstant(Number(value))];
  return [name, name === 'box_id' ? `box_${String(value)}` : value];
}
