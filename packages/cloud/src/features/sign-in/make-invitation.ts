// Makes an invitation: the one way in for a person who has nothing to sign in with yet.

import { invitationHash, type SignInDesk } from './desk.ts';
import type { PersonOf } from './store.ts';

/** How long an invitation works: over a weekend. */
const invitationMs = 3 * 86_400_000;

/** 256 bits: there is nothing to guess. */
const tokenBytes = 32;

/** An invitation. `text` exists nowhere else. */
export interface Invitation {
  readonly text: string;
  readonly expiresAtMs: number;
}

/** Replaces the person's invitation; inside a transaction. */
export function makeInvitation(
  desk: Pick<SignInDesk, 'clock' | 'entropy' | 'signIns'>,
  { tenantId, personId }: PersonOf,
): Invitation {
  const text = Buffer.from(desk.entropy.bytes(tokenBytes)).toString('base64url');
  const expiresAtMs = Math.floor(desk.clock.nowMs()) + invitationMs;
  desk.signIns(tenantId).invite(personId, invitationHash(text), expiresAtMs);
  return { text, expiresAtMs };
}
