// Builds every feature, lowest first: locations, tenants, step-ups, boxes, keys, access, emergency, bookings,
// break-glass, counts, people, permissions, text messages, people at keypads, remote openings, late keys, imports; events
// and audit listen to all, notices to events, and exports read all lists. compose.ts calls it with the platform's ports;
// nothing else constructs a feature.

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
import type { KeptOfPerson } from '../platform/kept-of-person.ts';
import type { KeyVault } from '../platform/key-vault.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { OutboundHttp } from '../platform/outbound-http.ts';
import type { OutboundMail } from '../platform/outbound-mail.ts';
import type { Route } from '../platform/route.ts';
import type { StepUps } from '../platform/step-ups.ts';
import type { TextMessages } from '../platform/text-messages.ts';
import type { TokenRegister } from '../platform/token-register.ts';
import { type Access, type AccessFeaturePorts, createAccess, createGrantHolder } from './access/index.ts';
import { type Audit, createAudit } from './audit/index.ts';
import { type Bookings, createBookings } from './bookings/index.ts';
import { type Boxes, createBoxes } from './boxes/index.ts';
import { createBreakGlass } from './break-glass/index.ts';
import { type Counts, createCounts } from './counts/index.ts';
import { createEmergency, type Emergency } from './emergency/index.ts';
import { createEvents, type Events } from './events/index.ts';
import { createExports } from './exports/index.ts';
import { createGuestLinks } from './guest-links/index.ts';
import { createImports } from './imports/index.ts';
import { createKeys, type GrantHolder, type Keys } from './keys/index.ts';
import { createLateKeys } from './late-keys/index.ts';
import { createLocations, type Locations } from './locations/index.ts';
import { createNotices, type Notices } from './notices/index.ts';
import { createPeople, type People } from './people/index.ts';
import { createPeopleAtKeypad, type PeopleAtKeypad } from './people-at-keypad/index.ts';
import { createPermissions, type Permissions } from './permissions/index.ts';
import { createPlaces } from './places.ts';
import { createRemoteOpenings, type RemoteOpenings } from './remote-openings/index.ts';
import { createSignIns, type SignIns } from './sign-in/index.ts';
import { createStepUps } from './step-up/index.ts';
import { createTenants, type Tenants } from './tenants/index.ts';
import { createTextPost } from './text-messages/index.ts';

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
  /** Undefined where no provider is set up. */
  readonly textMessages: TextMessages | undefined;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'strangerTried'>;
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
  readonly permissions: Permissions;
  readonly signIns: SignIns;
  readonly events: Events;
  readonly audit: Audit;
  readonly notices: Notices;
  /** What all features keep of people. */
  readonly kept: readonly KeptOfPerson[];
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
  // Bookings and people stand above: keys and access ask them long after all are built.
  const grantHolder: GrantHolder = (moved) => liveHolder(moved) ?? bookings.holderOfUse(moved);
  const { isBadge, ...askedByAccess } = askedLater(() => atKeypad);
  const keys = createKeys({ ...ports, locations, boxes, grantHolder, isBadge });
  const access = createAccess({
    ...{ ...ports, pepper: ports.codePepper, boxes, keys },
    booked: (tenantId, codeId) => bookings.booked(tenantId, codeId),
    ...askedByAccess,
    orders: () => remoteOpenings.orders,
  });
  const emergency = createEmergency({ ...ports, pepper: ports.codePepper, tenants, locations, boxes, keys });
  const bookings: Bookings = createBookings({ ...ports, boxes, keys, access, emergency });
  const breakGlass = createBreakGlass({ ...ports, tenants, locations, boxes, keys, emergency });
  const counts = createCounts({ ...ports, boxes, keys });
  // Most of what is kept of people stands above them.
  const people = createPeople({ ...ports, stepUps, locations, kept: () => kept });
  const permissions = createPermissions({ ...ports, locations, keys, people });
  const texts = createTextPost({ ...ports, people });
  const atKeypad: PeopleAtKeypad = createPeopleAtKeypad({
    ...{ ...ports, pepper: ports.codePepper, boxes, keys, people, access, permissions, texts },
  });
  const signIns = createSignIns({ ...ports, people, tenants, stepUps });
  const guestLinks = createGuestLinks({ ...ports, bookings, boxes, locations, tenants });
  const remoteOpenings: RemoteOpenings = createRemoteOpenings({ ...ports, boxes, people, tenants });
  const lateKeys = createLateKeys({ ...ports, keys, bookings, grantHolder });
  const notices = createNotices({ ...ports, locations, boxes, keys, access });
  const imports = createImports({ ...ports, keys, people, locations });
  const kept = [
    ...[people, imports, permissions, atKeypad, texts, signIns, tenants, keys, lateKeys, access],
    ...[remoteOpenings, notices, events, audit],
  ].flatMap((one) => one.kept);
  const above = [
    ...[people, permissions, atKeypad, texts, signIns, remoteOpenings, lateKeys, emergency, bookings],
    ...[guestLinks, breakGlass, counts, events, audit, notices, imports],
  ];
  const resources = [tenants, stepUps, locations, boxes, keys, access, ...above].flatMap((one) => one.routes);
  const exports = createExports({ ...ports, routes: resources, keys, people, locations, imports });
  const routes = [...resources, ...exports.routes];
  const named = {
    ...{ tenants, stepUps, locations, boxes, keys, access, emergency, bookings, counts, people, permissions },
    ...{ signIns, events, audit, notices },
  };
  const places = createPlaces({ ...named, remoteOpenings });
  return {
    routes: routes.map((route) => confinedRoute(route, places)),
    keyring: boxes.keyring,
    tokens: {
      find: (proof) => (proof.kind === 'session' ? signIns.register : tenants.register).find(proof),
      used: (token) => signIns.register.used(token),
    },
    ...named,
    kept,
    start: () => {
      const watching = [boxes, emergency, people, audit, remoteOpenings, lateKeys];
      return allOf([...watching.map((one) => one.watch(ports)), texts.watch(), notices.watch()]);
    },
  };
}

function allOf(stops: readonly Cancel[]): Cancel {
  return () => {
    for (const stop of stops) stop();
  };
}

/** What keys and access ask of people at keypads, once those are built. */
function askedLater(
  atKeypad: () => PeopleAtKeypad,
): Pick<PeopleAtKeypad, 'isBadge'> & Pick<AccessFeaturePorts, 'peopleSteps' | 'idCodes'> {
  return {
    isBadge: (...tag) => atKeypad().isBadge(...tag),
    peopleSteps: {
      answer: (asked) => atKeypad().steps.answer(asked),
      end: (from) => atKeypad().steps.end(from),
    },
    idCodes: {
      isIdCode: (...digits) => atKeypad().isIdCode(...digits),
      idCodeCount: (...digits) => atKeypad().idCodeCount(...digits),
    },
  };
}
