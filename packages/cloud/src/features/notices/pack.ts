// Packs what is due on a channel: for a webhook one notice, for people everything that is due, so that a flood stays one
// mail. The caps are kept here (MO-07): what has no room now waits and then goes together. What a provider of text
// messages has already is asked about as it was sent, and counts no more. Nobody is woken in quiet hours, whatever it is
// that comes due in them: a first attempt, a later one, or what had waited for room.

import type { BoxId } from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { type Channel, type ChannelKind, roomAt, tenantCapPerHour } from './channel.ts';
import type { ChannelStore } from './channel-store.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryStore } from './delivery-store.ts';
import type { NoticeNames } from './notice-facts.ts';
import type { OwedChannel } from './owed-store.ts';
import { type QuietHours, quietUntil } from './quiet-hours.ts';
import type { SecretKeeper } from './secret-keeper.ts';
import { type Item, mostInOne, type Parcel } from './send.ts';

/** Who knows the names of things. */
export interface Registers {
  readonly locations: {
    find(tenantId: TenantId, id: string): { readonly name: string; readonly timeZone: string } | undefined;
  };
  readonly boxes: {
    find(tenantId: TenantId, boxId: BoxId): { readonly box: { readonly name: string } } | undefined;
  };
  readonly keys: { find(tenantId: TenantId, keyId: string): { readonly name: string } | undefined };
  readonly access: { code(tenantId: TenantId, codeId: string): { readonly label: string } | undefined };
}

/** What packing needs. */
export interface PackPorts extends Registers {
  readonly clock: Clock;
  readonly channels: (tenantId: TenantId) => ChannelStore;
  readonly deliveries: (tenantId: TenantId) => DeliveryStore;
  readonly secrets: SecretKeeper;
}

/** @returns the next parcel; undefined when there is none now */
export function pack(
  ports: PackPorts,
  { tenantId, channelId }: OwedChannel,
  onTheWay: ReadonlySet<string>,
): Parcel | undefined {
  const channel = ports.channels(tenantId).get(channelId);
  if (channel === undefined) return undefined;
  const find = channel.kind === 'webhook' ? nextOne : allThatIsDue;
  const waiting = find(ports, tenantId, { channel, onTheWay });
  const [first, ...others] = waiting.flatMap((delivery) =>
    itemOf(ports, tenantId, { delivery, kind: channel.kind }),
  );
  if (first === undefined) return undefined;
  return { channel, items: [first, ...others], ...ports.secrets.forSending(tenantId, channel) };
}

interface Searched {
  readonly channel: Channel;
  readonly onTheWay: ReadonlySet<string>;
}

function nextOne(ports: PackPorts, tenantId: TenantId, { channel, onTheWay }: Searched): readonly Delivery[] {
  const nowMs = ports.clock.nowMs();
  const due = ports.deliveries(tenantId).pending(channel.channelId, nowMs, onTheWay.size + 1);
  return due.filter(({ deliveryId }) => !onTheWay.has(deliveryId)).slice(0, 1);
}

function allThatIsDue(
  ports: PackPorts,
  tenantId: TenantId,
  { channel, onTheWay }: Searched,
): readonly Delivery[] {
  if (onTheWay.size > 0) return [];
  const deliveries = ports.deliveries(tenantId);
  const nowMs = ports.clock.nowMs();
  const due = audible(deliveries, channel.channelId, nowMs);
  const sent = due.find(({ receipt }) => receipt !== null);
  if (sent !== undefined) return due.filter(({ receipt }) => receipt === sent.receipt);
  const untilMs = Math.max(
    roomAt(channel.sentAtMs, channel.capPerHour, nowMs),
    roomAt(ports.channels(tenantId).sentByAll(), tenantCapPerHour, nowMs),
  );
  if (untilMs > nowMs) {
    deliveries.postpone(channel.channelId, untilMs);
    return [];
  }
  return due.toSorted((one, other) => one.sequence - other.sequence);
}

/** Puts off what waits for the end of quiet hours. @returns what is due and may be sent at this hour */
function audible(deliveries: DeliveryStore, channelId: string, nowMs: number): readonly Delivery[] {
  for (;;) {
    const due = deliveries.pending(channelId, nowMs, mostInOne);
    const silent = silentAmong(deliveries, due, nowMs);
    if (silent.length === 0) return due;
    for (const { quiet, untilMs } of silent) deliveries.keepQuiet(channelId, quiet, nowMs, untilMs);
  }
}

interface Silent {
  readonly quiet: QuietHours;
  readonly untilMs: number;
}

// Most of what waits has the same hours: they are looked at once.
function silentAmong(deliveries: DeliveryStore, due: readonly Delivery[], nowMs: number): readonly Silent[] {
  const unsent = due.filter(({ receipt }) => receipt === null);
  const hours = new Map<string, QuietHours>();
  for (const { noticeId } of unsent) {
    const quiet = deliveries.notice(noticeId)?.quiet ?? null;
    if (quiet !== null) hours.set(JSON.stringify(quiet), quiet);
  }
  return [...hours.values()].flatMap((quiet) => {
    const untilMs = quietUntil(quiet, nowMs);
    return untilMs === null ? [] : [{ quiet, untilMs }];
  });
}

function itemOf(
  ports: PackPorts,
  tenantId: TenantId,
  { delivery, kind }: { readonly delivery: Delivery; readonly kind: ChannelKind },
): readonly Item[] {
  const notice = ports.deliveries(tenantId).notice(delivery.noticeId);
  if (notice === undefined) return [];
  const { noticeId, eventId, body, leftOut } = notice;
  // A program is told ids, and nobody waits while names are looked up.
  const names = kind === 'webhook' ? {} : namesOf(ports, tenantId, body.data);
  return [{ delivery, notice: { noticeId, eventId, body, leftOut, names } }];
}

function namesOf(ports: PackPorts, tenantId: TenantId, data: Readonly<Record<string, unknown>>): NoticeNames {
  const { location_id, box_id, key_id, code_id } = data;
  const location = typeof location_id === 'string' ? ports.locations.find(tenantId, location_id) : undefined;
  const boxId = typeof box_id === 'string' ? (box_id.replace(/^box_/, '') as BoxId) : undefined;
  return {
    key: typeof key_id === 'string' ? ports.keys.find(tenantId, key_id)?.name : undefined,
    box: boxId === undefined ? undefined : ports.boxes.find(tenantId, boxId)?.box.name,
    place: location?.name,
    code: typeof code_id === 'string' ? ports.access.code(tenantId, code_id)?.label : undefined,
    timeZone: location?.timeZone,
  };
}
