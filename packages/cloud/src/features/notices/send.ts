// Sends what waits on one channel, once, and says how it ended. Nothing here writes: what becomes of it is decided
// and recorded in record-attempt.ts.

import type { Clock } from '../../platform/clock.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { OutboundHttp, OutboundResult } from '../../platform/outbound-http.ts';
import type { MailResult, OutboundMail } from '../../platform/outbound-mail.ts';
import type { TextMessages } from '../../platform/text-messages.ts';
import type { Channel } from './channel.ts';
import type { Delivery, Outcome } from './delivery.ts';
import { webhookBody } from './notice.ts';
import { type NamedNotice, type NoticeText, putIntoWords } from './notice-text.ts';
import { encryptPush, longestPushBytes, p256Key, pushAuthorization } from './push-message.ts';
import { webhookSignature } from './webhook-signature.ts';

/** One delivery with its notice. */
export interface Item {
  readonly delivery: Delivery;
  readonly notice: NamedNotice;
}

/** What is to be sent where; several items go into one mail, push or text message. */
export interface Parcel {
  readonly channel: Channel;
  readonly items: readonly [Item, ...Item[]];
  /** Opened secrets: of a webhook the present one first, of a push subscription its auth secret. */
  readonly secrets: readonly Uint8Array[];
  /** For push only. */
  readonly pushKey: { readonly privateKey: Uint8Array; readonly publicKey: Uint8Array } | undefined;
}

/** What sending needs. */
export interface SendPorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly outboundHttp: OutboundHttp;
  readonly outboundMail: OutboundMail | undefined;
  readonly textMessages: TextMessages | undefined;
  /** How push services reach whoever runs this server: `mailto:…` or `https://…`. */
  readonly contact: string;
}

/** How many a mail or a push may bring at once. */
export const mostInOne = 50;

const longestText = 200;
const webhookPatienceMs = 10_000;
/** How long a push service keeps a message for a browser that is away. */
const pushKeptSeconds = 86_400;
const pushProofMs = 12 * 3_600_000;

/** Sends it. */
export function send(ports: SendPorts, parcel: Parcel): Promise<Outcome> {
  switch (parcel.channel.kind) {
    case 'webhook':
      return sendWebhook(ports, parcel);
    case 'mail':
      return sendMail(ports, parcel);
    case 'push':
      return sendPush(ports, parcel);
    case 'text':
      return isLook(parcel) ? look(ports, parcel) : sendText(ports, parcel);
  }
}

async function sendWebhook(ports: SendPorts, { channel, items, secrets }: Parcel): Promise<Outcome> {
  const [{ delivery, notice }] = items;
  const body = webhookBody(notice.body, delivery.sequence);
  const timestampSeconds = Math.floor(ports.clock.nowMs() / 1_000);
  const signature = webhookSignature({ id: delivery.deliveryId, timestampSeconds, body }, secrets);
  const result = await ports.outboundHttp.send({
    method: 'POST',
    url: channel.address,
    headers: {
      'content-type': 'application/json',
      'webhook-id': delivery.deliveryId,
      'webhook-timestamp': String(timestampSeconds),
      'webhook-signature': signature,
    },
    body,
    timeoutMs: webhookPatienceMs,
  });
  return outcomeOf(ports, result, [410]);
}

async function sendMail(ports: SendPorts, { channel, items }: Parcel): Promise<Outcome> {
  const { outboundMail } = ports;
  if (outboundMail === undefined) return { kind: 'again', reason: 'no-relay', status: null, hopeless: true };
  const { subject, text } = wordsOf(items, channel.language);
  const [{ delivery }] = items;
  const result = await outboundMail.send({
    ...{ to: channel.address, language: channel.language, id: delivery.deliveryId },
    ...{ subject, text },
  });
  return mailOutcome(result);
}

/** @returns whether only is asked what became of what was sent before */
export function isLook({ items }: Parcel): boolean {
  return items[0].delivery.receipt !== null;
}

