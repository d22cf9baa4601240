// Builds every feature, lowest first: locations, tenants, step-ups, boxes, keys, access, emergency, bookings,
// break-glass, counts, people, imports; events and audit listen to all, notices to events, and exports read all lists. compose.ts calls it with the platform's ports; nothing else
// constructs a feature.

import type { CryptoProvider } from '@smartbox/protocol';
import type { BoxKeyring } from '../platform/box-keyring.ts';
import type { Cancel, Clock, Timers } from '../platform/clock.ts';
import type { CommitGroup } from '../platform/commit-group.ts';
import { confinedRoute } from '../platform/confined-route.ts';
import type { Database } from '../platform/database.ts';
import type { DevicePort } from '../platform/device-port.ts';
import type { Entropy } from '../platform/entropy.ts';
import type { EventBus } from '../platform/events.ts';
import type { Identifiers } from '../platform/identifiers.ts';
import type { KeyVault } from '../platform/key-vault.ts';
import type { Log } from '../platform/log.ts';
import type { OutboundHttp } from '../platform/outbound-http.ts';
import type { OutboundMail } from '../platform/outbound-mail.ts';
import type { Route } from '../platform/route.ts';
import type { StepUps } from '../platform/step-ups.ts';
import type { TokenRegister } from '../platform/token-register.ts';
import { type Access, createAccess, createGrantHolder } from './access/index.ts';
import { type Audit, createAudit } from './audit/index.ts';
import { type Bookings, createBookings } from './bookings/index.ts';
import { type Boxes, createBoxes } from './boxes/index.ts';
import { createBreakGlass } from './break-glass/index.ts';
import { type Counts, createCounts } from './counts/index.ts';
import { createEmergency, type Emergency } from './emergency/index.ts';
import { createEvents, type Events } from './events/index.ts';
import { createExports } from './exports/index.ts';
import { createGuestLinks } from './guest-links/index.ts';
import { createImports, type Imports } from './imports/index.ts';
import { createKeys, type GrantHolder, type Keys } from './keys/index.ts';
import { createLocations, type Locations } from './locations/index.ts';
import { createNotices, type Notices } from './notices/index.ts';
import { createPeople, type People } from './people/index.ts';
import { createPlaces } from './places.ts';
import { createSignIns, type SignIns } from './sign-in/index.ts';
import { createStepUps } from './step-up/index.ts';
import { createTenants, type Tenants } from './tenants/index.ts';

/** What features are built from. */
export interface FeaturePorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly entropy: Entropy;
  readonly identifiers: Identifiers;
  readonly crypto: CryptoProvider;
  readonly vault: KeyVault;
  /** 32 bytes under which codes are hashed; kept apart from the database. */
  readonly codePepper: Uint8Array;
  /** The origin at which browsers reach this server. */
  readonly publicUrl: string;
  /** 32 bytes that sign the audit's heads; kept apart from the database. */
  readonly auditKey: Uint8Array;
  readonly events: EventBus;
  readonly commitGroup: CommitGroup;
  readonly port: DevicePort;
  readonly log: Log;
  readonly outboundHttp: OutboundHttp;
  /** Undefined where no relay is set up. */
  readonly outboundMail: OutboundMail | undefined;
  /** How push services reach whoever runs this server: `mailto:…`. */
  readonly contact: string;
}

/** All features, and what the edges need of them. */
export interface Features {
  readonly routes: readonly Route[];
  readonly keyring: BoxKeyring;
  readonly tokens: TokenRegister;
  readonly stepUps: StepUps;
  readonly tenants: Tenants;
  readonly locations: Locations;
  readonly boxes: Boxes;
  readonly keys: Keys;
  readonly access: Access;
  readonly emergency: Emergency;
  readonly bookings: Bookings;
  readonly counts: Counts;
  readonly people: People;
  readonly signIns: SignIns;
  readonly events: Events;
  readonly audit: Audit;
  readonly notices: Notices;
  /**
   * Starts what runs by itself (marking silent boxes, warning of sheets, signing the audit, sending notices).
   * @returns a function that stops it
   */
  start(): Cancel;
}

/** Builds all features and registers their handlers. */
export function createFeatures(ports: FeaturePorts): Features {
  const events = createEvents(ports);
  const audit = createAudit(ports);
  const locations = createLocations(ports);
  const tenants = createTenants({ ...ports, locations });
  const stepUps = createStepUps({ ...ports, tenants });
  const boxes = createBoxes({ ...ports, locations });
  const liveHolder = createGrantHolder(ports.database);
  // Bookings stand above: keys and access ask them about openings and codes long after all are built.
  const grantHolder: GrantHolder = (moved) => liveHolder(moved) ?? bookings.codeOfUse(moved);
  const keys = createKeys({ ...ports, locations, boxes, grantHolder });
  const access = createAccess({
    ...{ ...ports, pepper: ports.codePepper, boxes, keys },
    booked: (tenantId, codeId) => bookings.booked(tenantId, codeId),
  });
  const emergency = createEmergency({ ...ports, pepper: ports.codePepper, tenants, locations, boxes, keys });
  const bookings: Bookings = createBookings({ ...ports, boxes, keys, access, emergency });
  const breakGlass = createBreakGlass({ ...ports, tenants, locations, boxes, keys, emergency });
  const counts = createCounts({ ...ports, boxes, keys });
  // Imports stand above people, whose export tells the numbers that imports keep.
  const referenceOf: Imports['referenceOf'] = (tenantId, itemId) => imports.referenceOf(tenantId, itemId);
  const people = createPeople({ ...ports, stepUps, locations, referenceOf });
  const signIns = createSignIns({ ...ports, people, tenants, stepUps });
  const guestLinks = createGuestLinks({ ...ports, bookings, boxes, locations, tenants });
  const notices = createNotices({ ...ports, locations, boxes, keys });
  const imports: Imports = createImports({ ...ports, keys, people, locations });
  const above = [
    people,
    signIns,
    emergency,
    bookings,
    guestLinks,
    breakGlass,
    counts,
    events,
    audit,
    notices,
    imports,
  ];
  const resources = [tenants, stepUps, locations, boxes, keys, access, ...above].flatMap((one) => one.routes);
  const exports = createExports({ ...ports, routes: resources, keys, people, locations, imports });
  const routes = [...resources, ...exports.routes];
  const places = createPlaces({ tenants, locations, boxes, keys, access, bookings, people, events });
  return {
    routes: routes.map((route) => confinedRoute(route, places)),
    keyring: boxes.keyring,
    tokens: {
      find: (proof) => (proof.kind === 'session' ? signIns.register : tenants.register).find(proof),
      used: (token) => signIns.register.used(token),
    },
    stepUps,
    ...{
      tenants,
      locations,
      boxes,
      keys,
      access,
      emergency,
      bookings,
      counts,
      people,
      signIns,
      events,
      audit,
      notices,
    },
    start: () => {
      const watching = [boxes, emergency, people, audit];
      const stops = [...watching.map((one) => one.watch(ports)), notices.watch()];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
