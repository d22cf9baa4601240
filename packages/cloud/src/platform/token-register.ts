// Where the HTTP edge looks up API tokens. The register itself is a feature's table; the edge
// needs only this one question, so it does not know that feature.

import type { TenantId } from './identifiers.ts';
import type { Permission } from './permissions.ts';

/** A stored token. The secret itself is shown once, when it is made, and never stored. */
export interface StoredToken {
  readonly tenantId: TenantId;
  /** `tok_<publicId>` */
  readonly tokenId: string;
  /** SHA-256 of the secret part. */
  readonly secretHash: Uint8Array;
  readonly permissions: readonly Permission[];
  readonly expiresAtMs: number | null;
  readonly revokedAtMs: number | null;
}

/** Finds tokens. */
export interface TokenRegister {
  /** The token with this public id, if `secretHash` is its hash too; the caller compares again. */
  find(wanted: { readonly publicId: string; readonly secretHash: Uint8Array }): StoredToken | undefined;
}

/** Who calls the API, once known. */
export interface Principal {
  readonly tenantId: TenantId;
  readonly tokenId: string;
  readonly permissions: readonly Permission[];
}
