// The public door of exports: what a tenant has, taken away as files.

import type { Clock } from '../../platform/clock.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { Route } from '../../platform/route.ts';
import { wholeTenant } from '../../platform/scope.ts';
import type { Imports } from '../imports/index.ts';
import type { Keys } from '../keys/index.ts';
import type { Locations } from '../locations/index.ts';
import { type People, revealPerson } from '../people/index.ts';
import { exportRoutes } from './routes.ts';

/** Builds the feature. @param ports.routes of every feature whose lists are exported */
export function createExports(ports: {
  readonly clock: Clock;
  readonly routes: readonly Route[];
  readonly keys: Pick<Keys, 'all'>;
  readonly people: Pick<People, 'list' | 'person'>;
  readonly locations: Pick<Locations, 'all'>;
  readonly imports: Pick<Imports, 'referenceOf'>;
}): { readonly routes: readonly Route[] } {
  const { people, imports } = ports;
  const tellings = (tenantId: TenantId) => [
    {
      operation: 'listKeys',
      tell: ({ id }: Readonly<Record<string, unknown>>) => ({
        reference: imports.referenceOf(tenantId, String(id)),
      }),
    },
    {
      operation: 'listPeople',
      // Lists mask what is personal; whoever takes everything away has proved to be there, and it is written down.
      tell: ({ id }: Readonly<Record<string, unknown>>) => {
        const person = people.person(tenantId, String(id));
        const reference = imports.referenceOf(tenantId, String(id));
        return person === undefined ? { reference } : { ...revealPerson(person, wholeTenant), reference };
      },
    },
  ];
  return { routes: exportRoutes({ ...ports, tellings }) };
}
