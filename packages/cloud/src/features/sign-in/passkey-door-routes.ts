// HTTP of the door for passkeys: sign in by one, without saying who one is, and take an invitation up by making one.

import { Type } from 'typebox';
import { CloudError } from '../../platform/errors.ts';
import { definePublicRoute, type Route, type RouteAnswer } from '../../platform/route.ts';
import { isPresent } from '../people/index.ts';
import { asField, beginAnew, handOver, invitationHash, type SignInDesk, sessionSchema } from './desk.ts';
import type { ChallengeUse } from './passkey-challenges.ts';
import {
  creationOptions,
  creationSchema,
  madeExample,
  madeField,
  passkeyNameField,
  requestOptions,
  requestSchema,
  shownExample,
  shownField,
} from './passkey-resource.ts';
import { keepMade, prepareMade, prepareShown, useShown } from './passkey-use.ts';
import { tellOfSignIn } from './prove.ts';
import type { PersonOf } from './store.ts';

const invitationField = Type.String({
  maxLength: 64,
  description: 'As it was given to whoever invited.',
});
const invitationExample = 'yJ4uZ0mYq0b3o8y0s1C2m6mJtQ2nKxw0vF1r5h8kT3c';

const signInSchema = Type.Object(
  { passkey: shownField, as: asField },
  { additionalProperties: false, examples: [{ passkey: shownExample, as: 'cookie' }] },
);

const offerSchema = Type.Object(
  { invitation: invitationField },
  { additionalProperties: false, examples: [{ invitation: invitationExample }] },
);

const acceptanceSchema = Type.Object(
  { invitation: invitationField, name: passkeyNameField, passkey: madeField, as: asField },
  {
    additionalProperties: false,
    examples: [{ invitation: invitationExample, name: 'Phone', passkey: madeExample }],
  },
);

const facts = { method: 'POST', tag: 'sign-in', ratePerMinute: 20 } as const;
const signInUse: ChallengeUse = { kind: 'sign-in' };

/** The routes of the door for passkeys. */
export function passkeyDoorRoutes(desk: SignInDesk): readonly Route[] {
  return [giveChallenge(desk), signIn(desk), offerByInvitation(desk), acceptInvitation(desk)];
}

function giveChallenge(desk: SignInDesk): Route {
  return definePublicRoute({
    ...facts,
    url: '/v1/passkey-challenges',
    operationId: 'givePasskeyChallenge',
    summary: 'Begin to sign in by a passkey',
    description:
      'For navigator.credentials.get. Nobody is named: the authenticator knows. It is answered once, within five minutes.',
    responses: { 201: requestSchema },
    handle: (): RouteAnswer => ({
      status: 201,
      body: requestOptions(desk.relyingParty, desk.challenges.give(signInUse), []),
    }),
  });
}

function signIn(desk: SignInDesk): Route {
  return definePublicRoute({
    ...facts,
    url: '/v1/passkey-sign-ins',
    operationId: 'signInByPasskey',
    summary: 'Sign in by a passkey',
    description: 'The authenticator has asked for finger, face or PIN, so the session is stepped up too.',
    body: signInSchema,
    responses: { 201: sessionSchema },
    prepare: ({ body }) => prepareShown(desk, { response: body.passkey, use: signInUse }),
    handle: ({ body }, checked): RouteAnswer => {
      const of = useShown(desk, { response: body.passkey, use: signInUse }, checked);
      if (of === undefined || !mayCome(desk, of)) return { refused: new CloudError('passkey-refused') };
      const opened = desk.sessions.open(of.tenantId, of.personId, { secondFactor: true });
      desk.stepUps.mark(of.tenantId, opened.session.sessionId);
      const data = { token_id: opened.session.sessionId, second_factor: true, by: 'passkey' };
      tellOfSignIn(desk, of, { type: 'sign_in.succeeded', data });
      return { status: 201, ...handOver(opened, body.as) };
    },
  });
}

function offerByInvitation(desk: SignInDesk): Route {
  return definePublicRoute({
    ...facts,
    url: '/v1/invitation-acceptances/passkey-options',
    operationId: 'offerInvitedPasskey',
    summary: 'Begin to take an invitation up by a passkey',
    description: 'For navigator.credentials.create. The invitation is not used up by this.',
    body: offerSchema,
    responses: { 200: creationSchema },
    handle: ({ body }): RouteAnswer => {
      const { of, person } = invited(desk, body.invitation);
      const challenge = desk.challenges.give(useOf(body.invitation));
      return { body: creationOptions(desk.relyingParty, challenge, { of, person, present: [] }) };
    },
  });
}

function acceptInvitation(desk: SignInDesk): Route {
  return definePublicRoute({
    ...facts,
    url: '/v1/invitation-acceptances/passkey',
    operationId: 'acceptInvitationByPasskey',
    summary: 'Take an invitation up: make a passkey',
    description:
      'There is no password then, and nothing else to enrol: the session may do what the role may.',
    body: acceptanceSchema,
    responses: { 201: sessionSchema },
    prepare: ({ body }) => prepareMade(desk, { response: body.passkey, use: useOf(body.invitation) }),
    handle: ({ body }, checked): RouteAnswer => {
      const { of } = invited(desk, body.invitation);
      beginAnew(desk, of, null);
      const made = { response: body.passkey, use: useOf(body.invitation), name: body.name, of };
      keepMade(desk, made, checked);
      const opened = desk.sessions.open(of.tenantId, of.personId, { secondFactor: true });
      return { status: 201, ...handOver(opened, body.as) };
    },
  });
}

/** @throws CloudError `sign-in-refused` for an invitation that lets nobody in */
function invited(desk: SignInDesk, invitation: string) {
  const of = desk.door.byInvitation(invitationHash(invitation), desk.clock.nowMs());
  const person = of && desk.people.person(of.tenantId, of.personId);
  if (of === undefined || person === undefined) throw new CloudError('sign-in-refused');
  return { of, person };
}

function useOf(invitation: string): ChallengeUse {
  return { kind: 'invitation', invitation };
}

function mayCome(desk: SignInDesk, { tenantId, personId }: PersonOf): boolean {
  const person = desk.people.person(tenantId, personId);
  const hasSignIn = desk.signIns(tenantId).get(personId) !== undefined;
  return hasSignIn && person?.role != null && isPresent(person, desk.clock.nowMs());
}
