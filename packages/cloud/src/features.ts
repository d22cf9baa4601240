// Wires the features to each other: who is built from whom, in their order. Apart from compose.ts
// because it is about the domain, not about the process. Order matters where several take part in
// one event: the ledger joins first, so that every fact is written down.

import type { CryptoProvider } from '@smartbox/protocol';
import { type Access, createAccess, createGrantHolder } from './features/access/index.ts';
import { type Boxes, createBoxes } from './features/boxes/index.ts';
import { createEvents, type Events } from './features/events/index.ts';
import { createKeys, type Keys } from './features/keys/index.ts';
import { createLocations, type Locations } from './features/locations/index.ts';
import { createTenants, type Tenants } from './features/tenants/index.ts';
import type { BoxKeyring } from './platform/box-keyring.ts';
import type { Cancel, Clock, Timers } from './platform/clock.ts';
import type { CommitGroup } from './platform/commit-group.ts';
import type { Database } from './platform/database.ts';
import type { DevicePort } from './platform/device-port.ts';
import type { Entropy } from './platform/entropy.ts';
import type { EventBus } from './platform/events.ts';
import type { Identifiers } from './platform/identifiers.ts';
import type { KeyVault } from './platform/key-vault.ts';
import type { Route } from './platform/route.ts';
import type { TokenRegister } from './platform/token-register.ts';

/** What features are built from. */
export interface FeaturePorts {
  readonly database: Database;
  readonly commitGroup: CommitGroup;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly entropy: Entropy;
  readonly identifiers: Identifiers;
  readonly crypto: CryptoProvider;
  readonly vault: KeyVault;
  readonly events: EventBus;
  readonly port: DevicePort;
  readonly pepper: Uint8Array;
}

/** All features. Their own calls write: make them inside `commitGroup.run`. */
export interface Features {
  readonly access: Access;
  readonly boxes: Boxes;
  readonly events: Events;
  readonly keys: Keys;
  readonly locations: Locations;
  readonly tenants: Tenants;
  readonly routes: readonly Route[];
  readonly keyring: BoxKeyring;
  readonly tokens: TokenRegister;
  /** Starts what runs by itself. @returns a function that stops it */
  watch(): Cancel;
}

/** Builds every feature once. */
export function createFeatures(ports: FeaturePorts): Features {
  const events = createEvents(ports);
  const tenants = createTenants(ports);
  const locations = createLocations(ports);
  const boxes = createBoxes({ ...ports, locations });
  const keys = createKeys({ ...ports, locations, boxes, grantHolder: createGrantHolder(ports.database) });
  const access = createAccess({ ...ports, boxes, keys });
  return {
    ...{ access, boxes, events, keys, locations, tenants },
    routes: [tenants, locations, boxes, keys, access, events].flatMap(({ routes }) => routes),
    keyring: boxes.keyring,
    tokens: tenants.register,
    watch: () => boxes.watch(ports),
  };
}
