// The public door of guest links: the unguessable address under which a guest sees one booking.

import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Route } from '../../platform/route.ts';
import type { Bookings } from '../bookings/index.ts';
import type { Boxes } from '../boxes/index.ts';
import type { Locations } from '../locations/index.ts';
import type { Tenants } from '../tenants/index.ts';
import { guestRoutes } from './routes.ts';
import { createGuestLinkStore } from './store.ts';

/** Builds the feature. */
export function createGuestLinks(ports: {
  readonly database: Database;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly events: EventBus;
  readonly bookings: Pick<Bookings, 'booking' | 'digits'>;
  readonly boxes: Pick<Boxes, 'find'>;
  readonly locations: Pick<Locations, 'find'>;
  readonly tenants: Pick<Tenants, 'nameOf'>;
}): { readonly routes: readonly Route[] } {
  return { routes: guestRoutes({ ...ports, links: createGuestLinkStore(ports.database) }) };
}
