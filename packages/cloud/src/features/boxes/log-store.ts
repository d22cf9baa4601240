// SQL of the replayed logs: the entries as the boxes wrote them, insert only, and how far each has come.

import type { BoxId } from '@smartbox/protocol';
import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { VerifiedEntry } from './box-log.ts';

/** Where the replay of one box's log stands. */
export interface LogState {
  /** Which of the box's logs: 1, and one more after each claim. */
  readonly logEpoch: number;
  readonly end: number;
  readonly hash: Uint8Array;
  /** Authenticator key of the next entry. */
  readonly sealedKey: Uint8Array;
  /** The last fault that people were told of, so that they are told once. */
  readonly alarm: string | null;
}

/** The logs of one tenant's boxes. */
export interface LogStore {
  state(boxId: BoxId): LogState | undefined;
  saveState(boxId: BoxId, state: LogState): void;
  append(
    boxId: BoxId,
    entry: VerifiedEntry,
    place: { readonly logEpoch: number; readonly receivedAtMs: number },
  ): void;
  body(boxId: BoxId, logEpoch: number, sequence: number): Uint8Array | undefined;
  /** Every entry of this log, in order: the replay starts from these. */
  bodies(boxId: BoxId, logEpoch: number): readonly Uint8Array[];
  /** Sequence of the last stored entry, for the authoriser; undefined for a box that is not ours. */
  end(boxId: BoxId): number | undefined;
}

/** Prepares the statements of all tenants' stores. */
export function createLogStores(database: Database): (tenantId: TenantId) => LogStore {
  const statements = prepare(database);
  return perTenant((tenantId) => ({
    state: (boxId) => {
      const row = statements.state.get(tenantId, boxId);
      return row === undefined ? undefined : { ...row, hash: new Uint8Array(row.hash) };
    },
    saveState: (boxId, state) =>
      void statements.save.run(
        tenantId,
        boxId,
        state.logEpoch,
        state.end,
        state.hash,
        state.sealedKey,
        state.alarm,
      ),
    append: (boxId, { entry, body, mac }, { logEpoch, receivedAtMs }) =>
      void statements.append.run(tenantId, boxId, logEpoch, entry.sequence, body, mac, receivedAtMs),
    body: (boxId, logEpoch, sequence) => statements.body.get(tenantId, boxId, logEpoch, sequence)?.entry,
    bodies: (boxId, logEpoch) =>
      statements.bodies.all(tenantId, boxId, logEpoch).map((row) => new Uint8Array(row.entry)),
    end: (boxId) => statements.end.get(tenantId, boxId)?.log_end,
  }));
}

function prepare(database: Database) {
  return {
    state: database.prepare<LogState>(
      `SELECT log_epoch AS logEpoch, log_end AS "end", log_hash AS hash, sealed_log_key AS sealedKey, alarm
       FROM box_log_state WHERE tenant_id = ? AND box_id = ?`,
    ),
    save: database.prepare(
      `INSERT INTO box_log_state (tenant_id, box_id, log_epoch, log_end, log_hash, sealed_log_key, alarm)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET log_epoch = excluded.log_epoch, log_end = excluded.log_end,
         log_hash = excluded.log_hash, sealed_log_key = excluded.sealed_log_key, alarm = excluded.alarm`,
    ),
    append: database.prepare(
      `INSERT INTO box_log (tenant_id, box_id, log_epoch, sequence, entry, mac, received_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    body: database.prepare<{ entry: Uint8Array }>(
      'SELECT entry FROM box_log WHERE tenant_id = ? AND box_id = ? AND log_epoch = ? AND sequence = ?',
    ),
    bodies: database.prepare<{ entry: Uint8Array }>(
      'SELECT entry FROM box_log WHERE tenant_id = ? AND box_id = ? AND log_epoch = ? ORDER BY sequence',
    ),
    end: database.prepare<{ log_end: number }>(
      'SELECT log_end FROM box_log_state WHERE tenant_id = ? AND box_id = ?',
    ),
  };
}
