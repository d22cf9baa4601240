// What is on its way to whom, so that who hangs does not hold much and nothing is sent twice. Knows no time and sends
// nothing.

import type { TenantId } from '../../platform/identifiers.ts';
import type { OwedChannel } from './owed-store.ts';
import type { Parcel } from './send.ts';

/**
 * Parcels on their way at once (a mailbox gets one): to a channel that took the one before, to any other channel, of
 * one tenant, over all. Who hangs shall not hold many.
 */
const atOnce = { answering: 8, channel: 2, tenant: 16, all: 64 } as const;

/** A parcel on its way. */
export interface Way {
  /** @param taken whether it was */
  answered(taken: boolean): void;
  recorded(): void;
}

/** See the head of this file. */
export interface Ways {
  /** Deliveries of a channel of which is not written down yet what became of them. */
  of(owed: OwedChannel): ReadonlySet<string>;
  hasRoom(owed: OwedChannel): boolean;
  enter(owed: OwedChannel, parcel: Parcel): Way;
}

/** Counts what is on its way, and remembers who took what came last. */
export function createWays(): Ways {
  const answering = new Set<string>();
  const byChannel = new Map<string, Set<string>>();
  const unanswered = new Map<string, number>();
  const unrecorded = new Map<string, number>();
  const perTenant = new Map<TenantId, number>();
  let all = 0;
  const keyOf = ({ tenantId, channelId }: OwedChannel): string => `${tenantId} ${channelId}`;
  const add = <K>(counts: Map<K, number>, key: K, by: number): void => {
    const count = (counts.get(key) ?? 0) + by;
    if (count === 0) counts.delete(key);
    else counts.set(key, count);
  };
  const none: ReadonlySet<string> = new Set();
  return {
    of: (owed: OwedChannel): ReadonlySet<string> => byChannel.get(keyOf(owed)) ?? none,
    hasRoom: (owed: OwedChannel): boolean => {
      const key = keyOf(owed);
      const most = answering.has(key) ? atOnce.answering : atOnce.channel;
      return (
        all < atOnce.all &&
        (perTenant.get(owed.tenantId) ?? 0) < atOnce.tenant &&
        (unanswered.get(key) ?? 0) < most &&
        // While the disk refuses, nobody is sent much that would have to come again.
        (unrecorded.get(key) ?? 0) < 2 * most
      );
    },
    enter: (owed: OwedChannel, { items }: Parcel): Way => {
      const key = keyOf(owed);
      const ids = byChannel.get(key) ?? new Set();
      byChannel.set(key, ids);
      for (const { delivery } of items) ids.add(delivery.deliveryId);
      const count = (by: number): void => {
        all += by;
        add(perTenant, owed.tenantId, by);
        add(unanswered, key, by);
      };
      count(1);
      add(unrecorded, key, 1);
      return {
        answered: (taken) => {
          if (taken) answering.add(key);
          else answering.delete(key);
          count(-1);
        },
        recorded: () => {
          add(unrecorded, key, -1);
          for (const { delivery } of items) ids.delete(delivery.deliveryId);
          if (ids.size === 0) byChannel.delete(key);
        },
      };
    },
  };
}
