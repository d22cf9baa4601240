// All SQL of codes, grants and the throttle; one store is made for one tenant. Every statement of the
// authoriser is prepared once: somebody waits at a keypad for it. A plus before a parameter hides its
// value from the planner, which otherwise plans anew at each new value (SQLite with STAT4): 7 µs for 1.

import type { BoxId } from '@smartbox/protocol';
import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import { type CodeStore, codeQueries, prepareCodes } from './code-store.ts';
import type { Grant, GrantState, Purpose } from './grant.ts';
import type { WrongTries } from './throttle.ts';

interface GrantRow {
  reference: number;
  request: Uint8Array;
  bin: number;
  purpose: Purpose;
  key_id: string | null;
  code_id: string | null;
  person_id: string | null;
  state: GrantState;
  granted_at_ms: number;
}

/** What the authoriser remembers of a box. */
export interface AccessBox {
  readonly wrongAtMs: WrongTries;
  /** Log entry at which the last unused grant is known to be dead; null while nothing is open. */
  readonly settleEnd: number | null;
}

/** Codes, grants and throttle of one tenant. */
export interface AccessStore extends CodeStore {
  box(boxId: BoxId): AccessBox;
  saveBox(boxId: BoxId, box: AccessBox): void;
  addGrant(boxId: BoxId, grant: Grant): void;
  grant(boxId: BoxId, reference: number): Grant | undefined;
  /** The box's latest grant: the only one that can be unused. */
  lastGrant(boxId: BoxId): Grant | undefined;
  /** The grant under which the front of the box stands open, as far as its log tells; undefined while it is shut. */
  openFront(boxId: BoxId): Grant | undefined;
  /** Bins whose lock is about to fire or has just fired, among the latest grants up to this one. */
  binsAboutToOpen(boxId: BoxId, lastReference: number): ReadonlySet<number>;
  /** Bins that were opened for the return of this key since it was withdrawn: its fob came to lie in none. */
  binsTried(boxId: BoxId, keyId: string, lastReference: number): readonly number[];
  setGrantState(boxId: BoxId, reference: number, state: GrantState): void;
  /** Every grant of a box, in order: the replay is compared with these. */
  grants(boxId: BoxId): readonly Grant[];
}

/** How many grants back are still of interest at a box: more than it has bins to try. */
const latestGrants = 32;

/** Prepares the statements of all tenants' stores. */
export function createAccessStores(database: Database): (tenantId: TenantId) => AccessStore {
  const statements = prepare(database);
  const codes = prepareCodes(database);
  return perTenant((tenantId) => ({
    ...codeQueries(codes, tenantId),
    box: (boxId) => {
      const row = statements.box.get(tenantId, boxId);
      return row === undefined
        ? { wrongAtMs: [], settleEnd: null }
        : { wrongAtMs: JSON.parse(row.wrong_at_ms), settleEnd: row.settle_end };
    },
    saveBox: (boxId, { wrongAtMs, settleEnd }) =>
      void statements.saveBox.run(tenantId, boxId, JSON.stringify(wrongAtMs), settleEnd),
    addGrant: (boxId, grant) =>
      void statements.addGrant.run(
        tenantId,
        boxId,
        grant.reference,
        grant.request,
        grant.bin,
        grant.purpose,
        grant.keyId,
        grant.codeId,
        grant.personId,
        grant.state,
        grant.grantedAtMs,
      ),
    grant: (boxId, reference) => toGrantOrNone(statements.grant.get(tenantId, boxId, reference)),
    lastGrant: (boxId) => toGrantOrNone(statements.lastGrant.get(tenantId, boxId)),
    openFront: (boxId) => {
      const latest = toGrantOrNone(statements.front.get(tenantId, boxId));
      return latest?.state === 'opened' ? latest : undefined;
    },
    binsAboutToOpen: (boxId, lastReference) =>
      new Set(
        statements.aboutToOpen.all(tenantId, boxId, lastReference - latestGrants).map(({ bin }) => bin),
      ),
    binsTried: (boxId, keyId, lastReference) => {
      const rows = statements.ofKey.all(tenantId, boxId, lastReference - latestGrants, keyId);
      const withdrawn = rows.findLastIndex(({ purpose }) => purpose === 'withdraw');
      return rows.slice(withdrawn + 1).map(({ bin }) => bin);
    },
    setGrantState: (boxId, reference, state) =>
      void statements.setState.run(state, tenantId, boxId, reference),
    grants: (boxId) => statements.grants.all(tenantId, boxId).map(toGrant),
  }));
}

const grantColumns = 'reference, request, bin, purpose, key_id, code_id, person_id, state, granted_at_ms';

function prepare(database: Database) {
  const grants = `SELECT ${grantColumns} FROM access_grant WHERE tenant_id = +? AND box_id = +?`;
  return {
    box: database.prepare<{ wrong_at_ms: string; settle_end: number | null }>(
      'SELECT wrong_at_ms, settle_end FROM access_box WHERE tenant_id = ? AND box_id = ?',
    ),
    saveBox: database.prepare(
      `INSERT INTO access_box (tenant_id, box_id, wrong_at_ms, settle_end) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET wrong_at_ms = excluded.wrong_at_ms, settle_end = excluded.settle_end`,
    ),
    addGrant: database.prepare(
      `INSERT INTO access_grant (tenant_id, box_id, ${grantColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    grant: database.prepare<GrantRow>(`${grants} AND reference = +?`),
    lastGrant: database.prepare<GrantRow>(`${grants} ORDER BY reference DESC LIMIT 1`),
    front: database.prepare<GrantRow>(
      `SELECT ${grantColumns} FROM access_grant INDEXED BY access_grant_of_front
       WHERE tenant_id = ? AND box_id = ? AND bin = 0 ORDER BY reference DESC LIMIT 1`,
    ),
    aboutToOpen: database.prepare<{ bin: number }>(
      `SELECT bin FROM access_grant WHERE tenant_id = +? AND box_id = +? AND reference > +? AND state = 'intended'`,
    ),
    ofKey: database.prepare<{ bin: number; purpose: Purpose }>(
      `SELECT bin, purpose FROM access_grant WHERE tenant_id = +? AND box_id = +? AND reference > +? AND key_id = +?
       ORDER BY reference`,
    ),
    setState: database.prepare(
      'UPDATE access_grant SET state = ? WHERE tenant_id = ? AND box_id = ? AND reference = ?',
    ),
    grants: database.prepare<GrantRow>(`${grants} ORDER BY reference`),
  };
}

function toGrantOrNone(row: GrantRow | undefined): Grant | undefined {
  return row === undefined ? undefined : toGrant(row);
}

function toGrant(row: GrantRow): Grant {
  return {
    reference: row.reference,
    request: new Uint8Array(row.request),
    bin: row.bin,
    purpose: row.purpose,
    keyId: row.key_id,
    codeId: row.code_id,
    personId: row.person_id,
    state: row.state,
    grantedAtMs: row.granted_at_ms,
  };
}
