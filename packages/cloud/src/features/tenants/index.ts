// The public door of tenants: who owns everything else, and the tokens that act for an owner.

import { mintApiToken } from '../../platform/api-token.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { KeptOfPerson } from '../../platform/kept-of-person.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { Permission } from '../../platform/permissions.ts';
import type { Route } from '../../platform/route.ts';
import { sees } from '../../platform/scope.ts';
import type { TokenRegister } from '../../platform/token-register.ts';
import type { Locations } from '../locations/index.ts';
import { keptByTenants } from './kept.ts';
import { tokenRoutes, type WantedToken } from './routes.ts';
import { createTenantStore, createTokenRegister, listTenants } from './store.ts';
import { type ApiToken, tokenPlace, tokenScope } from './tenant.ts';

/** What tenants are built from. */
export interface TenantsPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly identifiers: Identifiers;
  readonly events: EventBus;
  readonly locations: Pick<Locations, 'find'>;
}

/** A token that was just made. `text` exists nowhere else. */
export interface IssuedToken {
  readonly token: ApiToken;
  readonly text: string;
}

/** The feature. Its calls write: make them inside a transaction. */
export interface Tenants {
  readonly routes: readonly Route[];
  /** What it keeps of people. */
  readonly kept: readonly KeptOfPerson[];
  readonly register: TokenRegister;
  /** Every tenant, oldest first; none in a new database. */
  list(): readonly TenantId[];
  /** What people call this token; undefined for one that the tenant has not. */
  tokenName(tenantId: TenantId, tokenId: string): string | undefined;
  /** Whether a token is in force, carries a permission and sees a location. */
  tokenMay(
    tenantId: TenantId,
    tokenId: string,
    may: { readonly permission: Permission; readonly at: string },
  ): boolean;
  /** Where this token belongs, as a scope takes it; undefined for one that the tenant has not. */
  placeOf(tenantId: TenantId, tokenId: string): readonly string[] | null | undefined;
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

/** Builds the feature; it follows people from here on. */
export function createTenants(ports: TenantsPorts): Tenants {
  const { database, clock, entropy, identifiers } = ports;
  const stores = perTenant((tenantId) => createTenantStore(database, tenantId));

  const issue = (tenantId: TenantId, wanted: WantedToken): IssuedToken => {
    const { text, publicId, secretHash } = mintApiToken(entropy);
    const token: ApiToken = {
      ...wanted,
      tokenId: `tok_${publicId}`,
      createdAtMs: clock.nowMs(),
      revokedAtMs: null,
    };
    stores(tenantId).addToken({ ...token, secretHash });
    return { token, text };
  };

  ports.events.join('person-quarantined', ({ tenantId, personId, atMs }) =>
    stores(tenantId).revokeTokensBy(personId, atMs),
  );
  return {
    routes: tokenRoutes({
      clock,
      locations: ports.locations,
      store: (principal) => stores(principal.tenantId),
      issue: (principal, token) => issue(principal.tenantId, token),
    }),
    kept: keptByTenants(database),
    register: createTokenRegister(database),
    list: () => listTenants(database),
    tokenName: (tenantId, tokenId) => stores(tenantId).token(tokenId)?.name,
    placeOf: (tenantId, tokenId) => {
      const token = stores(tenantId).token(tokenId);
      return token === undefined ? undefined : tokenPlace(token);
    },
    tokenMay: (tenantId, tokenId, { permission, at }) => {
      const token = stores(tenantId).token(tokenId);
      if (token === undefined || token.revokedAtMs !== null) return false;
      const isOver = token.expiresAtMs !== null && token.expiresAtMs <= clock.nowMs();
      return !isOver && token.permissions.includes(permission) && sees(tokenScope(token.locationIds), at);
    },
    create: (name) => {
      const tenantId = identifiers.createTenant();
      stores(tenantId).create({ name, createdAtMs: clock.nowMs() });
      return tenantId;
    },
    nameOf: (tenantId) => stores(tenantId).name(),
    issueToken: (tenantId, token) =>
      issue(tenantId, { locationIds: [], createdBy: null, ...token, expiresAtMs: token.expiresAtMs ?? null }),
  };
}
