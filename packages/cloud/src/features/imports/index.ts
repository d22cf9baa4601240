// The public door of imports: lists of keys and people from files, and the numbers that the tenant itself has for them.

import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { KeptOfPerson } from '../../platform/kept-of-person.ts';
import type { Route } from '../../platform/route.ts';
import { keptByImports } from './kept.ts';
import { type ImportDesk, importRoutes } from './routes.ts';
import { createReferenceStores } from './store.ts';

export { keyColumns, personColumns } from './column.ts';
export { keyCells } from './key-kind.ts';
export { personCells } from './person-kind.ts';
export { createPlaceNames } from './places.ts';

/** What imports are built from. */
export interface ImportsPorts extends Omit<ImportDesk, 'references'> {
  readonly database: Database;
}

/** The feature. */
export interface Imports {
  readonly routes: readonly Route[];
  /** What it keeps of people. */
  readonly kept: readonly KeptOfPerson[];
  /** The tenant's own number of a key or a person; empty for none. */
  referenceOf(tenantId: TenantId, itemId: string): string;
}

/** Builds the feature; it lets go of the numbers of whoever is erased and of keys that are retired. */
export function createImports(ports: ImportsPorts): Imports {
  const references = createReferenceStores(ports.database);
  ports.events.join('person-erased', ({ tenantId, personId }) =>
    references(tenantId).set('person', personId, ''),
  );
  ports.events.join('key-retired', ({ tenantId, keyId }) => references(tenantId).set('key', keyId, ''));
  return {
    kept: keptByImports(ports.database),
    routes: importRoutes({ ...ports, references }),
    referenceOf: (tenantId, itemId) => references(tenantId).of(itemId),
  };
}
