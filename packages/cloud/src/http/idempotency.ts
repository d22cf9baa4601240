// Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): the answer of a request that had an
// effect is stored in the same transaction as the effect, and a repetition gets it again. Only
// successes are kept: what failed had no effect and may be tried again with the same key. Answers
// may hold a secret that is shown once, and so may requests (digits of one's own choice, which a plain
// hash would give to whoever tries all of them): both are stored sealed. Files are not kept: a repetition
// of a request that was answered by one has no second effect and is told to ask for another copy.

import { createHash } from 'node:crypto';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { CloudError } from '../platform/errors.ts';
import type { KeyVault } from '../platform/key-vault.ts';
import type { RouteAnswer } from '../platform/route.ts';
import type { Principal } from '../platform/token-register.ts';

/** A request that carries a key. */
export interface KeyedRequest {
  readonly principal: Principal;
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** Remembers answers by key. */
export interface Idempotency {
  /**
   * Runs `effect` once for its key; inside the transaction.
   * @throws CloudError `idempotency-key-reused` when the key came with another request
   */
  once(
    request: KeyedRequest,
    effect: () => RouteAnswer,
  ): { readonly answer: RouteAnswer; readonly replayed: boolean };
  /**
   * Takes the key for as long as `running` runs, so that a parallel repetition is told to wait.
   * @throws CloudError `idempotency-key-in-use`
   */
  hold<T>(request: KeyedRequest, running: () => Promise<T>): Promise<T>;
}

/** What is sealed. */
interface Kept {
  /** SHA-256 of the request, in hexadecimal. */
  readonly fingerprint: string;
  readonly answer: RouteAnswer;
}

const keptMs = 7 * 86_400_000;

const fileNotKept = {
  ja: 'この要求は実行済みです。ファイルは保存されません。新しい Idempotency-Key で、写しを求めてください。',
  en: 'This request had its effect. Its file is not kept: ask for a copy with a new Idempotency-Key.',
};

/** @returns the key, or undefined when there is none. @throws CloudError `invalid-idempotency-key` */
export function readIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(header))
    throw new CloudError('invalid-idempotency-key');
  return header;
}

/** Over one database. */
export function createIdempotency(ports: {
  readonly database: Database;
  readonly vault: KeyVault;
  readonly clock: Clock;
}): Idempotency {
  const { database, vault, clock } = ports;
  const find = database.prepare<{ readonly answer: Uint8Array }>(
    'SELECT answer FROM idempotency_answer WHERE tenant_id = ? AND token_id = ? AND key_hash = ? AND stored_at_ms > ?',
  );
  const store = database.prepare(
    'INSERT OR REPLACE INTO idempotency_answer (tenant_id, token_id, key_hash, answer, stored_at_ms) VALUES (?, ?, ?, ?, ?)',
  );
  const forget = database.prepare('DELETE FROM idempotency_answer WHERE stored_at_ms <= ?');
  const running = new Set<string>();

  return {
    once(request, effect) {
      const { tenantId, tokenId } = request.principal;
      const keyHash = hash(request.key);
      const asked = hash(`${request.method} ${request.path} ${canonical(request.body)}`);
      const fingerprint = Buffer.from(asked).toString('hex');
      const place = { tenant: tenantId, box: tokenId, epoch: 0, purpose: 'idempotent-answer' };
      const oldestMs = clock.nowMs() - keptMs;
      const known = find.get(tenantId, tokenId, keyHash, oldestMs);
      if (known !== undefined) {
        const kept: Kept = JSON.parse(Buffer.from(vault.open(known.answer, place)).toString('utf8'));
        if (kept.fingerprint !== fingerprint) throw new CloudError('idempotency-key-reused');
        if (kept.answer.file !== undefined) throw new CloudError('conflict', { detail: fileNotKept });
        return { answer: kept.answer, replayed: true };
      }
      const answer = effect();
      if (answer.refused !== undefined) return { answer, replayed: false };
      forget.run(oldestMs);
      const kept: Kept = { fingerprint, answer };
      const sealed = vault.seal(Buffer.from(JSON.stringify(kept), 'utf8'), place);
      store.run(tenantId, tokenId, keyHash, sealed, clock.nowMs());
      return { answer, replayed: false };
    },
    async hold(request, run) {
      const name = `${request.principal.tokenId} ${request.key}`;
      if (running.has(name))
        throw new CloudError('idempotency-key-in-use', { headers: { 'retry-after': '1' } });
      running.add(name);
      try {
        return await run();
      } finally {
        running.delete(name);
      }
    },
  };
}

function hash(text: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(text, 'utf8').digest());
}

/** JSON with sorted names: the same request however its fields are ordered. */
function canonical(value: unknown): string {
  if (value instanceof Uint8Array) return createHash('sha256').update(value).digest('hex');
  return JSON.stringify(value ?? null, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
}
