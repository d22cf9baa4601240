// Somebody who is invited, chooses a password, enrols an authenticator app and signs in, in a features world; and the
// app itself, which reads the address as phones do.

import { authenticatorCode, authenticatorStep, nobleCrypto } from '@smartbox/protocol';
import { parseApiToken, type TokenProof } from '../src/platform/api-token.ts';
import type { RouteAnswer } from '../src/platform/route.ts';
import type { Principal } from '../src/platform/token-register.ts';
import { bodyOf } from './depot.ts';
import type { FeaturesWorld } from './features-world.ts';

/** A password that no rule refuses. */
export const goodPassword = 'plums ripen behind the shed';

/** @returns what an authenticator app shows at a moment, by the address that it was given */
export function appCode(uri: string, nowMs: number): string {
  return authenticatorCode(
    nobleCrypto,
    fromBase32(new URL(uri).searchParams.get('secret') ?? ''),
    authenticatorStep(nowMs),
  );
}

function fromBase32(text: string): Uint8Array {
  const bits = [...text].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  return Uint8Array.from(bits.join('').match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

/** The door of one world. */
export function createSignInDesk(world: FeaturesWorld, owner: Principal) {
  /** Who has this session, as the HTTP edge would find out; undefined once it does not count. */
  const holder = (session: unknown): Principal | undefined => {
    const token = world.features.tokens.find(parseApiToken(String(session)) as TokenProof);
    const isOver = token?.expiresAtMs != null && token.expiresAtMs <= world.ports.nowMs;
    return isOver ? undefined : token;
  };
  const own = (session: unknown, operationId: string, body?: object): RouteAnswer =>
    world.call(operationId, holder(session) as Principal, { body });
  const signIn = (body: object): Record<string, unknown> => bodyOf(world.callPublic('signIn', { body }));
  const invite = (person: object): { readonly personId: string; readonly invitation: string } => {
    const personId = String(bodyOf(world.call('createPerson', owner, { body: person })).id);
    const params = { person_id: personId };
    return { personId, invitation: String(bodyOf(world.call('invitePerson', owner, { params })).invitation) };
  };
  const accept = (invitation: string, password = goodPassword): Record<string, unknown> =>
    bodyOf(world.callPublic('acceptInvitation', { body: { invitation, password } }));
  /** Enrols an app. @returns its address, the new session and the recovery codes */
  const enrol = (session: unknown, proof: object = { password: goodPassword }) => {
    const uri = String(bodyOf(own(session, 'offerAuthenticator', proof)).uri);
    const code = appCode(uri, world.ports.nowMs);
    const enrolled = bodyOf(own(session, 'confirmAuthenticator', { code }));
    // The code that was just looked at counts no second time.
    world.ports.advance(30_000);
    return {
      ...{ uri, session: enrolled.session, recoveryCodes: enrolled.recovery_codes as readonly string[] },
      code: () => appCode(uri, world.ports.nowMs),
    };
  };
  /** From the invitation to the enrolled app. */
  const settle = (person: object) => {
    const { personId, invitation } = invite(person);
    return { personId, ...enrol(accept(invitation).session) };
  };
  return { holder, own, signIn, invite, accept, enrol, settle };
}
