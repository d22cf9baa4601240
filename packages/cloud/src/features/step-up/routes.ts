// HTTP of step-ups: the passphrase is set here and proven here, and shown nowhere.

import { Type } from 'typebox';
import { CloudError, invalidField } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { instantSchema, showInstant, showInstantOrNull } from '../../platform/instant.ts';
import type { BilingualText } from '../../platform/problems.ts';
import { defineRoute, type Route, type RouteAnswer } from '../../platform/route.ts';
import { stepUpFreshMs } from '../../platform/step-ups.ts';
import type { Principal } from '../../platform/token-register.ts';
import { type PassphraseFault, passphraseFault, passphraseLimits } from './passphrase.ts';
import { type Proof, type ProvePorts, provePassphrase } from './prove.ts';
import { isFreshProof } from './step-up.ts';

const example = 'correct horse battery staple';

const passphraseField = Type.String({
  minLength: passphraseLimits.shortest,
  maxLength: passphraseLimits.longest,
  description: 'At least 12 characters; several words are best.',
});

const newPassphraseSchema = Type.Object(
  {
    passphrase: passphraseField,
    current: Type.Optional(
      Type.String({
        maxLength: passphraseLimits.longest,
        description:
          'The passphrase in force: proves a person in this request instead of a step-up before it.',
      }),
    ),
  },
  { additionalProperties: false, examples: [{ passphrase: example }] },
);

const stateSchema = Type.Object(
  {
    set_at: Type.Union([instantSchema, Type.Null()], { description: 'null: none has been set yet.' }),
  },
  { examples: [{ set_at: '2026-04-01T09:00:00.000Z' }] },
);

const stepUpSchema = Type.Object(
  { passphrase: Type.String({ maxLength: passphraseLimits.longest }) },
  { additionalProperties: false, examples: [{ passphrase: example }] },
);

const provenSchema = Type.Object(
  { until: instantSchema },
  { examples: [{ until: '2026-04-01T09:05:00.000Z' }] },
);

/** What the routes need from the feature. */
export interface StepUpDesk extends ProvePorts {
  nameOf(tenantId: TenantId): string;
  /** Replaces the passphrase and ends every step-up of the tenant but the caller's. */
  setPassphrase(principal: Principal, passphrase: string): number;
}

/** The routes of step-ups. */
export function stepUpRoutes(desk: StepUpDesk): readonly Route[] {
  return [readPassphrase(desk), setPassphrase(desk), stepUp(desk)];
}

function readPassphrase(desk: StepUpDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/step-up-passphrase',
    permission: 'tokens:read',
    operationId: 'getStepUpPassphrase',
    summary: 'See whether a step-up passphrase is set (never the passphrase)',
    tag: 'tokens',
    responses: { 200: stateSchema },
    handle: ({ principal: { tenantId } }) => {
      const setAtMs = desk.stepUps(tenantId).passphrase()?.setAtMs ?? null;
      return { body: { set_at: showInstantOrNull(setAtMs) } };
    },
  });
}

function setPassphrase(desk: StepUpDesk): Route {
  return defineRoute({
    method: 'PUT',
    url: '/v1/step-up-passphrase',
    permission: 'tokens:write',
    operationId: 'setStepUpPassphrase',
    tenantWide: true,
    summary: 'Set or change the passphrase that dangerous calls ask for',
    description:
      'The first one is simply set. Changing it needs a fresh step-up, or the present passphrase in `current`; it ends the step-ups of all other tokens.',
    tag: 'tokens',
    body: newPassphraseSchema,
    responses: { 200: stateSchema },
    ratePerMinute: 20,
    secretBody: true,
    handle: ({ principal, body }) => {
      const fault = passphraseFault(body.passphrase, desk.nameOf(principal.tenantId));
      if (fault !== undefined) throw invalidField('/body/passphrase', fault, faultTexts[fault]);
      const refused = refusedChange(desk, principal, body.current);
      if (refused !== undefined) return { refused };
      return { body: { set_at: showInstant(desk.setPassphrase(principal, body.passphrase)) } };
    },
  });
}

function stepUp(desk: StepUpDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/step-ups',
    permission: 'step-ups:write',
    operationId: 'stepUp',
    summary: 'Prove that a person is there, for five minutes',
    description:
      'Only the token that calls is stepped up. Five wrong tries in 15 minutes are looked at, for the whole tenant together.',
    tag: 'tokens',
    body: stepUpSchema,
    responses: { 201: provenSchema },
    ratePerMinute: 20,
    secretBody: true,
    handle: ({ principal, body }): RouteAnswer => {
      const kept = desk.stepUps(principal.tenantId).passphrase();
      if (kept === undefined) throw new CloudError('conflict', { detail: noneSet });
      const proof = provePassphrase(desk, principal, { passphrase: body.passphrase, kept });
      if (proof.kind !== 'proven') return { refused: notProven(desk, proof) };
      return { status: 201, body: { until: showInstant(proof.atMs + stepUpFreshMs) } };
    },
  });
}

/** @returns why the passphrase may not be changed; undefined when it may */
function refusedChange(
  desk: StepUpDesk,
  principal: Principal,
  current: string | undefined,
): CloudError | undefined {
  const store = desk.stepUps(principal.tenantId);
  const kept = store.passphrase();
  if (kept === undefined) return undefined;
  if (current !== undefined) {
    const proof = provePassphrase(desk, principal, { passphrase: current, kept });
    return proof.kind === 'proven' ? undefined : notProven(desk, proof);
  }
  const fresh = isFreshProof(store.provenAtMs(principal.tokenId), desk.clock.nowMs());
  return fresh ? undefined : new CloudError('step-up-required');
}

function notProven(desk: StepUpDesk, proof: Exclude<Proof, { kind: 'proven' }>): CloudError {
  if (proof.kind === 'wrong')
    return new CloudError('step-up-refused', { parameters: { left: String(proof.triesLeft) } });
  const seconds = Math.ceil((proof.untilMs - desk.clock.nowMs()) / 1_000);
  return new CloudError('too-many-requests', { headers: { 'retry-after': String(Math.max(1, seconds)) } });
}

const noneSet: BilingualText = {
  ja: 'パスフレーズがまだありません。PUT /v1/step-up-passphrase で設定してください。',
  en: 'No passphrase has been set yet. Set one with PUT /v1/step-up-passphrase.',
};

const faultTexts: Readonly<Record<PassphraseFault, BilingualText>> = {
  'too-short': {
    ja: '12 文字以上にしてください。',
    en: 'Use at least 12 characters.',
  },
  'like-the-name': {
    ja: '組織名から推測できないものにしてください。',
    en: 'Choose one that does not follow from the name of your organisation.',
  },
  'too-simple': {
    ja: '同じ文字の繰り返しを避け、いくつかの単語を組み合わせてください。',
    en: 'Do not repeat the same few characters: combine several words.',
  },
};
