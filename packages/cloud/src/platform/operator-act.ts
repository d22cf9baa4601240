// What somebody did through the API, or was refused, as the audit keeps it for ever. The HTTP edge tells of every
// call that is not a mere look; a feature that knows of an act by itself (a sign-in) tells of it the same way.

import type { TenantId } from './identifiers.ts';

/** How an act ended. `replayed`: the answer of an earlier request with the same Idempotency-Key was given again. */
export type ActOutcome = 'done' | 'replayed' | 'refused';

/** One act. It outlives everything: ids only, never a name, a code, a body or another secret. */
export interface OperatorAct {
  readonly tenantId: TenantId;
  /** Stable: the operation's name in the API, `createKeyCode`, or what a feature calls it. */
  readonly operation: string;
  /** `tok_…`; null where somebody acted without one. */
  readonly tokenId: string | null;
  /** `per_…`; null for a program, or while nobody is known. */
  readonly personId: string | null;
  /** Ids of what was acted on, by their names in the API: `{ key_id: 'key_…' }`. */
  readonly targets: Readonly<Record<string, string>>;
  /** Address of what was made; null for nothing. */
  readonly created: string | null;
  readonly outcome: ActOutcome;
  /** The stable code of the problem that refused it; null where nothing did. */
  readonly problem: string | null;
  /** `req_…`, as in the answer and in the log; null outside a request. */
  readonly requestId: string | null;
}
