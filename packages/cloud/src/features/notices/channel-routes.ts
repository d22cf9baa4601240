// HTTP of channels: where notices may go.

import { Type } from 'typebox';
import type { Clock } from '../../platform/clock.ts';
import { CloudError } from '../../platform/errors.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { tidyText } from '../../platform/plain-text.ts';
import type { BilingualText } from '../../platform/problems.ts';
import { defineRoute, entityTag, type Route, type RouteAnswer, requireMatch } from '../../platform/route.ts';
import type { Principal } from '../../platform/token-register.ts';
import { type Channel, mostPerTenant } from './channel.ts';
import {
  channelChangeSchema,
  channelSchema,
  newChannelSchema,
  readAddress,
  readChannel,
  showChannel,
} from './channel-resource.ts';
import type { ChannelStore } from './channel-store.ts';
import type { DeliveryStore } from './delivery-store.ts';
import type { SecretKeeper } from './secret-keeper.ts';

const params = Type.Object({ channel_id: Type.String({ maxLength: 64 }) });

/** What the routes need from the feature. */
export interface ChannelDesk {
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly secrets: SecretKeeper;
  /** Whether mails and text messages can leave the house. */
  readonly canSend: { readonly mail: boolean; readonly text: boolean };
  channels(tenantId: TenantId): ChannelStore;
  deliveries(tenantId: TenantId): DeliveryStore;
  /** Hands what waits on a channel to the next ones. */
  passOn(tenantId: TenantId, channelId: string): void;
  /** Something may be owed after this transaction. */
  wake(): void;
}

/** The routes of channels. */
export function channelRoutes(desk: ChannelDesk): readonly Route[] {
  return [
    listChannels(desk),
    getChannel(desk),
    createChannel(desk),
    changeChannel(desk),
    removeChannel(desk),
    rotateSecret(desk),
    makePushKey(desk),
  ];
}

/** @throws CloudError `not-found` */
export function findChannel(desk: Pick<ChannelDesk, 'channels'>, tenantId: TenantId, id: string): Channel {
  const channel = desk.channels(tenantId).get(id);
  if (channel === undefined) throw new CloudError('not-found');
  return channel;
}

function listChannels(desk: ChannelDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/notice-channels',
    permission: 'notices:read',
    tenantWide: true,
    operationId: 'listNoticeChannels',
    summary: 'List the channels of notices',
    tag: 'notices',
    query: Type.Object(pageQuery, { additionalProperties: false }),
    responses: { 200: pageSchema(channelSchema) },
    handle: ({ principal, query }) => ({
      body: readPage(query, {
        load: (after, limit) => desk.channels(principal.tenantId).list(String(after?.[0] ?? ''), limit),
        keyOf: ({ channelId }) => [channelId],
        show: (channel) => showChannel(channel, principal),
      }),
    }),
  });
}

function getChannel(desk: ChannelDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/notice-channels/:channel_id',
    permission: 'notices:read',
    tenantWide: true,
    operationId: 'getNoticeChannel',
    summary: 'Read one channel',
    tag: 'notices',
    params,
    responses: { 200: channelSchema },
    handle: ({ principal, params: { channel_id } }) =>
      answer(findChannel(desk, principal.tenantId, channel_id), principal),
  });
}

function createChannel(desk: ChannelDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/notice-channels',
    permission: 'notices:write',
    tenantWide: true,
    operationId: 'createNoticeChannel',
    summary: 'Add a webhook, a mailbox, a browser or a phone',
    description:
      'A webhook is signed as Standard Webhooks say and numbered in `sequence` without gaps; redirects are not followed, and addresses of private networks are refused unless the operator of this server has named them. A browser subscribes with the key of `POST /v1/push-key`.',
    tag: 'notices',
    body: newChannelSchema,
    responses: { 201: channelSchema },
    ratePerMinute: 30,
    handle: ({ principal, body }) => {
      const store = desk.channels(principal.tenantId);
      const { channel: given, auth } = readChannel(body);
      if (given.kind === 'mail' && !desk.canSend.mail) throw new CloudError('conflict', { detail: noRelay });
      if (given.kind === 'text' && !desk.canSend.text)
        throw new CloudError('conflict', { detail: noProvider });
      if (store.count() >= mostPerTenant) throw new CloudError('conflict', { detail: tooMany });
      const channel: Channel = {
        ...given,
        channelId: desk.identifiers.create('nch'),
        ...{ state: 'active', sentAtMs: [], lastDeliveredAtMs: null, rev: 1 },
        createdAtMs: Math.floor(desk.clock.nowMs()),
      };
      const signing = given.kind === 'webhook' ? desk.secrets.draw() : undefined;
      const secret = signing ?? auth;
      const sealed = secret && desk.secrets.seal(principal.tenantId, channel.channelId, secret);
      store.add(channel, sealed ?? null);
      const place = `/v1/notice-channels/${channel.channelId}`;
      return { ...answer(channel, principal, signing), status: 201, location: place };
    },
  });
}

