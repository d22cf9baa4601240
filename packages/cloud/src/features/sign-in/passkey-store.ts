// All SQL of passkeys. A store is made for one tenant; only the look-up by credential looks at all, because whose it is,
// is its answer.

import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { Passkey } from './passkey.ts';

/** The passkeys of one tenant. */
export interface PasskeyStore {
  add(passkey: Passkey): void;
  get(passkeyId: string): Passkey | undefined;
  /** Of a person, oldest first. */
  of(personId: string): readonly Passkey[];
  has(personId: string): boolean;
  rename(passkeyId: string, name: string): void;
  /** Notes that it was shown. */
  used(passkeyId: string, shown: Pick<Passkey, 'counter' | 'backedUp'> & { readonly atMs: number }): void;
  remove(passkeyId: string): void;
  removeAll(personId: string): void;
}

/** A passkey with its tenant. */
export type TenantPasskey = Passkey & { readonly tenantId: TenantId };

interface Row {
  tenant_id: TenantId;
  passkey_id: string;
  person_id: string;
  credential_id: Uint8Array;
  public_key: Uint8Array;
  counter: number;
  transports: string;
  backed_up: number;
  name: string;
  created_at_ms: number;
  used_at_ms: number | null;
}

/** Prepares the statements of all tenants' stores. */
export function createPasskeyStores(database: Database): (tenantId: TenantId) => PasskeyStore {
  const run = prepare(database);
  return perTenant((tenantId) => ({
    add: (passkey) => {
      const { passkeyId, personId, credentialId, publicKey, counter, transports, name } = passkey;
      const facts = [counter, JSON.stringify(transports), Number(passkey.backedUp), name] as const;
      run.add.run(
        tenantId,
        passkeyId,
        personId,
        credentialId,
        publicKey,
        ...facts,
        passkey.createdAtMs,
        passkey.usedAtMs,
      );
    },
    get: (passkeyId) => one(run.get.get(tenantId, passkeyId)),
    of: (personId) => run.of.all(tenantId, personId).map(toPasskey),
    has: (personId) => run.of.get(tenantId, personId) !== undefined,
    rename: (passkeyId, name) => void run.rename.run(name, tenantId, passkeyId),
    used: (passkeyId, { counter, backedUp, atMs }) =>
      void run.used.run(counter, Number(backedUp), atMs, tenantId, passkeyId),
    remove: (passkeyId) => void run.remove.run(tenantId, passkeyId),
    removeAll: (personId) => void run.removeAll.run(tenantId, personId),
  }));
}

/** @returns a look-up by what an authenticator shows, over all tenants */
export function createCredentialFinder(
  database: Database,
): (credentialId: Uint8Array) => TenantPasskey | undefined {
  const byCredential = database.prepare<Row>('SELECT * FROM passkey WHERE credential_id = ?');
  return (credentialId) => one(byCredential.get(credentialId));
}

function prepare(database: Database) {
  return {
    add: database.prepare(
      `INSERT INTO passkey (tenant_id, passkey_id, person_id, credential_id, public_key, counter, transports,
         backed_up, name, created_at_ms, used_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    get: database.prepare<Row>('SELECT * FROM passkey WHERE tenant_id = ? AND passkey_id = ?'),
    of: database.prepare<Row>(
      'SELECT * FROM passkey WHERE tenant_id = ? AND person_id = ? ORDER BY passkey_id',
    ),
    rename: database.prepare('UPDATE passkey SET name = ? WHERE tenant_id = ? AND passkey_id = ?'),
    used: database.prepare(
      'UPDATE passkey SET counter = ?, backed_up = ?, used_at_ms = ? WHERE tenant_id = ? AND passkey_id = ?',
    ),
    remove: database.prepare('DELETE FROM passkey WHERE tenant_id = ? AND passkey_id = ?'),
    removeAll: database.prepare('DELETE FROM passkey WHERE tenant_id = ? AND person_id = ?'),
  };
}

function one(row: Row | undefined): TenantPasskey | undefined {
  return row === undefined ? undefined : toPasskey(row);
}

function toPasskey(row: Row): TenantPasskey {
  return {
    tenantId: row.tenant_id,
    passkeyId: row.passkey_id,
    personId: row.person_id,
    credentialId: new Uint8Array(row.credential_id),
    publicKey: new Uint8Array(row.public_key),
    counter: row.counter,
    transports: JSON.parse(row.transports),
    backedUp: row.backed_up === 1,
    name: row.name,
    createdAtMs: row.created_at_ms,
    usedAtMs: row.used_at_ms,
  };
}
