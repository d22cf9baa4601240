// The two ceremonies of WebAuthn: a passkey is made, a passkey is shown. The library checks signatures and structure;
// what it must not let through is said here. It works asynchronously and throws at whatever is wrong, so both are done
// before the transaction, and any fault becomes undefined.

import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Passkey, RelyingParty } from './passkey.ts';

/** ES256, EdDSA, RS256: what authenticators of people can. */
export const algorithms = [-7, -8, -257] as const;

/** What a browser gave for a new passkey. */
export type MadePasskey = Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'backedUp'>;

/** What is known of a passkey that was shown. */
export interface ShownPasskey {
  readonly counter: number;
  readonly backedUp: boolean;
  /** Base64url; undefined where the authenticator told none. */
  readonly userHandle: string | undefined;
}

/** What both ceremonies are checked against. */
export interface Ceremony {
  readonly relyingParty: RelyingParty;
  /** Whether this challenge was given for this. */
  isChallenge(challenge: string): boolean;
}

/** @returns what to keep of a new passkey; undefined for one that proves nothing */
export async function checkMade(
  { relyingParty, isChallenge }: Ceremony,
  response: RegistrationResponseJSON,
): Promise<MadePasskey | undefined> {
  const client = clientDataOf(response);
  if (client === undefined || client.crossOrigin === true) return undefined;
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: isChallenge,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...algorithms],
    });
    if (!verified) return undefined;
    const { credential, credentialBackedUp } = registrationInfo;
    return {
      credentialId: bytesOf(credential.id),
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: credential.transports ?? [],
      backedUp: credentialBackedUp,
    };
  } catch {
    return undefined;
  }
}

/** @returns what was shown of this passkey; undefined where it was not shown */
export async function checkShown(
  { relyingParty, isChallenge }: Ceremony,
  response: AuthenticationResponseJSON,
  kept: Pick<Passkey, 'credentialId' | 'publicKey'>,
): Promise<ShownPasskey | undefined> {
  const client = clientDataOf(response);
  if (client === undefined || client.crossOrigin === true) return undefined;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: isChallenge,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      // The counter is judged in the transaction, where it is kept: 0 has the library let every counter pass.
      credential: {
        id: base64url(kept.credentialId),
        publicKey: new Uint8Array(kept.publicKey),
        counter: 0,
      },
    });
    if (!verified) return undefined;
    const { newCounter, credentialBackedUp } = authenticationInfo;
    // Browsers leave it out, others write null.
    const userHandle = response.response.userHandle ?? undefined;
    return { counter: newCounter, backedUp: credentialBackedUp, userHandle };
  } catch {
    return undefined;
  }
}

/** @returns the challenge that a response answers; undefined for what is no response */
export function challengeOf(response: WithClientData): string | undefined {
  const challenge = clientDataOf(response)?.challenge;
  return typeof challenge === 'string' ? challenge : undefined;
}

/** @returns bytes as WebAuthn writes them in JSON */
export function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

/** @returns the bytes of such a text */
export function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64url'));
}

interface WithClientData {
  readonly response: { readonly clientDataJSON: string };
}

function clientDataOf({
  response,
}: WithClientData): { readonly challenge?: unknown; readonly crossOrigin?: unknown } | undefined {
  try {
    const data: unknown = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString('utf8'));
    return typeof data === 'object' && data !== null ? data : undefined;
  } catch {
    return undefined;
  }
}