function changeChannel(desk: ChannelDesk): Route {
  return defineRoute({
    method: 'PATCH',
    url: '/v1/notice-channels/:channel_id',
    permission: 'notices:write',
    tenantWide: true,
    operationId: 'changeNoticeChannel',
    summary: 'Change, pause or resume a channel',
    description:
      'Needs If-Match with the ETag that was read. Resuming a webhook sends everything that it is owed.',
    tag: 'notices',
    params,
    body: channelChangeSchema,
    responses: { 200: channelSchema },
    handle: (call) => {
      const { principal, body } = call;
      const channel = findChannel(desk, principal.tenantId, call.params.channel_id);
      requireMatch(call, channel.channelId, channel.rev);
      const changed: Channel = {
        ...channel,
        label: body.label === undefined ? channel.label : tidyText(body.label),
        language: body.language ?? channel.language,
        address: body.address === undefined ? channel.address : readAddress(channel.kind, body.address),
        capPerHour: body.cap_per_hour ?? channel.capPerHour,
        state: body.state ?? channel.state,
        rev: channel.rev + 1,
      };
      desk.channels(principal.tenantId).change(channel, changed);
      turn(desk, principal.tenantId, changed);
      return answer(changed, principal);
    },
  });
}

function removeChannel(desk: ChannelDesk): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/v1/notice-channels/:channel_id',
    permission: 'notices:write',
    tenantWide: true,
    operationId: 'removeNoticeChannel',
    summary: 'Remove a channel; rules go on with their next one',
    tag: 'notices',
    params,
    responses: { 204: null },
    handle: ({ principal: { tenantId }, params: { channel_id } }) => {
      const { channelId } = findChannel(desk, tenantId, channel_id);
      desk.channels(tenantId).remove(channelId);
      desk.passOn(tenantId, channelId);
      desk.wake();
      return { status: 204 };
    },
  });
}

function rotateSecret(desk: ChannelDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/notice-channels/:channel_id/rotate-secret',
    permission: 'notices:write',
    tenantWide: true,
    operationId: 'rotateNoticeSecret',
    summary: 'Give a webhook another secret; the one before signs for a day more',
    tag: 'notices',
    params,
    responses: { 200: channelSchema },
    handle: ({ principal, params: { channel_id } }) => {
      const channel = findChannel(desk, principal.tenantId, channel_id);
      if (channel.kind !== 'webhook') throw new CloudError('conflict', { detail: notSigned });
      const secret = desk.secrets.rotate(principal.tenantId, channel.channelId);
      return answer(channel, principal, secret);
    },
  });
}

function makePushKey(desk: ChannelDesk): Route {
  const schema = Type.Object(
    { public_key: Type.String({ description: '`applicationServerKey` of a subscription, base64url.' }) },
    { examples: [{ public_key: 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIg…' }] },
  );
  return defineRoute({
    method: 'POST',
    url: '/v1/push-key',
    permission: 'notices:write',
    tenantWide: true,
    operationId: 'makePushKey',
    summary: 'The key to which browsers subscribe; made at the first call and the same ever after',
    tag: 'notices',
    responses: { 200: schema },
    handle: ({ principal }) => {
      const key = desk.secrets.pushPublicKey(principal.tenantId);
      return { body: { public_key: Buffer.from(key).toString('base64url') } };
    },
  });
}

// Pausing holds what waits; resuming lets it go. What went elsewhere meanwhile is not told to a person again.
function turn(desk: ChannelDesk, tenantId: TenantId, { channelId, kind, state }: Channel): void {
  const deliveries = desk.deliveries(tenantId);
  if (state === 'active') deliveries.release(channelId, Math.floor(desk.clock.nowMs()), kind === 'webhook');
  else deliveries.hold(channelId);
  desk.wake();
}

function answer(channel: Channel, principal: Principal, secret?: Uint8Array): RouteAnswer {
  return {
    body: showChannel(channel, principal, secret),
    etag: entityTag(channel.channelId, channel.rev),
  };
}

const noRelay: BilingualText = {
  ja: 'このサーバーにはメールの中継(SMARTBOX_SMTP_HOST)が設定されていません。運用者に知らせてください。',
  en: 'This server has no mail relay (SMARTBOX_SMTP_HOST). Tell its operator.',
};
const noProvider: BilingualText = {
  ja: 'このサーバーには SMS の送信元(SMARTBOX_TEXT_MESSAGE_URL)が設定されていません。運用者に知らせてください。',
  en: 'This server has no provider of text messages (SMARTBOX_TEXT_MESSAGE_URL). Tell its operator.',
};
const tooMany: BilingualText = {
  ja: `${mostPerTenant} 件までです。使っていないものを消してください。`,
  en: `There may be ${mostPerTenant}. Remove what is not used.`,
};
const notSigned: BilingualText = {
  ja: '署名の秘密があるのは Webhook だけです。',
  en: 'Only webhooks have a secret that signs.',
};
