// All SQL of remote openings; one store is made for one tenant. What a restarted cloud left behind is looked for
// across all tenants, because no caller is there then.

import type { BoxId } from '@smartbox/protocol';
import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { EndCause, OpeningState, Press, RemoteOpening } from './remote-opening.ts';

interface OpeningRow {
  opening_id: string;
  box_id: BoxId;
  wire_order: Uint8Array;
  bin: number;
  press: Press;
  reason: string;
  person_id: string | null;
  token_id: string;
  ordered_at_ms: number;
  expires_at_ms: number;
  state: OpeningState;
  because: EndCause | null;
  grant_reference: number | null;
  changed_at_ms: number;
}

/** What changes of an opening. */
export type OpeningChange = Pick<RemoteOpening, 'state' | 'because' | 'grant' | 'changedAtMs'>;

/** Which openings a list is of. */
export interface OpeningFilter {
  readonly boxId?: BoxId;
  readonly pending?: boolean;
}

/** The remote openings of one tenant. */
export interface OpeningStore {
  add(opening: RemoteOpening): void;
  get(openingId: string): RemoteOpening | undefined;
  byOrder(order: Uint8Array): RemoteOpening | undefined;
  byGrant(boxId: BoxId, grant: number): RemoteOpening | undefined;
  /** The one that waits for the box, if any does. */
  pendingAt(boxId: BoxId): RemoteOpening | undefined;
  change(openingId: string, change: OpeningChange): void;
  list(filter: OpeningFilter, afterId: string, limit: number): readonly RemoteOpening[];
}

/** Prepares the statements of all tenants' stores. */
export function createOpeningStores(database: Database): (tenantId: TenantId) => OpeningStore {
  const run = prepare(database);
  return perTenant((tenantId) => ({
    add: (one) =>
      void run.add.run(
        ...[tenantId, one.openingId, one.boxId, one.order, one.bin, one.press, one.reason],
        ...[one.by.personId, one.by.tokenId, one.orderedAtMs, one.expiresAtMs],
        ...[one.state, one.because, one.grant, one.changedAtMs],
      ),
    get: (openingId) => toOpeningOrNone(run.get.get(tenantId, openingId)),
    byOrder: (order) => toOpeningOrNone(run.byOrder.get(tenantId, order)),
    byGrant: (boxId, grant) => toOpeningOrNone(run.byGrant.get(tenantId, boxId, grant)),
    pendingAt: (boxId) => toOpeningOrNone(run.pendingAt.get(tenantId, boxId)),
    change: (openingId, { state, because, grant, changedAtMs }) =>
      void run.change.run(state, because, grant, changedAtMs, tenantId, openingId),
    list: ({ boxId, pending }, afterId, limit) =>
      run.list
        .all(tenantId, afterId, boxId ?? null, boxId ?? null, Number(pending ?? false), limit)
        .map(toOpening),
  }));
}

/** Every opening, of any tenant, that still waits for its box. @returns a function that reads them */
export function createLeftBehind(
  database: Database,
): () => readonly { readonly tenantId: TenantId; readonly openingId: string }[] {
  const left = database.prepare<{ tenantId: TenantId; openingId: string }>(
    `SELECT tenant_id AS tenantId, opening_id AS openingId FROM remote_opening
     WHERE state IN ('ordered', 'asked') ORDER BY tenant_id, opening_id`,
  );
  return () => left.all();
}

function prepare(database: Database) {
  const openings = 'SELECT * FROM remote_opening WHERE tenant_id = +?';
  return {
    add: database.prepare(
      `INSERT INTO remote_opening (tenant_id, opening_id, box_id, wire_order, bin, press, reason, person_id, token_id,
         ordered_at_ms, expires_at_ms, state, because, grant_reference, changed_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    get: database.prepare<OpeningRow>(`${openings} AND opening_id = +?`),
    byOrder: database.prepare<OpeningRow>(`${openings} AND wire_order = +?`),
    byGrant: database.prepare<OpeningRow>(`${openings} AND box_id = +? AND grant_reference = +?`),
    pendingAt: database.prepare<OpeningRow>(
      `${openings} AND box_id = +? AND state IN ('ordered', 'asked') LIMIT 1`,
    ),
    change: database.prepare(
      `UPDATE remote_opening SET state = ?, because = ?, grant_reference = ?, changed_at_ms = ?
       WHERE tenant_id = ? AND opening_id = ?`,
    ),
    list: database.prepare<OpeningRow>(
      `${openings} AND opening_id > +? AND (? IS NULL OR box_id = ?)
       AND (? = 0 OR state IN ('ordered', 'asked')) ORDER BY opening_id LIMIT ?`,
    ),
  };
}

function toOpeningOrNone(row: OpeningRow | undefined): RemoteOpening | undefined {
  return row === undefined ? undefined : toOpening(row);
}

function toOpening(row: OpeningRow): RemoteOpening {
  return {
    openingId: row.opening_id,
    boxId: row.box_id,
    order: new Uint8Array(row.wire_order),
    bin: row.bin,
    press: row.press,
    reason: row.reason,
    by: { personId: row.person_id, tokenId: row.token_id },
    orderedAtMs: row.ordered_at_ms,
    expiresAtMs: row.expires_at_ms,
    state: row.state,
    because: row.because,
    grant: row.grant_reference,
    changedAtMs: row.changed_at_ms,
  };
}
