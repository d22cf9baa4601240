// HTTP of device codes (RFC 8628): a program at a command line asks to be let in, shows its person a short code, and asks
// again and again; the person, signed in elsewhere, sees who asks and answers. What the program gets is a session.

import { Type } from 'typebox';
import { CloudError } from '../../platform/errors.ts';
import { instantSchema, showInstant } from '../../platform/instant.ts';
import { plainText, tidyText } from '../../platform/plain-text.ts';
import { definePublicRoute, defineRoute, type Route, type RouteAnswer } from '../../platform/route.ts';
import type { Principal } from '../../platform/token-register.ts';
import { isPresent } from '../people/index.ts';
import { handOver, notProven, type SignInDesk, sessionSchema } from './desk.ts';
import { deviceCodeTimes, showUserCode } from './device-code.ts';
import type { DeviceRequest, Polled } from './device-codes.ts';
import { ownOf } from './own.ts';
import { tellOfSignIn } from './prove.ts';
import type { PersonOf } from './store.ts';

const beginSchema = Type.Object(
  { client_name: plainText(60, 'What the person is shown: the program and where it runs.') },
  { additionalProperties: false, examples: [{ client_name: 'smartbox on desk-3' }] },
);

const codesSchema = Type.Object(
  {
    device_code: Type.String({ description: 'For the program alone.' }),
    user_code: Type.String({ description: 'For the person to type.' }),
    verification_uri: Type.String({ description: 'Where the person types it.' }),
    verification_uri_complete: Type.String(),
    expires_in: Type.Integer({ description: 'Seconds.' }),
    interval: Type.Integer({ description: 'Seconds between two times that the program asks.' }),
  },
  {
    examples: [
      {
        device_code: 'yJ4uZ0mYq0b3o8y0s1C2m6mJtQ2nKxw0vF1r5h8kT3c',
        user_code: 'WDJB-MJHT',
        verification_uri: 'https://keys.example.jp/device',
        verification_uri_complete: 'https://keys.example.jp/device?user_code=WDJB-MJHT',
        expires_in: 600,
        interval: 5,
      },
    ],
  },
);

const pollSchema = Type.Object(
  { device_code: Type.String({ maxLength: 64 }) },
  {
    additionalProperties: false,
    examples: [{ device_code: 'yJ4uZ0mYq0b3o8y0s1C2m6mJtQ2nKxw0vF1r5h8kT3c' }],
  },
);

const userCodeSchema = Type.Object(
  { user_code: Type.String({ maxLength: 32, description: 'As the program shows it, however it is typed.' }) },
  { additionalProperties: false, examples: [{ user_code: 'WDJB-MJHT' }] },
);

const requestSchema = Type.Object(
  {
    client_name: Type.String({ description: 'As the program calls itself: nobody has checked it.' }),
    address: Type.String({ description: 'Where it asks from.' }),
    asked_at: instantSchema,
    expires_at: instantSchema,
  },
  {
    examples: [
      {
        client_name: 'smartbox on desk-3',
        address: '192.0.2.7',
        asked_at: '2026-04-01T09:00:00.000Z',
        expires_at: '2026-04-01T09:10:00.000Z',
      },
    ],
  },
);

/** The routes of device codes. */
export function deviceRoutes(desk: SignInDesk): readonly Route[] {
  return [begin(desk), poll(desk), lookUp(desk), approve(desk), deny(desk)];
}

function begin(desk: SignInDesk): Route {
  return definePublicRoute({
    method: 'POST',
    url: '/v1/device-codes',
    operationId: 'beginDeviceCode',
    summary: 'Ask a person to let a program in',
    description:
      'RFC 8628. Show the person user_code and verification_uri, and ask at /v1/device-codes/token.',
    tag: 'sign-in',
    body: beginSchema,
    responses: { 201: codesSchema },
    ratePerMinute: 20,
    handle: ({ body, address }): RouteAnswer => {
      const { deviceCode, userCode } = desk.deviceCodes.begin({
        ...{ clientName: tidyText(body.client_name), address },
      });
      const shown = showUserCode(userCode);
      const uri = `${desk.relyingParty.origin}/device`;
      const answer = {
        device_code: deviceCode,
        user_code: shown,
        verification_uri: uri,
        verification_uri_complete: `${uri}?user_code=${shown}`,
        expires_in: deviceCodeTimes.lifeMs / 1_000,
        interval: deviceCodeTimes.intervalMs / 1_000,
      };
      return { status: 201, body: answer };
    },
  });
}

