// All SQL of absences and return rules; one store is made for one tenant. Only what the timer asks looks across
// tenants: it waits for the next of all.

import type { BoxId } from '@smartbox/protocol';
import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { Absence, ReturnRule } from './lateness.ts';

interface AbsenceRow {
  key_id: string;
  box_id: BoxId;
  bin: number;
  grant_reference: number;
  code_id: string | null;
  person_id: string | null;
  booking_id: string | null;
  booking_ends_at_ms: number | null;
  taken_at_ms: number;
  due_at_ms: number | null;
  late_since_ms: number | null;
}

/** Absences and rules of one tenant. */
export interface LateKeyStore {
  rule(keyId: string): ReturnRule | undefined;
  saveRule(keyId: string, rule: ReturnRule): void;
  /** The present absence of a key; undefined for one that is not out. */
  absence(keyId: string): Absence | undefined;
  /** Puts an absence in the place of the key's former one. */
  save(absence: Absence): void;
  end(keyId: string): void;
  /** Keys that are due by then and not back, by their ids. */
  late(atMs: number, afterKeyId: string, limit: number): readonly Absence[];
}

/** What the timer asks. */
export interface DueAbsences {
  /** When the next key becomes late that was not told of; undefined for none. */
  nextDueAtMs(): number | undefined;
  /** Absences that are due by then and were not told of, the oldest first. */
  dueBy(atMs: number): readonly { readonly tenantId: TenantId; readonly absence: Absence }[];
}

/** Prepares the statements of all tenants' stores. */
export function createLateKeyStores(database: Database): (tenantId: TenantId) => LateKeyStore {
  const run = prepare(database);
  return perTenant((tenantId) => ({
    rule: (keyId) => run.rule.get(tenantId, keyId),
    saveRule: (keyId, { dueAfterMs, graceMs }) => void run.saveRule.run(tenantId, keyId, dueAfterMs, graceMs),
    absence: (keyId) => {
      const row = run.absence.get(tenantId, keyId);
      return row === undefined ? undefined : toAbsence(row);
    },
    save: (one) =>
      void run.save.run(
        ...[tenantId, one.keyId, one.boxId, one.bin, one.grant, one.codeId, one.personId],
        ...[one.bookingId, one.bookingEndsAtMs, one.takenAtMs, one.dueAtMs, one.lateSinceMs],
      ),
    end: (keyId) => void run.end.run(tenantId, keyId),
    late: (atMs, afterKeyId, limit) => run.late.all(tenantId, afterKeyId, atMs, limit).map(toAbsence),
  }));
}

/** Over all tenants. */
export function createDueAbsences(database: Database): DueAbsences {
  const waiting = 'due_at_ms IS NOT NULL AND late_since_ms IS NULL';
  const next = database.prepare<{ due: number | null }>(
    `SELECT min(due_at_ms) AS due FROM key_absence WHERE ${waiting}`,
  );
  const due = database.prepare<AbsenceRow & { tenant_id: TenantId }>(
    `SELECT * FROM key_absence WHERE ${waiting} AND due_at_ms <= ? ORDER BY due_at_ms, tenant_id, key_id`,
  );
  return {
    nextDueAtMs: () => next.get()?.due ?? undefined,
    dueBy: (atMs) => due.all(atMs).map((row) => ({ tenantId: row.tenant_id, absence: toAbsence(row) })),
  };
}

function prepare(database: Database) {
  return {
    rule: database.prepare<ReturnRule>(
      `SELECT due_after_ms AS dueAfterMs, grace_ms AS graceMs FROM return_rule WHERE tenant_id = ? AND key_id = ?`,
    ),
    saveRule: database.prepare(
      `INSERT INTO return_rule (tenant_id, key_id, due_after_ms, grace_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET due_after_ms = excluded.due_after_ms, grace_ms = excluded.grace_ms`,
    ),
    absence: database.prepare<AbsenceRow>('SELECT * FROM key_absence WHERE tenant_id = ? AND key_id = ?'),
    save: database.prepare(
      `INSERT OR REPLACE INTO key_absence (tenant_id, key_id, box_id, bin, grant_reference, code_id, person_id,
         booking_id, booking_ends_at_ms, taken_at_ms, due_at_ms, late_since_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    end: database.prepare('DELETE FROM key_absence WHERE tenant_id = ? AND key_id = ?'),
    late: database.prepare<AbsenceRow>(
      `SELECT * FROM key_absence WHERE tenant_id = ? AND key_id > ? AND due_at_ms <= ? ORDER BY key_id LIMIT ?`,
    ),
  };
}

function toAbsence(row: AbsenceRow): Absence {
  return {
    keyId: row.key_id,
    boxId: row.box_id,
    bin: row.bin,
    grant: row.grant_reference,
    codeId: row.code_id,
    personId: row.person_id,
    bookingId: row.booking_id,
    bookingEndsAtMs: row.booking_ends_at_ms,
    takenAtMs: row.taken_at_ms,
    dueAtMs: row.due_at_ms,
    lateSinceMs: row.late_since_ms,
  };
}
