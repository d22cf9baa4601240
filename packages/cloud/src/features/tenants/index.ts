// The public door of tenants: who owns everything else, and the tokens that act for an owner.

import { mintApiToken } from '../../platform/api-token.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { Permission } from '../../platform/permissions.ts';
import type { Route } from '../../platform/route.ts';
import type { TokenRegister } from '../../platform/token-register.ts';
import { tokenRoutes } from './routes.ts';
import { createTenantStore, createTokenRegister, listTenants } from './store.ts';
import type { ApiToken } from './tenant.ts';

/** What tenants are built from. */
export interface TenantsPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly identifiers: Identifiers;
}

/** A token that was just made. `text` exists nowhere else. */
export interface IssuedToken {
  readonly token: ApiToken;
  readonly text: string;
}

/** The feature. Its calls write: make them inside a transaction. */
export interface Tenants {
  readonly routes: readonly Route[];
  readonly register: TokenRegister;
  /** Every tenant, oldest first; none in a new database. */
  list(): readonly TenantId[];
  /** What people call this token; undefined for one that the tenant has not. */
  tokenName(tenantId: TenantId, tokenId: string): string | undefined;
  /** Whether a token is in force and carries a permission. */
  tokenMay(tenantId: TenantId, tokenId: string, permission: Permission): boolean;
  create(name: string): TenantId;
  /** @returns what people call the tenant */
  nameOf(tenantId: TenantId): string;
  issueToken(
    tenantId: TenantId,
    token: {
      readonly name: string;
      readonly permissions: readonly Permission[];
      readonly expiresAtMs?: number;
    },
  ): IssuedToken;
}

/** Builds the feature. */
export function createTenants(ports: TenantsPorts): Tenants {
  const { database, clock, entropy, identifiers } = ports;

  const issue = (
    tenantId: TenantId,
    wanted: {
      readonly name: string;
      readonly permissions: readonly Permission[];
      readonly expiresAtMs: number | null;
    },
  ): IssuedToken => {
    const { text, publicId, secretHash } = mintApiToken(entropy);
    const token: ApiToken = {
      tokenId: `tok_${publicId}`,
      name: wanted.name,
      permissions: wanted.permissions,
      createdAtMs: clock.nowMs(),
      expiresAtMs: wanted.expiresAtMs,
      revokedAtMs: null,
    };
    createTenantStore(database, tenantId).addToken({ ...token, secretHash });
    return { token, text };
  };

  return {
    routes: tokenRoutes({
      clock,
      store: (principal) => createTenantStore(database, principal.tenantId),
      issue: (principal, token) => issue(principal.tenantId, token),
    }),
    register: createTokenRegister(database),
    list: () => listTenants(database),
    tokenName: (tenantId, tokenId) => createTenantStore(database, tenantId).token(tokenId)?.name,
    tokenMay: (tenantId, tokenId, permission) => {
      const token = createTenantStore(database, tenantId).token(tokenId);
      if (token === undefined || token.revokedAtMs !== null) return false;
      const isOver = token.expiresAtMs !== null && token.expiresAtMs <= clock.nowMs();
      return !isOver && token.permissions.includes(permission);
    },
    create: (name) => {
      const tenantId = identifiers.createTenant();
      createTenantStore(database, tenantId).create({ name, createdAtMs: clock.nowMs() });
      return tenantId;
    },
    nameOf: (tenantId) => createTenantStore(database, tenantId).name(),
    issueToken: (tenantId, token) => issue(tenantId, { ...token, expiresAtMs: token.expiresAtMs ?? null }),
  };
}
