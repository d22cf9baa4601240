// HTTP of one's own passkeys: make a further one, name it, remove it, and prove by one that one is there.

import { Type } from 'typebox';
import { CloudError } from '../../platform/errors.ts';
import { tidyText } from '../../platform/plain-text.ts';
import { defineRoute, type Route, type RouteAnswer } from '../../platform/route.ts';
import type { Principal } from '../../platform/token-register.ts';
import {
  asField,
  codeField,
  endEverything,
  handOver,
  notProven,
  passwordField,
  type SignInDesk,
  sessionSchema,
} from './desk.ts';
import { type Own, ownOf, proveOwn, rotate } from './own.ts';
import type { Passkey } from './passkey.ts';
import type { ChallengeUse } from './passkey-challenges.ts';
import {
  creationOptions,
  creationSchema,
  madeExample,
  madeField,
  passkeyNameField,
  passkeySchema,
  requestOptions,
  requestSchema,
  shownExample,
  shownField,
  showPasskey,
} from './passkey-resource.ts';
import { keepMade, prepareMade, prepareShown, useShown } from './passkey-use.ts';
import { tellOfSignIn } from './prove.ts';

const offerSchema = Type.Object(
  { password: Type.Optional(passwordField), code: Type.Optional(codeField) },
  { additionalProperties: false, examples: [{}] },
);

const newPasskeySchema = Type.Object(
  { name: passkeyNameField, passkey: madeField, as: asField },
  { additionalProperties: false, examples: [{ name: 'Phone', passkey: madeExample }] },
);

const addedSchema = Type.Object(
  { ...sessionSchema.properties, passkey_id: Type.String() },
  {
    examples: [
      {
        session: 'sbs_4fA9xQ2mZr7b_…_1a2b3c4d',
        person_id: 'per_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        second_factor: true,
        ends_at: '2026-04-01T09:30:00.000Z',
        passkey_id: 'psk_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
      },
    ],
  },
);

const nameSchema = Type.Object(
  { name: passkeyNameField },
  { additionalProperties: false, examples: [{ name: 'Phone' }] },
);

const stepUpSchema = Type.Object(
  { passkey: shownField, as: asField },
  { additionalProperties: false, examples: [{ passkey: shownExample }] },
);

const params = Type.Object({ passkey_id: Type.String({ maxLength: 64 }) });
const facts = { permission: 'own-sign-in:write', tag: 'sign-in' } as const;
const proving = { ...facts, method: 'POST', ratePerMinute: 20, secretBody: true } as const;

/** The routes of one's own passkeys. */
export function passkeyRoutes(desk: SignInDesk): readonly Route[] {
  return [offer(desk), add(desk), rename(desk), remove(desk), giveChallenge(desk), stepUp(desk)];
}

function offer(desk: SignInDesk): Route {
  return defineRoute({
    ...proving,
    url: '/v1/own-sign-in/passkey-options',
    operationId: 'offerPasskey',
    summary: 'Begin to make a passkey',
    description:
      'For navigator.credentials.create. Needs the password (with a code, where the person has an authenticator app) or a step-up of this session.',
    body: offerSchema,
    responses: { 200: creationSchema },
    handle: ({ principal, body }): RouteAnswer => {
      const own = ownOf(desk, principal);
      const { of, person } = own;
      const proof = proveOwn(desk, own, { password: body.password, code: body.code });
      if (proof.kind !== 'proven') return { refused: notProven(desk, proof) };
      const challenge = desk.challenges.give(useOf('enrolment', principal));
      const present = desk.passkeys(of.tenantId).of(of.personId);
      return { body: creationOptions(desk.relyingParty, challenge, { of, person, present }) };
    },
  });
}

function add(desk: SignInDesk): Route {
  return defineRoute({
    ...proving,
    url: '/v1/own-sign-in/passkeys',
    operationId: 'addPasskey',
    summary: 'Register the passkey that was made',
    description:
      'The answer brings a new session, which has all of the role’s permissions; the one that called ends.',
    body: newPasskeySchema,
    responses: { 201: addedSchema },
    prepare: ({ principal, body }) =>
      prepareMade(desk, { response: body.passkey, use: useOf('enrolment', principal) }),
    handle: ({ principal, body }, checked): RouteAnswer => {
      const { of, session } = ownOf(desk, principal);
      const use = useOf('enrolment', principal);
      const passkeyId = keepMade(desk, { response: body.passkey, use, name: body.name, of }, checked);
      const answer = handOver(rotate(desk, of, { session, secondFactor: true }), body.as);
      return { ...answer, status: 201, body: { ...answer.body, passkey_id: passkeyId } };
    },
  });
}

