// What the routes of sign-ins stand on, and what they have in common: answers that carry a session, refusals, and the
// end of everything that a person had.

import { createHash } from 'node:crypto';
import type { Static } from 'typebox';
import { Type } from 'typebox';
import type { Entropy } from '../../platform/entropy.ts';
import { CloudError, invalidField } from '../../platform/errors.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import { instantSchema, showInstant } from '../../platform/instant.ts';
import type { BilingualText } from '../../platform/problems.ts';
import type { RouteAnswer } from '../../platform/route.ts';
import { keptCookie } from '../../platform/session-cookie.ts';
import type { People, Person } from '../people/index.ts';
import { hashPassphrase, type StepUpFeature, saltBytes } from '../step-up/index.ts';
import type { Tenants } from '../tenants/index.ts';
import type { DeviceCodes } from './device-codes.ts';
import type { RelyingParty } from './passkey.ts';
import type { Challenges } from './passkey-challenges.ts';
import type { createCredentialFinder, PasskeyStore } from './passkey-store.ts';
import { type PasswordFault, passwordFault, passwordLimits } from './password-policy.ts';
import type { Proof, ProvePorts } from './prove.ts';
import { sessionEndMs, sessionLimits } from './session.ts';
import type { OpenedSession, Sessions } from './sessions.ts';
import type { createDoorStore, PersonOf } from './store.ts';
import type { StrangerPorts } from './strangers.ts';

/** What the routes need. */
export interface SignInDesk extends ProvePorts, StrangerPorts {
  readonly entropy: Entropy;
  readonly sessions: Sessions;
  readonly door: ReturnType<typeof createDoorStore>;
  readonly people: Pick<People, 'person'>;
  readonly tenants: Pick<Tenants, 'nameOf'>;
  readonly stepUps: Pick<StepUpFeature, 'mark' | 'isFresh'>;
  readonly identifiers: Identifiers;
  readonly passkeys: (tenantId: TenantId) => PasskeyStore;
  readonly credential: ReturnType<typeof createCredentialFinder>;
  readonly challenges: Challenges;
  readonly relyingParty: RelyingParty;
  readonly deviceCodes: DeviceCodes;
}

/** How a session is handed over. */
export const asField = Type.Optional(
  Type.Enum(['token', 'cookie'], {
    description:
      'token (unless given): in the answer, for programs. cookie: for a browser, out of its scripts’ reach.',
  }),
);

/** A password that is proven. */
export const passwordField = Type.String({ maxLength: passwordLimits.longest });

/** A password that is set. */
export const newPasswordField = Type.String({
  minLength: passwordLimits.shortest,
  maxLength: passwordLimits.longest,
  description: 'At least 12 characters; several words are best. Nothing that follows from who you are.',
});

/** A second factor. */
export const codeField = Type.String({
  maxLength: 40,
  description: 'The 8 digits of the authenticator app, or a recovery code.',
});

/** A session as it is handed over. */
export const sessionSchema = Type.Object(
  {
    session: Type.Union([Type.String(), Type.Null()], {
      description: 'Send it in Authorization: Bearer. Null where it went into the cookie.',
    }),
    person_id: Type.String(),
    second_factor: Type.Boolean({ description: 'false: only a second factor can be enrolled with it.' }),
    ends_at: instantSchema,
  },
  {
    examples: [
      {
        session: 'sbs_4fA9xQ2mZr7b_…_1a2b3c4d',
        person_id: 'per_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        second_factor: true,
        ends_at: '2026-04-01T09:30:00.000Z',
      },
    ],
  },
);

/** @returns the answer that hands a session over */
export function handOver(
  { session, text }: OpenedSession,
  as: string | undefined,
): Pick<RouteAnswer, 'headers'> & { readonly body: Static<typeof sessionSchema> } {
  const inCookie = as === 'cookie';
  return {
    body: {
      session: inCookie ? null : text,
      person_id: session.personId,
      second_factor: session.secondFactor,
      ends_at: showInstant(sessionEndMs(session)),
    },
    ...(inCookie ? { headers: { 'set-cookie': keptCookie(text, sessionLimits.lifeMs) } } : {}),
  };
}

