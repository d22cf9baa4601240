// Keeps what boxes are to know: makes and opens the keys, raises the version with every change, and sends what is
// wanted. Between the pure rules of emergency.ts and the tables. Every call that writes belongs in a transaction.

import { type BodyNamed, type CryptoProvider, type DownMessage, limits } from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { DevicePort, MessageOrigin } from '../../platform/device-port.ts';
import type { Entropy } from '../../platform/entropy.ts';
import { InvariantBroken } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { KeyVault, SecretPlace } from '../../platform/key-vault.ts';
import {
  type Confirmed,
  type EmergencyBox,
  liveCancelled,
  newEmergencyBox,
  newSheet,
  type Sheet,
  validity,
} from './emergency.ts';
import type { EmergencyStore } from './store.ts';

/** What the keeper needs. */
export interface KeeperPorts {
  readonly crypto: CryptoProvider;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly vault: KeyVault;
  readonly port: Pick<DevicePort, 'send'>;
  readonly stores: (tenantId: TenantId) => EmergencyStore;
}

/** The keys of a box, in the clear. */
export interface EmergencyKeys {
  readonly sheetKey: Uint8Array;
  readonly bookingKey: Uint8Array;
  readonly phoneKey: Uint8Array;
  /** Null where no app is enrolled. */
  readonly authenticatorKey: Uint8Array | null;
}

/** A box after a change. */
export interface Changed {
  readonly box: EmergencyBox;
  /** Whether the change is on its way; else the box learns of it at its next contact. */
  readonly sent: boolean;
}

/** See the head of this file. */
export interface EmergencyKeeper {
  /** A box begins anew: it was just claimed. */
  begin(owned: MessageOrigin): EmergencyBox;
  /** What is wanted at the box; begun where nothing is known of it yet. */
  ensure(owned: MessageOrigin): EmergencyBox;
  find(owned: MessageOrigin): EmergencyBox | undefined;
  /** @throws InvariantBroken for a box of which nothing is known */
  keys(owned: MessageOrigin): EmergencyKeys;
  /** The key of an earlier sheet; undefined once a later one is in force. */
  sheetKey(owned: MessageOrigin, generation: number): Uint8Array | undefined;
  /** Saves what changed under the next version and sends it. */
  change(owned: MessageOrigin, box: EmergencyBox): Changed;
  /** The same with a sheet of another generation, for which a key is drawn. */
  renew(owned: MessageOrigin, box: EmergencyBox, sheet: Sheet): Changed;
  /** No sheet made so far opens anything from now on, not even during the day of grace. */
  revoke(owned: MessageOrigin, box: EmergencyBox): Changed;
  /** Enrols an app or removes it. */
  setAuthenticator(
    owned: MessageOrigin,
    box: EmergencyBox,
    enrolled: { readonly key: Uint8Array; readonly label: string } | null,
  ): Changed;
  /** Gets ahead of a box that knows more than we do. */
  overtake(owned: MessageOrigin, box: EmergencyBox, told: Confirmed): EmergencyBox;
  /** What a box at this version is to be told, in order. */
  missing(owned: MessageOrigin, box: EmergencyBox, version: number): readonly DownMessage[];
}

const dayMs = 86_400_000;

type Secret = 'sheet-key' | 'booking-key' | 'phone-key' | 'authenticator-key';

function place({ tenantId, boxId }: MessageOrigin, purpose: Secret, generation = 0): SecretPlace {
  return { tenant: tenantId, box: boxId, epoch: generation, purpose };
}

/** A keeper over the stores. */
export function createEmergencyKeeper(ports: KeeperPorts): EmergencyKeeper {
  const store = ({ tenantId }: MessageOrigin) => ports.stores(tenantId);
  const find: EmergencyKeeper['find'] = (owned) => store(owned).get(owned.boxId);
  const keys: EmergencyKeeper['keys'] = (owned) => openKeys(ports, owned);
  const missing: EmergencyKeeper['missing'] = (owned, box, version) =>
    missingMessages(ports, { owned, box, version });
  const begin: EmergencyKeeper['begin'] = (owned) => beginAnew(ports, owned);

  const change: EmergencyKeeper['change'] = (owned, box) => {
    const nowMs = ports.clock.nowMs();
    const next = { ...box, version: box.version + 1, cancelled: liveCancelled(box.cancelled, nowMs) };
    store(owned).save(next);
    const saved = known(find(owned));
    const messages = missing(owned, saved, saved.inForce.version);
    const sent = messages.map((message) => ports.port.send(owned.boxId, message));
    return { box: saved, sent: sent.length > 0 && sent.every((one) => one) };
  };
  const renew: EmergencyKeeper['renew'] = (owned, box, sheet) => {
    addSheet(ports, owned, sheet);
    return change(owned, { ...box, sheet, reprintAdvised: false, cellsLow: false });
  };
  return {
    ...{ begin, find, keys, missing, change, renew },
    ensure: (owned) => find(owned) ?? begin(owned),
    sheetKey: (owned, generation) => {
      const sealed = store(owned).sealedSheetKey(owned.boxId, generation);
      return sealed == null ? undefined : ports.vault.open(sealed, place(owned, 'sheet-key', generation));
    },
    revoke: (owned, box) => {
      store(owned).revokeSheets(owned.boxId, box.sheet.generation, ports.clock.nowMs());
      const clearVersion = box.version + 1;
      const sheet = freshSheet(ports, box, box.sheet.generation + 1);
      return renew(owned, { ...box, version: clearVersion, clearVersion }, sheet);
    },
    setAuthenticator: (owned, box, enrolled) => {
      const sealed = enrolled && ports.vault.seal(enrolled.key, place(owned, 'authenticator-key'));
      store(owned).saveAuthenticator(owned.boxId, sealed && enrolled && { sealed, label: enrolled.label });
      const sinceMs = ports.clock.nowMs();
      const authenticator = enrolled && { label: enrolled.label, sinceMs };
      const authenticatorEver = box.authenticatorEver || enrolled !== null;
      return change(owned, { ...box, authenticator, authenticatorEver });
    },
    overtake: (owned, box, told) => overtake(ports, { owned, box, told }),
  };
}

