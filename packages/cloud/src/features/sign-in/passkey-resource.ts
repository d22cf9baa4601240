// Passkeys as the API shows and takes them. What goes to the browser and comes from it has the JSON forms of WebAuthn
// Level 3: parseCreationOptionsFromJSON and parseRequestOptionsFromJSON read them, toJSON writes them.

import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { type Static, Type } from 'typebox';
import { instantSchema, showInstant, showInstantOrNull } from '../../platform/instant.ts';
import { plainText } from '../../platform/plain-text.ts';
import type { Person } from '../people/index.ts';
import { type Passkey, type RelyingParty, userHandleOf } from './passkey.ts';
import { algorithms, base64url } from './passkey-ceremony.ts';
import type { PersonOf } from './store.ts';

/** How long a challenge waits for its answer. */
export const challengeMs = 300_000;

/** Longest id of a credential in base64url: 1,023 bytes. */
const credentialIdField = Type.String({ minLength: 1, maxLength: 1_364 });

const descriptorList = Type.Array(
  Type.Object({ type: Type.String(), id: Type.String(), transports: Type.Array(Type.String()) }),
);

const challengeExample = 'yJ4uZ0mYq0b3o8y0s1C2m6mJtQ2nKxw0vF1r5h8kT3c';

/** What a browser makes a passkey by. */
export const creationSchema = Type.Object(
  {
    options: Type.Object({
      challenge: Type.String(),
      rp: Type.Object({ id: Type.String(), name: Type.String() }),
      user: Type.Object({ id: Type.String(), name: Type.String(), displayName: Type.String() }),
      pubKeyCredParams: Type.Array(Type.Object({ type: Type.String(), alg: Type.Integer() })),
      timeout: Type.Integer(),
      attestation: Type.String(),
      authenticatorSelection: Type.Object({
        residentKey: Type.String(),
        requireResidentKey: Type.Boolean(),
        userVerification: Type.String(),
      }),
      excludeCredentials: descriptorList,
    }),
  },
  {
    examples: [
      {
        options: {
          challenge: challengeExample,
          rp: { id: 'keys.example.jp', name: 'SmartBox' },
          user: { id: 'b3JnYW5pc2F0aW9u', name: 'hanako@example.jp', displayName: '山田 花子' },
          pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
          timeout: challengeMs,
          attestation: 'none',
          authenticatorSelection: {
            residentKey: 'required',
            requireResidentKey: true,
            userVerification: 'required',
          },
          excludeCredentials: [],
        },
      },
    ],
  },
);

/** What a browser shows a passkey by. */
export const requestSchema = Type.Object(
  {
    options: Type.Object({
      challenge: Type.String(),
      rpId: Type.String(),
      timeout: Type.Integer(),
      userVerification: Type.String(),
      allowCredentials: descriptorList,
    }),
  },
  {
    examples: [
      {
        options: {
          challenge: challengeExample,
          rpId: 'keys.example.jp',
          timeout: challengeMs,
          userVerification: 'required',
          allowCredentials: [],
        },
      },
    ],
  },
);

const responseFacts = {
  id: credentialIdField,
  rawId: credentialIdField,
  type: Type.String({ maxLength: 32 }),
};

/** What a browser gives for a passkey that it made; members that nothing asks for are left alone. */
export const madeField = Type.Object(
  {
    ...responseFacts,
    response: Type.Object({
      clientDataJSON: Type.String({ maxLength: 8_192 }),
      attestationObject: Type.String({ maxLength: 16_384 }),
      transports: Type.Optional(Type.Array(Type.String({ maxLength: 32 }), { maxItems: 10 })),
    }),
  },
  { description: 'PublicKeyCredential.toJSON() of navigator.credentials.create.' },
);