const pollProblems = {
  pending: 'authorization-pending',
  'slow-down': 'slow-down',
  denied: 'access-denied',
  expired: 'expired-token',
} as const satisfies Record<Exclude<Polled['kind'], 'approved'>, string>;

function poll(desk: SignInDesk): Route {
  return definePublicRoute({
    method: 'POST',
    url: '/v1/device-codes/token',
    operationId: 'pollDeviceCode',
    summary: 'Ask whether a person has let the program in',
    description:
      'Until then authorization-pending; slow-down asks for 5 seconds more between two times; access-denied and expired-token end it. The session acts as the person for 12 hours, and is given once.',
    tag: 'sign-in',
    body: pollSchema,
    responses: { 200: sessionSchema },
    ratePerMinute: 120,
    handle: ({ body }): RouteAnswer => {
      const polled = desk.deviceCodes.poll(body.device_code);
      if (polled.kind !== 'approved') throw new CloudError(pollProblems[polled.kind]);
      const { of, clientName } = polled;
      const person = desk.people.person(of.tenantId, of.personId);
      if (person?.role == null || !isPresent(person, desk.clock.nowMs()))
        throw new CloudError('access-denied');
      const opened = desk.sessions.open(of.tenantId, of.personId, { secondFactor: true, clientName });
      const data = { token_id: opened.session.sessionId, second_factor: true, by: 'device-code' };
      tellOfSignIn(desk, of, { type: 'sign_in.succeeded', data });
      return handOver(opened, 'token');
    },
  });
}

const answering = {
  method: 'POST',
  permission: 'own-sign-in:write',
  tag: 'sign-in',
  body: userCodeSchema,
  responses: { 200: requestSchema },
  ratePerMinute: 20,
  secretBody: true,
} as const;

function lookUp(desk: SignInDesk): Route {
  return defineRoute({
    ...answering,
    url: '/v1/device-codes/look-up',
    operationId: 'lookUpDeviceCode',
    summary: 'See which program asks to be let in, before one answers',
    description: 'Five wrong codes of a person in 15 minutes are looked at.',
    handle: ({ principal, body }) => findThen(desk, { principal, userCode: body.user_code }, () => {}),
  });
}

function approve(desk: SignInDesk): Route {
  return defineRoute({
    ...answering,
    url: '/v1/device-codes/approve',
    operationId: 'approveDeviceCode',
    summary: 'Let a program act as oneself for 12 hours',
    description: 'Only for a program that you have started yourself, and whose code you read there.',
    stepUp: true,
    handle: ({ principal, body }) =>
      findThen(desk, { principal, userCode: body.user_code }, (of) => {
        desk.deviceCodes.answer(body.user_code, { approvedBy: of });
        tellOfSignIn(desk, of, { type: 'sign_in.program_approved', data: { token_id: principal.tokenId } });
      }),
  });
}

function deny(desk: SignInDesk): Route {
  return defineRoute({
    ...answering,
    url: '/v1/device-codes/deny',
    operationId: 'denyDeviceCode',
    summary: 'Do not let a program in',
    handle: ({ principal, body }) =>
      findThen(desk, { principal, userCode: body.user_code }, (of) => {
        desk.deviceCodes.answer(body.user_code, 'denied');
        tellOfSignIn(desk, of, { type: 'sign_in.program_denied', data: { token_id: principal.tokenId } });
      }),
  });
}

function findThen(
  desk: SignInDesk,
  asked: { readonly principal: Principal; readonly userCode: string },
  act: (of: PersonOf) => void,
): RouteAnswer {
  const { of, session } = ownOf(desk, asked.principal);
  if (!session.secondFactor) throw new CloudError('second-factor-required');
  const found = desk.deviceCodes.find(of, asked.userCode);
  if (found.kind === 'wait') return { refused: notProven(desk, found) };
  if (found.kind === 'unknown') {
    // Whoever types codes that nobody showed him guesses (MO-06).
    if (found.triesLeft === 0) tellOfSignIn(desk, of, { type: 'sign_in.burst', data: { by: 'device-code' } });
    return { refused: new CloudError('not-found') };
  }
  act(of);
  return { body: showRequest(found.request) };
}

function showRequest({ clientName, address, askedAtMs }: DeviceRequest) {
  return {
    client_name: clientName,
    address,
    asked_at: showInstant(askedAtMs),
    expires_at: showInstant(askedAtMs + deviceCodeTimes.lifeMs),
  };
}
