// All SQL of notices, their deliveries and the attempts. A store is made for one tenant and can ask about no other.

import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { Delivery, DeliveryState } from './delivery.ts';
import type { Notice } from './notice.ts';
import type { QuietHours } from './quiet-hours.ts';

/** One attempt and how it ended. */
export interface Attempt {
  readonly attempt: number;
  readonly atMs: number;
  readonly tookMs: number;
  /** `delivered`, or why not. */
  readonly outcome: string;
  /** What the receiver or the relay said, where it said anything. */
  readonly status: number | null;
}

/** Which deliveries are wanted. */
export interface DeliveryFilter {
  readonly channelId?: string;
  readonly state?: DeliveryState;
}

/** The notices of one tenant. */
export interface DeliveryStore {
  addNotice(notice: Notice): void;
  notice(noticeId: string): Notice | undefined;
  saveRest(noticeId: string, rest: readonly string[]): void;
  add(delivery: Delivery): void;
  get(deliveryId: string): Delivery | undefined;
  /** Newest first. @param beforeId undefined for the newest of all */
  list(filter: DeliveryFilter, beforeId: string | undefined, limit: number): readonly Delivery[];
  save(delivery: Delivery): void;
  /** What waits on a channel, the longest due first. @param dueUntilMs only what is due by then */
  pending(channelId: string, dueUntilMs: number, limit: number): readonly Delivery[];
  /** Puts off what waits on a channel to be sent. */
  postpone(channelId: string, untilMs: number): void;
  /** Puts off what is due by then on a channel and has these quiet hours. */
  keepQuiet(channelId: string, quiet: QuietHours, dueUntilMs: number, untilMs: number): void;
  /** Makes due what waits on a channel to be sent. */
  hurry(channelId: string, atMs: number): void;
  /** Holds what waits on a channel. @returns, in its order, what was held and has not moved on yet */
  hold(channelId: string): readonly Delivery[];
  /** Lets go what was held. @param owedAnyway also what another channel was asked for meanwhile */
  release(channelId: string, atMs: number, owedAnyway: boolean): void;
  /** Sends again what is settled, from a number on. @returns how many */
  replayFrom(channelId: string, sequence: number, atMs: number): number;
  addAttempt(deliveryId: string, attempt: Attempt): void;
  attempts(deliveryId: string): readonly Attempt[];
}

interface NoticeRow {
  readonly noticeId: string;
  readonly ruleId: string | null;
  readonly eventId: string | null;
  readonly type: string;
  readonly body: string;
  readonly leftOut: number;
  readonly quiet: string | null;
  readonly rest: string;
  readonly createdAtMs: number;
}
type DeliveryRow = Omit<Delivery, 'movedOn'> & { readonly movedOn: number };

/** Prepares the statements of all tenants' stores. */
export function createDeliveryStores(database: Database): (tenantId: TenantId) => DeliveryStore {
  const reads = prepareReads(database);
  const writes = prepareWrites(database);
  const toAll = (rows: readonly DeliveryRow[]): readonly Delivery[] => rows.map(toDelivery);
  return perTenant((tenantId) => ({
    addNotice: ({ noticeId, ruleId, eventId, type, body, leftOut, quiet, rest, createdAtMs }) =>
      void writes.addNotice.run(
        ...[tenantId, noticeId, ruleId, eventId, type, JSON.stringify(body), leftOut],
        ...[quiet === null ? null : JSON.stringify(quiet), JSON.stringify(rest), createdAtMs],
      ),
    notice: (noticeId) => {
      const row = reads.notice.get(tenantId, noticeId);
      return row === undefined ? undefined : toNotice(row);
    },
    saveRest: (noticeId, rest) => void writes.rest.run(JSON.stringify(rest), tenantId, noticeId),
    add: (one) =>
      void writes.add.run(
        ...[tenantId, one.deliveryId, one.noticeId, one.channelId, one.sequence, one.state, one.dueAtMs],
      ),
    get: (deliveryId) => {
      const row = reads.one.get(tenantId, deliveryId);
      return row === undefined ? undefined : toDelivery(row);
    },
    list: ({ channelId, state }, beforeId, limit) =>
      toAll(
        reads.list.all(
          ...[tenantId, beforeId ?? '~', channelId ?? null, channelId ?? null, state ?? null, state ?? null],
          limit,
        ),
      ),
    save: (one) =>
      void writes.save.run(
        ...[one.state, one.attempts, one.step, one.movedOn ? 1 : 0, one.dueAtMs, one.deliveredAtMs],
        ...[one.receipt, one.looks, tenantId, one.deliveryId],
      ),
    pending: (channelId, dueUntilMs, limit) =>
      toAll(reads.pending.all(tenantId, channelId, dueUntilMs, limit)),
    postpone: (channelId, untilMs) => void writes.postpone.run(untilMs, tenantId, channelId),
    keepQuiet: (channelId, quiet, dueUntilMs, untilMs) =>
      void writes.keepQuiet.run(untilMs, tenantId, channelId, dueUntilMs, JSON.stringify(quiet)),
    hurry: (channelId, atMs) => void writes.hurry.run(atMs, tenantId, channelId),
    hold: (channelId) => {
      const waiting = toAll(reads.pending.all(tenantId, channelId, Number.MAX_SAFE_INTEGER, -1));
      writes.hold.run(tenantId, channelId);
      return waiting
        .filter(({ movedOn }) => !movedOn)
        .toSorted((one, other) => one.sequence - other.sequence);
    },
    release: (channelId, atMs, owedAnyway) =>
      void writes.release.run(atMs, tenantId, channelId, owedAnyway ? 1 : 0),
    replayFrom: (channelId, sequence, atMs) => writes.replay.run(atMs, tenantId, channelId, sequence).changes,
    addAttempt: (deliveryId, { attempt, atMs, tookMs, outcome, status }) =>
      void writes.attempt.run(tenantId, deliveryId, attempt, atMs, tookMs, outcome, status),
    attempts: (deliveryId) => reads.attempts.all(tenantId, deliveryId),
  }));
}

