// The public door of counts: which boxes were opened by hand and wait for somebody to look into their bins.

import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { DevicePort } from '../../platform/device-port.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers } from '../../platform/identifiers.ts';
import type { Route } from '../../platform/route.ts';
import type { Boxes } from '../boxes/index.ts';
import type { Keys } from '../keys/index.ts';
import { listenToHandOpenings } from './on-log-entry.ts';
import { countRoutes } from './routes.ts';
import { createCountStores } from './store.ts';

/** What counts are built from. */
export interface CountsPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly events: EventBus;
  readonly port: Pick<DevicePort, 'onLogEntry'>;
  readonly boxes: Pick<Boxes, 'find' | 'bins' | 'place'>;
  readonly keys: Pick<Keys, 'find' | 'byFob' | 'byFobLabel'>;
}

/** The feature. */
export interface Counts {
  readonly routes: readonly Route[];
}

/** Builds the feature; it follows the boxes' logs from here on. */
export function createCounts(ports: CountsPorts): Counts {
  const { clock, events, boxes } = ports;
  const counts = createCountStores(ports.database);
  listenToHandOpenings({ clock, events, boxes, counts }, ports.port);
  return { routes: countRoutes({ ...ports, counts }) };
}
