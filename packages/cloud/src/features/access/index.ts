// The public door of access: who may take which key, when: the authoriser.

import type { BoxId, CryptoProvider } from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { DevicePort } from '../../platform/device-port.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { KeptOfPerson } from '../../platform/kept-of-person.ts';
import type { Route } from '../../platform/route.ts';
import type { Boxes } from '../boxes/index.ts';
import type { GrantHolder, Keys } from '../keys/index.ts';
import { createCodeMac } from './code-mac.ts';
import type { BookedCode } from './code-resource.ts';
import { endCode } from './end-code.ts';
import type { Grant } from './grant.ts';
import { type CodeOrder, type IssuedCode, issueCode } from './issue-code.ts';
import { keptByAccess } from './kept.ts';
import type { KeyCode } from './key-code.ts';
import { type AccessPorts, onAccessRequested } from './on-access-requested.ts';
import { endWithdrawnCode, listenToGrants } from './on-log-entry.ts';
import type { IdCodes, PeopleSteps } from './people-steps.ts';
import type { RemoteOrders } from './remote-order.ts';
import { codeRoutes } from './routes.ts';
import { logReplayed, logRestarted, logTold } from './settle.ts';
import { createAccessStores } from './store.ts';

export type { BookedCode } from './code-resource.ts';
export type { Grant, GrantState } from './grant.ts';
export { advanceGrant } from './grant.ts';
export type { CodeOrder, IssuedCode } from './issue-code.ts';
export { digitsForNewCode, type KeyCode, randomDigits } from './key-code.ts';
export type { OfflineWorth } from './offline-worth.ts';
export { offlineSchema, showOffline } from './offline-worth.ts';
export type { IdCodes, PeopleSteps, PersonAnswer, PersonAsked } from './people-steps.ts';
export type {
  LiveOrder,
  OrderAsked,
  Orderer,
  OrderFault,
  OrderVerdict,
  RemoteOrders,
} from './remote-order.ts';

/** What access is built from. */
export interface AccessFeaturePorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly identifiers: Identifiers;
  readonly events: EventBus;
  readonly crypto: CryptoProvider;
  /** 32 bytes that are not in the database: without them a stolen one tells no code. */
  readonly pepper: Uint8Array;
  readonly port: DevicePort;
  readonly boxes: Boxes;
  readonly keys: Keys;
  /** The booking that a code belongs to; bookings know, and stand above. */
  booked(tenantId: TenantId, codeId: string): BookedCode | undefined;
  /** Who knows people; stands above too. */
  readonly peopleSteps: PeopleSteps;
  readonly idCodes: IdCodes;
  /** Orders to open from afar; they stand above too. */
  orders(): RemoteOrders;
}

/** The feature. */
export interface Access {
  readonly routes: readonly Route[];
  /** What it keeps of people. */
  readonly kept: readonly KeptOfPerson[];
  /** Makes a code; inside a transaction. */
  issue(tenantId: TenantId, order: CodeOrder): IssuedCode;
  /** Ends a code at once; inside a transaction. One that has ended stays as it ended. */
  revoke(tenantId: TenantId, codeId: string): void;
  code(tenantId: TenantId, codeId: string): KeyCode | undefined;
  /** Whether these digits are, or were, a key code of any place of the tenant. */
  hasDigits(tenantId: TenantId, digits: string): boolean;
  /** Live codes with so many digits, at the place that has most. */
  mostLiveCodes(tenantId: TenantId, digits: number): number;
  /** Every grant that a box was given, in order. */
  grants(tenantId: TenantId, boxId: BoxId): readonly Grant[];
}

/** Builds the feature and registers its handlers. */
export function createAccess(ports: AccessFeaturePorts): Access {
  const { clock, events } = ports;
  const access = createAccessStores(ports.database);
  const codeMac = createCodeMac(ports.crypto, ports.pepper);
  const { boxes, keys, orders, peopleSteps, idCodes, entropy, identifiers } = ports;
  const answering: AccessPorts = { clock, events, access, codeMac, boxes, keys, orders, peopleSteps };
  const issuing = { clock, events, access, codeMac, idCodes, entropy, identifiers };

  ports.port.onMessage('access-requested', (from, body) => onAccessRequested(answering, from, body));
  listenToGrants(answering, ports.port);
  events.join('fob-moved', (moved) => endWithdrawnCode(answering, moved));
  followLogs(answering);
  events.join('key-retired', ({ tenantId, keyId }) => {
    const atMs = Math.floor(clock.nowMs());
    for (const code of liveCodes(answering, tenantId, keyId))
      endCode(answering, tenantId, { code, because: 'key-retired', atMs });
  });

  return {
    kept: keptByAccess(ports.database),
    routes: codeRoutes({ ...issuing, keys: ports.keys, booked: ports.booked }),
    issue: (tenantId, order) => issueCode(issuing, tenantId, order),
    revoke: (tenantId, codeId) => {
      const code = access(tenantId).code(codeId);
      if (code === undefined) return;
      endCode(answering, tenantId, { code, because: 'revoked', atMs: Math.floor(clock.nowMs()) });
    },
    code: (tenantId, codeId) => access(tenantId).code(codeId),
    hasDigits: (tenantId, digits) =>
      access(tenantId)
        .placesWithCodes()
        .some((locationId) => {
          const mac = codeMac({ tenantId, locationId }, digits);
          return access(tenantId).byMac(locationId, mac) !== undefined;
        }),
    mostLiveCodes: (tenantId, digits) => access(tenantId).mostLive(digits),
    grants: (tenantId, boxId) => access(tenantId).grants(boxId),
  };
}

/**
 * Tells keys to which code or person a grant was given. What leaves a bin that nobody opened while the front stands open
 * is out with whoever had that opened.
 */
export function createGrantHolder(database: Database): GrantHolder {
  const access = createAccessStores(database);
  return ({ tenantId, boxId, grant }) =>
    grant === 0 ? access(tenantId).openFront(boxId) : access(tenantId).grant(boxId, grant);
}

function followLogs(ports: AccessPorts): void {
  const nowMs = (): number => Math.floor(ports.clock.nowMs());
  ports.events.join('box-log-told', ({ tenantId, boxId, end }) => {
    const replayed = ports.boxes.place(tenantId, boxId)?.logEnd ?? 0;
    logTold(ports, { tenantId, boxId }, { end, replayed, atMs: nowMs() });
  });
  ports.events.join('box-log-replayed', ({ tenantId, boxId, end }) =>
    logReplayed(ports, { tenantId, boxId }, { end, atMs: nowMs() }),
  );
  ports.events.join('box-log-restarted', ({ tenantId, boxId }) =>
    logRestarted(ports, { tenantId, boxId }, { atMs: nowMs() }),
  );
}

function liveCodes(ports: AccessPorts, tenantId: TenantId, keyId: string): readonly KeyCode[] {
  return ports.access(tenantId).listCodes({ keyId, liveOnly: true }, '', -1);
}