const columns = `delivery_id AS deliveryId, notice_id AS noticeId, channel_id AS channelId, sequence, state, attempts,
  step, moved_on AS movedOn, due_at_ms AS dueAtMs, delivered_at_ms AS deliveredAtMs, receipt, looks`;

// By itself SQLite goes through all that a channel was ever sent, to find the few that wait.
const byDue = 'INDEXED BY notice_delivery_due';

function prepareReads(database: Database) {
  const select = `SELECT ${columns} FROM notice_delivery WHERE tenant_id = ?`;
  return {
    notice: database.prepare<NoticeRow>(
      `SELECT notice_id AS noticeId, rule_id AS ruleId, event_id AS eventId, type, body, left_out AS leftOut, quiet,
         rest, created_at_ms AS createdAtMs FROM notice WHERE tenant_id = ? AND notice_id = ?`,
    ),
    one: database.prepare<DeliveryRow>(`${select} AND delivery_id = ?`),
    list: database.prepare<DeliveryRow>(
      `${select} AND delivery_id < ? AND (? IS NULL OR channel_id = ?) AND (? IS NULL OR state = ?)
       ORDER BY delivery_id DESC LIMIT ?`,
    ),
    pending: database.prepare<DeliveryRow>(
      `SELECT ${columns} FROM notice_delivery ${byDue} WHERE tenant_id = ? AND channel_id = ? AND state = 'pending' AND due_at_ms <= ?
       ORDER BY due_at_ms, sequence LIMIT ?`,
    ),
    attempts: database.prepare<Attempt>(
      `SELECT attempt, at_ms AS atMs, took_ms AS tookMs, outcome, status FROM notice_attempt
       WHERE tenant_id = ? AND delivery_id = ? ORDER BY attempt`,
    ),
  };
}

function prepareWrites(database: Database) {
  const ofChannel = 'WHERE tenant_id = ? AND channel_id = ?';
  return {
    addNotice: database.prepare(
      `INSERT INTO notice (tenant_id, notice_id, rule_id, event_id, type, body, left_out, quiet, rest, created_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    rest: database.prepare('UPDATE notice SET rest = ? WHERE tenant_id = ? AND notice_id = ?'),
    add: database.prepare(
      `INSERT INTO notice_delivery (tenant_id, delivery_id, notice_id, channel_id, sequence, state, due_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    save: database.prepare(
      `UPDATE notice_delivery SET state = ?, attempts = ?, step = ?, moved_on = ?, due_at_ms = ?,
         delivered_at_ms = ?, receipt = ?, looks = ? WHERE tenant_id = ? AND delivery_id = ?`,
    ),
    postpone: database.prepare(
      `UPDATE notice_delivery ${byDue} SET due_at_ms = max(due_at_ms, ?) ${ofChannel} AND state = 'pending'
         AND receipt IS NULL`,
    ),
    keepQuiet: database.prepare(
      `UPDATE notice_delivery ${byDue} SET due_at_ms = ? ${ofChannel} AND state = 'pending' AND receipt IS NULL
         AND due_at_ms <= ? AND ? = (SELECT quiet FROM notice WHERE notice.tenant_id = notice_delivery.tenant_id
           AND notice.notice_id = notice_delivery.notice_id)`,
    ),
    hurry: database.prepare(
      `UPDATE notice_delivery ${byDue} SET due_at_ms = min(due_at_ms, ?) ${ofChannel} AND state = 'pending'
         AND receipt IS NULL`,
    ),
    hold: database.prepare(
      `UPDATE notice_delivery ${byDue} SET state = 'held' ${ofChannel} AND state = 'pending'`,
    ),
    release: database.prepare(
      `UPDATE notice_delivery SET state = 'pending', step = 0, due_at_ms = ? ${ofChannel} AND state = 'held'
         AND (moved_on = 0 OR ? = 1)`,
    ),
    replay: database.prepare(
      `UPDATE notice_delivery SET state = 'pending', step = 0, due_at_ms = ? ${ofChannel} AND sequence >= ?
         AND state <> 'pending'`,
    ),
    attempt: database.prepare(
      `INSERT INTO notice_attempt (tenant_id, delivery_id, attempt, at_ms, took_ms, outcome, status)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
  };
}

function toNotice(row: NoticeRow): Notice {
  return {
    ...row,
    body: JSON.parse(row.body),
    quiet: row.quiet === null ? null : JSON.parse(row.quiet),
    rest: JSON.parse(row.rest),
  };
}

function toDelivery(row: DeliveryRow): Delivery {
  return { ...row, movedOn: row.movedOn === 1 };
}
