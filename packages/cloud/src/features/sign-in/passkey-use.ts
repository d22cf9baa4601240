// A passkey that was made or shown, between browser and tables: what is checked before the transaction, and what is done
// in it. Between the two the passkey may have gone and the challenge may have been answered, so both are looked at again.

import type { Static } from 'typebox';
import { CloudError } from '../../platform/errors.ts';
import { tidyText } from '../../platform/plain-text.ts';
import type { SignInDesk } from './desk.ts';
import { isCloned, passkeysAtMost, userHandleOf } from './passkey.ts';
import {
  base64url,
  bytesOf,
  challengeOf,
  checkMade,
  checkShown,
  type MadePasskey,
  type ShownPasskey,
} from './passkey-ceremony.ts';
import type { ChallengeUse } from './passkey-challenges.ts';
import { type madeField, readMade, readShown, type shownField } from './passkey-resource.ts';
import type { TenantPasskey } from './passkey-store.ts';
import { tellOfSignIn } from './prove.ts';
import type { PersonOf } from './store.ts';

/** A passkey that was found and whose signature is right. */
export interface CheckedPasskey extends ShownPasskey {
  readonly passkey: TenantPasskey;
}

/** What a request brings of a passkey that was shown. */
export interface Shown {
  readonly response: Static<typeof shownField>;
  readonly use: ChallengeUse;
}

/** @returns the passkey that was shown; undefined for one that proves nothing */
export async function prepareShown(
  desk: SignInDesk,
  { response, use }: Shown,
): Promise<CheckedPasskey | undefined> {
  const passkey = desk.credential(bytesOf(response.id));
  if (passkey === undefined) return undefined;
  const shown = await checkShown(ceremonyOf(desk, use), readShown(response), passkey);
  if (shown === undefined) return undefined;
  const { userHandle } = shown;
  // Without a mail address the handle says who it is; where the session says so it may be left out, and never be another.
  if (userHandle === undefined && use.kind === 'sign-in') return undefined;
  if (userHandle !== undefined && userHandle !== base64url(userHandleOf(passkey))) return undefined;
  return { ...shown, passkey };
}

/** Answers the challenge and notes the use; inside the transaction. @returns whose passkey it is, if it proves anything */
export function useShown(
  desk: SignInDesk,
  { response, use }: Shown,
  checked: CheckedPasskey | undefined,
): PersonOf | undefined {
  if (!takeChallenge(desk, response, use) || checked === undefined) return undefined;
  const { tenantId, passkeyId } = checked.passkey;
  const store = desk.passkeys(tenantId);
  const kept = store.get(passkeyId);
  if (kept === undefined) return undefined;
  const of = { tenantId, personId: kept.personId };
  if (isCloned(kept.counter, checked.counter)) {
    const data = { passkey_id: passkeyId, counter: checked.counter, counter_before: kept.counter };
    tellOfSignIn(desk, of, { type: 'sign_in.passkey_cloned', data });
    return undefined;
  }
  store.used(passkeyId, { ...checked, atMs: Math.floor(desk.clock.nowMs()) });
  return of;
}

/** What a request brings of a passkey that was made. */
export interface Made {
  readonly response: Static<typeof madeField>;
  readonly use: ChallengeUse;
}

/** @returns what to keep of a passkey that was made; undefined for one that proves nothing */
export function prepareMade(desk: SignInDesk, { response, use }: Made): Promise<MadePasskey | undefined> {
  return checkMade(ceremonyOf(desk, use), readMade(response));
}

/**
 * Answers the challenge and keeps the passkey; inside the transaction.
 * @returns its id
 * @throws CloudError `passkey-refused`, or `conflict` for one that is here already or is one too many
 */
export function keepMade(
  desk: SignInDesk,
  made: Made & { readonly name: string; readonly of: PersonOf },
  checked: MadePasskey | undefined,
): string {
  const { response, use, of } = made;
  if (!takeChallenge(desk, response, use) || checked === undefined) throw new CloudError('passkey-refused');
  const store = desk.passkeys(of.tenantId);
  if (desk.credential(checked.credentialId) !== undefined)
    throw new CloudError('conflict', { detail: alreadyHere });
  if (store.of(of.personId).length >= passkeysAtMost) throw new CloudError('conflict', { detail: tooMany });
  const passkeyId = desk.identifiers.create('psk');
  store.add({
    ...checked,
    ...{ passkeyId, personId: of.personId, name: tidyText(made.name), usedAtMs: null },
    createdAtMs: Math.floor(desk.clock.nowMs()),
  });
  tellOfSignIn(desk, of, { type: 'sign_in.passkey_added', data: { passkey_id: passkeyId } });
  return passkeyId;
}

function ceremonyOf(desk: SignInDesk, use: ChallengeUse) {
  return {
    relyingParty: desk.relyingParty,
    isChallenge: (challenge: string) => desk.challenges.isOpen(challenge, use),
  };
}

function takeChallenge(
  desk: SignInDesk,
  response: Static<typeof madeField> | Static<typeof shownField>,
  use: ChallengeUse,
): boolean {
  const challenge = challengeOf(response);
  return challenge !== undefined && desk.challenges.take(challenge, use);
}

const alreadyHere = {
  ja: 'このパスキーは、すでに登録されています。',
  en: 'This passkey is registered already.',
};

const tooMany = {
  ja: `パスキーは ${passkeysAtMost} 個までです。使わないものを先に削除してください。`,
  en: `There can be ${passkeysAtMost} passkeys: remove one that you do not use first.`,
};
