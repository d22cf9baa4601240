// Whether a box is there. It counts as online from its first word to the moment when it has been silent
// for longer than its owner allows; one lost connection says nothing yet (EM-01).

import type { Cancel, Clock, Timers } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import type { Database } from '../../platform/database.ts';
import type { MessageOrigin } from '../../platform/device-port.ts';
import type { BoxHealth } from './box.ts';
import type { BoxWithHealth } from './store.ts';
import type { BoxTeller } from './teller.ts';

/** How often silent boxes are looked for: well below the shortest silence that can be set. */
const sweepMs = 10_000;

/** The new health of a box that has just spoken, and whether that brings it online. */
export function heardFrom(
  known: BoxWithHealth,
  heard: Partial<BoxHealth>,
  nowMs: number,
): { readonly health: BoxHealth; readonly cameOnline: boolean } {
  const health = { ...known.health, ...heard, online: true, seenAtMs: nowMs };
  return { health, cameOnline: !known.health.online };
}

/** What the watch is made of. */
export interface PresencePorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly tell: BoxTeller;
}

/** Marks boxes that have been silent for too long. @returns a function for use inside a transaction */
export function createSilenceSweep(ports: PresencePorts): () => readonly MessageOrigin[] {
  const silent = ports.database.prepare<MessageOrigin & { seenAtMs: number }>(
    `SELECT h.tenant_id AS tenantId, h.box_id AS boxId, h.seen_at_ms AS seenAtMs
     FROM box_health h JOIN box b ON b.tenant_id = h.tenant_id AND b.box_id = h.box_id
     WHERE h.online = 1 AND h.seen_at_ms + b.offline_after_ms < ?`,
  );
  const mark = ports.database.prepare('UPDATE box_health SET online = 0 WHERE tenant_id = ? AND box_id = ?');
  return () => {
    const atMs = ports.clock.nowMs();
    const found = silent.all(atMs);
    for (const { tenantId, boxId, seenAtMs } of found) {
      mark.run(tenantId, boxId);
      ports.tell({ tenantId, boxId }, { type: 'box.offline', atMs, data: { silent_ms: atMs - seenAtMs } });
    }
    return found;
  };
}

/** Sweeps for ever. @returns a function that stops it */
export function watchSilence(
  sweep: () => unknown,
  ports: { readonly timers: Timers; readonly commitGroup: CommitGroup },
): Cancel {
  let cancel: Cancel = () => {};
  const again = (): void => {
    cancel = ports.timers.after(sweepMs, () => {
      ports.commitGroup.enqueue(sweep, () => {});
      again();
    });
  };
  again();
  return () => cancel();
}
