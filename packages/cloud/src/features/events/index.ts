// The public door of events: the ledger that people and programs read. It imports no feature; it listens.

import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { KeptOfPerson } from '../../platform/kept-of-person.ts';
import type { Route } from '../../platform/route.ts';
import { keptByLedger } from './kept.ts';
import { recordFacts } from './record.ts';
import { eventRoutes, findEvent } from './routes.ts';
import { createEventStores, type EventStore } from './store.ts';

export type { NumberedEvent } from './event.ts';

/** The feature. */
export interface Events {
  readonly routes: readonly Route[];
  /** What it keeps of people. */
  readonly kept: readonly KeptOfPerson[];
  /** The ledger of one tenant. */
  ledger(tenantId: TenantId): Pick<EventStore, 'read' | 'end'>;
  /** Where an event happened; null for nowhere in particular, undefined for an id that no event has. */
  placeOf(tenantId: TenantId, eventId: string): string | null | undefined;
}

/** Builds the feature; every fact is written down from here on. */
export function createEvents(ports: {
  readonly database: Database;
  readonly clock: Clock;
  readonly events: EventBus;
}): Events {
  const stores = createEventStores(ports.database);
  recordFacts({ clock: ports.clock, bus: ports.events, stores });
  return {
    kept: keptByLedger(ports.database),
    routes: eventRoutes({ bus: ports.events, stores }),
    ledger: stores,
    placeOf: (tenantId, id) => {
      const event = findEvent(stores(tenantId), id);
      return event === undefined ? undefined : (event.fact.locationId ?? null);
    },
  };
}
