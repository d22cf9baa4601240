// What the routes of people stand on, how they find somebody, and how they tell what was done to whom.

import type { Clock } from '../../platform/clock.ts';
import { CloudError } from '../../platform/errors.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { KeptOfPerson } from '../../platform/kept-of-person.ts';
import type { StepUps } from '../../platform/step-ups.ts';
import type { Principal } from '../../platform/token-register.ts';
import type { Locations } from '../locations/index.ts';
import type { GroupStore } from './group-store.ts';
import type { Person } from './person.ts';
import type { PersonStore } from './store.ts';

/** What the routes need. */
export interface PeopleDesk {
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly events: EventBus;
  readonly stepUps: StepUps;
  readonly locations: Pick<Locations, 'find'>;
  readonly people: (tenantId: TenantId) => PersonStore;
  /** What all features keep of people. */
  readonly kept: () => readonly KeptOfPerson[];
  readonly groups: (tenantId: TenantId) => GroupStore;
}

/** @throws CloudError `not-found` for somebody whom the tenant has not, or not any more */
export function findPerson(desk: Pick<PeopleDesk, 'people'>, tenantId: TenantId, personId: string): Person {
  const person = desk.people(tenantId).get(personId);
  if (person === undefined) throw new CloudError('not-found');
  return person;
}

/** Who acts, as the ledger names them. */
export function actorOf({ tokenId, personId }: Principal): Readonly<Record<string, unknown>> {
  return { token_id: tokenId, by_person_id: personId };
}

/** Writes down what was done to somebody: who, whom and what, and nothing personal. */
export function tellOfPerson(
  desk: Pick<PeopleDesk, 'clock' | 'events'>,
  caller: Principal,
  told: {
    readonly type: string;
    readonly person: Pick<Person, 'personId' | 'locationIds'>;
    readonly data?: Readonly<Record<string, unknown>>;
  },
): void {
  const { personId, locationIds } = told.person;
  const [only, another] = locationIds;
  desk.events.publish('fact-established', {
    tenantId: caller.tenantId,
    type: told.type,
    occurredAtMs: Math.floor(desk.clock.nowMs()),
    ...(only === undefined || another !== undefined ? {} : { locationId: only }),
    data: { person_id: personId, ...actorOf(caller), ...told.data },
  });
}
