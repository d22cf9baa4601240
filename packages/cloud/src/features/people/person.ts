// People and user groups: what they are and how much of them is shown, without storage. Pure.

import { type PersonRole, rolePermissions } from '../../platform/roles.ts';
import { isWithin, type Scope, wholeTenant } from '../../platform/scope.ts';
import type { Principal } from '../../platform/token-register.ts';

/** What is personal about a person. */
export interface PersonalData {
  readonly name: string;
  /** Empty for none; lower case. */
  readonly mail: string;
  /** As ITU-T E.164 writes it, `+81312345678`; empty for none. */
  readonly phone: string;
}

/** Somebody who takes keys, works here, or both. */
export interface Person extends PersonalData {
  /** `per_…` */
  readonly personId: string;
  readonly language: 'ja' | 'en';
  /** Null for somebody who takes keys and nothing else. */
  readonly role: PersonRole | null;
  /** The places that the person belongs to and sees; none for the whole tenant. */
  readonly locationIds: readonly string[];
  /** When the person leaves: from then on no sign-in and no key. Null while that is open. */
  readonly endsAtMs: number | null;
  /** Since when nothing is done for the person any more, whatever proves who it is. Null: no quarantine. */
  readonly quarantinedAtMs: number | null;
  readonly createdAtMs: number;
  readonly rev: number;
}

/** People who may do the same; groups may be in groups. */
export interface UserGroup {
  /** `grp_…` */
  readonly groupId: string;
  readonly name: string;
  /** Whose managers see it; null for the whole tenant's. */
  readonly locationId: string | null;
  readonly createdAtMs: number;
  readonly rev: number;
}

/** @returns where a person who has signed in may look */
export function scopeOf({ locationIds }: Pick<Person, 'locationIds'>): Scope {
  return locationIds.length === 0 ? wholeTenant : { kind: 'locations', locationIds };
}

/** @returns the place of a person, as {@link Scope} understands it */
export function placeOf({ locationIds }: Pick<Person, 'locationIds'>): readonly string[] | null {
  return locationIds.length === 0 ? null : locationIds;
}

/** @returns whether the person has not left by now and is in no quarantine: only then anything is done for them */
export function isPresent(
  { endsAtMs, quarantinedAtMs }: Pick<Person, 'endsAtMs' | 'quarantinedAtMs'>,
  nowMs: number,
): boolean {
  return quarantinedAtMs === null && (endsAtMs === null || nowMs < endsAtMs);
}

/** @returns whether a role is one that can let others in and make itself at home */
export function isAdministrator(role: PersonRole | null): boolean {
  return role === 'owner' || role === 'admin';
}

/**
 * Nobody makes anybody, or changes anybody, mightier than himself.
 * @returns whether the caller may have this person be so
 */
export function mayShape(
  caller: Pick<Principal, 'permissions' | 'scope'>,
  person: Pick<Person, 'role' | 'locationIds'>,
): boolean {
  const needed = person.role === null ? [] : rolePermissions[person.role];
  return (
    needed.every((permission) => caller.permissions.includes(permission)) &&
    isWithin(scopeOf(person), caller.scope)
  );
}
