// Tenants and the tokens that programs use to act for one: what they are, without storage.

import { allPermissions, type Permission } from '../../platform/permissions.ts';
import { type Scope, wholeTenant } from '../../platform/scope.ts';

/** A token as its owner sees it. The secret is not here: it was shown once. */
export interface ApiToken {
  /** `tok_…` */
  readonly tokenId: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  /** The places that it sees; none for the whole tenant. */
  readonly locationIds: readonly string[];
  /** The person behind it: who made it, or made the token that made it. Null where none did. */
  readonly createdBy: string | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | null;
  readonly revokedAtMs: number | null;
}

/** @returns how far a token sees */
export function tokenScope(locationIds: readonly string[]): Scope {
  return locationIds.length === 0 ? wholeTenant : { kind: 'locations', locationIds };
}

/** @returns the place of a token, as a scope understands it */
export function tokenPlace({ locationIds }: Pick<ApiToken, 'locationIds'>): readonly string[] | null {
  return locationIds.length === 0 ? null : locationIds;
}

/** @returns the permissions in a stored JSON list; ones that this release does not know give nothing */
export function readPermissions(stored: string): readonly Permission[] {
  const listed: unknown = JSON.parse(stored);
  return Array.isArray(listed) ? allPermissions.filter((permission) => listed.includes(permission)) : [];
}

/**
 * Who may hand out what: nobody can give a token more than the giver has.
 * @returns the permissions that the giver lacks
 */
export function lackingPermissions(
  giver: readonly Permission[],
  wanted: readonly Permission[],
): readonly Permission[] {
  return wanted.filter((permission) => !giver.includes(permission));
}
