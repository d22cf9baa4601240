// The public door of break-glass: files that open boxes without this server, and the records of their use.

import type { Database } from '../../platform/database.ts';
import type { Route } from '../../platform/route.ts';
import { type BreakGlassDesk, breakGlassRoutes } from './routes.ts';
import { createBreakGlassStores } from './store.ts';

/** What the feature is built from. */
export interface BreakGlassPorts extends Omit<BreakGlassDesk, 'stores'> {
  readonly database: Database;
}

/** The feature. */
export interface BreakGlass {
  readonly routes: readonly Route[];
}

/** Builds the feature. */
export function createBreakGlass(ports: BreakGlassPorts): BreakGlass {
  return { routes: breakGlassRoutes({ ...ports, stores: createBreakGlassStores(ports.database) }) };
}
