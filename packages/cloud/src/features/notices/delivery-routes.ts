// HTTP of deliveries: what became of each notice, trying a channel, and sending again.

import { type Static, Type } from 'typebox';
import type { Clock } from '../../platform/clock.ts';
import { CloudError } from '../../platform/errors.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import { instantSchema, showInstant, showInstantOrNull } from '../../platform/instant.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import type { BilingualText } from '../../platform/problems.ts';
import { defineRoute, type Route } from '../../platform/route.ts';
import { type ChannelDesk, findChannel } from './channel-routes.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryFilter, DeliveryStore } from './delivery-store.ts';
import type { Notice } from './notice.ts';

const moment = Type.Union([instantSchema, Type.Null()]);
const states = ['pending', 'held', 'delivered', 'moved', 'failed'] as const;

const summary = {
  id: Type.String({ description: 'Of a webhook the header `webhook-id`: the same for every attempt.' }),
  notice_id: Type.String(),
  channel_id: Type.String(),
  sequence: Type.Integer({ description: 'Per channel, without gaps.' }),
  type: Type.String({ description: 'Of the event.' }),
  event_id: Type.Union([Type.String(), Type.Null()]),
  state: Type.Enum([...states], {
    description: 'held: the channel is paused or off. moved: the next channel of the rule has taken over.',
  }),
  attempts: Type.Integer(),
  next_attempt_at: moment,
  delivered_at: moment,
};

const example = {
  id: 'dlv_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
  notice_id: 'ntc_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
  channel_id: 'nch_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
  sequence: 42,
  type: 'key.withdrawn',
  event_id: 'evt_000000000042',
  state: 'delivered',
  attempts: 1,
  next_attempt_at: null,
  delivered_at: '2026-04-01T09:00:00.300Z',
};

const deliverySchema = Type.Object(summary, { examples: [example] });
const deliveryDetailSchema = Type.Object(
  {
    ...summary,
    results: Type.Array(
      Type.Object({
        attempt: Type.Integer(),
        at: instantSchema,
        took_ms: Type.Integer(),
        outcome: Type.String({
          description:
            '`delivered`, `taken` where a provider of text messages has it, or a stable word for why not.',
        }),
        status: Type.Union([Type.Integer(), Type.Null()], { description: 'Of HTTP or SMTP.' }),
      }),
    ),
  },
  {
    examples: [
      {
        ...example,
        results: [
          { attempt: 1, at: '2026-04-01T09:00:00.180Z', took_ms: 120, outcome: 'delivered', status: 204 },
        ],
      },
    ],
  },
);
const replayedSchema = Type.Object({ count: Type.Integer() }, { examples: [{ count: 3 }] });

const channelParams = Type.Object({ channel_id: Type.String({ maxLength: 64 }) });
const deliveryParams = Type.Object({ delivery_id: Type.String({ maxLength: 64 }) });

/** What the routes need from the feature. */
export interface DeliveryDesk extends Pick<ChannelDesk, 'channels' | 'deliveries' | 'wake'> {
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  /** Hands a new notice to its channel. */
  handOver(tenantId: TenantId, notice: Notice): boolean;
}

/** The routes of deliveries. */
export function deliveryRoutes(desk: DeliveryDesk): readonly Route[] {
  return [
    listDeliveries(desk),
    getDelivery(desk),
    replayDelivery(desk),
    replayChannel(desk),
    tryChannel(desk),
  ];
}

function listDeliveries(desk: DeliveryDesk): Route {
  const filter = {
    channel_id: Type.Optional(Type.String({ maxLength: 64 })),
    state: Type.Optional(Type.Enum([...states])),
  };
  return defineRoute({
    method: 'GET',
    url: '/v1/notice-deliveries',
    permission: 'notices:read',
    tenantWide: true,
    operationId: 'listNoticeDeliveries',
    summary: 'List what was sent or is owed, newest first',
    description: 'Kept for 30 days.',
    tag: 'notices',
    query: Type.Object({ ...pageQuery, ...filter }, { additionalProperties: false }),
    responses: { 200: pageSchema(deliverySchema) },
    handle: ({ principal, query }) => {
      const store = desk.deliveries(principal.tenantId);
      const wanted: DeliveryFilter = {
        ...(query.channel_id === undefined ? {} : { channelId: query.channel_id }),
        ...(query.state === undefined ? {} : { state: query.state }),
      };
      return {
        body: readPage(query, {
          load: (after, limit) =>
            store.list(wanted, after === undefined ? undefined : String(after[0]), limit),
          keyOf: ({ deliveryId }) => [deliveryId],
          show: (delivery) => show(store, delivery),
        }),
      };
    },
  });
}

function getDelivery(desk: DeliveryDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/notice-deliveries/:delivery_id',
    permission: 'notices:read',
    tenantWide: true,
    operationId: 'getNoticeDelivery',
    summary: 'Read one delivery with the result of every attempt',
    tag: 'notices',
    params: deliveryParams,
    responses: { 200: deliveryDetailSchema },
    handle: ({ principal, params: { delivery_id } }) => {
      const store = desk.deliveries(principal.tenantId);
      const results = store
        .attempts(find(store, delivery_id).deliveryId)
        .map(({ attempt, atMs, tookMs, outcome, status }) => ({
          ...{ attempt, at: showInstant(atMs), took_ms: tookMs },
          ...{ outcome, status },
        }));
      return { body: { ...show(store, find(store, delivery_id)), results } };
    },
  });
}

