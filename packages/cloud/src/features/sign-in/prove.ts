// One try to prove who somebody is: counted where it is wrong, looked at only while tries are left. A wrong try stays
// counted although its request is refused, so the outcome is a value and nothing is thrown. Inside a transaction.

import type { CryptoProvider } from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { KeyVault } from '../../platform/key-vault.ts';
import { addWrongTry, hashPassphrase, isPassphrase, nextTryAtMs, triesLeft } from '../step-up/index.ts';
import type { PasskeyStore } from './passkey-store.ts';
import { matchingStep, recoveryHash } from './second-factor.ts';
import type { PersonOf, SignInRecord, SignInStore } from './store.ts';

/** What proving needs. */
export interface ProvePorts {
  readonly clock: Clock;
  readonly crypto: CryptoProvider;
  readonly vault: KeyVault;
  readonly events: EventBus;
  readonly signIns: (tenantId: TenantId) => SignInStore;
  readonly passkeys: (tenantId: TenantId) => Pick<PasskeyStore, 'has'>;
}

/** What somebody brings. */
export interface Brought {
  readonly password: string;
  /** Of the authenticator app, or a recovery code. */
  readonly code: string | undefined;
}

/** What came of a try. */
export type Proof =
  | { readonly kind: 'proven'; readonly secondFactor: boolean }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'code-needed' }
  | { readonly kind: 'wait'; readonly untilMs: number };

/** Tries a password, and a second factor where the person has one. */
export function provePerson(
  ports: ProvePorts,
  of: PersonOf,
  tried: { readonly record: SignInRecord; readonly brought: Brought },
): Proof {
  const { record, brought } = tried;
  const nowMs = Math.floor(ports.clock.nowMs());
  // A guess beyond the budget is not looked at: it tells nothing and costs no 30 ms.
  if (triesLeft(record.wrongAtMs, nowMs) === 0)
    return { kind: 'wait', untilMs: nextTryAtMs(record.wrongAtMs, nowMs) };
  if (!isPassword(brought.password, record.passwordHash)) return countWrong(ports, of, record);
  // Where there is a passkey, a password alone must not open the way to another second factor.
  if (record.authenticator === null && !ports.passkeys(of.tenantId).has(of.personId))
    return { kind: 'proven', secondFactor: false };
  if (brought.code === undefined) return { kind: 'code-needed' };
  return hasSecondFactor(ports, of, { record, code: brought.code })
    ? { kind: 'proven', secondFactor: true }
    : countWrong(ports, of, record);
}

let nobodysHash: string | undefined;

/** @returns whether it is the password; takes as long where there is none (null) */
export function isPassword(text: string, hash: string | null): boolean {
  nobodysHash ??= hashPassphrase('nobody has this', new Uint8Array(16));
  return isPassphrase(text, hash ?? nobodysHash) && hash !== null;
}

function hasSecondFactor(
  ports: ProvePorts,
  of: PersonOf,
  tried: { readonly record: SignInRecord; readonly code: string },
): boolean {
  const { record, code } = tried;
  const store = ports.signIns(of.tenantId);
  const { authenticator: sealed, lastStep } = record;
  const nowMs = ports.clock.nowMs();
  const step = sealed === null ? undefined : matchingStep(ports, of, { sealed, code, lastStep, nowMs });
  if (step === undefined) return store.useRecoveryCode(of.personId, recoveryHash(code));
  store.save(of.personId, { ...record, lastStep: step });
  return true;
}

function countWrong(ports: ProvePorts, of: PersonOf, record: SignInRecord): Proof {
  const atMs = Math.floor(ports.clock.nowMs());
  const wrongAtMs = addWrongTry(record.wrongAtMs, atMs);
  ports.signIns(of.tenantId).save(of.personId, { ...record, wrongAtMs });
  const left = triesLeft(wrongAtMs, atMs);
  tellOfSignIn(ports, of, { type: 'sign_in.failed', data: { tries_left: left } });
  // Whoever looks after the server hears of it while the guesser waits (MO-06).
  if (left === 0) tellOfSignIn(ports, of, { type: 'sign_in.burst', data: { tries: wrongAtMs.length } });
  return { kind: 'wrong' };
}

/** Writes down what happened at the door; never what was shown there. */
export function tellOfSignIn(
  ports: Pick<ProvePorts, 'clock' | 'events'>,
  { tenantId, personId }: PersonOf,
  told: { readonly type: string; readonly data?: Readonly<Record<string, unknown>> },
): void {
  ports.events.publish('fact-established', {
    ...{ tenantId, type: told.type, occurredAtMs: Math.floor(ports.clock.nowMs()) },
    data: { person_id: personId, ...told.data },
  });
  // Nobody has signed in at the door yet, so the HTTP edge cannot tell the audit who acts here.
  const refused = told.type === 'sign_in.failed';
  ports.events.publish('operator-acted', {
    ...{ tenantId, personId, operation: told.type, targets: {}, created: null, requestId: null },
    tokenId: typeof told.data?.token_id === 'string' ? told.data.token_id : null,
    outcome: refused ? 'refused' : 'done',
    problem: refused ? 'sign-in-refused' : null,
  });
}
