// A channel is one place to which notices go: a webhook, a mailbox, a browser, a phone. Pure: its shape, its state, and how
// much may still be sent to it this hour.

/** What kind of place it is. */
export const channelKinds = ['webhook', 'mail', 'push', 'text'] as const;
/** See `channelKinds`. */
export type ChannelKind = (typeof channelKinds)[number];

/** paused by a person; gone: the receiver said that it is no more; failing: nothing arrived for days. */
export type ChannelState = 'active' | 'paused' | 'gone' | 'failing';

/** A channel as it is kept, without its secrets. */
export interface Channel {
  readonly channelId: string;
  readonly kind: ChannelKind;
  readonly label: string;
  readonly language: 'ja' | 'en';
  /** An address on the web, or of a mailbox, or the number of a phone. */
  readonly address: string;
  /** The browser's public key (65 bytes); null for other kinds. */
  readonly pushKey: Uint8Array | null;
  readonly state: ChannelState;
  /** Mails, pushes or text messages in any hour; of no meaning to a webhook. */
  readonly capPerHour: number;
  /** When those of the last hour were sent, oldest first. */
  readonly sentAtMs: readonly number[];
  readonly lastDeliveredAtMs: number | null;
  readonly rev: number;
  readonly createdAtMs: number;
}

/** How long the secret before still signs after a rotation. */
export const secretOverlapMs = 86_400_000;

/** What may be set, and what is set unless somebody does. Text messages cost money. */
export const capBounds = { least: 1, most: 200, usual: 30, usualOfTexts: 10 } as const;

/** Mails, pushes and text messages of one tenant in any hour, over all of its channels. */
export const tenantCapPerHour = 300;

/** How many channels and rules a tenant may have. */
export const mostPerTenant = 100;

const hourMs = 3_600_000;

/** @returns the sendings that still count against a cap, oldest first */
export function withinHour(sentAtMs: readonly number[], nowMs: number): readonly number[] {
  return sentAtMs.filter((atMs) => atMs > nowMs - hourMs && atMs <= nowMs).sort((one, other) => one - other);
}

/** @returns when the next may be sent: `nowMs` while there is room under the cap */
export function roomAt(sentAtMs: readonly number[], cap: number, nowMs: number): number {
  const counted = withinHour(sentAtMs, nowMs);
  const blocking = counted[counted.length - cap];
  return blocking === undefined ? nowMs : blocking + hourMs;
}