function replayDelivery(desk: DeliveryDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/notice-deliveries/:delivery_id/replay',
    permission: 'notices:write',
    tenantWide: true,
    operationId: 'replayNoticeDelivery',
    summary: 'Send one delivery again, under the same id',
    tag: 'notices',
    params: deliveryParams,
    responses: { 202: deliverySchema },
    handle: ({ principal: { tenantId }, params: { delivery_id } }) => {
      const store = desk.deliveries(tenantId);
      const delivery = find(store, delivery_id);
      if (desk.channels(tenantId).get(delivery.channelId)?.state !== 'active') throw channelOff();
      const anew = { step: 0, receipt: null, looks: 0, dueAtMs: now(desk) };
      const again: Delivery = { ...delivery, ...anew, state: 'pending' };
      store.save(again);
      desk.wake();
      return { status: 202, body: show(store, again) };
    },
  });
}

function replayChannel(desk: DeliveryDesk): Route {
  const body = Type.Object(
    { from_sequence: Type.Integer({ minimum: 1 }) },
    { additionalProperties: false, examples: [{ from_sequence: 40 }] },
  );
  return defineRoute({
    method: 'POST',
    url: '/v1/notice-channels/:channel_id/replay',
    permission: 'notices:write',
    tenantWide: true,
    operationId: 'replayNoticeChannel',
    summary: 'Send a webhook everything again from a number on, under the same ids',
    tag: 'notices',
    params: channelParams,
    body,
    responses: { 202: replayedSchema },
    ratePerMinute: 10,
    handle: ({ principal: { tenantId }, params: { channel_id }, body: { from_sequence } }) => {
      const { channelId, kind, state } = findChannel(desk, tenantId, channel_id);
      if (kind !== 'webhook') throw new CloudError('conflict', { detail: onlyWebhooks });
      if (state !== 'active') throw channelOff();
      const count = desk.deliveries(tenantId).replayFrom(channelId, from_sequence, now(desk));
      desk.wake();
      return { status: 202, body: { count } };
    },
  });
}

function tryChannel(desk: DeliveryDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/notice-channels/:channel_id/try',
    permission: 'notices:write',
    tenantWide: true,
    operationId: 'tryNoticeChannel',
    summary: 'Send a trial notice to a channel',
    tag: 'notices',
    params: channelParams,
    responses: {
      202: Type.Object({ notice_id: Type.String() }, { examples: [{ notice_id: example.notice_id }] }),
    },
    ratePerMinute: 10,
    handle: ({ principal: { tenantId }, params: { channel_id } }) => {
      const { channelId, state } = findChannel(desk, tenantId, channel_id);
      if (state !== 'active') throw channelOff();
      const atMs = now(desk);
      const type = 'notice.trial';
      const notice: Notice = {
        noticeId: desk.identifiers.create('ntc'),
        ...{
          ruleId: null,
          eventId: null,
          type,
          leftOut: 0,
          quiet: null,
          createdAtMs: atMs,
          rest: [channelId],
        },
        body: { type, timestamp: showInstant(atMs), data: {} },
      };
      desk.deliveries(tenantId).addNotice(notice);
      desk.handOver(tenantId, notice);
      desk.wake();
      return { status: 202, body: { notice_id: notice.noticeId } };
    },
  });
}

function find(store: DeliveryStore, deliveryId: string): Delivery {
  const delivery = store.get(deliveryId);
  if (delivery === undefined) throw new CloudError('not-found');
  return delivery;
}

function show(store: DeliveryStore, delivery: Delivery): Static<typeof deliverySchema> {
  const notice = store.notice(delivery.noticeId);
  return {
    id: delivery.deliveryId,
    notice_id: delivery.noticeId,
    channel_id: delivery.channelId,
    sequence: delivery.sequence,
    type: notice?.type ?? '',
    event_id: notice?.eventId ?? null,
    state: delivery.state,
    attempts: delivery.attempts,
    next_attempt_at: delivery.state === 'pending' ? showInstant(delivery.dueAtMs) : null,
    delivered_at: showInstantOrNull(delivery.deliveredAtMs),
  };
}

function now(desk: DeliveryDesk): number {
  return Math.floor(desk.clock.nowMs());
}

function channelOff(): CloudError {
  const detail: BilingualText = {
    ja: '先に PATCH /v1/notice-channels/… で state を active にしてください。',
    en: 'First make its state active with PATCH /v1/notice-channels/….',
  };
  return new CloudError('conflict', { detail });
}

const onlyWebhooks: BilingualText = {
  ja: '番号順の送り直しは Webhook だけです。メールは 1 件ずつ送り直せます。',
  en: 'Only webhooks are replayed by number. A mail is sent again by its delivery.',
};
