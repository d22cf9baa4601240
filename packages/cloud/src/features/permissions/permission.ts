// A permission on keys, and the one decision that rests on it: may this person take this key now, and if not, why not.
// Pure: facts and the moment go in.

import { isOpen, type LocalMoment, type Schedule } from '../../platform/schedule.ts';
import { sees } from '../../platform/scope.ts';
import { isPresent, type Person, scopeOf } from '../people/index.ts';
import { type AccessPolicy, openingOf, quietOf } from './access-policy.ts';

/** What it lets somebody do: take the key and bring it back, or that and manage it. */
export type Right = 'exchange' | 'manage';

/** To whom it is given. */
export type Subject =
  | { readonly kind: 'person'; readonly personId: string }
  | { readonly kind: 'user-group'; readonly groupId: string };

/** On what: one key, the keys of a group, or all keys (of one location, unless that is null). */
export type Target =
  | { readonly kind: 'key'; readonly keyId: string }
  | { readonly kind: 'key-group'; readonly keyGroupId: string }
  | { readonly kind: 'all-keys'; readonly locationId: string | null };

/** What may be changed of it. */
export interface PermissionTerms {
  readonly right: Right;
  /** From when on; null for since ever. */
  readonly startsAtMs: number | null;
  /** From when on not any more; null for never. */
  readonly endsAtMs: number | null;
  /** Null for at any hour. */
  readonly schedule: Schedule | null;
}

/** A permission. */
export interface KeyPermission extends PermissionTerms {
  /** `prm_…` */
  readonly permissionId: string;
  readonly subject: Subject;
  readonly target: Target;
  readonly createdAtMs: number;
  readonly rev: number;
}

/** Keys that are given together. */
export interface KeyGroup {
  /** `kgr_…` */
  readonly keyGroupId: string;
  readonly name: string;
  /** Whose managers see it; it holds keys of that place only. Null for the whole tenant's. */
  readonly locationId: string | null;
  readonly createdAtMs: number;
  readonly rev: number;
}

/** Why nobody, or this person, takes any key at a place at a moment, whatever was given. */
export type Block =
  | 'person-unknown'
  | 'person-quarantined'
  | 'person-left'
  | 'person-elsewhere'
  | 'closed'
  | 'quiet';

/** Whether one permission counts at a moment. */
export type Standing = 'counts' | 'not-yet' | 'over' | 'outside-schedule';

/** Where a key would be taken, and what the wall shows there. */
export interface TakingPlace {
  readonly locationId: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly policy: AccessPolicy;
  readonly local: LocalMoment;
}

/** @returns why this person takes no key here now; undefined where only permissions decide */
export function blockOf(
  person: Pick<Person, 'endsAtMs' | 'quarantinedAtMs' | 'locationIds'> | undefined,
  place: TakingPlace,
  atMs: number,
): Block | undefined {
  if (person === undefined) return 'person-unknown';
  if (person.quarantinedAtMs !== null) return 'person-quarantined';
  if (!isPresent(person, atMs)) return 'person-left';
  if (!sees(scopeOf(person), place.locationId)) return 'person-elsewhere';
  if (!isOpen(openingOf(place.policy), place.local)) return 'closed';
  if (isOpen(quietOf(place.policy), place.local)) return 'quiet';
  return undefined;
}

/** @returns whether a permission counts now, and if not, why not */
export function standingOf(
  { startsAtMs, endsAtMs, schedule }: Omit<PermissionTerms, 'right'>,
  local: LocalMoment,
  atMs: number,
): Standing {
  if (startsAtMs !== null && atMs < startsAtMs) return 'not-yet';
  if (endsAtMs !== null && atMs >= endsAtMs) return 'over';
  return schedule === null || isOpen(schedule, local) ? 'counts' : 'outside-schedule';
}
