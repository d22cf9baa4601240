// The public door of people: who takes keys and works here, in which groups, in which role.

import type { Cancel, Clock, Timers } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import type { Database } from '../../platform/database.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { KeptOfPerson } from '../../platform/kept-of-person.ts';
import type { Route } from '../../platform/route.ts';
import { sees } from '../../platform/scope.ts';
import type { StepUps } from '../../platform/step-ups.ts';
import type { Principal } from '../../platform/token-register.ts';
import type { Locations } from '../locations/index.ts';
import { draftPerson, type PersonDraft, type PersonFields } from './draft.ts';
import { watchRetention } from './erase.ts';
import { addFirstOwner, type FirstOwner } from './first-owner.ts';
import { groupRoutes } from './group-routes.ts';
import { createGroupStores } from './group-store.ts';
import { keptByPeople } from './kept.ts';
import { memberRoutes } from './member-routes.ts';
import { isPresent, type Person, placeOf, scopeOf } from './person.ts';
import { addPerson, personRoutes, reshapePerson } from './person-routes.ts';
import { privacyRoutes } from './privacy-routes.ts';
import { quarantineRoutes } from './quarantine-routes.ts';
import { createPersonStores, type PersonChange } from './store.ts';

export { actorOf, tellOfPerson } from './desk.ts';
export type { PersonFields } from './draft.ts';
export { isPresent, mayShape, type Person, placeOf, scopeOf } from './person.ts';
export { plainMail, revealPerson } from './person-resource.ts';
export { requireShape } from './person-routes.ts';
export type { PersonChange } from './store.ts';

/** What people are built from. */
export interface PeoplePorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly events: EventBus;
  readonly stepUps: StepUps;
  readonly locations: Pick<Locations, 'find'>;
  /** What all features keep of people; asked long after all are built. */
  readonly kept: () => readonly KeptOfPerson[];
}

/** The feature. Erased people are not found. */
export interface People {
  readonly routes: readonly Route[];
  /** What it keeps of people. */
  readonly kept: readonly KeptOfPerson[];
  /** Adds the owner of a tenant that has nobody yet; undefined for a name that cannot be shown. */
  addFirstOwner(tenantId: TenantId, owner: FirstOwner): string | undefined;
  person(tenantId: TenantId, personId: string): Person | undefined;
  /** Whoever has the ID code with this keyed hash, belongs to this place, has not left and is in no quarantine. */
  byIdCode(tenantId: TenantId, locationId: string, codeMac: Uint8Array): Person | undefined;
  /** Whether anybody has the ID code with this keyed hash, wherever they belong. */
  hasIdCode(tenantId: TenantId, codeMac: Uint8Array): boolean;
  /** Gives a person another ID code, or none; inside a transaction. @returns false when somebody else has it */
  keepIdCode(tenantId: TenantId, personId: string, codeMac: Uint8Array | null): boolean;
  /** Every group that the person is in, through groups of groups too. */
  groupsOf(tenantId: TenantId, personId: string): readonly string[];
  /** The people in one of the groups, through groups of groups too, by id. */
  membersOf(
    tenantId: TenantId,
    groupIds: readonly string[],
    page: { readonly after: string; readonly limit: number },
  ): readonly string[];
  /** Whether the tenant has this group. */
  hasGroup(tenantId: TenantId, groupId: string): boolean;
  /** E.164; undefined for a person without one. */
  phoneOf(tenantId: TenantId, personId: string): string | undefined;
  /** Where this person or group belongs, as a scope takes it; undefined for one that the tenant has not. */
  placeOf(tenantId: TenantId, id: string): string | readonly string[] | null | undefined;
  /** Whoever has this mail address, in its plain form. */
  byMail(tenantId: TenantId, mail: string): Person | undefined;
  /** People by id, in full: only for answers that are written down. */
  list(tenantId: TenantId, afterPersonId: string, limit: number): readonly Person[];
  /** What a person would be by these fields, or what stands in the way. @param present who is to be changed */
  draft(caller: Principal, fields: PersonFields, present?: Person): PersonDraft;
  /** Makes a person by a sound draft; inside a transaction. */
  add(caller: Principal, wanted: PersonChange): Person;
  /** Changes one by a sound draft; inside a transaction. */
  change(caller: Principal, person: Person, wanted: PersonChange): void;
  /** Erases for ever whoever has left long enough ago. @returns a function that stops it */
  watch(ports: { readonly timers: Timers; readonly commitGroup: CommitGroup }): Cancel;
}

/** Builds the feature. */
export function createPeople(ports: PeoplePorts): People {
  const { clock } = ports;
  const people = createPersonStores(ports.database);
  const groups = createGroupStores(ports.database);
  const desk = { ...ports, people, groups };
  return {
    routes: [
      ...[...personRoutes(desk), ...quarantineRoutes(desk), ...privacyRoutes(desk)],
      ...[...groupRoutes(desk), ...memberRoutes(desk)],
    ],
    kept: keptByPeople(ports.database),
    addFirstOwner: (tenantId, owner) => addFirstOwner(desk, tenantId, owner),
    person: (tenantId, personId) => people(tenantId).get(personId),
    byIdCode: (tenantId, locationId, codeMac) => {
      const person = people(tenantId).byIdCode(codeMac);
      const isHere =
        person !== undefined && isPresent(person, clock.nowMs()) && sees(scopeOf(person), locationId);
      return isHere ? person : undefined;
    },
    hasIdCode: (tenantId, codeMac) => people(tenantId).byIdCode(codeMac) !== undefined,
    keepIdCode: (tenantId, personId, codeMac) => {
      const holder = codeMac === null ? undefined : people(tenantId).byIdCode(codeMac);
      if (holder !== undefined && holder.personId !== personId) return false;
      people(tenantId).setIdCode(personId, codeMac);
      return true;
    },
    groupsOf: (tenantId, personId) => groups(tenantId).ofPerson(personId),
    membersOf: (tenantId, groupIds, page) => groups(tenantId).peopleIn(groupIds, page),
    hasGroup: (tenantId, groupId) => groups(tenantId).get(groupId) !== undefined,
    phoneOf: (tenantId, personId) => people(tenantId).get(personId)?.phone || undefined,
    placeOf: (tenantId, id) => {
      const person = people(tenantId).get(id);
      return person === undefined ? groups(tenantId).get(id)?.locationId : placeOf(person);
    },
    byMail: (tenantId, mail) => people(tenantId).byMail(mail),
    list: (tenantId, after, limit) => people(tenantId).list(after, limit),
    draft: (caller, fields, present) => draftPerson(desk, caller, fields, present),
    add: (caller, wanted) => addPerson(desk, caller, wanted),
    change: (caller, person, wanted) => void reshapePerson(desk, caller, person, wanted),
    watch: (watchPorts) => watchRetention({ ...desk, ...watchPorts }),
  };
}
