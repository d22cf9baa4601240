// The person with whom a tenant begins: nobody is there yet who could add anybody.

import { Value } from 'typebox/value';
import type { TenantId } from '../../platform/identifiers.ts';
import type { PeopleDesk } from './desk.ts';
import { newPersonSchema, nobodyYet, readPerson } from './person-resource.ts';

/** Who begins. */
export interface FirstOwner {
  readonly name: string;
  /** What the owner signs in with. */
  readonly mail: string;
}

/**
 * Adds an owner to a tenant that has nobody; inside a transaction.
 * @returns the person's id; undefined for a name that cannot be shown
 * @throws CloudError `invalid-request` for what is no mail address
 */
export function addFirstOwner(
  desk: Pick<PeopleDesk, 'people' | 'identifiers' | 'clock'>,
  tenantId: TenantId,
  owner: FirstOwner,
): string | undefined {
  const body = { name: owner.name, mail: owner.mail, role: 'owner' } as const;
  if (!Value.Check(newPersonSchema, body)) return undefined;
  const personId = desk.identifiers.create('per');
  const createdAtMs = Math.floor(desk.clock.nowMs());
  desk
    .people(tenantId)
    .add({ ...readPerson(nobodyYet, body), personId, quarantinedAtMs: null, createdAtMs, rev: 1 });
  return personId;
}
