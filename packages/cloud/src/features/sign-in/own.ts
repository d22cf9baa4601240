// Who calls about his own sign-in, and how he proves that it is he: by what the request brings, or by a step-up that
// still counts. A program that calls with an API token has no sign-in of its own.

import { CloudError } from '../../platform/errors.ts';
import type { Principal } from '../../platform/token-register.ts';
import type { Person } from '../people/index.ts';
import type { SignInDesk } from './desk.ts';
import { type Proof, provePerson } from './prove.ts';
import type { Session } from './session.ts';
import type { OpenedSession } from './sessions.ts';
import type { PersonOf, SignInRecord } from './store.ts';

/** The caller, as a person with a sign-in. */
export interface Own {
  readonly of: PersonOf;
  readonly person: Person;
  readonly record: SignInRecord;
  readonly session: Session;
}

/** @throws CloudError `conflict` for a caller who is no person who has signed in */
export function ownOf(desk: SignInDesk, { tenantId, tokenId, personId }: Principal): Own {
  const person = personId === null ? undefined : desk.people.person(tenantId, personId);
  const record = personId === null ? undefined : desk.signIns(tenantId).get(personId);
  const session = desk.sessions.get(tenantId, tokenId);
  if (person === undefined || record === undefined || session === undefined)
    throw new CloudError('conflict', { detail: noPerson });
  return { of: { tenantId, personId: person.personId }, person, record, session };
}

/** What a request about one's own sign-in may bring. */
export interface BroughtByOwner {
  readonly password: string | undefined;
  readonly code: string | undefined;
}

/** Proves the owner of a session. Without a password, the session must have been stepped up. */
export function proveOwn(
  desk: SignInDesk,
  { of, record, session }: Own,
  { password, code }: BroughtByOwner,
): Proof | { readonly kind: 'step-up-needed' } {
  if (password !== undefined) return provePerson(desk, of, { record, brought: { password, code } });
  const isFresh = desk.stepUps.isFresh(of.tenantId, session.sessionId, desk.clock.nowMs());
  return isFresh && session.secondFactor
    ? { kind: 'proven', secondFactor: true }
    : { kind: 'step-up-needed' };
}

/** A session that was stolen before a proof must not share in it: the proof opens another. */
export function rotate(
  desk: SignInDesk,
  { tenantId, personId }: PersonOf,
  { session, secondFactor }: { readonly session: Session; readonly secondFactor: boolean },
): OpenedSession {
  desk.sessions.end(tenantId, session.sessionId);
  const { createdAtMs: sinceMs, clientName } = session;
  return desk.sessions.open(tenantId, personId, { secondFactor, sinceMs, clientName });
}

const noPerson = {
  ja: 'サインインした人だけが使えます。API トークンは使えません。',
  en: 'This is for people who have signed in, not for API tokens.',
};
