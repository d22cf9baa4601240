// Whether a box still knew the time when it last restarted: what codes that carry their own window rest on while
// the box is alone. Every session tells it the time; only a restart shows whether its clock keeps it.

import type { BoxId, LogEntry } from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { DevicePort, MessageOrigin } from '../../platform/device-port.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { occurredAtMs } from './bin.ts';

/** @returns when it was told that a box had lost the time; undefined while its clock is kept */
export type ClockLostAtMs = (tenantId: TenantId, boxId: BoxId) => number | undefined;

/** Follows the logs from here on. */
export function keepClocks(ports: {
  readonly database: Database;
  readonly clock: Clock;
  readonly port: Pick<DevicePort, 'onLogEntry'>;
  readonly events: EventBus;
}): ClockLostAtMs {
  const { database, clock, port, events } = ports;
  const find = database.prepare<{ lost_at_ms: number }>(
    'SELECT lost_at_ms FROM box_clock WHERE tenant_id = ? AND box_id = ?',
  );
  const lose = database.prepare(
    'INSERT OR REPLACE INTO box_clock (tenant_id, box_id, lost_at_ms) VALUES (?, ?, ?)',
  );
  const keep = database.prepare('DELETE FROM box_clock WHERE tenant_id = ? AND box_id = ?');
  const forget = ({ tenantId, boxId }: MessageOrigin): void => void keep.run(tenantId, boxId);

  port.onLogEntry(['booted'], (from, entry) => {
    if (lostTheTime(entry)) lose.run(from.tenantId, from.boxId, occurredAtMs(entry, clock.nowMs()));
    else forget(from);
  });
  events.join('box-log-restarted', forget);
  return (tenantId, boxId) => find.get(tenantId, boxId)?.lost_at_ms;
}

/** @returns whether a restart lost the time: a box that never knew it has nothing to lose */
export function lostTheTime({ timeMs, timeSource }: Pick<LogEntry, 'timeMs' | 'timeSource'>): boolean {
  return timeSource === 'unknown' && timeMs > 0;
}
