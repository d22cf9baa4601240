// The public door of remote openings: administrators open a bin or the main lock from afar (AC-06, AC-07).

import type { Cancel, Clock, Timers } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import type { Database } from '../../platform/database.ts';
import type { DevicePort } from '../../platform/device-port.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { KeptOfPerson } from '../../platform/kept-of-person.ts';
import type { Route } from '../../platform/route.ts';
import type { RemoteOrders } from '../access/index.ts';
import type { Boxes } from '../boxes/index.ts';
import type { People } from '../people/index.ts';
import type { Tenants } from '../tenants/index.ts';
import { createRemoteOrders } from './answer-box.ts';
import { followBoxes } from './follow-boxes.ts';
import { keptByRemoteOpenings } from './kept.ts';
import { createLiveOrders } from './live-orders.ts';
import { expire } from './order-opening.ts';
import { openingRoutes } from './routes.ts';
import { createStandingRights } from './standing.ts';
import { createLeftBehind, createOpeningStores } from './store.ts';

/** What remote openings are built from. */
export interface RemoteOpeningsPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly entropy: Entropy;
  readonly identifiers: Identifiers;
  readonly events: EventBus;
  readonly commitGroup: CommitGroup;
  readonly port: Pick<DevicePort, 'send'>;
  readonly boxes: Pick<Boxes, 'find' | 'bins' | 'place'>;
  readonly people: Pick<People, 'person'>;
  readonly tenants: Pick<Tenants, 'tokenMay'>;
}

/** The feature. */
export interface RemoteOpenings {
  readonly routes: readonly Route[];
  /** What it keeps of people. */
  readonly kept: readonly KeptOfPerson[];
  /** What access asks when a box asks because of an order. */
  readonly orders: RemoteOrders;
  /** Where the box of an opening stands; null for one that stands nowhere now, undefined for no opening. */
  placeOf(tenantId: TenantId, openingId: string): string | null | undefined;
  /** Ends what an earlier process ordered. @returns a function that does nothing: there is nothing to stop */
  watch(): Cancel;
}

/** Builds the feature; it follows boxes and grants from here on. */
export function createRemoteOpenings(ports: RemoteOpeningsPorts): RemoteOpenings {
  const { commitGroup } = ports;
  const openings = createOpeningStores(ports.database);
  const leftBehind = createLeftBehind(ports.database);
  const live = createLiveOrders(ports);
  const commit = (work: () => void): void => commitGroup.enqueue(work, () => {});
  const desk = { ...ports, openings, live, mayOpen: createStandingRights(ports), commit };
  followBoxes(desk, ports.events);
  return {
    kept: keptByRemoteOpenings(ports.database),
    routes: openingRoutes(desk),
    orders: createRemoteOrders(desk),
    placeOf: (tenantId, openingId) => {
      const opening = openings(tenantId).get(openingId);
      if (opening === undefined) return undefined;
      return ports.boxes.find(tenantId, opening.boxId)?.box.locationId ?? null;
    },
    watch: () => {
      commit(() => {
        for (const one of leftBehind()) if (!live.has(one.openingId)) expire(desk, one, 'cloud-restarted');
      });
      return () => {};
    },
  };
}
