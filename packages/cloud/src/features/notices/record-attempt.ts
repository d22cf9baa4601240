// Writes down how an attempt ended and what follows: done, again later, given up, the next channel (MO-08), or the
// end of a channel that is no more. Runs in a transaction of its own.

import type { Entropy } from '../../platform/entropy.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { type Channel, withinHour } from './channel.ts';
import { type Delivery, judge, type Outcome, type Verdict } from './delivery.ts';
import { type HandOverPorts, handOver, hasNext, tellUndelivered } from './hand-over.ts';
import type { Notice } from './notice.ts';

/** What recording needs. */
export interface RecordPorts extends HandOverPorts {
  readonly entropy: Entropy;
}

/** One attempt: one parcel that was on its way. */
export interface Tried {
  readonly tenantId: TenantId;
  readonly channelId: string;
  readonly deliveryIds: readonly string[];
  readonly outcome: Outcome;
  readonly startedAtMs: number;
  readonly tookMs: number;
  /** Nothing was sent: only was asked what became of it. */
  readonly isLook: boolean;
}

/** Records it. */
export function recordAttempt(ports: RecordPorts, tried: Tried): void {
  const channels = ports.channels(tried.tenantId);
  const channel = channels.get(tried.channelId);
  // Removed while it was on its way: there is nobody to tell.
  if (channel === undefined) return;
  if (tried.outcome.kind === 'delivered') channels.delivered(channel.channelId, tried.startedAtMs);
  if (channel.kind !== 'webhook' && !tried.isLook) countSent(ports, tried, channel);
  const tries = tried.deliveryIds.map((deliveryId) => settleOne(ports, tried, { channel, deliveryId }));
  // It is there again, so what waits need not. One notice alone that a program does not take must not be tried with
  // every other one, though: only a success after a failure says that the program was away.
  const wasAway = channel.kind !== 'webhook' || tries.some((step) => step > 0);
  if (tried.outcome.kind === 'delivered' && wasAway)
    ports.deliveries(tried.tenantId).hurry(channel.channelId, Math.floor(ports.clock.nowMs()));
}

// Against the cap counts what a relay or a push service has seen of us, taken or not.
function countSent(ports: RecordPorts, { tenantId, startedAtMs, outcome }: Tried, channel: Channel): void {
  if (outcome.kind === 'again' && outcome.status === null) return;
  const sent = [...withinHour(channel.sentAtMs, startedAtMs), startedAtMs];
  ports.channels(tenantId).saveSent(channel.channelId, sent);
}

/** @returns how often it had waited before */
function settleOne(
  ports: RecordPorts,
  tried: Tried,
  about: { readonly channel: Channel; readonly deliveryId: string },
): number {
  const { tenantId, outcome } = tried;
  const deliveries = ports.deliveries(tenantId);
  const delivery = deliveries.get(about.deliveryId);
  const notice = delivery && deliveries.notice(delivery.noticeId);
  if (delivery === undefined || notice === undefined) return 0;
  const attempts = delivery.attempts + 1;
  deliveries.addAttempt(delivery.deliveryId, {
    ...{ attempt: attempts, atMs: tried.startedAtMs, tookMs: tried.tookMs },
    ...{ outcome: 'reason' in outcome ? outcome.reason : outcome.kind, status: outcome.status },
  });
  const verdict = judge(delivery, outcome, circumstances(ports, tried, { ...about, notice }));
  // Paused in the meantime: it waits for the channel, not for the ladder.
  const paused = verdict.state === 'pending' && about.channel.state !== 'active';
  deliveries.save({
    ...delivery,
    ...{ attempts, step: verdict.step, dueAtMs: verdict.dueAtMs },
    state: paused ? 'held' : verdict.state,
    movedOn: delivery.movedOn || verdict.moveOn,
    deliveredAtMs: verdict.state === 'delivered' ? Math.floor(ports.clock.nowMs()) : delivery.deliveredAtMs,
    ...(outcome.kind === 'taken' ? keptReceipt(delivery, outcome.receipt) : {}),
  });
  follow(ports, tried, { ...about, delivery, notice, verdict });
  return delivery.step;
}

function keptReceipt(delivery: Delivery, receipt: string | null): Pick<Delivery, 'receipt' | 'looks'> {
  return receipt === null ? { receipt: delivery.receipt, looks: delivery.looks + 1 } : { receipt, looks: 0 };
}

function circumstances(
  ports: RecordPorts,
  { tenantId, outcome }: Tried,
  about: { readonly channel: Channel; readonly notice: Notice },
) {
  const { channel, notice } = about;
  return {
    kind: channel.kind,
    hasNext: hasNext(ports, tenantId, notice),
    channelWorks: (channel.lastDeliveredAtMs ?? -1) >= notice.createdAtMs,
    nowMs: Math.floor(ports.clock.nowMs()),
    // Nothing is drawn while all goes well: a simulated world stays the same.
    chance: outcome.kind === 'again' ? (ports.entropy.bytes(1)[0] ?? 0) / 255 : 0,
  };
}

function follow(
  ports: RecordPorts,
  { tenantId, outcome }: Tried,
  about: {
    readonly channel: Channel;
    readonly delivery: Delivery;
    readonly notice: Notice;
    readonly verdict: Verdict;
  },
): void {
  const { channel, notice, verdict } = about;
  const reason = 'reason' in outcome ? outcome.reason : '';
  if (verdict.channel !== undefined) closeChannel(ports, tenantId, { channel, state: verdict.channel });
  if (!verdict.moveOn || handOver(ports, tenantId, notice)) return;
  tellUndelivered(ports, tenantId, { notice, channelId: channel.channelId, reason });
}

/** Turns a channel off; whatever waits on it goes to the next one, or waits to be replayed. */
function closeChannel(
  ports: RecordPorts,
  tenantId: TenantId,
  about: { readonly channel: Channel; readonly state: 'gone' | 'failing' },
): void {
  const { channel, state } = about;
  const channels = ports.channels(tenantId);
  if (channels.get(channel.channelId)?.state !== 'active') return;
  channels.setState(channel.channelId, state);
  ports.events.publish('fact-established', {
    tenantId,
    type: 'notice.channel_off',
    occurredAtMs: Math.floor(ports.clock.nowMs()),
    data: { channel_id: channel.channelId, because: state },
  });
  passOn(ports, tenantId, channel.channelId);
}

/** Holds what waits on a channel and hands it to the next ones. */
export function passOn(ports: HandOverPorts, tenantId: TenantId, channelId: string): void {
  const deliveries = ports.deliveries(tenantId);
  for (const held of deliveries.hold(channelId)) {
    deliveries.save({ ...held, state: 'held', movedOn: true });
    const notice = deliveries.notice(held.noticeId);
    if (notice !== undefined && !handOver(ports, tenantId, notice))
      tellUndelivered(ports, tenantId, { notice, channelId, reason: 'channel-off' });
  }
}
