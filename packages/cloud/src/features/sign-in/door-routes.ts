// HTTP of the door: sign in, and take an invitation up. Nobody has signed in here yet, so whoever asks learns nothing of
// who exists: a mail address that nobody has gets the answers, and costs the time, of a wrong password.

import { Type } from 'typebox';
import { CloudError } from '../../platform/errors.ts';
import { definePublicRoute, type Route, type RouteAnswer } from '../../platform/route.ts';
import { isPresent, plainMail } from '../people/index.ts';
import {
  asField,
  beginAnew,
  codeField,
  handOver,
  invitationHash,
  newPasswordField,
  newPasswordHash,
  notProven,
  passwordField,
  type SignInDesk,
  sessionSchema,
} from './desk.ts';
import { type Brought, type Proof, provePerson, tellOfSignIn } from './prove.ts';
import type { PersonOf } from './store.ts';
import { createStrangers } from './strangers.ts';

const signInSchema = Type.Object(
  {
    mail: Type.String({ maxLength: 254 }),
    password: passwordField,
    code: Type.Optional(codeField),
    organisation_id: Type.Optional(
      Type.String({ maxLength: 64, description: 'Only for a mail address that signs in to several.' }),
    ),
    as: asField,
  },
  {
    additionalProperties: false,
    examples: [{ mail: 'hanako@example.jp', password: 'correct horse battery staple', code: '40718293' }],
  },
);

const acceptanceSchema = Type.Object(
  {
    invitation: Type.String({ maxLength: 64, description: 'As it was given to whoever invited.' }),
    password: newPasswordField,
    as: asField,
  },
  {
    additionalProperties: false,
    examples: [
      {
        invitation: 'yJ4uZ0mYq0b3o8y0s1C2m6mJtQ2nKxw0vF1r5h8kT3c',
        password: 'correct horse battery staple',
      },
    ],
  },
);

/** The routes of the door. */
export function doorRoutes(desk: SignInDesk): readonly Route[] {
  return [signIn(desk), acceptInvitation(desk)];
}

function signIn(desk: SignInDesk): Route {
  const strangers = createStrangers(desk);
  return definePublicRoute({
    method: 'POST',
    url: '/v1/sign-ins',
    operationId: 'signIn',
    summary: 'Sign in by mail address, password and second factor',
    description:
      'Five wrong tries in 15 minutes are looked at. A session lives 30 minutes unused and 12 hours at most.',
    tag: 'sign-in',
    body: signInSchema,
    responses: { 201: sessionSchema },
    ratePerMinute: 20,
    handle: ({ body }): RouteAnswer => {
      const mail = plainMail(body.mail);
      const brought = { password: body.password, code: body.code };
      const of = desk.door.byMail(mail, body.organisation_id);
      const proof = of === undefined ? strangers(mail, brought) : proveAtDoor(desk, of, brought);
      if (proof.kind !== 'proven') return { refused: notProven(desk, proof) };
      if (of === undefined) throw new CloudError('sign-in-refused');
      const opened = desk.sessions.open(of.tenantId, of.personId, proof);
      // Both factors were shown just now: that is a proof that the person is there.
      if (proof.secondFactor) desk.stepUps.mark(of.tenantId, opened.session.sessionId);
      const data = { token_id: opened.session.sessionId, second_factor: proof.secondFactor };
      tellOfSignIn(desk, of, { type: 'sign_in.succeeded', data });
      return { status: 201, ...handOver(opened, body.as) };
    },
  });
}

function proveAtDoor(desk: SignInDesk, of: PersonOf, brought: Brought): Proof {
  const record = desk.signIns(of.tenantId).get(of.personId);
  const person = desk.people.person(of.tenantId, of.personId);
  if (record === undefined || person === undefined) return { kind: 'wrong' };
  const proof = provePerson(desk, of, { record, brought });
  const mayCome = person.role !== null && isPresent(person, desk.clock.nowMs());
  return mayCome || proof.kind === 'wait' ? proof : { kind: 'wrong' };
}

function acceptInvitation(desk: SignInDesk): Route {
  return definePublicRoute({
    method: 'POST',
    url: '/v1/invitation-acceptances',
    operationId: 'acceptInvitation',
    summary: 'Take an invitation up: choose a password',
    description:
      'An invitation works once and for three days. The session can do nothing yet but enrol a second factor.',
    tag: 'sign-in',
    body: acceptanceSchema,
    responses: { 201: sessionSchema },
    ratePerMinute: 20,
    handle: ({ body }): RouteAnswer => {
      const tokenHash = invitationHash(body.invitation);
      const of = desk.door.byInvitation(tokenHash, desk.clock.nowMs());
      const person = of && desk.people.person(of.tenantId, of.personId);
      if (of === undefined || person === undefined) throw new CloudError('sign-in-refused');
      const passwordHash = newPasswordHash(desk, body.password, { tenantId: of.tenantId, person });
      beginAnew(desk, of, passwordHash);
      const opened = desk.sessions.open(of.tenantId, of.personId, { secondFactor: false });
      tellOfSignIn(desk, of, { type: 'sign_in.password_set', data: { by: 'invitation' } });
      return { status: 201, ...handOver(opened, body.as) };
    },
  });
}
