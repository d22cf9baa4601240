// HTTP of one's own sign-in: how it stands, another password, another second factor, step up, sign out. A program that
// calls with an API token has none.

import { limits } from '@smartbox/protocol';
import { Type } from 'typebox';
import { CloudError } from '../../platform/errors.ts';
import { instantSchema, showInstant } from '../../platform/instant.ts';
import { defineRoute, type Route, type RouteAnswer } from '../../platform/route.ts';
import { forgottenCookie } from '../../platform/session-cookie.ts';
import type { Principal } from '../../platform/token-register.ts';
import type { Person } from '../people/index.ts';
import {
  asField,
  codeField,
  handOver,
  newPasswordField,
  newPasswordHash,
  notProven,
  passwordField,
  type SignInDesk,
  sessionSchema,
} from './desk.ts';
import { provePerson, tellOfSignIn } from './prove.ts';
import {
  authenticatorUri,
  matchingStep,
  newRecoveryCodes,
  recoveryHash,
  sealAuthenticator,
} from './second-factor.ts';
import { type Session, sessionEndMs } from './session.ts';
import type { OpenedSession } from './sessions.ts';
import type { PersonOf, SignInRecord } from './store.ts';

const example = 'correct horse battery staple';

const ownSchema = Type.Object(
  {
    person_id: Type.String(),
    role: Type.String(),
    permissions: Type.Array(Type.String()),
    has_authenticator: Type.Boolean(),
    recovery_codes_left: Type.Integer(),
    session_ends_at: instantSchema,
  },
  {
    examples: [
      {
        person_id: 'per_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        role: 'auditor',
        permissions: ['events:read'],
        has_authenticator: true,
        recovery_codes_left: 10,
        session_ends_at: '2026-04-01T09:30:00.000Z',
      },
    ],
  },
);

const newPasswordSchema = Type.Object(
  { current: passwordField, code: Type.Optional(codeField), password: newPasswordField, as: asField },
  { additionalProperties: false, examples: [{ current: example, password: 'my demo opens with plums' }] },
);

const proofSchema = Type.Object(
  { password: passwordField, code: Type.Optional(codeField), as: asField },
  { additionalProperties: false, examples: [{ password: example, code: '40718293' }] },
);

const offerSchema = Type.Object(
  { uri: Type.String({ description: 'What the app reads from a QR code. Shown this once.' }) },
  { examples: [{ uri: 'otpauth://totp/SmartBox:hanako%40example.jp?secret=…&issuer=SmartBox' }] },
);

const confirmSchema = Type.Object(
  { code: codeField, as: asField },
  { additionalProperties: false, examples: [{ code: '40718293' }] },
);

const enrolledSchema = Type.Object(
  {
    ...sessionSchema.properties,
    recovery_codes: Type.Array(Type.String(), {
      description: 'Each works once in place of the app. Shown this once.',
    }),
  },
  {
    examples: [
      {
        session: 'sbs_4fA9xQ2mZr7b_…_1a2b3c4d',
        person_id: 'per_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        second_factor: true,
        ends_at: '2026-04-01T09:30:00.000Z',
        recovery_codes: ['ABCD-EFGH-IJKL-MNOP'],
      },
    ],
  },
);

/** The routes of one's own sign-in. */
export function ownRoutes(desk: SignInDesk): readonly Route[] {
  return [
    ...[readOwn(desk), setPassword(desk), offerAuthenticator(desk), confirmAuthenticator(desk)],
    ...[stepUp(desk), signOut(desk)],
  ];
}

const facts = { permission: 'own-sign-in:write', tag: 'sign-in' } as const;

function readOwn(desk: SignInDesk): Route {
  return defineRoute({
    ...facts,
    method: 'GET',
    url: '/v1/own-sign-in',
    operationId: 'getOwnSignIn',
    summary: 'See who one is here, and how one’s sign-in stands',
    responses: { 200: ownSchema },
    handle: ({ principal }) => {
      const { of, record, session } = ownOf(desk, principal);
      const body = {
        person_id: of.personId,
        role: principal.role,
        permissions: [...principal.permissions],
        has_authenticator: record.authenticator !== null,
        recovery_codes_left: desk.signIns(of.tenantId).recoveryCodes(of.personId),
        session_ends_at: showInstant(sessionEndMs(session)),
      };
      return { body };
    },
  });
}

function setPassword(desk: SignInDesk): Route {
  return defineRoute({
    ...facts,
    method: 'PUT',
    url: '/v1/own-sign-in/password',
    operationId: 'setOwnPassword',
    summary: 'Change one’s password',
    description: 'Ends every session of the person; the answer brings a new one.',
    body: newPasswordSchema,
    responses: { 200: sessionSchema },
    ratePerMinute: 20,
    secretBody: true,
    handle: ({ principal, body }): RouteAnswer => {
      const { of, person, record, session } = ownOf(desk, principal);
      const passwordHash = newPasswordHash(desk, body.password, { tenantId: of.tenantId, person });
      const brought = { password: body.current, code: body.code };
      const proof = provePerson(desk, of, { record, brought });
      if (proof.kind !== 'proven') return { refused: notProven(desk, proof) };
      const store = desk.signIns(of.tenantId);
      store.save(of.personId, { ...(store.get(of.personId) ?? record), passwordHash });
      desk.sessions.endAll(of.tenantId, of.personId, session.sessionId);
      tellOfSignIn(desk, of, { type: 'sign_in.password_set', data: { by: 'person' } });
      return handOver(rotate(desk, of, { session, secondFactor: session.secondFactor }), body.as);
    },
  });
}

