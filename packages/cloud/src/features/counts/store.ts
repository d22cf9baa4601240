// All SQL of counts; one store is made for one tenant.

import type { BoxId, OfflineMethod } from '@smartbox/protocol';
import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import {
  type Count,
  type CountLine,
  type CountState,
  type Difference,
  type HandOpening,
  type Hanging,
  neverAsked,
} from './count.ts';

interface StateRow {
  box_id: BoxId;
  asked_at_ms: number | null;
  told_end: number;
  asked_through: number;
  rev: number;
}

interface BinRow {
  bin: number;
  method: OfflineMethod | null;
  opened_at_ms: number | null;
  last_at_ms: number;
  taken: number;
  taken_tag: Uint8Array | null;
  put_back: number;
}

interface CountRow {
  count_id: string;
  counted_at_ms: number;
  counted_by: string;
}

interface LineRow {
  bin: number;
  ledger_kind: Hanging['kind'];
  ledger_key_id: string | null;
  ledger_fob_label: string | null;
  found_kind: Hanging['kind'];
  found_key_id: string | null;
  found_fob_label: string | null;
  difference: Difference | null;
  note: string;
}

/** What one tenant's boxes wait for, and what was counted. */
export interface CountStore {
  saveUse(boxId: BoxId, grant: number, method: OfflineMethod | null): void;
  /** How the code of this grant was proved; null where nobody knows. */
  method(boxId: BoxId, grant: number): OfflineMethod | null;
  /** Forgets the codes of a log that is no more: its numbers will be used again. */
  forgetUses(boxId: BoxId): void;
  state(boxId: BoxId): CountState;
  saveState(boxId: BoxId, state: CountState): void;
  /** Boxes that wait for a count, by id. */
  waiting(afterBoxId: string, limit: number): readonly BoxId[];
  /** Bins that wait, by number. */
  openings(boxId: BoxId): readonly HandOpening[];
  opening(boxId: BoxId, bin: number): HandOpening | undefined;
  saveOpening(boxId: BoxId, opening: HandOpening): void;
  clearOpenings(boxId: BoxId): void;
  addCount(boxId: BoxId, count: Count): void;
  lastCount(boxId: BoxId): Count | undefined;
}

/** Prepares the statements of all tenants' stores. */
export function createCountStores(database: Database): (tenantId: TenantId) => CountStore {
  const statements = prepare(database);
  return perTenant((tenantId) => ({
    ...waitingQueries(statements, tenantId),
    ...countQueries(statements, tenantId),
  }));
}

const binColumns = 'bin, method, opened_at_ms, last_at_ms, taken, taken_tag, put_back';
const lineColumns =
  'bin, ledger_kind, ledger_key_id, ledger_fob_label, found_kind, found_key_id, found_fob_label, difference, note';

