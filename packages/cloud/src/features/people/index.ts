// The public door of people: who takes keys and works here, in which groups, in which role.

import type { TenantId } from '../../platform/identifiers.ts';
import type { Route } from '../../platform/route.ts';
import type { Person } from './person.ts';

export type { Person, UserGroup } from './person.ts';

/** The feature. Erased people are not found. */
export interface People {
  readonly routes: readonly Route[];
  person(tenantId: TenantId, personId: string): Person | undefined;
  /** Whoever has the ID code with this keyed hash, belongs to this place and has not left. */
  byIdCode(tenantId: TenantId, locationId: string, codeMac: Uint8Array): Person | undefined;
  /** Gives a person another ID code, or none. @returns false when somebody else has it */
  keepIdCode(tenantId: TenantId, personId: string, codeMac: Uint8Array | null): boolean;
  /** Every group that the person is in, through groups of groups too. */
  groupsOf(tenantId: TenantId, personId: string): readonly string[];
  /** Whether the tenant has this group. */
  hasGroup(tenantId: TenantId, groupId: string): boolean;
  /** E.164; undefined for a person without one. */
  phoneOf(tenantId: TenantId, personId: string): string | undefined;
}
