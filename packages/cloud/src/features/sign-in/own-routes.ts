// HTTP of one's own sign-in: how it stands, another password, another second factor, step up, sign out. A program that
// calls with an API token has none.

import { limits } from '@smartbox/protocol';
import { Type } from 'typebox';
import { CloudError } from '../../platform/errors.ts';
import { instantSchema, showInstant } from '../../platform/instant.ts';
import { defineRoute, type Route, type RouteAnswer } from '../../platform/route.ts';
import { forgottenCookie } from '../../platform/session-cookie.ts';
import {
  asField,
  codeField,
  endEverything,
  handOver,
  newPasswordField,
  newPasswordHash,
  notProven,
  passwordField,
  type SignInDesk,
  sessionSchema,
} from './desk.ts';
import { ownOf, proveOwn, rotate } from './own.ts';
import { passkeySchema, showPasskey } from './passkey-resource.ts';
import { provePerson, tellOfSignIn } from './prove.ts';
import {
  authenticatorUri,
  matchingStep,
  newRecoveryCodes,
  recoveryHash,
  sealAuthenticator,
} from './second-factor.ts';
import { type Session, sessionEndMs } from './session.ts';

const example = 'correct horse battery staple';

const shownSessionSchema = Type.Object({
  id: Type.String(),
  client_name: Type.Union([Type.String(), Type.Null()], {
    description: 'What a program called itself that was let in by a device code; null for any other sign-in.',
  }),
  created_at: instantSchema,
  used_at: instantSchema,
  ends_at: instantSchema,
  is_this: Type.Boolean(),
});

const ownSchema = Type.Object(
  {
    person_id: Type.String(),
    role: Type.String(),
    permissions: Type.Array(Type.String()),
    has_password: Type.Boolean(),
    has_authenticator: Type.Boolean(),
    recovery_codes_left: Type.Integer(),
    passkeys: Type.Array(passkeySchema),
    session_ends_at: instantSchema,
    sessions: Type.Array(shownSessionSchema, { description: 'Where the person is signed in, this one too.' }),
  },
  {
    examples: [
      {
        person_id: 'per_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        role: 'auditor',
        permissions: ['events:read'],
        has_password: true,
        has_authenticator: true,
        recovery_codes_left: 10,
        passkeys: [],
        session_ends_at: '2026-04-01T09:30:00.000Z',
        sessions: [
          {
            id: 'ses_4fA9xQ2mZr7b',
            client_name: null,
            created_at: '2026-04-01T09:00:00.000Z',
            used_at: '2026-04-01T09:00:00.000Z',
            ends_at: '2026-04-01T09:30:00.000Z',
            is_this: true,
          },
        ],
      },
    ],
  },
);

const newPasswordSchema = Type.Object(
  {
    current: Type.Optional(passwordField),
    code: Type.Optional(codeField),
    password: newPasswordField,
    as: asField,
  },
  { additionalProperties: false, examples: [{ current: example, password: 'my demo opens with plums' }] },
);

const ownerProofSchema = Type.Object(
  { password: Type.Optional(passwordField), code: Type.Optional(codeField) },
  { additionalProperties: false, examples: [{ password: example, code: '40718293' }] },
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
    ...[stepUp(desk), endSession(desk), signOut(desk)],
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
        has_password: record.passwordHash !== null,
        has_authenticator: record.authenticator !== null,
        recovery_codes_left: desk.signIns(of.tenantId).recoveryCodes(of.personId),
        passkeys: desk.passkeys(of.tenantId).of(of.personId).map(showPasskey),
        session_ends_at: showInstant(sessionEndMs(session)),
        sessions: desk.sessions.of(of.tenantId, of.personId).map((one) => showSession(one, session)),
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
    description:
      'Ends every session of the person; the answer brings a new one. Instead of the present password a step-up of this session counts.',
    body: newPasswordSchema,
    responses: { 200: sessionSchema },
    ratePerMinute: 20,
    secretBody: true,
    handle: ({ principal, body }): RouteAnswer => {
      const own = ownOf(desk, principal);
      const { of, person, record, session } = own;
      const passwordHash = newPasswordHash(desk, body.password, { tenantId: of.tenantId, person });
      const proof = proveOwn(desk, own, { password: body.current, code: body.code });
      if (proof.kind !== 'proven') return { refused: notProven(desk, proof) };
      const store = desk.signIns(of.tenantId);
      store.save(of.personId, { ...(store.get(of.personId) ?? record), passwordHash });
      endEverything(desk, of, session.sessionId);
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
    description:
      'It counts once a code of it was confirmed; until then the one before does. Instead of the password a step-up of this session counts.',
    body: ownerProofSchema,
    responses: { 200: offerSchema },
    ratePerMinute: 20,
    secretBody: true,
    handle: ({ principal, body }): RouteAnswer => {
      const own = ownOf(desk, principal);
      const { of, person, record } = own;
      const proof = proveOwn(desk, own, { password: body.password, code: body.code });
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
      endEverything(desk, of, session.sessionId);
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

function endSession(desk: SignInDesk): Route {
  return defineRoute({
    ...facts,
    method: 'DELETE',
    url: '/v1/own-sign-in/sessions/:session_id',
    operationId: 'endOwnSession',
    summary: 'End one of one’s own sessions: a lost device, a program that shall act no longer',
    params: Type.Object({ session_id: Type.String({ maxLength: 64 }) }),
    responses: { 204: null },
    handle: ({ principal, params: { session_id } }) => {
      const { of, session } = ownOf(desk, principal);
      if (!session.secondFactor) throw new CloudError('second-factor-required');
      if (desk.sessions.get(of.tenantId, session_id)?.personId !== of.personId)
        throw new CloudError('not-found');
      desk.sessions.end(of.tenantId, session_id);
      tellOfSignIn(desk, of, { type: 'sign_in.session_ended', data: { token_id: session_id } });
      return { status: 204 };
    },
  });
}

function showSession(session: Session, present: Session) {
  return {
    id: session.sessionId,
    client_name: session.clientName,
    created_at: showInstant(session.createdAtMs),
    used_at: showInstant(session.usedAtMs),
    ends_at: showInstant(sessionEndMs(session)),
    is_this: session.sessionId === present.sessionId,
  };
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

const nothingOffered = {
  ja: '先に POST /v1/own-sign-in/authenticator を送ってください。',
  en: 'Begin with POST /v1/own-sign-in/authenticator.',
};
