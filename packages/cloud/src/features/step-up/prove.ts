// One try at the passphrase: counted where it is wrong, looked at only while tries are left. A wrong try must
// stay counted although its request is refused, so the outcome is a value and nothing is thrown.

import type { Clock } from '../../platform/clock.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { Principal } from '../../platform/token-register.ts';
import { isPassphrase } from './passphrase.ts';
import { addWrongTry, nextTryAtMs, recentTries, triesLeft } from './step-up.ts';
import type { KeptPassphrase, StepUpStore } from './store.ts';

/** What proving needs. */
export interface ProvePorts {
  readonly clock: Clock;
  readonly events: EventBus;
  readonly stepUps: (tenantId: TenantId) => StepUpStore;
}

/** What came of a try. */
export type Proof =
  | { readonly kind: 'proven'; readonly atMs: number }
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  | { readonly kind: 'wait'; readonly untilMs: number };

/** Tries one passphrase against the kept one; inside a transaction. */
export function provePassphrase(
  ports: ProvePorts,
  { tenantId, tokenId }: Principal,
  tried: { readonly passphrase: string; readonly kept: KeptPassphrase },
): Proof {
  const { passphrase, kept } = tried;
  const store = ports.stepUps(tenantId);
  const atMs = Math.floor(ports.clock.nowMs());
  // A guess beyond the budget is not looked at: it tells nothing and costs no 30 ms.
  if (triesLeft(kept.wrongAtMs, atMs) === 0) {
    const wrongAtMs = recentTries(kept.wrongAtMs, atMs);
    store.savePassphrase({ ...kept, wrongAtMs });
    return { kind: 'wait', untilMs: nextTryAtMs(wrongAtMs, atMs) };
  }
  if (isPassphrase(passphrase, kept.hash)) {
    store.mark(tokenId, atMs);
    tell(ports, tenantId, { type: 'step_up.passed', atMs, data: { token_id: tokenId } });
    return { kind: 'proven', atMs };
  }
  const wrongAtMs = addWrongTry(kept.wrongAtMs, atMs);
  store.savePassphrase({ ...kept, wrongAtMs });
  const left = triesLeft(wrongAtMs, atMs);
  tell(ports, tenantId, {
    type: 'step_up.failed',
    atMs,
    data: { token_id: tokenId, tries_left: left },
  });
  return { kind: 'wrong', triesLeft: left };
}

/** Tells the ledger; never the passphrase. */
export function tell(
  ports: Pick<ProvePorts, 'events'>,
  tenantId: TenantId,
  fact: { readonly type: string; readonly atMs: number; readonly data: Readonly<Record<string, unknown>> },
): void {
  const { type, atMs, data } = fact;
  ports.events.publish('fact-established', { tenantId, type, occurredAtMs: atMs, data });
}
