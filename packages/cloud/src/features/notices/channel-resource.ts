// A channel as the API shows it: schemas, examples, and the way from one form to the other. Whoever may only read
// sees where it leads, not the whole address: an address of a webhook or a browser is a secret of its own.

import { type Static, Type } from 'typebox';
import { invalidField } from '../../platform/errors.ts';
import { instantSchema, showInstant, showInstantOrNull } from '../../platform/instant.ts';
import { plainText, tidyText } from '../../platform/plain-text.ts';
import type { Principal } from '../../platform/token-register.ts';
import { type Channel, type ChannelKind, capBounds, channelKinds } from './channel.ts';
import { isP256Point } from './push-message.ts';
import { showWebhookSecret } from './webhook-signature.ts';

const moment = Type.Union([instantSchema, Type.Null()]);
const label = plainText(100, 'What people call it.');
const language = Type.Enum(['ja', 'en'], { description: 'Of what people are told; ja unless given.' });
const address = Type.String({
  minLength: 3,
  maxLength: 1_000,
  description:
    'Of a webhook or a browser: https://…; of a mailbox: the bare mail address; of a phone: +819012345678.',
});
const capPerHour = Type.Integer({
  minimum: capBounds.least,
  maximum: capBounds.most,
  description: `Mails, pushes or text messages in any hour (${capBounds.usual} unless given, ${capBounds.usualOfTexts} of text messages). What has no room waits and then goes together. A webhook has no cap.`,
});
const signing = Type.Union([Type.Object({ secret: Type.String(), public_key: Type.String() }), Type.Null()], {
  description:
    'Of a webhook, shown only when it was made or rotated: the secret of `v1` (whsec_…) and the public key of `v1a` (whpk_…) of Standard Webhooks.',
});

const example = {
  kind: 'webhook',
  label: 'Booking system',
  language: 'ja',
  address: 'https://hooks.example.jp/smartbox',
  cap_per_hour: capBounds.usual,
} as const;

/** A channel. */
export const channelSchema = Type.Object(
  {
    id: Type.String(),
    kind: Type.Enum([...channelKinds]),
    label: Type.String(),
    language: Type.Enum(['ja', 'en']),
    address: Type.String({ description: 'Shortened for callers without `notices:write`.' }),
    state: Type.Enum(['active', 'paused', 'gone', 'failing'], {
      description:
        'gone: the receiver said that it is no more (410); failing: nothing arrived for three days. A webhook keeps what it is owed meanwhile.',
    }),
    cap_per_hour: Type.Integer(),
    last_delivered_at: moment,
    created_at: instantSchema,
    signing,
  },
  {
    examples: [
      {
        id: 'nch_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        ...example,
        state: 'active',
        last_delivered_at: null,
        created_at: '2026-04-01T09:00:00.000Z',
        signing: null,
      },
    ],
  },
);

/** What makes a channel. */
export const newChannelSchema = Type.Object(
  {
    kind: Type.Enum([...channelKinds]),
    label,
    address,
    language: Type.Optional(language),
    cap_per_hour: Type.Optional(capPerHour),
    keys: Type.Optional(
      Type.Object(
        { p256dh: Type.String({ maxLength: 200 }), auth: Type.String({ maxLength: 100 }) },
        { additionalProperties: false, description: 'Of a browser: `keys` of its PushSubscription.' },
      ),
    ),
  },
  { additionalProperties: false, examples: [example] },
);

/** What may be changed. */
export const channelChangeSchema = Type.Object(
  {
    label: Type.Optional(label),
    language: Type.Optional(language),
    address: Type.Optional(address),
    cap_per_hour: Type.Optional(capPerHour),
    state: Type.Optional(Type.Enum(['active', 'paused'])),
  },
  { additionalProperties: false, minProperties: 1, examples: [{ state: 'paused' }] },
);

/** @param secret only where it was just made */
export function showChannel(
  channel: Channel,
  principal: Principal,
  secret?: Uint8Array,
): Static<typeof channelSchema> {
  const whole = principal.permissions.includes('notices:write');
  const shown = secret === undefined ? undefined : showWebhookSecret(secret);
  return {
    id: channel.channelId,
    kind: channel.kind,
    label: channel.label,
    language: channel.language,
    address: whole ? channel.address : shorten(channel),
    state: channel.state,
    cap_per_hour: channel.capPerHour,
    last_delivered_at: showInstantOrNull(channel.lastDeliveredAtMs),
    created_at: showInstant(channel.createdAtMs),
    signing: shown === undefined ? null : { secret: shown.secret, public_key: shown.publicKey },
  };
}

/** The parts of a channel that a person gave. @throws CloudError naming the field */
export function readChannel(body: Static<typeof newChannelSchema>) {
  const push = body.kind === 'push' ? readPushKeys(body.keys) : undefined;
  return {
    channel: {
      kind: body.kind,
      label: tidyText(body.label),
      language: body.language ?? 'ja',
      address: readAddress(body.kind, body.address),
      capPerHour: body.cap_per_hour ?? (body.kind === 'text' ? capBounds.usualOfTexts : capBounds.usual),
      pushKey: push?.publicKey ?? null,
    },
    auth: push?.auth,
  };
}

// One mailbox, without a name, a list or a line break: what RFC 5321 calls a plain local part.
const mailForm = /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u;
const longestMail = 254;
/** E.164. */
const phoneForm = /^\+[1-9]\d{6,14}$/;

/** @throws CloudError for an address that this kind of channel cannot have */
export function readAddress(kind: ChannelKind, text: string): string {
  if (kind === 'mail') {
    if (text.length <= longestMail && mailForm.test(text)) return text;
    throw invalidField('/body/address', 'not-a-mail-address', {
      ja: 'name@example.jp のようなメールアドレスを 1 つだけ指定してください。',
      en: 'Give one bare mail address, for example name@example.jp.',
    });
  }
  if (kind === 'text') {
    if (phoneForm.test(text)) return text;
    throw invalidField('/body/address', 'not-a-phone-number', {
      ja: '+819012345678 のように国番号から電話番号を指定してください。',
      en: 'Give a phone number with its country code, for example +819012345678.',
    });
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const schemes = kind === 'webhook' ? ['https:', 'http:'] : ['https:'];
  if (url !== undefined && schemes.includes(url.protocol) && url.username === '' && url.password === '')
    return url.href;
  throw invalidField('/body/address', 'not-a-web-address', {
    ja: 'https:// で始まり、ユーザー名を含まないアドレスを指定してください。',
    en: 'Give an address that begins with https:// and holds no user name.',
  });
}

function readPushKeys(keys: Static<typeof newChannelSchema>['keys']) {
  const publicKey = new Uint8Array(Buffer.from(keys?.p256dh ?? '', 'base64url'));
  const auth = new Uint8Array(Buffer.from(keys?.auth ?? '', 'base64url'));
  if (isP256Point(publicKey) && auth.length === 16) return { publicKey, auth };
  throw invalidField('/body/keys', 'not-a-subscription', {
    ja: 'ブラウザーの PushSubscription の keys(p256dh と auth)をそのまま指定してください。',
    en: 'Give the keys (p256dh and auth) of the browser’s PushSubscription as they are.',
  });
}

function shorten({ kind, address }: Channel): string {
  if (kind === 'text') return `${address.slice(0, 3)}…${address.slice(-2)}`;
  if (kind !== 'mail') return `${new URL(address).origin}/…`;
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}…${address.slice(at)}`;
}
