// The public door of late keys: keys that are out and should be back.

import type { Cancel, Clock, Timers } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import type { Database } from '../../platform/database.ts';
import type { EventBus } from '../../platform/events.ts';
import type { KeptOfPerson } from '../../platform/kept-of-person.ts';
import type { Route } from '../../platform/route.ts';
import type { Bookings } from '../bookings/index.ts';
import type { GrantHolder, Keys } from '../keys/index.ts';
import { followFob, tellLate } from './keep-absences.ts';
import { keptByLateKeys } from './kept.ts';
import { lateKeyRoutes } from './routes.ts';
import { createDueAbsences, createLateKeyStores } from './store.ts';
import { createLateWatch } from './watch-late.ts';

/** What late keys are built from. */
export interface LateKeysPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly events: EventBus;
  readonly commitGroup: CommitGroup;
  readonly keys: Pick<Keys, 'find' | 'byFob'>;
  readonly bookings: Pick<Bookings, 'booked' | 'booking'>;
  readonly grantHolder: GrantHolder;
}

/** The feature. */
export interface LateKeys {
  readonly routes: readonly Route[];
  /** What it keeps of people. */
  readonly kept: readonly KeptOfPerson[];
  /** Tells of each key when its time comes. @returns a function that stops it */
  watch(): Cancel;
}

/** Builds the feature; it follows fobs from here on. Build it after bookings, which hear of an opening first. */
export function createLateKeys(ports: LateKeysPorts): LateKeys {
  const { events } = ports;
  const lateKeys = createLateKeyStores(ports.database);
  const due = createDueAbsences(ports.database);
  const desk = { ...ports, lateKeys };
  const watch = createLateWatch({ ...ports, due, tell: () => tellLate(desk, due) });
  events.join('fob-moved', (moved) => {
    if (followFob(desk, moved)) watch.changed();
  });
  events.join('key-retired', ({ tenantId, keyId }) => {
    lateKeys(tenantId).end(keyId);
    watch.changed();
  });
  return {
    kept: keptByLateKeys(ports.database),
    routes: lateKeyRoutes({ ...desk, watch }),
    watch: watch.start,
  };
}