// A plus before a parameter hides its value from the planner, which otherwise plans anew at each new
// value (SQLite with STAT4).
function prepare(database: Database) {
  const bins = `SELECT ${binColumns} FROM count_bin WHERE tenant_id = +? AND box_id = +?`;
  return {
    saveUse: database.prepare(
      'INSERT OR REPLACE INTO counted_code (tenant_id, box_id, grant_reference, method) VALUES (?, ?, ?, ?)',
    ),
    use: database.prepare<{ method: OfflineMethod | null }>(
      'SELECT method FROM counted_code WHERE tenant_id = +? AND box_id = +? AND grant_reference = +?',
    ),
    forgetUses: database.prepare('DELETE FROM counted_code WHERE tenant_id = ? AND box_id = ?'),
    state: database.prepare<StateRow>('SELECT * FROM count_box WHERE tenant_id = +? AND box_id = +?'),
    saveState: database.prepare(
      `INSERT OR REPLACE INTO count_box (tenant_id, box_id, asked_at_ms, told_end, asked_through, rev)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    waiting: database.prepare<StateRow>(
      `SELECT * FROM count_box WHERE tenant_id = +? AND box_id > +? AND asked_at_ms IS NOT NULL
       ORDER BY box_id LIMIT ?`,
    ),
    bins: database.prepare<BinRow>(`${bins} ORDER BY bin`),
    bin: database.prepare<BinRow>(`${bins} AND bin = +?`),
    saveBin: database.prepare(
      `INSERT OR REPLACE INTO count_bin (tenant_id, box_id, ${binColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    clearBins: database.prepare('DELETE FROM count_bin WHERE tenant_id = ? AND box_id = ?'),
    addCount: database.prepare(
      'INSERT INTO box_count (tenant_id, box_id, count_id, counted_at_ms, counted_by) VALUES (?, ?, ?, ?, ?)',
    ),
    addLine: database.prepare(
      `INSERT INTO box_count_line (tenant_id, box_id, count_id, ${lineColumns})
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    lastCount: database.prepare<CountRow>(
      `SELECT count_id, counted_at_ms, counted_by FROM box_count WHERE tenant_id = +? AND box_id = +?
       ORDER BY count_id DESC LIMIT 1`,
    ),
    lines: database.prepare<LineRow>(
      `SELECT ${lineColumns} FROM box_count_line WHERE tenant_id = +? AND box_id = +? AND count_id = +?
       ORDER BY bin`,
    ),
  };
}

type Statements = ReturnType<typeof prepare>;

function waitingQueries(
  statements: Statements,
  tenantId: TenantId,
): Omit<CountStore, 'addCount' | 'lastCount'> {
  return {
    saveUse: (boxId, grant, method) => void statements.saveUse.run(tenantId, boxId, grant, method),
    method: (boxId, grant) => statements.use.get(tenantId, boxId, grant)?.method ?? null,
    forgetUses: (boxId) => void statements.forgetUses.run(tenantId, boxId),
    state: (boxId) => {
      const row = statements.state.get(tenantId, boxId);
      return row === undefined ? neverAsked : toState(row);
    },
    saveState: (boxId, { askedAtMs, toldEnd, askedThrough, rev }) =>
      void statements.saveState.run(tenantId, boxId, askedAtMs, toldEnd, askedThrough, rev),
    waiting: (afterBoxId, limit) =>
      statements.waiting.all(tenantId, afterBoxId, limit).map(({ box_id }) => box_id),
    openings: (boxId) => statements.bins.all(tenantId, boxId).map(toOpening),
    opening: (boxId, bin) => {
      const row = statements.bin.get(tenantId, boxId, bin);
      return row === undefined ? undefined : toOpening(row);
    },
    saveOpening: (boxId, { bin, method, openedAtMs, lastAtMs, taken, takenTag, putBack }) => {
      const flags = [Number(taken), takenTag, Number(putBack)];
      statements.saveBin.run(tenantId, boxId, bin, method, openedAtMs, lastAtMs, ...flags);
    },
    clearOpenings: (boxId) => void statements.clearBins.run(tenantId, boxId),
  };
}

function countQueries(
  statements: Statements,
  tenantId: TenantId,
): Pick<CountStore, 'addCount' | 'lastCount'> {
  return {
    addCount: (boxId, { countId, countedAtMs, countedBy, lines }) => {
      statements.addCount.run(tenantId, boxId, countId, countedAtMs, countedBy);
      for (const { bin, ledger, found, difference, note } of lines) {
        const hanging = [...fromHanging(ledger), ...fromHanging(found)];
        statements.addLine.run(tenantId, boxId, countId, bin, ...hanging, difference, note);
      }
    },
    lastCount: (boxId) => {
      const row = statements.lastCount.get(tenantId, boxId);
      if (row === undefined) return undefined;
      const { count_id: countId, counted_at_ms: countedAtMs, counted_by: countedBy } = row;
      const lines = statements.lines.all(tenantId, boxId, countId).map(toLine);
      return { countId, countedAtMs, countedBy, lines };
    },
  };
}

function toState(row: StateRow): CountState {
  const { asked_at_ms: askedAtMs, told_end: toldEnd, asked_through: askedThrough, rev } = row;
  return { askedAtMs, toldEnd, askedThrough, rev };
}

function toOpening(row: BinRow): HandOpening {
  return {
    bin: row.bin,
    method: row.method,
    openedAtMs: row.opened_at_ms,
    lastAtMs: row.last_at_ms,
    taken: row.taken === 1,
    takenTag: row.taken_tag === null ? null : new Uint8Array(row.taken_tag),
    putBack: row.put_back === 1,
  };
}

function toLine(row: LineRow): CountLine {
  return {
    bin: row.bin,
    ledger: toHanging(row.ledger_kind, row.ledger_key_id, row.ledger_fob_label),
    found: toHanging(row.found_kind, row.found_key_id, row.found_fob_label),
    difference: row.difference,
    note: row.note,
  };
}

function fromHanging(hanging: Hanging): readonly [string, string | null, string | null] {
  if (hanging.kind === 'nothing') return [hanging.kind, null, null];
  return [hanging.kind, hanging.kind === 'key' ? hanging.keyId : null, hanging.fobLabel];
}

function toHanging(kind: Hanging['kind'], keyId: string | null, fobLabel: string | null): Hanging {
  if (kind === 'nothing') return { kind };
  return kind === 'key' ? { kind, keyId: keyId ?? '', fobLabel: fobLabel ?? '' } : { kind, fobLabel };
}
