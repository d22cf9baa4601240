// All SQL of the ledger: append and read, nothing else (the database itself refuses more).

import type { BoxId } from '@smartbox/protocol';
import type { Database } from '../../platform/database.ts';
import type { Fact } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import { queryBuilder } from '../../platform/query-builder.ts';
import type { NumberedEvent } from './event.ts';

/** An event as its table has it. */
export interface EventRow {
  tenant_id: string;
  sequence: number;
  kind: string;
  location_id: string | null;
  box_id: string | null;
  bin: number | null;
  key_id: string | null;
  code_id: string | null;
  occurred_at_ms: number;
  recorded_at_ms: number;
  data: string;
}

const sql = queryBuilder<{ event: EventRow }>();

/** Which events are wanted. */
export interface EventFilter {
  readonly types?: readonly string[];
  readonly boxId?: BoxId;
  readonly keyId?: string;
  readonly codeId?: string;
  readonly locationId?: string;
  /** Only of these locations; events of none of them, and of none at all, are left out. */
  readonly within?: readonly string[];
}

/** A stretch of the ledger, exclusive of `from`. */
export interface EventRange {
  readonly from: number;
  readonly order: 'rising' | 'falling';
  readonly limit: number;
}

/** The ledger of one tenant. */
export interface EventStore {
  /** Adds a fact under the next number. */
  append(fact: Fact, recordedAtMs: number): NumberedEvent;
  read(filter: EventFilter, range: EventRange): readonly NumberedEvent[];
  /** Number of the last event; 0 for none. */
  end(): number;
}

/**
 * Prepares the statements of all tenants' ledgers. A plus before a parameter hides its value from the
 * planner, which otherwise plans anew at each new value (SQLite with STAT4).
 */
export function createEventStores(database: Database): (tenantId: TenantId) => EventStore {
  const last = database.prepare<{ sequence: number }>(
    'SELECT sequence FROM event WHERE tenant_id = +? ORDER BY sequence DESC LIMIT 1',
  );
  const insert = database.prepare(
    `INSERT INTO event (tenant_id, sequence, kind, location_id, box_id, bin, key_id, code_id, occurred_at_ms,
       recorded_at_ms, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return perTenant((tenantId) => {
    const end = (): number => last.get(tenantId)?.sequence ?? 0;
    return {
      end,
      append: (fact, recordedAtMs) => {
        const sequence = end() + 1;
        insert.run(
          tenantId,
          sequence,
          fact.type,
          fact.locationId ?? null,
          fact.boxId ?? null,
          fact.bin ?? null,
          fact.keyId ?? null,
          fact.codeId ?? null,
          fact.occurredAtMs,
          recordedAtMs,
          fact.data === undefined ? '{}' : JSON.stringify(fact.data),
        );
        return { sequence, fact, recordedAtMs };
      },
      read: (filter, range) => readRange(database, tenantId, { filter, range }),
    };
  });
}

function readRange(
  database: Database,
  tenantId: TenantId,
  wanted: { readonly filter: EventFilter; readonly range: EventRange },
): readonly NumberedEvent[] {
  const { filter, range } = wanted;
  const [comparison, direction] =
    range.order === 'rising' ? (['>', 'asc'] as const) : (['<', 'desc'] as const);
  let query = sql
    .selectFrom('event')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('sequence', comparison, range.from);
  if (filter.types !== undefined) query = query.where('kind', 'in', filter.types);
  if (filter.boxId !== undefined) query = query.where('box_id', '=', filter.boxId);
  if (filter.keyId !== undefined) query = query.where('key_id', '=', filter.keyId);
  if (filter.codeId !== undefined) query = query.where('code_id', '=', filter.codeId);
  if (filter.locationId !== undefined) query = query.where('location_id', '=', filter.locationId);
  if (filter.within !== undefined) query = query.where('location_id', 'in', filter.within);
  const rows = database.query(query.orderBy('sequence', direction).limit(range.limit).compile());
  return rows.map(toEvent);
}

/** @returns the event of a row */
export function toEvent(row: EventRow): NumberedEvent {
  const fact: Fact = {
    tenantId: row.tenant_id as TenantId,
    type: row.kind,
    occurredAtMs: row.occurred_at_ms,
    ...(row.location_id === null ? {} : { locationId: row.location_id }),
    ...(row.box_id === null ? {} : { boxId: row.box_id as BoxId }),
    ...(row.bin === null ? {} : { bin: row.bin }),
    ...(row.key_id === null ? {} : { keyId: row.key_id }),
    ...(row.code_id === null ? {} : { codeId: row.code_id }),
    data: JSON.parse(row.data),
  };
  return { sequence: row.sequence, fact, recordedAtMs: row.recorded_at_ms };
}
