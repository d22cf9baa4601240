// All SQL of sign-ins: passwords, authenticator apps and invitations. A store is made for one tenant; only the look-ups by
// what somebody shows at the door look at all tenants, because which one it is, is their answer.

import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { WrongTries } from '../step-up/index.ts';

/** How a person proves who he is. */
export interface SignInRecord {
  /** Null for a person who signs in by passkeys alone. */
  readonly passwordHash: string | null;
  /** Sealed 20 bytes; null until one was enrolled. */
  readonly authenticator: Uint8Array | null;
  /** Sealed; shown and not confirmed yet. */
  readonly offeredAuthenticator: Uint8Array | null;
  readonly lastStep: number;
  readonly wrongAtMs: WrongTries;
}

/** Who is meant. */
export interface PersonOf {
  readonly tenantId: TenantId;
  readonly personId: string;
}

/** The sign-ins of one tenant. */
export interface SignInStore {
  get(personId: string): SignInRecord | undefined;
  save(personId: string, record: SignInRecord): void;
  /** Forgets everything that the person could prove with. */
  remove(personId: string): void;
  setRecoveryCodes(personId: string, hashes: readonly Uint8Array[]): void;
  /** @returns whether there was such a code; it is used up now */
  useRecoveryCode(personId: string, hash: Uint8Array): boolean;
  recoveryCodes(personId: string): number;
  invite(personId: string, tokenHash: Uint8Array, expiresAtMs: number): void;
  removeInvitation(personId: string): void;
}

interface Row {
  password_hash: string;
  authenticator: Uint8Array | null;
  offered_authenticator: Uint8Array | null;
  last_step: number;
  wrong_at_ms: string;
}

/** Prepares the statements of all tenants' stores. */
export function createSignInStores(database: Database): (tenantId: TenantId) => SignInStore {
  const run = prepare(database);
  return perTenant((tenantId) => ({
    get: (personId) => {
      const row = run.get.get(tenantId, personId);
      return row === undefined ? undefined : toRecord(row);
    },
    save: (personId, record) => {
      const { passwordHash, authenticator, offeredAuthenticator, lastStep, wrongAtMs } = record;
      const values = [
        passwordHash ?? '',
        authenticator,
        offeredAuthenticator,
        lastStep,
        JSON.stringify(wrongAtMs),
      ];
      run.save.run(tenantId, personId, ...values);
    },
    remove: (personId) => {
      for (const statement of run.remove) statement.run(tenantId, personId);
    },
    setRecoveryCodes: (personId, hashes) => {
      run.forgetCodes.run(tenantId, personId);
      for (const hash of hashes) run.addCode.run(tenantId, personId, hash);
    },
    useRecoveryCode: (personId, hash) => run.useCode.run(tenantId, personId, hash).changes === 1,
    recoveryCodes: (personId) => run.countCodes.get(tenantId, personId)?.codes ?? 0,
    invite: (personId, tokenHash, expiresAtMs) =>
      void run.invite.run(tenantId, personId, tokenHash, expiresAtMs),
    removeInvitation: (personId) => void run.removeInvitation.run(tenantId, personId),
  }));
}

/** Finds people by what they show at the door. */
export function createDoorStore(database: Database) {
  const byMail = database.prepare<PersonOf>(
    `SELECT p.tenant_id AS tenantId, p.person_id AS personId FROM person p
     JOIN sign_in s ON s.tenant_id = p.tenant_id AND s.person_id = p.person_id
     WHERE p.mail = ? AND p.mail <> '' AND p.erased_at_ms IS NULL AND (? IS NULL OR p.tenant_id = ?)
     ORDER BY p.tenant_id LIMIT 1`,
  );
  const byInvitation = database.prepare<PersonOf>(
    'SELECT tenant_id AS tenantId, person_id AS personId FROM invitation WHERE token_hash = ? AND expires_at_ms > ?',
  );
  return {
    byMail: (mail: string, tenantId: string | undefined): PersonOf | undefined =>
      byMail.get(mail, tenantId ?? null, tenantId ?? null),
    byInvitation: (tokenHash: Uint8Array, nowMs: number): PersonOf | undefined =>
      byInvitation.get(tokenHash, nowMs),
  };
}

function prepare(database: Database) {
  const of = 'WHERE tenant_id = ? AND person_id = ?';
  const removeInvitation = database.prepare(`DELETE FROM invitation ${of}`);
  const forgetCodes = database.prepare(`DELETE FROM recovery_code ${of}`);
  return {
    removeInvitation,
    forgetCodes,
    get: database.prepare<Row>(
      `SELECT password_hash, authenticator, offered_authenticator, last_step, wrong_at_ms FROM sign_in ${of}`,
    ),
    save: database.prepare(
      `INSERT INTO sign_in (tenant_id, person_id, password_hash, authenticator, offered_authenticator, last_step,
         wrong_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET password_hash = excluded.password_hash, authenticator = excluded.authenticator,
         offered_authenticator = excluded.offered_authenticator, last_step = excluded.last_step,
         wrong_at_ms = excluded.wrong_at_ms`,
    ),
    remove: [removeInvitation, forgetCodes, database.prepare(`DELETE FROM sign_in ${of}`)],
    addCode: database.prepare('INSERT INTO recovery_code (tenant_id, person_id, code_hash) VALUES (?, ?, ?)'),
    useCode: database.prepare(`DELETE FROM recovery_code ${of} AND code_hash = ?`),
    countCodes: database.prepare<{ codes: number }>(`SELECT count(*) AS codes FROM recovery_code ${of}`),
    invite: database.prepare(
      'INSERT OR REPLACE INTO invitation (tenant_id, person_id, token_hash, expires_at_ms) VALUES (?, ?, ?, ?)',
    ),
  };
}

function toRecord(row: Row): SignInRecord {
  return {
    passwordHash: row.password_hash === '' ? null : row.password_hash,
    authenticator: row.authenticator === null ? null : new Uint8Array(row.authenticator),
    offeredAuthenticator:
      row.offered_authenticator === null ? null : new Uint8Array(row.offered_authenticator),
    lastStep: row.last_step,
    wrongAtMs: JSON.parse(row.wrong_at_ms),
  };
}
