// What the post office asks at every round, over all tenants: which channels are owed something.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../platform/database.ts';
import { readMigrations } from '../../platform/migration-files.ts';
import { createOwedStore } from './owed-store.ts';

const migrations = readMigrations(new URL('../../../migrations/', import.meta.url));
const image = openDatabase({ path: ':memory:', migrations }).serialize();

interface Waiting {
  readonly tenantId: string;
  readonly channelId: string;
  readonly state: string;
  readonly dueAtMs: number;
}

function holding(rows: readonly Waiting[], onStatement: (sql: string) => void = () => {}): Database {
  const database = openDatabase({ image, migrations });
  const tenant = database.prepare('INSERT INTO tenant (tenant_id, name, created_at_ms) VALUES (?, ?, 0)');
  for (const tenantId of new Set(rows.map((row) => row.tenantId))) tenant.run(tenantId, tenantId);
  const notice = database.prepare(
    `INSERT INTO notice (tenant_id, notice_id, type, body, rest, created_at_ms) VALUES (?, ?, 'x', '{}', '[]', 0)`,
  );
  const delivery = database.prepare(
    `INSERT INTO notice_delivery (tenant_id, delivery_id, notice_id, channel_id, sequence, state, due_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const [index, { tenantId, channelId, state, dueAtMs }] of rows.entries()) {
    notice.run(tenantId, `n${index}`);
    delivery.run(tenantId, `d${index}`, `n${index}`, channelId, index, state, dueAtMs);
  }
  const prepare = <Row>(sql: string) => {
    onStatement(sql);
    return database.prepare<Row>(sql);
  };
  return Object.assign(Object.create(database) as Database, { prepare });
}

describe('channels on which something waits', () => {
  const row = fc.record({
    tenantId: fc.constantFrom('ten_a', 'ten_b', 'ten_c'),
    channelId: fc.constantFrom('nch_1', 'nch_2', 'nch_3'),
    state: fc.constantFrom('pending', 'held', 'delivered', 'moved', 'failed'),
    dueAtMs: fc.nat(99),
  });

  it('are all of them, of every tenant, each with what is due first', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        const first = new Map<string, number>();
        for (const { tenantId, channelId, state, dueAtMs } of rows) {
          if (state !== 'pending') continue;
          const name = `${tenantId} ${channelId}`;
          first.set(name, Math.min(first.get(name) ?? dueAtMs, dueAtMs));
        }
        const owed = createOwedStore(holding(rows)).channels();
        expect(new Map(owed.map((one) => [`${one.tenantId} ${one.channelId}`, one.dueAtMs]))).toEqual(first);
        const dues = owed.map(({ dueAtMs }) => dueAtMs);
        expect(dues).toEqual(dues.toSorted((one, other) => one - other));
      }),
      { numRuns: 50 },
    );
  });

  it('are found without reading all that waits: one receiver that is away holds nobody up', () => {
    const statements: string[] = [];
    const database = holding([], (sql) => statements.push(sql));
    createOwedStore(database);
    const [channels = ''] = statements;
    const plan = database
      .prepare<{ detail: string }>(`EXPLAIN QUERY PLAN ${channels}`)
      .all()
      .map(({ detail }) => detail);
    const steps = plan.filter((detail) => detail.includes('notice_delivery'));
    expect(steps).toHaveLength(5);
    expect(steps.filter((detail) => !detail.startsWith('SEARCH notice_delivery'))).toEqual([]);
  });
});
