// HTTP of the two ways in that need no paper: the answer to a challenge that the box shows, read out on the phone,
// and an authenticator app. Each gives its secret once.

import { ALL_BINS, base32, limits, phoneAnswer } from '@smartbox/protocol';
import { Type } from 'typebox';
import { type CloudError, invalidField } from '../../platform/errors.ts';
import { instantSchema, showInstant } from '../../platform/instant.ts';
import { plainText, tidyText } from '../../platform/plain-text.ts';
import { defineRoute, type Route } from '../../platform/route.ts';
import { boxResourceId } from '../boxes/index.ts';
import { actorOf, type EmergencyDesk, type FoundBox, findOwned } from './desk.ts';
import { refusal } from './print-sheet.ts';
import { noSuchBin } from './routes.ts';

const params = Type.Object({ box_id: Type.String({ maxLength: 64 }) });

const challengeSchema = Type.Object(
  {
    challenge: Type.String({ maxLength: 32, description: 'The 8 digits that the box shows.' }),
    bin: Type.Union([Type.Integer({ minimum: 1, maximum: limits.sheetBins }), Type.Literal('all')], {
      description: 'What the caller chose at the box.',
    }),
    caller: plainText(100, 'Who is on the phone, and how you know; goes into the ledger.'),
  },
  {
    additionalProperties: false,
    examples: [{ challenge: '1234 5678', bin: 3, caller: 'Sato, called back at the number on file' }],
  },
);

const answerSchema = Type.Object(
  { answer: Type.String({ description: '8 digits to read out. Shown this once.' }) },
  { examples: [{ answer: '40718293' }] },
);

const enrolSchema = Type.Object(
  { label: plainText(100, 'Whose app it is.') },
  { additionalProperties: false, examples: [{ label: 'Night porter' }] },
);

const enrolledSchema = Type.Object(
  {
    box_id: Type.String(),
    label: Type.String(),
    enrolled_at: instantSchema,
    uri: Type.String({ description: 'For the app, as a QR code. Shown this once.' }),
    sent: Type.Boolean({
      description: 'Whether the box is being told now; else it learns at its next contact.',
    }),
  },
  {
    examples: [
      {
        ...{ box_id: 'box_4ZK7Q1M0P9XWT', label: 'Night porter', enrolled_at: '2026-04-01T09:00:00.000Z' },
        uri: 'otpauth://totp/SmartBox:North%20entrance?secret=…&issuer=SmartBox&algorithm=SHA1&digits=8&period=30',
        sent: true,
      },
    ],
  },
);

/** The routes of these proofs. */
export function proofRoutes(desk: EmergencyDesk): readonly Route[] {
  return [answerChallenge(desk), enrolAuthenticator(desk), removeAuthenticator(desk)];
}

function answerChallenge(desk: EmergencyDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/boxes/:box_id/phone-answers',
    permission: 'emergency:write',
    operationId: 'answerChallenge',
    summary: 'Answer the challenge that an offline box shows',
    description:
      'For a caller who stands before the box and whom you have identified: whoever types the answer opens the bin.',
    tag: 'emergency',
    stepUp: true,
    params,
    body: challengeSchema,
    responses: { 201: answerSchema },
    // A box gives 6 challenges a day; this is for a team that looks after many.
    ratePerMinute: 6,
    handle: ({ principal, params: { box_id }, body }) => {
      const { owned, state, box } = findOwned(desk, principal.tenantId, box_id);
      const challenge = body.challenge.normalize('NFKC').replace(/[\s\p{Dash}]/gu, '');
      if (!/^[0-9]{8}$/.test(challenge)) throw notAChallenge();
      const target = body.bin === 'all' ? ALL_BINS : body.bin;
      if (target > box.binCount) throw noSuchBin('/body/bin');
      if (state.inForce.version === 0) throw refusal(noKeyThere);
      const answer = phoneAnswer(desk.crypto, desk.keeper.keys(owned).phoneKey, { challenge, target });
      const bin = target === ALL_BINS ? {} : { bin: target };
      const data = {
        target: target === ALL_BINS ? 'all' : 'bin',
        caller: tidyText(body.caller),
        ...actorOf(desk, principal),
      };
      desk.tell(owned, { type: 'phone.answered', atMs: Math.floor(desk.clock.nowMs()), ...bin, data });
      return { status: 201, body: { answer } };
    },
  });
}

function enrolAuthenticator(desk: EmergencyDesk): Route {
  return defineRoute({
    method: 'PUT',
    url: '/v1/boxes/:box_id/authenticator',
    permission: 'emergency:write',
    operationId: 'enrolAuthenticator',
    summary: 'Enrol an authenticator app for a box',
    description: 'An app that was enrolled before shows wrong codes from the next contact on.',
    tag: 'emergency',
    stepUp: true,
    params,
    body: enrolSchema,
    responses: { 200: enrolledSchema },
    ratePerMinute: 20,
    handle: ({ principal, params: { box_id }, body }) => {
      const found = findOwned(desk, principal.tenantId, box_id);
      const { owned, state } = found;
      const key = desk.entropy.bytes(limits.authenticatorKeyBytes);
      const label = tidyText(body.label);
      const { sent, box: after } = desk.keeper.setAuthenticator(owned, state, { key, label });
      const atMs = Math.floor(after.authenticator?.sinceMs ?? desk.clock.nowMs());
      const data = { label, ...actorOf(desk, principal) };
      desk.tell(owned, { type: 'authenticator.enrolled', atMs, data });
      const uri = authenticatorUri(found, key);
      const shown = { box_id: boxResourceId(owned.boxId), label, enrolled_at: showInstant(atMs), uri, sent };
      return { body: shown };
    },
  });
}

function removeAuthenticator(desk: EmergencyDesk): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/v1/boxes/:box_id/authenticator',
    permission: 'emergency:write',
    operationId: 'removeAuthenticator',
    summary: 'Remove the authenticator app of a box',
    description: 'Its codes open nothing from the next contact on. Where none is enrolled nothing changes.',
    tag: 'emergency',
    params,
    responses: { 204: null },
    handle: ({ principal, params: { box_id } }) => {
      const { owned, state } = findOwned(desk, principal.tenantId, box_id);
      if (state.authenticator === null) return { status: 204 };
      desk.keeper.setAuthenticator(owned, state, null);
      const data = { label: state.authenticator.label, ...actorOf(desk, principal) };
      desk.tell(owned, { type: 'authenticator.removed', atMs: Math.floor(desk.clock.nowMs()), data });
      return { status: 204 };
    },
  });
}

// Key Uri Format: a colon parts issuer and account, so the name must not bring one of its own.
function authenticatorUri({ box }: FoundBox, key: Uint8Array): string {
  const account = encodeURIComponent(box.name.replaceAll(':', ' '));
  const settings = `secret=${base32(key)}&issuer=SmartBox&algorithm=SHA1&digits=8&period=30`;
  return `otpauth://totp/SmartBox:${account}?${settings}`;
}

const noKeyThere = {
  ja: 'このボックスはまだ緊急用の鍵を受け取っていません。一度つないでからにしてください。',
  en: 'This box has not received its keys for emergencies yet. It must have been online once.',
};

function notAChallenge(): CloudError {
  return invalidField('/body/challenge', 'not-a-challenge', {
    ja: 'ボックスに表示された 8 桁の数字を入力してください。',
    en: 'Give the 8 digits that the box shows.',
  });
}