function rename(desk: SignInDesk): Route {
  return defineRoute({
    ...facts,
    method: 'PUT',
    url: '/v1/own-sign-in/passkeys/:passkey_id/name',
    operationId: 'namePasskey',
    summary: 'Give a passkey another name',
    params,
    body: nameSchema,
    responses: { 200: passkeySchema },
    handle: ({ principal, params: { passkey_id }, body }) => {
      const own = ownOf(desk, principal);
      const passkey = findOwn(desk, own, passkey_id);
      const name = tidyText(body.name);
      desk.passkeys(own.of.tenantId).rename(passkey_id, name);
      return { body: showPasskey({ ...passkey, name }) };
    },
  });
}

function remove(desk: SignInDesk): Route {
  return defineRoute({
    ...facts,
    method: 'DELETE',
    url: '/v1/own-sign-in/passkeys/:passkey_id',
    operationId: 'removePasskey',
    summary: 'Remove a passkey',
    description:
      'Ends every other session of the person. The last one stays, unless there are a password and an authenticator app.',
    stepUp: true,
    params,
    responses: { 204: null },
    handle: ({ principal, params: { passkey_id } }) => {
      const own = ownOf(desk, principal);
      const { of, record, session } = own;
      findOwn(desk, own, passkey_id);
      const others = desk.passkeys(of.tenantId).of(of.personId).length - 1;
      const hasPassword = record.passwordHash !== null && record.authenticator !== null;
      if (others === 0 && !hasPassword) throw new CloudError('conflict', { detail: lastMeans });
      desk.passkeys(of.tenantId).remove(passkey_id);
      endEverything(desk, of, session.sessionId);
      tellOfSignIn(desk, of, { type: 'sign_in.passkey_removed', data: { passkey_id } });
      return { status: 204 };
    },
  });
}

function giveChallenge(desk: SignInDesk): Route {
  return defineRoute({
    ...proving,
    url: '/v1/own-sign-in/passkey-challenges',
    operationId: 'giveOwnPasskeyChallenge',
    summary: 'Begin to prove by a passkey that one is there',
    responses: { 201: requestSchema },
    handle: ({ principal }): RouteAnswer => {
      const { of } = ownOf(desk, principal);
      const challenge = desk.challenges.give(useOf('step-up', principal));
      const allowed = desk.passkeys(of.tenantId).of(of.personId);
      return { status: 201, body: requestOptions(desk.relyingParty, challenge, allowed) };
    },
  });
}

function stepUp(desk: SignInDesk): Route {
  return defineRoute({
    ...proving,
    url: '/v1/own-sign-in/passkey-step-ups',
    operationId: 'stepUpByPasskey',
    summary: 'Prove by a passkey that one is there, for five minutes',
    description: 'The answer brings a new session, which is stepped up; the one that called ends.',
    body: stepUpSchema,
    responses: { 201: sessionSchema },
    prepare: ({ principal, body }) =>
      prepareShown(desk, { response: body.passkey, use: useOf('step-up', principal) }),
    handle: ({ principal, body }, checked): RouteAnswer => {
      const { of, session } = ownOf(desk, principal);
      const shown = useShown(
        desk,
        { response: body.passkey, use: useOf('step-up', principal) },
        // Somebody else's passkey proves nothing about this person, and its use is not noted.
        checked?.passkey.tenantId === of.tenantId && checked.passkey.personId === of.personId
          ? checked
          : undefined,
      );
      if (shown === undefined) return { refused: new CloudError('passkey-refused') };
      const opened = rotate(desk, of, { session, secondFactor: true });
      desk.stepUps.mark(of.tenantId, opened.session.sessionId);
      const data = { token_id: opened.session.sessionId, by: 'passkey' };
      tellOfSignIn(desk, of, { type: 'sign_in.stepped_up', data });
      return { status: 201, ...handOver(opened, body.as) };
    },
  });
}

function useOf(kind: 'enrolment' | 'step-up', { tenantId, tokenId }: Principal): ChallengeUse {
  return { kind, tenantId, sessionId: tokenId };
}

/** @throws CloudError `not-found` */
function findOwn(desk: SignInDesk, { of }: Own, passkeyId: string): Passkey {
  const passkey = desk.passkeys(of.tenantId).get(passkeyId);
  if (passkey?.personId !== of.personId) throw new CloudError('not-found');
  return passkey;
}

const lastMeans = {
  ja: 'これを削除するとサインインできなくなります。先に別のパスキー、またはパスワードと認証アプリを登録してください。',
  en: 'Without it you could not sign in any more. Register another passkey first, or a password and an authenticator app.',
};
