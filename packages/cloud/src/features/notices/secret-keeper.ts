// Makes, seals and opens the secrets of channels: the keys by which webhooks are signed, the auth secrets of browsers,
// and the key by which push services know the tenant. A stolen database signs nothing.

import type { Clock } from '../../platform/clock.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { KeyVault, SecretPlace } from '../../platform/key-vault.ts';
import { type Channel, secretOverlapMs } from './channel.ts';
import type { ChannelStore } from './channel-store.ts';
import { p256Key, p256PublicKey } from './push-message.ts';
import type { Parcel } from './send.ts';
import { webhookSecretBytes } from './webhook-signature.ts';

/** What it is made of. */
export interface SecretKeeperPorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly vault: KeyVault;
  readonly channels: (tenantId: TenantId) => ChannelStore;
}

/** See the head of this file. */
export interface SecretKeeper {
  /** Draws a secret for a new webhook. */
  draw(): Uint8Array;
  /** Seals the first secret of a channel. */
  seal(tenantId: TenantId, channelId: string, secret: Uint8Array): Uint8Array;
  /** Draws another secret; the one before signs for a day more. */
  rotate(tenantId: TenantId, channelId: string): Uint8Array;
  /** The secret in force. */
  present(tenantId: TenantId, channelId: string): Uint8Array | undefined;
  forSending(tenantId: TenantId, channel: Channel): Pick<Parcel, 'secrets' | 'pushKey'>;
  /** The public half of the tenant's key for push; made at the first asking. */
  pushPublicKey(tenantId: TenantId): Uint8Array;
}

/** A keeper over the stores. */
export function createSecretKeeper(ports: SecretKeeperPorts): SecretKeeper {
  const { clock, entropy, vault } = ports;
  const draw = (): Uint8Array => entropy.bytes(webhookSecretBytes);
  const read = (tenantId: TenantId, channelId: string): readonly Uint8Array[] => {
    const kept = ports.channels(tenantId).secrets(channelId);
    if (kept === undefined || kept.secret === null) return [];
    const present = vault.open(kept.secret, place(tenantId, channelId, kept.version));
    const overlaps = kept.before !== null && clock.nowMs() < (kept.beforeUntilMs ?? 0);
    if (!overlaps || kept.before === null) return [present];
    return [present, vault.open(kept.before, place(tenantId, channelId, kept.version - 1))];
  };
  return {
    draw,
    seal: (tenantId, channelId, secret) => vault.seal(secret, place(tenantId, channelId, 0)),
    present: (tenantId, channelId) => read(tenantId, channelId)[0],
    rotate: (tenantId, channelId) => {
      const store = ports.channels(tenantId);
      const kept = store.secrets(channelId);
      const secret = draw();
      const version = (kept?.version ?? 0) + 1;
      store.saveSecrets(channelId, {
        version,
        secret: vault.seal(secret, place(tenantId, channelId, version)),
        before: kept?.secret ?? null,
        beforeUntilMs: clock.nowMs() + secretOverlapMs,
      });
      return secret;
    },
    forSending: (tenantId, channel) => ({
      secrets: read(tenantId, channel.channelId),
      pushKey: channel.kind === 'push' ? openPushKey(ports, tenantId) : undefined,
    }),
    pushPublicKey: (tenantId) => {
      const store = ports.channels(tenantId);
      const known = store.pushKey();
      if (known !== undefined) return known.publicKey;
      const key = p256Key(entropy.bytes(32));
      const publicKey = p256PublicKey(key);
      store.savePushKey(vault.seal(key, pushPlace(tenantId)), publicKey);
      return publicKey;
    },
  };
}

function openPushKey({ channels, vault }: SecretKeeperPorts, tenantId: TenantId): Parcel['pushKey'] {
  const kept = channels(tenantId).pushKey();
  if (kept === undefined) return undefined;
  return { privateKey: vault.open(kept.sealed, pushPlace(tenantId)), publicKey: kept.publicKey };
}

function place(tenantId: TenantId, channelId: string, version: number): SecretPlace {
  return { tenant: tenantId, box: channelId, epoch: version, purpose: 'notice-secret' };
}

function pushPlace(tenantId: TenantId): SecretPlace {
  return { tenant: tenantId, box: '-', epoch: 0, purpose: 'push-key' };
}
