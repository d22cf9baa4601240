// Where the HTTP edge looks up tokens: those of programs and those of people who have signed in. The registers
// are tables of features; the edge needs only this one question, so it does not know those features.

import type { TokenProof } from './api-token.ts';
import type { TenantId } from './identifiers.ts';
import type { Permission } from './permissions.ts';
import type { Role } from './roles.ts';
import type { Scope } from './scope.ts';

/** Who calls the API, once known. */
export interface Principal {
  readonly tenantId: TenantId;
  /** `tok_<publicId>` of a program, `ses_<publicId>` of a person who has signed in. */
  readonly tokenId: string;
  readonly permissions: readonly Permission[];
  readonly role: Role;
  /** Who has signed in; null for a program. */
  readonly personId: string | null;
  readonly scope: Scope;
}

/** A stored token. The secret itself is shown once, when it is made, and never stored. */
export interface StoredToken extends Principal {
  /** SHA-256 of the secret part. */
  readonly secretHash: Uint8Array;
  readonly expiresAtMs: number | null;
  readonly revokedAtMs: number | null;
}

/** Finds tokens. */
export interface TokenRegister {
  /** The token with this public id, if `secretHash` is its hash too; the caller compares again. */
  find(wanted: TokenProof): StoredToken | undefined;
  /** Hears that a token has just made a call. */
  used(token: Pick<Principal, 'tenantId' | 'tokenId'>): void;
}
