// All SQL of tenants and tokens. A TenantStore is made for one tenant and can ask about no other;
// only the token register looks across tenants, because which tenant calls is its answer.

import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { Permission } from '../../platform/permissions.ts';
import { queryBuilder } from '../../platform/query-builder.ts';
import type { StoredToken, TokenRegister } from '../../platform/token-register.ts';
import { type ApiToken, readPermissions, tokenScope } from './tenant.ts';

interface Tables {
  tenant: { tenant_id: string; name: string; created_at_ms: number };
  api_token: StoredRow;
  api_token_location: { tenant_id: string; token_id: string; location_id: string };
}

interface StoredRow {
  tenant_id: string;
  token_id: string;
  name: string;
  secret_hash: Uint8Array;
  permissions: string;
  created_at_ms: number;
  expires_at_ms: number | null;
  revoked_at_ms: number | null;
  created_by: string | null;
}

interface TokenRow extends StoredRow {
  /** JSON list. */
  locations: string;
}

const sql = queryBuilder<Tables>();

/** A token to be stored. */
export interface NewToken {
  readonly tokenId: string;
  readonly name: string;
  readonly secretHash: Uint8Array;
  readonly permissions: readonly Permission[];
  readonly locationIds: readonly string[];
  readonly createdAtMs: number;
  readonly expiresAtMs: number | null;
  readonly createdBy: string | null;
}

/** The tokens of one tenant. */
export interface TenantStore {
  create(tenant: { readonly name: string; readonly createdAtMs: number }): void;
  name(): string;
  addToken(token: NewToken): void;
  /** @returns false when this tenant has no such token in use */
  revokeToken(tokenId: string, atMs: number): boolean;
  /** Revokes every token behind which this person is. */
  revokeTokensBy(personId: string, atMs: number): void;
  tokens(afterTokenId: string, limit: number): readonly ApiToken[];
  token(tokenId: string): ApiToken | undefined;
}

/** The store of one tenant. */
export function createTenantStore(database: Database, tenantId: TenantId): TenantStore {
  const tokens = database.prepare<TokenRow>(
    `${selectTokens} WHERE tenant_id = ? AND token_id > ? ORDER BY token_id LIMIT ?`,
  );
  const token = database.prepare<TokenRow>(`${selectTokens} WHERE tenant_id = ? AND token_id = ?`);
  return {
    create: ({ name, createdAtMs }) => {
      const row = { tenant_id: tenantId, name, created_at_ms: createdAtMs };
      database.query(sql.insertInto('tenant').values(row).compile());
    },
    name: () => {
      const named = sql.selectFrom('tenant').select('name').where('tenant_id', '=', tenantId);
      return database.query(named.compile())[0]?.name ?? '';
    },
    addToken: (token) => {
      database.query(sql.insertInto('api_token').values(toRow(tenantId, token)).compile());
      for (const locationId of token.locationIds) {
        const row = { tenant_id: tenantId, token_id: token.tokenId, location_id: locationId };
        database.query(sql.insertInto('api_token_location').values(row).compile());
      }
    },
    revokeToken: (tokenId, atMs) => {
      const revoked = sql
        .updateTable('api_token')
        .set({ revoked_at_ms: atMs })
        .where('tenant_id', '=', tenantId)
        .where('token_id', '=', tokenId)
        .where('revoked_at_ms', 'is', null)
        .returning('token_id');
      return database.query(revoked.compile()).length === 1;
    },
    revokeTokensBy: (personId, atMs) => {
      const revoked = sql
        .updateTable('api_token')
        .set({ revoked_at_ms: atMs })
        .where('tenant_id', '=', tenantId)
        .where('created_by', '=', personId)
        .where('revoked_at_ms', 'is', null);
      database.query(revoked.compile());
    },
    tokens: (afterTokenId, limit) => tokens.all(tenantId, afterTokenId, limit).map(toApiToken),
    token: (tokenId) => {
      const row = token.get(tenantId, tokenId);
      return row === undefined ? undefined : toApiToken(row);
    },
  };
}

const selectTokens = `SELECT *, (SELECT json_group_array(location_id) FROM api_token_location l
  WHERE l.tenant_id = api_token.tenant_id AND l.token_id = api_token.token_id) AS locations FROM api_token`;

/** Finds tokens by what a caller shows. */
export function createTokenRegister(database: Database): TokenRegister {
  const bySecret = database.prepare<TokenRow>(`${selectTokens} WHERE secret_hash = ? AND token_id = ?`);
  return {
    find: ({ publicId, secretHash }) => {
      const row = bySecret.get(secretHash, `tok_${publicId}`);
      return row === undefined ? undefined : toStoredToken(row);
    },
    used: () => {},
  };
}

/** @returns the tenants of this database, oldest first */
export function listTenants(database: Database): readonly TenantId[] {
  const rows = database.query(sql.selectFrom('tenant').select('tenant_id').orderBy('tenant_id').compile());
  return rows.map((row) => row.tenant_id as TenantId);
}

function toRow(tenantId: TenantId, token: NewToken): StoredRow {
  return {
    tenant_id: tenantId,
    token_id: token.tokenId,
    name: token.name,
    secret_hash: token.secretHash,
    permissions: JSON.stringify(token.permissions),
    created_at_ms: token.createdAtMs,
    expires_at_ms: token.expiresAtMs,
    revoked_at_ms: null,
    created_by: token.createdBy,
  };
}

function toStoredToken(row: TokenRow): StoredToken {
  return {
    tenantId: row.tenant_id as TenantId,
    tokenId: row.token_id,
    secretHash: row.secret_hash,
    permissions: readPermissions(row.permissions),
    ...{ role: 'machine', personId: null, scope: tokenScope(JSON.parse(row.locations)) },
    expiresAtMs: row.expires_at_ms,
    revokedAtMs: row.revoked_at_ms,
  };
}

function toApiToken(row: TokenRow): ApiToken {
  return {
    tokenId: row.token_id,
    name: row.name,
    permissions: readPermissions(row.permissions),
    locationIds: JSON.parse(row.locations),
    createdBy: row.created_by,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
    revokedAtMs: row.revoked_at_ms,
  };
}
