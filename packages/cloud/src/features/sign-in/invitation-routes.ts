// HTTP by which a manager lets somebody in, and takes a sign-in away at once.

import { Type } from 'typebox';
import { CloudError } from '../../platform/errors.ts';
import { instantSchema, showInstant } from '../../platform/instant.ts';
import { defineRoute, type Route } from '../../platform/route.ts';
import type { Principal } from '../../platform/token-register.ts';
import { mayShape, type Person } from '../people/index.ts';
import { endEverything, forgetProofs, type SignInDesk } from './desk.ts';
import { makeInvitation } from './make-invitation.ts';
import { tellOfSignIn } from './prove.ts';

const params = Type.Object({ person_id: Type.String({ maxLength: 64 }) });

const invitationSchema = Type.Object(
  {
    invitation: Type.String({ description: 'For the person alone. Shown this once.' }),
    works_until: instantSchema,
  },
  {
    examples: [
      {
        invitation: 'yJ4uZ0mYq0b3o8y0s1C2m6mJtQ2nKxw0vF1r5h8kT3c',
        works_until: '2026-04-04T09:00:00.000Z',
      },
    ],
  },
);

/** The routes by which people are let in. */
export function invitationRoutes(desk: SignInDesk): readonly Route[] {
  return [invite(desk), endSignIn(desk)];
}

function invite(desk: SignInDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/people/:person_id/invitations',
    permission: 'people:write',
    operationId: 'invitePerson',
    summary: 'Invite a person to sign in',
    description:
      'Whoever takes it up chooses a password or makes a passkey, which replaces whatever the person signed in with before. A new invitation ends the one before. The person needs a role and a mail address.',
    tag: 'people',
    stepUp: true,
    params,
    responses: { 201: invitationSchema },
    ratePerMinute: 20,
    handle: ({ principal, params: { person_id } }) => {
      const person = findShapeable(desk, principal, person_id);
      if (person.role === null || person.mail === '')
        throw new CloudError('conflict', { detail: nobodyToInvite });
      const { tenantId } = principal;
      const { text, expiresAtMs } = makeInvitation(desk, { tenantId, personId: person_id });
      const data = { token_id: principal.tokenId, by_person_id: principal.personId };
      tellOfSignIn(desk, { tenantId, personId: person_id }, { type: 'sign_in.invited', data });
      return { status: 201, body: { invitation: text, works_until: showInstant(expiresAtMs) } };
    },
  });
}

function endSignIn(desk: SignInDesk): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/v1/people/:person_id/sign-in',
    permission: 'people:write',
    operationId: 'endSignIn',
    summary: 'Take a person’s sign-in away at once',
    description:
      'Ends every session, the password, the second factor, every passkey and an open invitation. A new invitation lets the person in again.',
    tag: 'people',
    params,
    responses: { 204: null },
    handle: ({ principal, params: { person_id } }) => {
      findShapeable(desk, principal, person_id);
      const { tenantId } = principal;
      forgetProofs(desk, { tenantId, personId: person_id });
      endEverything(desk, { tenantId, personId: person_id });
      const data = { token_id: principal.tokenId, by_person_id: principal.personId };
      tellOfSignIn(desk, { tenantId, personId: person_id }, { type: 'sign_in.taken_away', data });
      return { status: 204 };
    },
  });
}

/** @throws CloudError `not-found`; `permission-missing` for somebody mightier than the caller */
function findShapeable(desk: SignInDesk, caller: Principal, personId: string): Person {
  const person = desk.people.person(caller.tenantId, personId);
  if (person === undefined) throw new CloudError('not-found');
  if (!mayShape(caller, person))
    throw new CloudError('permission-missing', { parameters: { permission: 'people:write' } });
  return person;
}

const nobodyToInvite = {
  ja: '先に、この人の役割とメールアドレスを登録してください。',
  en: 'Give the person a role and a mail address first.',
};
