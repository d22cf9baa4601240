// The public door of boxes: the register of cabinets, their keys, their bins and the replay of their logs.

import type { BoxId, CryptoProvider } from '@smartbox/protocol';
import type { BoxKeyring } from '../../platform/box-keyring.ts';
import type { Cancel, Clock, Timers } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import type { Database } from '../../platform/database.ts';
import type { DevicePort } from '../../platform/device-port.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { KeyVault } from '../../platform/key-vault.ts';
import type { Route } from '../../platform/route.ts';
import type { Locations } from '../locations/index.ts';
import type { Bin } from './bin.ts';
import { boxResourceId, readBoxResourceId } from './box.ts';
import { claimRoutes } from './claim-routes.ts';
import { createExchangeDesk } from './exchange.ts';
import { createBoxKeyring } from './keyring.ts';
import { createKeyringStore } from './keyring-store.ts';
import { createLogKeeper } from './log-keeper.ts';
import { createLogStores } from './log-store.ts';
import { onHeartbeat } from './on-heartbeat.ts';
import { listenToLogEntries } from './on-log-entry.ts';
import { onLogReported } from './on-log-reported.ts';
import { onSessionConfirmed } from './on-session-confirmed.ts';
import { createOwnership, type Ownership } from './ownership.ts';
import { type BoxPlaces, createBoxPlaces } from './place.ts';
import { createSilenceSweep, watchSilence } from './presence.ts';
import { boxRoutes } from './routes.ts';
import { type BoxWithHealth, createBoxStores } from './store.ts';
import { createBoxTeller } from './teller.ts';

export type { Bin } from './bin.ts';
export { applyToBin, newBin, occurredAtMs } from './bin.ts';
export type { Box, BoxHealth } from './box.ts';
export type { BoxPlace } from './place.ts';
export { type BoxTeller, createBoxTeller } from './teller.ts';
export { boxResourceId, readBoxResourceId };

/** What boxes are built from. */
export interface BoxesPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly crypto: CryptoProvider;
  readonly vault: KeyVault;
  readonly events: EventBus;
  readonly port: DevicePort;
  readonly locations: Pick<Locations, 'find'>;
}

/** The feature. */
export interface Boxes extends Pick<Ownership, 'importFactoryBox' | 'claim'> {
  readonly routes: readonly Route[];
  readonly keyring: BoxKeyring;
  /** Where a tenant's box stands and how far its log was replayed. */
  readonly place: BoxPlaces;
  find(tenantId: TenantId, boxId: BoxId): BoxWithHealth | undefined;
  bins(tenantId: TenantId, boxId: BoxId): readonly Bin[];
  /** The bin of this box that senses this tag. */
  binSensing(tenantId: TenantId, boxId: BoxId, tag: Uint8Array): Bin | undefined;
  /** The bins, of any of the tenant's boxes, that sense this tag; the latest first. */
  binsSensing(tenantId: TenantId, tag: Uint8Array): readonly { readonly boxId: BoxId; readonly bin: Bin }[];
  /** The log as the box wrote it: 32-byte entries in order. The ledger is their replay. */
  logBodies(tenantId: TenantId, boxId: BoxId): readonly Uint8Array[];
  /** Marks silent boxes offline, for ever. @returns a function that stops it */
  watch(ports: { readonly timers: Timers; readonly commitGroup: CommitGroup }): Cancel;
}

/** Builds the feature and registers its message handlers. */
export function createBoxes(ports: BoxesPorts): Boxes {
  const { database, clock, events, port, crypto, vault } = ports;
  const boxes = createBoxStores(database);
  const logs = createLogStores(database);
  const keys = createKeyringStore(database);
  const places = createBoxPlaces(database);
  const tell = createBoxTeller(events, places);
  const logKeeper = createLogKeeper({ crypto, vault, logs });
  const exchange = createExchangeDesk({
    ...{ crypto, vault, clock, port, logKeeper },
    store: keys,
    entropy: ports.entropy,
    told: {
      recoveryNeeded: (owned) => tell(owned, { type: 'box.recovery_needed', atMs: clock.nowMs() }),
      recovered: (owned) => tell(owned, { type: 'box.recovered', atMs: clock.nowMs() }),
    },
  });
  const ownership = createOwnership({ crypto, vault, clock, events, port, boxes, keys, exchange, tell });

  port.onExchangeHello(exchange.hello);
  port.onMessage('session-confirmed', (from, body) =>
    onSessionConfirmed({ clock, boxes, tell, events, logKeeper, keys }, from, body),
  );
  port.onMessage('heartbeat', (from, body) => onHeartbeat({ clock, boxes, tell }, from, body));
  port.onMessage('log-reported', (from, body) =>
    onLogReported({ crypto, clock, port, events, logKeeper, logs, tell }, from, body),
  );
  listenToLogEntries({ clock, port, events, boxes, places, tell });

  const { locations } = ports;
  return {
    routes: [
      ...boxRoutes({ boxes, locations, port }),
      ...claimRoutes({ clock, boxes, locations, keys, ...ownership }),
    ],
    keyring: createBoxKeyring({ store: keys, vault }),
    place: places,
    importFactoryBox: ownership.importFactoryBox,
    claim: ownership.claim,
    find: (tenantId, boxId) => boxes(tenantId).get(boxId),
    bins: (tenantId, boxId) => boxes(tenantId).bins(boxId),
    binSensing: (tenantId, boxId, tag) => boxes(tenantId).binSensing(boxId, tag),
    binsSensing: (tenantId, tag) => boxes(tenantId).binsSensing(tag),
    logBodies: (tenantId, boxId) => {
      const state = logs(tenantId).state(boxId);
      return state === undefined ? [] : logs(tenantId).bodies(boxId, state.logEpoch);
    },
    watch: (watchPorts) => watchSilence(createSilenceSweep({ database, clock, tell }), watchPorts),
  };
}
