// HTTP of quarantine: the one step that stops an account of which somebody else may have got hold (MO-06). To stop needs
// no step-up, because seconds count and stopping harms little; to let the person in again does.

import { Type } from 'typebox';
import { CloudError } from '../../platform/errors.ts';
import { defineRoute, type Route, type RouteAnswer } from '../../platform/route.ts';
import type { Principal } from '../../platform/token-register.ts';
import { findPerson, type PeopleDesk, tellOfPerson } from './desk.ts';
import type { Person } from './person.ts';
import { personSchema, showPerson } from './person-resource.ts';
import { requireShape } from './person-routes.ts';

const facts = {
  url: '/v1/people/:person_id/quarantine',
  permission: 'people:write',
  tag: 'people',
  params: Type.Object({ person_id: Type.String({ maxLength: 64 }) }),
  responses: { 200: personSchema },
} as const;

/** The routes of quarantine. */
export function quarantineRoutes(desk: PeopleDesk): readonly Route[] {
  return [quarantine(desk), lift(desk)];
}

function quarantine(desk: PeopleDesk): Route {
  return defineRoute({
    ...facts,
    method: 'POST',
    operationId: 'quarantinePerson',
    summary: 'Stop an account at once',
    description:
      'Every session of the person ends, and every API token that the person made; sign-in and ID code are refused until it is lifted. Nothing is forgotten: password, passkeys and rights stay.',
    handle: ({ principal, params: { person_id } }) => {
      const person = findShapeable(desk, principal, person_id);
      if (person.personId === principal.personId) throw new CloudError('conflict', { detail: notOneself });
      if (person.quarantinedAtMs !== null) return answer(person, principal);
      const { tenantId } = principal;
      const atMs = Math.floor(desk.clock.nowMs());
      desk.people(tenantId).setQuarantine(person_id, atMs);
      desk.events.publish('person-quarantined', { tenantId, personId: person_id, atMs });
      tellOfPerson(desk, principal, { type: 'person.quarantined', person });
      return answer(findPerson(desk, tenantId, person_id), principal);
    },
  });
}

function lift(desk: PeopleDesk): Route {
  return defineRoute({
    ...facts,
    method: 'DELETE',
    operationId: 'liftQuarantine',
    summary: 'Let a person out of quarantine',
    description: 'The person signs in anew, with what was there before; API tokens stay revoked.',
    stepUp: true,
    handle: ({ principal, params: { person_id } }) => {
      const person = findShapeable(desk, principal, person_id);
      if (person.quarantinedAtMs === null) return answer(person, principal);
      desk.people(principal.tenantId).setQuarantine(person_id, null);
      tellOfPerson(desk, principal, { type: 'person.quarantine_lifted', person });
      return answer(findPerson(desk, principal.tenantId, person_id), principal);
    },
  });
}

/** @throws CloudError `not-found`; `permission-missing` for somebody mightier than the caller */
function findShapeable(desk: PeopleDesk, caller: Principal, personId: string): Person {
  const person = findPerson(desk, caller.tenantId, personId);
  requireShape(caller, person);
  return person;
}

function answer(person: Person, { scope }: Principal): RouteAnswer {
  return { body: showPerson(person, scope) };
}

const notOneself = {
  ja: '自分自身は隔離できません。サインアウトするか、ほかの管理者に頼んでください。',
  en: 'Nobody quarantines himself: sign out, or ask another administrator.',
};
