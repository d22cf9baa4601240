// A session: a person who has signed in, for a while. Pure.

import type { Permission } from '../../platform/permissions.ts';
import { rolePermissions } from '../../platform/roles.ts';
import type { Person } from '../people/index.ts';

/** How long a session lives unused, and at most. */
export const sessionLimits = { idleMs: 1_800_000, lifeMs: 43_200_000 } as const;

/** A session as it is kept. */
export interface Session {
  /** `ses_…` */
  readonly sessionId: string;
  readonly personId: string;
  /** Whether more than a password was proven. */
  readonly secondFactor: boolean;
  /** What a program called itself that its person let in by a device code; null for any other sign-in. */
  readonly clientName: string | null;
  readonly createdAtMs: number;
  readonly usedAtMs: number;
}

/**
 * A program at a command line is used now and then over a day, and nobody walks up to it when its person has left.
 * @returns when a session ends if it is not used again, Unix ms
 */
export function sessionEndMs({ clientName, createdAtMs, usedAtMs }: Session): number {
  const endMs = createdAtMs + sessionLimits.lifeMs;
  return clientName === null ? Math.min(usedAtMs + sessionLimits.idleMs, endMs) : endMs;
}

/** Until a second factor is there, a password opens nothing but the way to enrol one. */
const beforeSecondFactor: readonly Permission[] = ['own-sign-in:write'];

/** @returns what the person may do in this session */
export function sessionPermissions(
  { secondFactor }: Pick<Session, 'secondFactor'>,
  { role }: Pick<Person, 'role'>,
): readonly Permission[] {
  if (role === null) return [];
  return secondFactor ? rolePermissions[role] : beforeSecondFactor;
}