/** What a browser gives for a passkey that was shown. */
export const shownField = Type.Object(
  {
    ...responseFacts,
    response: Type.Object({
      clientDataJSON: Type.String({ maxLength: 8_192 }),
      authenticatorData: Type.String({ maxLength: 8_192 }),
      signature: Type.String({ maxLength: 4_096 }),
      userHandle: Type.Optional(Type.Union([Type.String({ maxLength: 128 }), Type.Null()])),
    }),
  },
  { description: 'PublicKeyCredential.toJSON() of navigator.credentials.get.' },
);

const idExample = '-R85HbTJsv3g6nAYnLo_tj9Xm6YSKzOtlP8-wzAIS-Q';

/** An example of {@link madeField}. */
export const madeExample = {
  id: idExample,
  rawId: idExample,
  type: 'public-key',
  response: {
    clientDataJSON: 'eyJ0eXBlIjoi…',
    attestationObject: 'o2NmbXRkbm9uZ…',
    transports: ['internal'],
  },
};

/** An example of {@link shownField}. */
export const shownExample = {
  id: idExample,
  rawId: idExample,
  type: 'public-key',
  response: {
    clientDataJSON: 'eyJ0eXBlIjoi…',
    authenticatorData: 'v6vDdDKViwYz…',
    signature: 'MEYCIQD1Ck4u…',
    userHandle: 'b3JnYW5pc2F0aW9u',
  },
};

/** What its person calls a passkey. */
export const passkeyNameField = plainText(60, 'As you call it: the device or the password manager.');

/** A passkey as its person sees it. */
export const passkeySchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    backed_up: Type.Boolean({ description: 'true: it outlives its device.' }),
    created_at: instantSchema,
    used_at: Type.Union([instantSchema, Type.Null()]),
  },
  {
    examples: [
      {
        id: 'psk_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        name: 'Phone',
        backed_up: true,
        created_at: '2026-04-01T09:00:00.000Z',
        used_at: null,
      },
    ],
  },
);

/** @returns a checked body as the library takes it */
export function readMade(made: Static<typeof madeField>): RegistrationResponseJSON {
  return { clientExtensionResults: {}, ...made } as RegistrationResponseJSON;
}

/** @returns a checked body as the library takes it */
export function readShown(shown: Static<typeof shownField>): AuthenticationResponseJSON {
  return { clientExtensionResults: {}, ...shown } as AuthenticationResponseJSON;
}

/** @returns the passkey as its person sees it */
export function showPasskey(passkey: Passkey): Static<typeof passkeySchema> {
  return {
    id: passkey.passkeyId,
    name: passkey.name,
    backed_up: passkey.backedUp,
    created_at: showInstant(passkey.createdAtMs),
    used_at: showInstantOrNull(passkey.usedAtMs),
  };
}

/** @returns what has a browser make a passkey that signs in by itself, and none where there is one already */
export function creationOptions(
  relyingParty: RelyingParty,
  challenge: string,
  owner: { readonly of: PersonOf; readonly person: Person; readonly present: readonly Passkey[] },
): Static<typeof creationSchema> {
  const { of, person, present } = owner;
  const options = {
    challenge,
    rp: { id: relyingParty.id, name: 'SmartBox' },
    user: { id: base64url(userHandleOf(of)), name: person.mail, displayName: person.name },
    pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
    timeout: challengeMs,
    attestation: 'none',
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    excludeCredentials: present.map(descriptorOf),
  };
  return { options };
}

/** @param allowed the passkeys that may be shown; none for any that the person has here */
export function requestOptions(
  relyingParty: RelyingParty,
  challenge: string,
  allowed: readonly Passkey[],
): Static<typeof requestSchema> {
  const options = {
    challenge,
    rpId: relyingParty.id,
    timeout: challengeMs,
    userVerification: 'required',
    allowCredentials: allowed.map(descriptorOf),
  };
  return { options };
}

function descriptorOf({ credentialId, transports }: Passkey) {
  return { type: 'public-key', id: base64url(credentialId), transports: [...transports] };
}
