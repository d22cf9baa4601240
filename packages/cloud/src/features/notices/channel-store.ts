// All SQL of channels and of the key for push. A store is made for one tenant and can ask about no other.

import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { Channel, ChannelKind, ChannelState } from './channel.ts';

/** The secrets of a channel, sealed. */
export interface SealedSecrets {
  readonly version: number;
  readonly secret: Uint8Array | null;
  readonly before: Uint8Array | null;
  readonly beforeUntilMs: number | null;
}

/** What a person may change. */
export type ChannelChange = Pick<Channel, 'label' | 'language' | 'address' | 'state' | 'capPerHour'>;

/** The channels of one tenant. */
export interface ChannelStore {
  add(channel: Channel, secret: Uint8Array | null): void;
  get(channelId: string): Channel | undefined;
  list(afterChannelId: string, limit: number): readonly Channel[];
  count(): number;
  change(channel: Channel, change: ChannelChange): void;
  remove(channelId: string): void;
  secrets(channelId: string): SealedSecrets | undefined;
  saveSecrets(channelId: string, secrets: SealedSecrets): void;
  setState(channelId: string, state: ChannelState): void;
  delivered(channelId: string, atMs: number): void;
  saveSent(channelId: string, sentAtMs: readonly number[]): void;
  /** When mails and pushes were sent lately, over all channels. */
  sentByAll(): readonly number[];
  /** Takes the next number of a channel that is there. */
  takeSequence(channelId: string): number;
  pushKey(): { readonly sealed: Uint8Array; readonly publicKey: Uint8Array } | undefined;
  savePushKey(sealed: Uint8Array, publicKey: Uint8Array): void;
}

interface ChannelRow {
  readonly channel_id: string;
  readonly kind: ChannelKind;
  readonly label: string;
  readonly language: 'ja' | 'en';
  readonly address: string;
  readonly push_key: Uint8Array | null;
  readonly state: ChannelState;
  readonly cap_per_hour: number;
  readonly sent_at_ms: string;
  readonly last_delivered_at_ms: number | null;
  readonly rev: number;
  readonly created_at_ms: number;
}

/** Prepares the statements of all tenants' stores. */
export function createChannelStores(database: Database): (tenantId: TenantId) => ChannelStore {
  const reads = prepareReads(database);
  const writes = prepareWrites(database);
  return perTenant((tenantId) => ({
    add: (channel, secret) =>
      void writes.add.run(
        ...[tenantId, channel.channelId, channel.kind, channel.label, channel.language, channel.address],
        ...[channel.pushKey, secret, channel.state, channel.capPerHour, channel.createdAtMs],
      ),
    get: (channelId) => {
      const row = reads.one.get(tenantId, channelId);
      return row === undefined ? undefined : toChannel(row);
    },
    list: (afterChannelId, limit) => reads.page.all(tenantId, afterChannelId, limit).map(toChannel),
    count: () => reads.count.get(tenantId)?.count ?? 0,
    change: ({ channelId }, { label, language, address, state, capPerHour }) =>
      void writes.change.run(label, language, address, state, capPerHour, tenantId, channelId),
    remove: (channelId) => void writes.remove.run(tenantId, channelId),
    secrets: (channelId) => reads.secrets.get(tenantId, channelId),
    saveSecrets: (channelId, { version, secret, before, beforeUntilMs }) =>
      void writes.secrets.run(version, secret, before, beforeUntilMs, tenantId, channelId),
    setState: (channelId, state) => void writes.state.run(state, tenantId, channelId),
    delivered: (channelId, atMs) => void writes.delivered.run(atMs, tenantId, channelId),
    saveSent: (channelId, sentAtMs) => void writes.sent.run(JSON.stringify(sentAtMs), tenantId, channelId),
    sentByAll: () => reads.sent.all(tenantId).flatMap(({ sent }) => JSON.parse(sent) as number[]),
    takeSequence: (channelId) => writes.sequence.get(tenantId, channelId)?.taken ?? 0,
    pushKey: () => reads.pushKey.get(tenantId),
    savePushKey: (sealed, publicKey) => void writes.pushKey.run(tenantId, sealed, publicKey),
  }));
}

const columns = `channel_id, kind, label, language, address, push_key, state, cap_per_hour, sent_at_ms,
  last_delivered_at_ms, rev, created_at_ms`;

function prepareReads(database: Database) {
  return {
    one: database.prepare<ChannelRow>(
      `SELECT ${columns} FROM notice_channel WHERE tenant_id = ? AND channel_id = ?`,
    ),
    page: database.prepare<ChannelRow>(
      `SELECT ${columns} FROM notice_channel WHERE tenant_id = ? AND channel_id > ?
       ORDER BY channel_id LIMIT ?`,
    ),
    count: database.prepare<{ count: number }>(
      'SELECT count(*) AS count FROM notice_channel WHERE tenant_id = ?',
    ),
    secrets: database.prepare<SealedSecrets>(
      `SELECT secret_version AS version, secret, secret_before AS before,
         secret_before_until_ms AS beforeUntilMs
       FROM notice_channel WHERE tenant_id = ? AND channel_id = ?`,
    ),
    sent: database.prepare<{ sent: string }>(
      "SELECT sent_at_ms AS sent FROM notice_channel WHERE tenant_id = ? AND sent_at_ms <> '[]'",
    ),
    pushKey: database.prepare<{ sealed: Uint8Array; publicKey: Uint8Array }>(
      'SELECT private_key AS sealed, public_key AS publicKey FROM notice_push_key WHERE tenant_id = ?',
    ),
  };
}

function prepareWrites(database: Database) {
  const set = (columnsSet: string) =>
    database.prepare(`UPDATE notice_channel SET ${columnsSet} WHERE tenant_id = ? AND channel_id = ?`);
  return {
    add: database.prepare(
      `INSERT INTO notice_channel (tenant_id, channel_id, kind, label, language, address, push_key, secret,
         state, cap_per_hour, created_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    change: set('label = ?, language = ?, address = ?, state = ?, cap_per_hour = ?, rev = rev + 1'),
    remove: database.prepare('DELETE FROM notice_channel WHERE tenant_id = ? AND channel_id = ?'),
    secrets: set('secret_version = ?, secret = ?, secret_before = ?, secret_before_until_ms = ?'),
    state: set('state = ?, rev = rev + 1'),
    delivered: set('last_delivered_at_ms = ?'),
    sent: set('sent_at_ms = ?'),
    sequence: database.prepare<{ taken: number }>(
      `UPDATE notice_channel SET next_sequence = next_sequence + 1 WHERE tenant_id = ? AND channel_id = ?
       RETURNING next_sequence - 1 AS taken`,
    ),
    pushKey: database.prepare(
      'INSERT INTO notice_push_key (tenant_id, private_key, public_key) VALUES (?, ?, ?)',
    ),
  };
}

function toChannel(row: ChannelRow): Channel {
  return {
    channelId: row.channel_id,
    kind: row.kind,
    label: row.label,
    language: row.language,
    address: row.address,
    pushKey: row.push_key,
    state: row.state,
    capPerHour: row.cap_per_hour,
    sentAtMs: JSON.parse(row.sent_at_ms),
    lastDeliveredAtMs: row.last_delivered_at_ms,
    rev: row.rev,
    createdAtMs: row.created_at_ms,
  };
}
