// Where the HTTP edge asks whether a person is there. What proved it (a passphrase now; passkeys and other
// proofs of people later) is a feature's matter: the edge knows only the mark.

import type { TenantId } from './identifiers.ts';

/** How long a proof counts. */
export const stepUpFreshMs = 300_000;

/** Knows which tokens have proven that a person is there. */
export interface StepUps {
  /** Whether this token has proven it within the last five minutes. */
  isFresh(tenantId: TenantId, tokenId: string, nowMs: number): boolean;
  /** When this token proved it; undefined when that is longer ago. Unix ms. */
  freshSinceMs(tenantId: TenantId, tokenId: string, nowMs: number): number | undefined;
}
