// Whether whoever ordered may still open here: asked again when the box asks, because between order and button lie up
// to two minutes in which a role can be taken away.

import type { Clock } from '../../platform/clock.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { rolePermissions } from '../../platform/roles.ts';
import { sees } from '../../platform/scope.ts';
import type { Orderer } from '../access/index.ts';
import { isPresent, type People, scopeOf } from '../people/index.ts';
import type { Tenants } from '../tenants/index.ts';

/** @returns whether this orderer may open boxes at this location now */
export type StandingRights = (tenantId: TenantId, by: Orderer, locationId: string) => boolean;

/** What standing is read from. */
export interface StandingPorts {
  readonly clock: Clock;
  readonly people: Pick<People, 'person'>;
  readonly tenants: Pick<Tenants, 'tokenMay'>;
}

/** Reads it anew at each call. */
export function createStandingRights({ clock, people, tenants }: StandingPorts): StandingRights {
  return (tenantId, { personId, tokenId }, locationId) => {
    if (personId === null)
      return tenants.tokenMay(tenantId, tokenId, { permission: 'boxes:open', at: locationId });
    const person = people.person(tenantId, personId);
    return (
      person?.role != null &&
      rolePermissions[person.role].includes('boxes:open') &&
      isPresent(person, clock.nowMs()) &&
      sees(scopeOf(person), locationId)
    );
  };
}
