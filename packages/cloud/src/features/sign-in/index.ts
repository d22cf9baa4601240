// The public door of sign-ins: how people prove who they are, and the sessions that they get for it.

import type { CryptoProvider } from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import type { Database } from '../../platform/database.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { KeyVault } from '../../platform/key-vault.ts';
import type { Route } from '../../platform/route.ts';
import type { TokenRegister } from '../../platform/token-register.ts';
import type { People } from '../people/index.ts';
import type { StepUpFeature } from '../step-up/index.ts';
import type { Tenants } from '../tenants/index.ts';
import { doorRoutes } from './door-routes.ts';
import { invitationRoutes } from './invitation-routes.ts';
import { type Invitation, makeInvitation } from './make-invitation.ts';
import { ownRoutes } from './own-routes.ts';
import { createSessions } from './sessions.ts';
import { createDoorStore, createSignInStores } from './store.ts';

/** What sign-ins are built from. */
export interface SignInPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly crypto: CryptoProvider;
  readonly vault: KeyVault;
  readonly events: EventBus;
  readonly commitGroup: CommitGroup;
  readonly people: Pick<People, 'person'>;
  readonly tenants: Pick<Tenants, 'nameOf'>;
  readonly stepUps: Pick<StepUpFeature, 'mark'>;
}

/** The feature. */
export interface SignIns {
  readonly routes: readonly Route[];
  /** People who have signed in. */
  readonly register: TokenRegister;
  /** Lets a person in who has nothing to sign in with; inside a transaction. */
  invite(tenantId: TenantId, personId: string): Invitation;
}

/** Builds the feature; it follows people from here on. */
export function createSignIns(ports: SignInPorts): SignIns {
  const signIns = createSignInStores(ports.database);
  const sessions = createSessions(ports);
  const desk = { ...ports, signIns, sessions, door: createDoorStore(ports.database) };
  ports.events.join('person-standing-changed', ({ tenantId, personId }) =>
    sessions.endAll(tenantId, personId),
  );
  ports.events.join('person-erased', ({ tenantId, personId }) => {
    sessions.endAll(tenantId, personId);
    signIns(tenantId).remove(personId);
  });
  return {
    routes: [...doorRoutes(desk), ...ownRoutes(desk), ...invitationRoutes(desk)],
    register: sessions,
    invite: (tenantId, personId) => makeInvitation(desk, { tenantId, personId }),
  };
}
