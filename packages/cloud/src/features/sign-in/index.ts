// The public door of sign-ins: how people prove who they are, and the sessions that they get for it.

import type { CryptoProvider } from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import type { Database } from '../../platform/database.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { KeptOfPerson } from '../../platform/kept-of-person.ts';
import type { KeyVault } from '../../platform/key-vault.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { Route } from '../../platform/route.ts';
import type { TokenRegister } from '../../platform/token-register.ts';
import type { People } from '../people/index.ts';
import type { StepUpFeature } from '../step-up/index.ts';
import type { Tenants } from '../tenants/index.ts';
import { endEverything, forgetProofs } from './desk.ts';
import { createDeviceCodes } from './device-codes.ts';
import { deviceRoutes } from './device-routes.ts';
import { doorRoutes } from './door-routes.ts';
import { invitationRoutes } from './invitation-routes.ts';
import { keptBySignIns } from './kept.ts';
import { type Invitation, makeInvitation } from './make-invitation.ts';
import { ownRoutes } from './own-routes.ts';
import { relyingPartyOf } from './passkey.ts';
import { createChallenges } from './passkey-challenges.ts';
import { passkeyDoorRoutes } from './passkey-door-routes.ts';
import { passkeyRoutes } from './passkey-routes.ts';
import { createCredentialFinder, createPasskeyStores } from './passkey-store.ts';
import { createSessions } from './sessions.ts';
import { createDoorStore, createSignInStores, type PersonOf } from './store.ts';

/** What sign-ins are built from. */
export interface SignInPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly crypto: CryptoProvider;
  readonly vault: KeyVault;
  readonly events: EventBus;
  readonly commitGroup: CommitGroup;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'strangerTried'>;
  readonly people: Pick<People, 'person'>;
  readonly tenants: Pick<Tenants, 'nameOf'>;
  readonly stepUps: Pick<StepUpFeature, 'mark' | 'isFresh'>;
  readonly identifiers: Identifiers;
  /** The origin at which browsers reach this server. */
  readonly publicUrl: string;
}

/** The feature. */
export interface SignIns {
  readonly routes: readonly Route[];
  /** What it keeps of people. */
  readonly kept: readonly KeptOfPerson[];
  /** People who have signed in. */
  readonly register: TokenRegister;
  /** Lets a person in who has nothing to sign in with; inside a transaction. */
  invite(tenantId: TenantId, personId: string): Invitation;
}

/** Builds the feature; it follows people from here on. */
export function createSignIns(ports: SignInPorts): SignIns {
  const sessions = createSessions(ports);
  const desk = {
    ...ports,
    signIns: createSignInStores(ports.database),
    sessions,
    door: createDoorStore(ports.database),
    passkeys: createPasskeyStores(ports.database),
    credential: createCredentialFinder(ports.database),
    challenges: createChallenges(ports),
    relyingParty: relyingPartyOf(ports.publicUrl),
    deviceCodes: createDeviceCodes(ports),
  };
  const standAnew = (of: PersonOf): void => {
    endEverything(desk, of);
    // Whoever holds an invitation from before was invited to less: a promotion must not be theirs.
    desk.signIns(of.tenantId).removeInvitation(of.personId);
  };
  ports.events.join('person-standing-changed', standAnew);
  ports.events.join('person-quarantined', standAnew);
  ports.events.join('person-erased', (of) => {
    endEverything(desk, of);
    forgetProofs(desk, of);
  });
  return {
    routes: [
      ...[...doorRoutes(desk), ...passkeyDoorRoutes(desk), ...deviceRoutes(desk)],
      ...[...ownRoutes(desk), ...passkeyRoutes(desk), ...invitationRoutes(desk)],
    ],
    kept: keptBySignIns(ports.database),
    register: sessions,
    invite: (tenantId, personId) => makeInvitation(desk, { tenantId, personId }),
  };
}