/** @returns the refusal of a try that proved nothing */
export function notProven(
  desk: Pick<SignInDesk, 'clock'>,
  proof: Exclude<Proof, { kind: 'proven' }> | { readonly kind: 'step-up-needed' },
): CloudError {
  switch (proof.kind) {
    case 'wrong':
      return new CloudError('sign-in-refused');
    case 'step-up-needed':
      return new CloudError('step-up-required', { detail: stepUpOrPassword });
    case 'code-needed':
      return new CloudError('second-factor-required');
    case 'wait': {
      const seconds = Math.max(1, Math.ceil((proof.untilMs - desk.clock.nowMs()) / 1_000));
      return new CloudError('too-many-requests', { headers: { 'retry-after': String(seconds) } });
    }
  }
}

/** @returns the hash of a new password. @throws CloudError naming what is wrong with it */
export function newPasswordHash(
  desk: Pick<SignInDesk, 'tenants' | 'entropy'>,
  password: string,
  owner: { readonly tenantId: Parameters<Tenants['nameOf']>[0]; readonly person: Person },
): string {
  const { name, mail } = owner.person;
  const fault = passwordFault(password, { name, mail, company: desk.tenants.nameOf(owner.tenantId) });
  if (fault !== undefined) throw invalidField('/body/password', fault, faultTexts[fault]);
  return hashPassphrase(password, desk.entropy.bytes(saltBytes));
}

/** @returns what is stored of an invitation */
export function invitationHash(token: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(token, 'utf8').digest());
}

/** Forgets everything that a person could prove with, an open invitation too. */
export function forgetProofs(
  desk: Pick<SignInDesk, 'signIns' | 'passkeys'>,
  { tenantId, personId }: PersonOf,
): void {
  desk.signIns(tenantId).remove(personId);
  desk.passkeys(tenantId).removeAll(personId);
}

/** Ends every session of a person but the one given, and what would have opened another by itself. */
export function endEverything(
  desk: Pick<SignInDesk, 'sessions' | 'deviceCodes'>,
  of: PersonOf,
  exceptId?: string,
): void {
  desk.sessions.endAll(of.tenantId, of.personId, exceptId);
  desk.deviceCodes.forget(of);
}

/**
 * Whatever was there before ends: an invitation is also how a lost sign-in is replaced.
 * @param passwordHash null for a person who will sign in by passkeys
 */
export function beginAnew(desk: SignInDesk, of: PersonOf, passwordHash: string | null): void {
  forgetProofs(desk, of);
  endEverything(desk, of);
  desk.signIns(of.tenantId).save(of.personId, {
    ...{ passwordHash, authenticator: null, offeredAuthenticator: null, lastStep: 0, wrongAtMs: [] },
  });
}

const stepUpOrPassword: BilingualText = {
  ja: 'password を付けるか、先に POST /v1/own-sign-in/step-ups または POST /v1/own-sign-in/passkey-step-ups で本人を確認してください。',
  en: 'Send the password with it, or step up first: POST /v1/own-sign-in/step-ups or POST /v1/own-sign-in/passkey-step-ups.',
};

const faultTexts: Readonly<Record<PasswordFault, BilingualText>> = {
  'too-short': { ja: '12 文字以上にしてください。', en: 'Use at least 12 characters.' },
  'too-simple': {
    ja: '同じ文字の繰り返しを避け、いくつかの単語を組み合わせてください。',
    en: 'Do not repeat the same few characters: combine several words.',
  },
  'like-yourself': {
    ja: '名前、メールアドレス、組織名から推測できないものにしてください。',
    en: 'Choose one that does not follow from your name, your mail address or your organisation.',
  },
  'too-common': {
    ja: 'よく使われるパスワードです。いくつかの単語を組み合わせてください。',
    en: 'Guessers try this one first: combine several words that have nothing to do with each other.',
  },
};
