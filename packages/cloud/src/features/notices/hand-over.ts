// Hands a notice to the first channel of its list that can take it, when it is made and whenever a channel fails
// (MO-08). A webhook that is paused or off is still owed it and keeps it in its sequence; a person whose mailbox is
// off is reached elsewhere or not at all. Every call belongs in a transaction.

import type { Clock } from '../../platform/clock.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { ChannelStore } from './channel-store.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryStore } from './delivery-store.ts';
import type { Notice } from './notice.ts';

/** What handing over needs. */
export interface HandOverPorts {
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly events: EventBus;
  readonly channels: (tenantId: TenantId) => ChannelStore;
  readonly deliveries: (tenantId: TenantId) => DeliveryStore;
}

/** @returns whether some channel will send it */
export function handOver(ports: HandOverPorts, tenantId: TenantId, notice: Notice): boolean {
  const deliveries = ports.deliveries(tenantId);
  const rest = [...notice.rest];
  let taken = false;
  for (let channelId = rest.shift(); channelId !== undefined; channelId = rest.shift()) {
    taken = owe(ports, tenantId, { noticeId: notice.noticeId, channelId });
    if (taken) break;
  }
  deliveries.saveRest(notice.noticeId, rest);
  return taken;
}

/** @returns whether a channel is left that could take it */
export function hasNext(ports: HandOverPorts, tenantId: TenantId, notice: Notice): boolean {
  return notice.rest.some((channelId) => ports.channels(tenantId).get(channelId)?.state === 'active');
}

/** Tells the ledger that nobody could be told. */
export function tellUndelivered(
  ports: HandOverPorts,
  tenantId: TenantId,
  about: { readonly notice: Notice; readonly channelId: string; readonly reason: string },
): void {
  const { notice, channelId, reason } = about;
  ports.events.publish('fact-established', {
    tenantId,
    type: 'notice.undelivered',
    occurredAtMs: Math.floor(ports.clock.nowMs()),
    data: { notice_id: notice.noticeId, of: notice.type, channel_id: channelId, because: reason },
  });
}

function owe(
  ports: HandOverPorts,
  tenantId: TenantId,
  about: { readonly noticeId: string; readonly channelId: string },
): boolean {
  const channels = ports.channels(tenantId);
  const channel = channels.get(about.channelId);
  if (channel === undefined || (channel.state !== 'active' && channel.kind !== 'webhook')) return false;
  const active = channel.state === 'active';
  const delivery: Delivery = {
    ...about,
    deliveryId: ports.identifiers.create('dlv'),
    sequence: channels.takeSequence(channel.channelId),
    state: active ? 'pending' : 'held',
    ...{ attempts: 0, step: 0, movedOn: !active },
    dueAtMs: Math.floor(ports.clock.nowMs()),
    ...{ deliveredAtMs: null, receipt: null, looks: 0 },
  };
  ports.deliveries(tenantId).add(delivery);
  return active;
}