async function sendText(ports: SendPorts, { channel, items }: Parcel): Promise<Outcome> {
  const { textMessages } = ports;
  if (textMessages === undefined)
    return { kind: 'again', reason: 'no-provider', status: null, hopeless: true };
  const { subject, brief } = wordsOf(items, channel.language);
  const body = shorten(`${subject}\n${brief}`);
  const result = await textMessages.send({ to: channel.address, body });
  if (result.kind === 'accepted') return { kind: 'taken', receipt: result.providerId, status: null };
  if (result.kind === 'failed') return { kind: 'final', reason: result.reason, status: null };
  const again = { kind: 'again', reason: result.reason, status: null } as const;
  return result.afterMs === undefined
    ? again
    : { ...again, notBeforeMs: ports.clock.nowMs() + result.afterMs };
}

async function look(ports: SendPorts, { items }: Parcel): Promise<Outcome> {
  const [{ delivery }] = items;
  const found = await ports.textMessages?.delivery(delivery.receipt ?? '');
  if (found?.kind === 'delivered') return { kind: 'delivered', status: null };
  if (found?.kind === 'failed') return { kind: 'final', reason: found.reason, status: null };
  return { kind: 'taken', receipt: null, status: null };
}

// Three parts of a message in Japanese: what matters stands first.
function shorten(text: string): string {
  const signs = Array.from(text);
  return signs.length <= longestText ? text : `${signs.slice(0, longestText - 1).join('')}…`;
}

async function sendPush(ports: SendPorts, { channel, items, secrets, pushKey }: Parcel): Promise<Outcome> {
  const [auth] = secrets;
  if (auth === undefined || channel.pushKey === null || pushKey === undefined)
    return { kind: 'final', reason: 'no-key', status: null };
  const [{ delivery, notice }] = items;
  const content = pushContent(wordsOf(items, channel.language), {
    delivery_id: delivery.deliveryId,
    type: notice.body.type,
    event_id: notice.eventId,
  });
  const chance = { key: p256Key(ports.entropy.bytes(32)), salt: ports.entropy.bytes(16) };
  const result = await ports.outboundHttp.send({
    method: 'POST',
    url: channel.address,
    headers: {
      authorization: pushAuthorization({
        ...pushKey,
        audience: new URL(channel.address).origin,
        expiresAtMs: ports.clock.nowMs() + pushProofMs,
        contact: ports.contact,
      }),
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
      ttl: String(pushKeptSeconds),
      urgency: 'high',
    },
    body: encryptPush(content, { publicKey: channel.pushKey, auth }, chance),
    timeoutMs: webhookPatienceMs,
  });
  return outcomeOf(ports, result, [404, 410]);
}

function wordsOf(items: Parcel['items'], language: 'ja' | 'en'): NoticeText {
  return putIntoWords(
    items.map(({ notice }) => notice),
    language,
  );
}

// A long name is three bytes a letter: the text is cut, the ids stay.
function pushContent({ subject, brief }: NoticeText, ids: object): Uint8Array {
  for (let length = 1_000; ; length = Math.floor(length / 2)) {
    const content = Buffer.from(JSON.stringify({ title: subject, body: brief.slice(0, length), ...ids }));
    if (content.length <= longestPushBytes || length === 0) return new Uint8Array(content);
  }
}

/** @param gone statuses by which this kind of receiver says that it is no more */
function outcomeOf(ports: SendPorts, result: OutboundResult, gone: readonly number[]): Outcome {
  if (result.kind === 'refused')
    return { kind: 'again', reason: result.reason, status: null, hopeless: true };
  if (result.kind === 'failed') return { kind: 'again', reason: result.reason, status: null };
  const { status, retryAfterSeconds } = result;
  if (status >= 200 && status < 300) return { kind: 'delivered', status };
  if (gone.includes(status)) return { kind: 'gone', reason: 'gone', status };
  const reason = status >= 300 && status < 400 ? 'redirected' : 'refused-by-receiver';
  if (retryAfterSeconds === undefined) return { kind: 'again', reason, status };
  return { kind: 'again', reason, status, notBeforeMs: ports.clock.nowMs() + retryAfterSeconds * 1_000 };
}

function mailOutcome(result: MailResult): Outcome {
  const status = 'status' in result ? (result.status ?? null) : null;
  if (result.kind === 'accepted') return { kind: 'delivered', status: null };
  if (result.kind === 'refused') return { kind: 'final', reason: 'refused-by-relay', status };
  return { kind: 'again', reason: status === null ? 'relay-away' : 'deferred-by-relay', status };
}
