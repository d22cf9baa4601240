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
  // Steps from tenant to tenant and from channel to channel in the index. Grouping reads all that waits, and so does a
  // comparison of both columns at once: one receiver that is away for days would slow down everybody, at every round.
  const pending = `FROM notice_delivery INDEXED BY notice_delivery_due WHERE state = 'pending'`;
  const channels = database.prepare<OwedChannel>(
    `WITH RECURSIVE holder (tenant_id) AS (
       SELECT (SELECT min(tenant_id) ${pending})
       UNION ALL
       SELECT (SELECT min(tenant_id) ${pending} AND tenant_id > holder.tenant_id)
       FROM holder WHERE holder.tenant_id IS NOT NULL),
     owed (tenant_id, channel_id) AS (
       SELECT holder.tenant_id, (SELECT min(channel_id) ${pending} AND tenant_id = holder.tenant_id)
       FROM holder WHERE holder.tenant_id IS NOT NULL
       UNION ALL
       SELECT owed.tenant_id,
         (SELECT min(channel_id) ${pending} AND tenant_id = owed.tenant_id AND channel_id > owed.channel_id)
       FROM owed WHERE owed.channel_id IS NOT NULL)
     SELECT owed.tenant_id AS tenantId, owed.channel_id AS channelId,
       (SELECT min(due_at_ms) ${pending} AND tenant_id = owed.tenant_id AND channel_id = owed.channel_id) AS dueAtMs
     FROM owed WHERE owed.channel_id IS NOT NULL ORDER BY dueAtMs`,
  );
  const purge = database.prepare(
    `DELETE FROM notice WHERE (tenant_id, notice_id) IN
       (SELECT tenant_id, notice_id FROM notice WHERE created_at_ms < ? LIMIT ${purgedAtOnce})`,
  );
  return { channels: () => channels.all(), purge: (madeBeforeMs) => void purge.run(madeBeforeMs) };
}