function beginAnew(ports: KeeperPorts, owned: MessageOrigin): EmergencyBox {
  const { vault, entropy } = ports;
  const box = newEmergencyBox(owned.boxId, ports.clock.nowMs());
  const drawn = (purpose: Secret, generation?: number): Uint8Array =>
    vault.seal(entropy.bytes(limits.keyBytes), place(owned, purpose, generation));
  ports.stores(owned.tenantId).begin(box, {
    sheetKey: drawn('sheet-key', box.sheet.generation),
    bookingKey: drawn('booking-key', box.bookingGeneration),
    phoneKey: drawn('phone-key'),
    authenticatorKey: null,
  });
  return box;
}

function openKeys(ports: KeeperPorts, owned: MessageOrigin): EmergencyKeys {
  const store = ports.stores(owned.tenantId);
  const box = known(store.get(owned.boxId));
  const sealed = known(store.sealedKeys(owned.boxId));
  const sealedSheet = known(store.sealedSheetKey(owned.boxId, box.sheet.generation) ?? undefined);
  const { vault } = ports;
  const { authenticatorKey } = sealed;
  return {
    sheetKey: vault.open(sealedSheet, place(owned, 'sheet-key', box.sheet.generation)),
    bookingKey: vault.open(sealed.bookingKey, place(owned, 'booking-key', box.bookingGeneration)),
    phoneKey: vault.open(sealed.phoneKey, place(owned, 'phone-key')),
    authenticatorKey: authenticatorKey && vault.open(authenticatorKey, place(owned, 'authenticator-key')),
  };
}

function addSheet(ports: KeeperPorts, owned: MessageOrigin, sheet: Sheet): void {
  const key = ports.entropy.bytes(limits.keyBytes);
  const sealed = ports.vault.seal(key, place(owned, 'sheet-key', sheet.generation));
  ports.stores(owned.tenantId).addSheet(owned.boxId, sheet, sealed);
}

// Nobody has it on paper, so its date does not matter yet: it is far away, like that of the first.
function freshSheet(ports: KeeperPorts, box: EmergencyBox, generation: number): Sheet {
  const nowMs = ports.clock.nowMs();
  return newSheet(box.settings, { generation, nowMs, untilMs: nowMs + validity.longestDays * dayMs });
}

// What the box knows beyond us may be on a paper that our backup has never heard of. It is replaced, not revoked.
function overtake(
  ports: KeeperPorts,
  about: { readonly owned: MessageOrigin; readonly box: EmergencyBox; readonly told: Confirmed },
): EmergencyBox {
  const { owned, box, told } = about;
  const store = ports.stores(owned.tenantId);
  const laterSheet = told.sheetGeneration > box.sheet.generation;
  const laterBooking = told.bookingGeneration > box.bookingGeneration;
  const sheet = laterSheet ? freshSheet(ports, box, told.sheetGeneration + 1) : box.sheet;
  const bookingGeneration = laterBooking ? told.bookingGeneration + 1 : box.bookingGeneration;
  if (laterSheet) addSheet(ports, owned, sheet);
  if (laterBooking) {
    const key = ports.entropy.bytes(limits.keyBytes);
    store.saveBookingKey(owned.boxId, ports.vault.seal(key, place(owned, 'booking-key', bookingGeneration)));
  }
  const version = Math.max(told.version, box.version) + 1;
  store.save({ ...box, version, sheet, bookingGeneration });
  return known(store.get(owned.boxId));
}

function missingMessages(
  ports: KeeperPorts,
  about: { readonly owned: MessageOrigin; readonly box: EmergencyBox; readonly version: number },
): readonly DownMessage[] {
  const { owned, box, version } = about;
  if (version >= box.version) return [];
  const body = changedBody(box, openKeys(ports, owned));
  const wanted: DownMessage = { name: 'emergency-changed', body };
  const { clearVersion } = box;
  if (clearVersion === null || version >= clearVersion) return [wanted];
  const noSheet = { version: clearVersion, sheetGeneration: 0, sheetKey: new Uint8Array(0) };
  return [{ name: 'emergency-changed', body: { ...body, ...noSheet } }, wanted];
}

function changedBody(box: EmergencyBox, keys: EmergencyKeys): BodyNamed<'emergency-changed'> {
  const { sheet, settings } = box;
  return {
    version: box.version,
    sheetGeneration: sheet.generation,
    sheetKey: keys.sheetKey,
    sheetUntilMs: sheet.untilMs,
    cellsPerBin: sheet.cellsPerBin,
    cellsForAll: sheet.cellsForAll,
    bookingGeneration: box.bookingGeneration,
    bookingKey: keys.bookingKey,
    firstUseHours: settings.firstUseHours,
    cancelled: box.cancelled.map(({ payload }) => payload),
    phoneKey: keys.phoneKey,
    authenticatorKey: keys.authenticatorKey ?? new Uint8Array(0),
    openOrder: Uint8Array.from(settings.openOrder),
    sleepAfterMs: settings.sleepAfterMs,
    awakeMs: settings.awakeMs,
  };
}

function known<T>(found: T | undefined): T {
  if (found === undefined) throw new InvariantBroken('nothing is known of a box that was just changed');
  return found;
}
