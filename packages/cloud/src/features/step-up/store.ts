// All SQL of step-ups. A store is made for one tenant and can ask about no other.

import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { WrongTries } from './step-up.ts';

/** A passphrase as it is kept. */
export interface KeptPassphrase {
  /** PHC string of Argon2id. */
  readonly hash: string;
  readonly setAtMs: number;
  readonly wrongAtMs: WrongTries;
}

/** The passphrase and the marks of one tenant. */
export interface StepUpStore {
  passphrase(): KeptPassphrase | undefined;
  savePassphrase(passphrase: KeptPassphrase): void;
  /** When this token last proved that a person is there. */
  provenAtMs(tokenId: string): number | undefined;
  mark(tokenId: string, atMs: number): void;
  /** Ends every step-up of the tenant. */
  forgetMarks(): void;
}

/** Prepares the statements of all tenants' stores. */
export function createStepUpStores(database: Database): (tenantId: TenantId) => StepUpStore {
  const find = database.prepare<{ hash: string; set_at_ms: number; wrong_at_ms: string }>(
    'SELECT hash, set_at_ms, wrong_at_ms FROM step_up_passphrase WHERE tenant_id = ?',
  );
  const save = database.prepare(
    'INSERT OR REPLACE INTO step_up_passphrase (tenant_id, hash, set_at_ms, wrong_at_ms) VALUES (?, ?, ?, ?)',
  );
  const proven = database.prepare<{ proven_at_ms: number }>(
    'SELECT proven_at_ms FROM step_up_mark WHERE tenant_id = ? AND token_id = ?',
  );
  const mark = database.prepare(
    'INSERT OR REPLACE INTO step_up_mark (tenant_id, token_id, proven_at_ms) VALUES (?, ?, ?)',
  );
  const forget = database.prepare('DELETE FROM step_up_mark WHERE tenant_id = ?');
  return perTenant((tenantId) => ({
    passphrase: () => {
      const row = find.get(tenantId);
      if (row === undefined) return undefined;
      return { hash: row.hash, setAtMs: row.set_at_ms, wrongAtMs: JSON.parse(row.wrong_at_ms) };
    },
    savePassphrase: ({ hash, setAtMs, wrongAtMs }) =>
      void save.run(tenantId, hash, setAtMs, JSON.stringify(wrongAtMs)),
    provenAtMs: (tokenId) => proven.get(tenantId, tokenId)?.proven_at_ms,
    mark: (tokenId, atMs) => void mark.run(tenantId, tokenId, atMs),
    forgetMarks: () => void forget.run(tenantId),
  }));
}
