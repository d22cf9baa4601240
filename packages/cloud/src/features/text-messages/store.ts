// All SQL of text messages. A store is made for one tenant; only the courier looks at all, and takes each with its
// tenant.

import type { BoxId } from '@smartbox/protocol';
import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { OwedText, TextProgress, TextState } from './text-message.ts';

interface TextRow {
  message_id: string;
  person_id: string;
  location_id: string;
  box_id: string;
  state: TextState;
  provider_id: string | null;
  reason: string | null;
  attempts: number;
  due_at_ms: number | null;
  created_at_ms: number;
  expires_at_ms: number;
  settled_at_ms: number | null;
}

/** The text messages of one tenant. */
export interface TextStore {
  add(message: OwedText, sealedBody: Uint8Array): void;
  get(messageId: string): OwedText | undefined;
  /** What it says; null once the provider has it or nobody waits for it. */
  sealedBody(messageId: string): Uint8Array | null;
  /** Keeps what became of it; what it says goes once it is no longer owed. */
  move(messageId: string, progress: TextProgress): void;
  /** @param state only of this state; all where undefined */
  list(state: TextState | undefined, afterMessageId: string, limit: number): readonly OwedText[];
  countOfPerson(personId: string, sinceMs: number): number;
  count(sinceMs: number): number;
}

/** Something to do, of whatever tenant. */
export interface DueText {
  readonly tenantId: TenantId;
  readonly messageId: string;
  readonly dueAtMs: number;
}

/** What the courier asks across tenants. */
export interface DueTexts {
  /** The next things to do, the most urgent first. */
  next(limit: number): readonly DueText[];
  /** Forgets what was written before. */
  purge(beforeMs: number): void;
}

const columns =
  'message_id, person_id, location_id, box_id, state, provider_id, reason, attempts, due_at_ms, created_at_ms, expires_at_ms, settled_at_ms';

/** Prepares the statements of all tenants' stores. */
export function createTextStores(database: Database): (tenantId: TenantId) => TextStore {
  const statements = prepare(database);
  return perTenant((tenantId) => ({
    add: (message, sealedBody) =>
      void statements.add.run(
        tenantId,
        message.messageId,
        message.personId,
        message.locationId,
        message.boxId,
        message.state,
        message.providerId,
        message.reason,
        message.attempts,
        message.dueAtMs,
        message.createdAtMs,
        message.expiresAtMs,
        message.settledAtMs,
        sealedBody,
      ),
    get: (messageId) => {
      const row = statements.get.get(tenantId, messageId);
      return row === undefined ? undefined : toText(row);
    },
    sealedBody: (messageId) => statements.body.get(tenantId, messageId)?.sealed_body ?? null,
    move: (messageId, { state, providerId, reason, attempts, dueAtMs, settledAtMs }) =>
      void statements.move.run(
        ...[state, providerId, reason, attempts, dueAtMs, settledAtMs, state],
        ...[tenantId, messageId],
      ),
    list: (state, after, limit) =>
      (state === undefined
        ? statements.list.all(tenantId, after, limit)
        : statements.listOfState.all(tenantId, state, after, limit)
      ).map(toText),
    countOfPerson: (personId, sinceMs) => statements.ofPerson.get(tenantId, personId, sinceMs)?.texts ?? 0,
    count: (sinceMs) => statements.recent.get(tenantId, sinceMs)?.texts ?? 0,
  }));
}

/** Prepares what the courier asks. */
export function createDueTexts(database: Database): DueTexts {
  const next = database.prepare<DueText>(
    `SELECT tenant_id AS tenantId, message_id AS messageId, due_at_ms AS dueAtMs FROM text_message
     WHERE due_at_ms IS NOT NULL ORDER BY due_at_ms LIMIT ?`,
  );
  const purge = database.prepare('DELETE FROM text_message WHERE created_at_ms < ? AND due_at_ms IS NULL');
  return { next: (limit) => next.all(limit), purge: (beforeMs) => void purge.run(beforeMs) };
}

function prepare(database: Database) {
  const select = `SELECT ${columns} FROM text_message WHERE tenant_id = ?`;
  return {
    add: database.prepare(
      `INSERT INTO text_message (tenant_id, ${columns}, sealed_body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    get: database.prepare<TextRow>(`${select} AND message_id = ?`),
    body: database.prepare<{ sealed_body: Uint8Array | null }>(
      'SELECT sealed_body FROM text_message WHERE tenant_id = ? AND message_id = ?',
    ),
    move: database.prepare(
      `UPDATE text_message SET state = ?, provider_id = ?, reason = ?, attempts = ?, due_at_ms = ?, settled_at_ms = ?,
         sealed_body = CASE ? WHEN 'owed' THEN sealed_body ELSE NULL END
       WHERE tenant_id = ? AND message_id = ?`,
    ),
    list: database.prepare<TextRow>(`${select} AND message_id > ? ORDER BY message_id LIMIT ?`),
    listOfState: database.prepare<TextRow>(
      `${select} AND state = ? AND message_id > ? ORDER BY message_id LIMIT ?`,
    ),
    ofPerson: database.prepare<{ texts: number }>(
      'SELECT count(*) AS texts FROM text_message WHERE tenant_id = +? AND person_id = +? AND created_at_ms > +?',
    ),
    recent: database.prepare<{ texts: number }>(
      'SELECT count(*) AS texts FROM text_message WHERE tenant_id = +? AND created_at_ms > +?',
    ),
  };
}

function toText(row: TextRow): OwedText {
  return {
    messageId: row.message_id,
    personId: row.person_id,
    locationId: row.location_id,
    boxId: row.box_id as BoxId,
    state: row.state,
    providerId: row.provider_id,
    reason: row.reason,
    attempts: row.attempts,
    dueAtMs: row.due_at_ms,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
    settledAtMs: row.settled_at_ms,
  };
}
