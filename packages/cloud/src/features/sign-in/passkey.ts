// Passkeys: what is kept of one, for whom browsers make them, and what follows from their counters. Pure.

import { createHash } from 'node:crypto';
import type { PersonOf } from './store.ts';

/** Passkeys of one person: more than anybody has devices. */
export const passkeysAtMost = 20;

/** A passkey as it is kept. Nothing of it helps to sign in. */
export interface Passkey {
  /** `psk_…` */
  readonly passkeyId: string;
  readonly personId: string;
  readonly credentialId: Uint8Array;
  /** As COSE writes it. */
  readonly publicKey: Uint8Array;
  /** As it was last shown; 0 for ever where the authenticator counts nothing. */
  readonly counter: number;
  /** How the browser reaches the authenticator: `internal`, `usb`, …. */
  readonly transports: readonly string[];
  /** Whether it outlives its device, copied by the maker of the device. */
  readonly backedUp: boolean;
  /** As its person calls it. */
  readonly name: string;
  readonly createdAtMs: number;
  readonly usedAtMs: number | null;
}

/** For whom browsers make passkeys: this server. */
export interface RelyingParty {
  /** The host, without a port. */
  readonly id: string;
  readonly origin: string;
}

/** @param publicUrl `https://keys.example.jp` */
export function relyingPartyOf(publicUrl: string): RelyingParty {
  const { hostname, origin } = new URL(publicUrl);
  return { id: hostname, origin };
}

/** @returns what an authenticator knows a person by: it says nothing of who that is */
export function userHandleOf({ tenantId, personId }: PersonOf): Uint8Array {
  return new Uint8Array(createHash('sha256').update(`person ${tenantId} ${personId}`, 'utf8').digest());
}

/** @returns whether somebody else must have used this passkey since: a copy of it is about (WebAuthn 6.1.1) */
export function isCloned(kept: number, shown: number): boolean {
  return (kept > 0 || shown > 0) && shown <= kept;
}
