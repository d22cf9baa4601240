// All SQL of rules, and of what they told lately. A store is made for one tenant and can ask about no other.

import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { Rule } from './rule.ts';

/** When something was last told, and how often it happened since. */
export interface Repeat {
  readonly toldAtMs: number;
  readonly leftOut: number;
}

/** The rules of one tenant. */
export interface RuleStore {
  add(rule: Rule): void;
  get(ruleId: string): Rule | undefined;
  list(afterRuleId: string, limit: number): readonly Rule[];
  /** Every rule that is not paused. */
  live(): readonly Rule[];
  count(): number;
  change(rule: Rule): void;
  remove(ruleId: string): void;
  repeat(ruleId: string, subject: string): Repeat | undefined;
  saveRepeat(ruleId: string, subject: string, repeat: Repeat): void;
  forgetRepeats(ruleId: string): void;
}

interface RuleRow {
  readonly rule_id: string;
  readonly label: string;
  readonly events: string;
  readonly channels: string;
  readonly location_id: string | null;
  readonly box_id: string | null;
  readonly key_id: string | null;
  readonly repeat_after_ms: number | null;
  readonly quiet_hours: string;
  readonly time_zone: string | null;
  readonly urgent: number;
  readonly paused: number;
  readonly rev: number;
  readonly created_at_ms: number;
}

/** Prepares the statements of all tenants' stores. */
export function createRuleStores(database: Database): (tenantId: TenantId) => RuleStore {
  const statements = prepare(database);
  return perTenant((tenantId) => ({
    add: (rule) => void statements.add.run(tenantId, rule.ruleId, rule.createdAtMs, ...settable(rule)),
    get: (ruleId) => {
      const row = statements.one.get(tenantId, ruleId);
      return row === undefined ? undefined : toRule(row);
    },
    list: (afterRuleId, limit) => statements.page.all(tenantId, afterRuleId, limit).map(toRule),
    live: () => statements.live.all(tenantId).map(toRule),
    count: () => statements.count.get(tenantId)?.count ?? 0,
    change: (rule) => void statements.change.run(...settable(rule), tenantId, rule.ruleId),
    remove: (ruleId) => void statements.remove.run(tenantId, ruleId),
    repeat: (ruleId, subject) => statements.repeat.get(tenantId, ruleId, subject),
    saveRepeat: (ruleId, subject, { toldAtMs, leftOut }) =>
      void statements.saveRepeat.run(tenantId, ruleId, subject, toldAtMs, leftOut),
    forgetRepeats: (ruleId) => void statements.forgetRepeats.run(tenantId, ruleId),
  }));
}

const columns = `rule_id, label, events, channels, location_id, box_id, key_id, repeat_after_ms, quiet_hours,
  time_zone, urgent, paused, rev, created_at_ms`;

function prepare(database: Database) {
  const select = `SELECT ${columns} FROM notice_rule WHERE tenant_id = ?`;
  return {
    one: database.prepare<RuleRow>(`${select} AND rule_id = ?`),
    page: database.prepare<RuleRow>(`${select} AND rule_id > ? ORDER BY rule_id LIMIT ?`),
    live: database.prepare<RuleRow>(`${select} AND paused = 0 ORDER BY rule_id`),
    count: database.prepare<{ count: number }>(
      'SELECT count(*) AS count FROM notice_rule WHERE tenant_id = ?',
    ),
    add: database.prepare(
      `INSERT INTO notice_rule (tenant_id, rule_id, created_at_ms, label, events, channels, location_id, box_id,
         key_id, repeat_after_ms, quiet_hours, time_zone, urgent, paused)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    change: database.prepare(
      `UPDATE notice_rule SET label = ?, events = ?, channels = ?, location_id = ?, box_id = ?, key_id = ?,
         repeat_after_ms = ?, quiet_hours = ?, time_zone = ?, urgent = ?, paused = ?, rev = rev + 1 WHERE tenant_id = ? AND rule_id = ?`,
    ),
    remove: database.prepare('DELETE FROM notice_rule WHERE tenant_id = ? AND rule_id = ?'),
    repeat: database.prepare<Repeat>(
      `SELECT told_at_ms AS toldAtMs, left_out AS leftOut FROM notice_repeat
       WHERE tenant_id = ? AND rule_id = ? AND subject = ?`,
    ),
    saveRepeat: database.prepare(
      `INSERT OR REPLACE INTO notice_repeat (tenant_id, rule_id, subject, told_at_ms, left_out)
       VALUES (?, ?, ?, ?, ?)`,
    ),
    forgetRepeats: database.prepare('DELETE FROM notice_repeat WHERE tenant_id = ? AND rule_id = ?'),
  };
}

function settable(rule: Rule) {
  return [
    rule.label,
    JSON.stringify(rule.events),
    JSON.stringify(rule.channels),
    rule.locationId,
    rule.boxId,
    rule.keyId,
    rule.repeatAfterMs,
    JSON.stringify(rule.quietHours),
    rule.timeZone,
    rule.urgent ? 1 : 0,
    rule.paused ? 1 : 0,
  ] as const;
}

function toRule(row: RuleRow): Rule {
  return {
    ruleId: row.rule_id,
    label: row.label,
    events: JSON.parse(row.events),
    channels: JSON.parse(row.channels),
    locationId: row.location_id,
    boxId: row.box_id,
    keyId: row.key_id,
    repeatAfterMs: row.repeat_after_ms,
    quietHours: JSON.parse(row.quiet_hours),
    timeZone: row.time_zone,
    urgent: row.urgent === 1,
    paused: row.paused === 1,
    rev: row.rev,
    createdAtMs: row.created_at_ms,
  };
}
