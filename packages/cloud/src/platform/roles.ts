// What each role may do, as one table: a permission that is added must say here who has it, or nothing compiles.
// A person has one role; a machine (an API token) has the permissions that it was given and no others.

import type { Permission } from './permissions.ts';

/** The roles that a person can have, the mightiest first. */
export const personRoles = [
  'owner',
  'admin',
  'location_manager',
  'operator',
  'auditor',
  'installer',
] as const;

/** A role of a person. */
export type PersonRole = (typeof personRoles)[number];

/** In which capacity somebody calls. */
export type Role = PersonRole | 'machine';

type Others = Exclude<PersonRole, 'owner'>;

const all = ['admin', 'location_manager', 'operator', 'auditor', 'installer'] as const;
const staff = ['admin', 'location_manager', 'operator'] as const;
const readers = [...staff, 'auditor'] as const;
const managers = ['admin', 'location_manager'] as const;

/** Who has a permission beside the owner, who has every one. */
const holders: Readonly<Record<Permission, readonly Others[]>> = {
  'locations:read': all,
  'locations:write': ['admin'],
  'boxes:read': all,
  'boxes:write': managers,
  'boxes:claim': [...managers, 'installer'],
  'boxes:open': managers,
  'boxes:recover': [],
  'factory-boxes:write': [],
  'keys:read': readers,
  'keys:write': managers,
  'key-permissions:read': readers,
  'key-permissions:write': managers,
  'access-policies:write': managers,
  'codes:read': readers,
  'codes:write': staff,
  'bookings:read': readers,
  'bookings:write': staff,
  'emergency:read': readers,
  'emergency:write': managers,
  'events:read': readers,
  'audit:read': ['admin', 'auditor'],
  'notices:read': readers,
  'notices:write': ['admin'],
  'tokens:read': ['admin', 'auditor'],
  'tokens:write': ['admin'],
  'step-ups:write': all,
  'people:read': readers,
  'people:write': managers,
  'people:reveal': staff,
  'people:erase': ['admin'],
  'exports:read': ['admin'],
  'own-sign-in:write': all,
};

/** The permissions of each role. */
export const rolePermissions = Object.fromEntries(
  personRoles.map((role) => [role, permissionsOf(role)]),
) as Readonly<Record<PersonRole, readonly Permission[]>>;

function permissionsOf(role: PersonRole): readonly Permission[] {
  const listed = Object.keys(holders) as Permission[];
  return role === 'owner' ? listed : listed.filter((permission) => holders[permission].includes(role));
}

/** @returns the role that a text names, or undefined for one that names none */
export function readPersonRole(text: string): PersonRole | undefined {
  return personRoles.find((role) => role === text);
}