function offerAuthenticator(desk: SignInDesk): Route {
  return defineRoute({
    ...facts,
    method: 'POST',
    url: '/v1/own-sign-in/authenticator',
    operationId: 'offerAuthenticator',
    summary: 'Begin to enrol an authenticator app',
    description: 'It counts once a code of it was confirmed; until then the one before does.',
    body: proofSchema,
    responses: { 200: offerSchema },
    ratePerMinute: 20,
    secretBody: true,
    handle: ({ principal, body }): RouteAnswer => {
      const { of, person, record } = ownOf(desk, principal);
      const brought = { password: body.password, code: body.code };
      const proof = provePerson(desk, of, { record, brought });
      if (proof.kind !== 'proven') return { refused: notProven(desk, proof) };
      const store = desk.signIns(of.tenantId);
      const key = desk.entropy.bytes(limits.authenticatorKeyBytes);
      const offeredAuthenticator = sealAuthenticator(desk.vault, of, key);
      store.save(of.personId, { ...(store.get(of.personId) ?? record), offeredAuthenticator });
      return { body: { uri: authenticatorUri(person.mail, key) } };
    },
  });
}

function confirmAuthenticator(desk: SignInDesk): Route {
  return defineRoute({
    ...facts,
    method: 'PUT',
    url: '/v1/own-sign-in/authenticator',
    operationId: 'confirmAuthenticator',
    summary: 'Enrol the authenticator app that was begun with, by one of its codes',
    description: 'Brings new recovery codes, and a session that has all of the role’s permissions.',
    body: confirmSchema,
    responses: { 200: enrolledSchema },
    ratePerMinute: 20,
    secretBody: true,
    handle: ({ principal, body }): RouteAnswer => {
      const { of, record, session } = ownOf(desk, principal);
      const sealed = record.offeredAuthenticator;
      if (sealed === null) throw new CloudError('conflict', { detail: nothingOffered });
      const nowMs = desk.clock.nowMs();
      const step = matchingStep(desk, of, { sealed, code: body.code, lastStep: 0, nowMs });
      if (step === undefined) throw new CloudError('sign-in-refused');
      const store = desk.signIns(of.tenantId);
      store.save(of.personId, {
        ...record,
        ...{ authenticator: sealed, offeredAuthenticator: null, lastStep: step },
      });
      const codes = newRecoveryCodes(desk.entropy);
      store.setRecoveryCodes(of.personId, codes.map(recoveryHash));
      desk.sessions.endAll(of.tenantId, of.personId, session.sessionId);
      tellOfSignIn(desk, of, { type: 'sign_in.authenticator_enrolled' });
      const answer = handOver(rotate(desk, of, { session, secondFactor: true }), body.as);
      return { ...answer, body: { ...answer.body, recovery_codes: [...codes] } };
    },
  });
}

function stepUp(desk: SignInDesk): Route {
  return defineRoute({
    ...facts,
    method: 'POST',
    url: '/v1/own-sign-in/step-ups',
    operationId: 'stepUpOwnSession',
    summary: 'Prove again that one is there, for five minutes',
    description: 'The answer brings a new session, which is stepped up; the one that called ends.',
    body: proofSchema,
    responses: { 201: sessionSchema },
    ratePerMinute: 20,
    secretBody: true,
    handle: ({ principal, body }): RouteAnswer => {
      const { of, record, session } = ownOf(desk, principal);
      const brought = { password: body.password, code: body.code };
      const proof = provePerson(desk, of, { record, brought });
      if (proof.kind !== 'proven') return { refused: notProven(desk, proof) };
      if (!proof.secondFactor) return { refused: new CloudError('second-factor-required') };
      const opened = rotate(desk, of, { session, secondFactor: true });
      desk.stepUps.mark(of.tenantId, opened.session.sessionId);
      tellOfSignIn(desk, of, { type: 'sign_in.stepped_up', data: { token_id: opened.session.sessionId } });
      return { status: 201, ...handOver(opened, body.as) };
    },
  });
}

function signOut(desk: SignInDesk): Route {
  return defineRoute({
    ...facts,
    method: 'DELETE',
    url: '/v1/own-sign-in/session',
    operationId: 'signOut',
    summary: 'Sign out: end the session that calls',
    responses: { 204: null },
    handle: ({ principal }) => {
      const { of, session } = ownOf(desk, principal);
      desk.sessions.end(of.tenantId, session.sessionId);
      return { status: 204, headers: { 'set-cookie': forgottenCookie } };
    },
  });
}

// A session that was stolen before a proof must not share in it: the proof opens another.
function rotate(
  desk: SignInDesk,
  { tenantId, personId }: PersonOf,
  { session, secondFactor }: { readonly session: Session; readonly secondFactor: boolean },
): OpenedSession {
  desk.sessions.end(tenantId, session.sessionId);
  return desk.sessions.open(tenantId, personId, { secondFactor, sinceMs: session.createdAtMs });
}

/** @throws CloudError `conflict` for a caller who is no person who has signed in */
function ownOf(
  desk: SignInDesk,
  { tenantId, tokenId, personId }: Principal,
): {
  readonly of: PersonOf;
  readonly person: Person;
  readonly record: SignInRecord;
  readonly session: Session;
} {
  const person = personId === null ? undefined : desk.people.person(tenantId, personId);
  const record = personId === null ? undefined : desk.signIns(tenantId).get(personId);
  const session = desk.sessions.get(tenantId, tokenId);
  if (person === undefined || record === undefined || session === undefined)
    throw new CloudError('conflict', { detail: noPerson });
  return { of: { tenantId, personId: person.personId }, person, record, session };
}

const noPerson = {
  ja: 'サインインした人だけが使えます。API トークンは使えません。',
  en: 'This is for people who have signed in, not for API tokens.',
};

const nothingOffered = {
  ja: '先に POST /v1/own-sign-in/authenticator を送ってください。',
  en: 'Begin with POST /v1/own-sign-in/authenticator.',
};
