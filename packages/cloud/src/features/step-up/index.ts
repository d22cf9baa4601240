// The public door of step-ups: before what is dangerous, a token must prove that a person is there. Today a
// passphrase proves it; passkeys and other proofs of people will write the same mark.

import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { Route } from '../../platform/route.ts';
import type { StepUps } from '../../platform/step-ups.ts';
import type { Principal } from '../../platform/token-register.ts';
import type { Tenants } from '../tenants/index.ts';
import { hashPassphrase, saltBytes } from './passphrase.ts';
import { tell } from './prove.ts';
import { stepUpRoutes } from './routes.ts';
import { isFreshProof } from './step-up.ts';
import { createStepUpStores } from './store.ts';

export { hashPassphrase, isPassphrase, saltBytes } from './passphrase.ts';
export { addWrongTry, nextTryAtMs, triesLeft, type WrongTries } from './step-up.ts';

/** What step-ups are built from. */
export interface StepUpPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly events: EventBus;
  readonly tenants: Pick<Tenants, 'nameOf'>;
}

/** The feature. */
export interface StepUpFeature extends StepUps {
  readonly routes: readonly Route[];
  /** Marks a token as proven by something else than the passphrase; inside a transaction. */
  mark(tenantId: TenantId, tokenId: string): void;
}

/** Builds the feature. */
export function createStepUps(ports: StepUpPorts): StepUpFeature {
  const { clock, events, entropy, tenants } = ports;
  const stepUps = createStepUpStores(ports.database);

  const setPassphrase = ({ tenantId, tokenId }: Principal, passphrase: string): number => {
    const store = stepUps(tenantId);
    const atMs = Math.floor(clock.nowMs());
    const proven = store.provenAtMs(tokenId);
    // What the old passphrase proved ends with it, but for whoever changed it.
    store.forgetMarks();
    if (proven !== undefined) store.mark(tokenId, proven);
    const hash = hashPassphrase(passphrase, entropy.bytes(saltBytes));
    store.savePassphrase({ hash, setAtMs: atMs, wrongAtMs: [] });
    tell(ports, tenantId, { type: 'step_up.passphrase_set', atMs, data: { token_id: tokenId } });
    return atMs;
  };

  const freshSinceMs: StepUps['freshSinceMs'] = (tenantId, tokenId, nowMs) => {
    const provenAtMs = stepUps(tenantId).provenAtMs(tokenId);
    return isFreshProof(provenAtMs, nowMs) ? provenAtMs : undefined;
  };
  return {
    routes: stepUpRoutes({ clock, events, stepUps, nameOf: tenants.nameOf, setPassphrase }),
    mark: (tenantId, tokenId) => stepUps(tenantId).mark(tokenId, Math.floor(clock.nowMs())),
    isFresh: (tenantId, tokenId, nowMs) => freshSinceMs(tenantId, tokenId, nowMs) !== undefined,
    freshSinceMs,
  };
}
