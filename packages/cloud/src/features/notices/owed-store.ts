// What is owed over all tenants: the post office goes round by this, and old notices are thrown away. Apart, because
// everything else asks about one tenant only.

import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';

/** A channel on which something waits. */
export interface OwedChannel {
  readonly tenantId: TenantId;
  readonly channelId: string;
  /** When the first of it is due. */
  readonly dueAtMs: number;
}

/** See the head of this file. */
export interface OwedStore {
  /** Channels on which something waits, the longest due first. */
  channels(): readonly OwedChannel[];
  /** Throws away notices made before then, with their deliveries. */
  purge(madeBeforeMs: number): void;
}

/** Deletes so many at once: nobody at a keypad waits for the broom. */
const purgedAtOnce = 1_000;

/** Prepares the statements. */
export function createOwedStore(database: Database): OwedStore {
  // From one channel to the next: what waits behind the first of each, be it thousands, is not looked at.
  const next = database.prepare<OwedChannel>(
    `SELECT tenant_id AS tenantId, channel_id AS channelId, due_at_ms AS dueAtMs
     FROM notice_delivery INDEXED BY notice_delivery_due
     WHERE state = 'pending' AND (tenant_id, channel_id, due_at_ms) > (?, ?, ${Number.MAX_SAFE_INTEGER})
     ORDER BY tenant_id, channel_id, due_at_ms LIMIT 1`,
  );
  const channels = (): readonly OwedChannel[] => {
    const found: OwedChannel[] = [];
    for (let one = next.get('', ''); one !== undefined; one = next.get(one.tenantId, one.channelId))
      found.push(one);
    return found.sort((one, other) => one.dueAtMs - other.dueAtMs);
  };
  const purge = database.prepare(
    `DELETE FROM notice WHERE (tenant_id, notice_id) IN
       (SELECT tenant_id, notice_id FROM notice WHERE created_at_ms < ? LIMIT ${purgedAtOnce})`,
  );
  return { channels, purge: (madeBeforeMs) => void purge.run(madeBeforeMs) };
}
