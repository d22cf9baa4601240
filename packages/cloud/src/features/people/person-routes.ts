// HTTP of people: make, read, change. Personal data are masked here; see privacy-routes.ts for the rest.

import { Type } from 'typebox';
import { CloudError, invalidField } from '../../platform/errors.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { rolePermissions } from '../../platform/roles.ts';
import { defineRoute, entityTag, type Route, requireMatch } from '../../platform/route.ts';
import type { Principal } from '../../platform/token-register.ts';
import { findPerson, type PeopleDesk, tellOfPerson } from './desk.ts';
import { isAdministrator, mayShape, type Person, placeOf } from './person.ts';
import {
  newPersonSchema,
  nobodyYet,
  personChangeSchema,
  personSchema,
  readPerson,
  showPerson,
} from './person-resource.ts';
import type { PersonChange, PersonStore } from './store.ts';

const params = Type.Object({ person_id: Type.String({ maxLength: 64 }) });

/** The routes of people. */
export function personRoutes(desk: PeopleDesk): readonly Route[] {
  return [listPeople(desk), getPerson(desk), createPerson(desk), changePerson(desk)];
}

function listPeople(desk: PeopleDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/people',
    permission: 'people:read',
    operationId: 'listPeople',
    summary: 'List people, personal data masked',
    tag: 'people',
    query: Type.Object(pageQuery, { additionalProperties: false }),
    responses: { 200: pageSchema(personSchema) },
    handle: ({ principal: { tenantId, scope }, query }) => ({
      body: readPage(query, {
        load: (after, limit) => desk.people(tenantId).list(String(after?.[0] ?? ''), limit),
        keyOf: ({ personId }) => [personId],
        show: (person) => showPerson(person, scope),
        scope,
        placeOf,
      }),
    }),
  });
}

function getPerson(desk: PeopleDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/people/:person_id',
    permission: 'people:read',
    operationId: 'getPerson',
    summary: 'Read one person, personal data masked',
    tag: 'people',
    params,
    responses: { 200: personSchema },
    handle: ({ principal, params: { person_id } }) =>
      answer(findPerson(desk, principal.tenantId, person_id), principal),
  });
}

function createPerson(desk: PeopleDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/people',
    permission: 'people:write',
    operationId: 'createPerson',
    summary: 'Add a person',
    description: 'Nobody can make somebody mightier than oneself, or for places that one does not see.',
    tag: 'people',
    body: newPersonSchema,
    responses: { 201: personSchema },
    handle: ({ principal, body }) => {
      const wanted = readPerson(nobodyYet, body);
      requireShape(principal, wanted);
      checkPerson(desk, principal, wanted);
      const person = addPerson(desk, principal, wanted);
      return { ...answer(person, principal), status: 201, location: `/v1/people/${person.personId}` };
    },
  });
}

/** Makes a person who may be so, and tells of it; inside a transaction. */
export function addPerson(desk: PeopleDesk, caller: Principal, wanted: PersonChange): Person {
  const personId = desk.identifiers.create('per');
  const createdAtMs = Math.floor(desk.clock.nowMs());
  const person = { ...wanted, personId, quarantinedAtMs: null, createdAtMs, rev: 1 };
  desk.people(caller.tenantId).add(person);
  tellOfPerson(desk, caller, { type: 'person.created', person, data: { role: person.role } });
  tellOfAdministrator(desk, caller, { before: null, person });
  return person;
}

function changePerson(desk: PeopleDesk): Route {
  return defineRoute({
    method: 'PATCH',
    url: '/v1/people/:person_id',
    permission: 'people:write',
    operationId: 'changePerson',
    summary: 'Change a person',
    description:
      'Needs If-Match with the ETag that was read. Another role, or other places, end the sign-ins of the person.',
    tag: 'people',
    params,
    body: personChangeSchema,
    responses: { 200: personSchema },
    handle: (call) => {
      const { principal } = call;
      const person = findPerson(desk, principal.tenantId, call.params.person_id);
      requireMatch(call, person.personId, person.rev);
      requireShape(principal, person);
      const wanted = readPerson(person, call.body);
      requireShape(principal, wanted);
      checkPerson(desk, principal, wanted, person);
      return answer(reshapePerson(desk, principal, person, wanted), principal);
    },
  });
}

/** Changes a person to what they may be, and tells of it; inside a transaction. */
export function reshapePerson(
  desk: PeopleDesk,
  caller: Principal,
  person: Person,
  wanted: PersonChange,
): Person {
  if (!desk.people(caller.tenantId).change(person, wanted)) throw new CloudError('precondition-failed');
  const changed = { ...person, ...wanted, rev: person.rev + 1 };
  tellChange(desk, caller, { person, changed });
  return changed;
}

function tellChange(
  desk: PeopleDesk,
  caller: Principal,
  { person, changed }: { readonly person: Person; readonly changed: Person },
): void {
  const names = ['name', 'mail', 'phone', 'language', 'role', 'locationIds', 'endsAtMs'] as const;
  const fields = names.filter((name) => String(person[name]) !== String(changed[name]));
  tellOfPerson(desk, caller, { type: 'person.changed', person: changed, data: { fields } });
  if (!fields.some((name) => name === 'role' || name === 'locationIds' || name === 'endsAtMs')) return;
  desk.events.publish('person-standing-changed', { tenantId: caller.tenantId, personId: person.personId });
  if (person.role === changed.role) return;
  const data = { from: person.role, to: changed.role };
  tellOfPerson(desk, caller, { type: 'person.role_changed', person: changed, data });
  tellOfAdministrator(desk, caller, { before: person.role, person: changed });
}

// Whoever has broken in makes himself an administrator: that is told of by a name of its own (MO-06).
function tellOfAdministrator(
  desk: PeopleDesk,
  caller: Principal,
  { before, person }: { readonly before: Person['role']; readonly person: Person },
): void {
  if (isAdministrator(before) || !isAdministrator(person.role)) return;
  tellOfPerson(desk, caller, { type: 'person.became_administrator', person, data: { role: person.role } });
}

/** @throws CloudError when somebody would get more than the caller has */
export function requireShape(caller: Principal, person: Pick<Person, 'role' | 'locationIds'>): void {
  if (mayShape(caller, person)) return;
  const needed = person.role === null ? [] : rolePermissions[person.role];
  const lacking = needed.find((permission) => !caller.permissions.includes(permission));
  if (lacking !== undefined)
    throw new CloudError('permission-missing', { parameters: { permission: lacking } });
  throw invalidField('/body/location_ids', 'outside-your-locations', {
    ja: '自分が管理する拠点だけを 1 つ以上指定してください。',
    en: 'Name one or more of your own locations, and no others.',
  });
}

/** @throws CloudError naming the field that cannot be */
export function checkPerson(
  desk: PeopleDesk,
  caller: Principal,
  wanted: PersonChange,
  person?: Person,
): void {
  const { tenantId } = caller;
  const unknown = wanted.locationIds.findIndex((one) => desk.locations.find(tenantId, one) === undefined);
  if (unknown !== -1) throw unknownLocation(unknown);
  const store = desk.people(tenantId);
  const holder = store.byMail(wanted.mail);
  if (holder !== undefined && holder.personId !== person?.personId) throw mailTaken();
  if (wanted.role === 'owner' && wanted.locationIds.length > 0) throw ownerOfAll();
  const stays = wanted.role === 'owner' && wanted.endsAtMs === null;
  if (person?.role === 'owner' && !stays) requireAnotherOwner(store, person.personId);
}

/** @throws CloudError `conflict` when this owner is the only one who stays */
export function requireAnotherOwner(people: Pick<PersonStore, 'hasOtherOwner'>, personId: string): void {
  if (people.hasOtherOwner(personId)) return;
  throw new CloudError('conflict', {
    detail: {
      ja: '最後のオーナーです。先に別の人をオーナーにしてください。',
      en: 'This is the last owner. Make somebody else an owner first.',
    },
  });
}

function answer(person: Person, { scope }: Principal) {
  return { body: showPerson(person, scope), etag: entityTag(person.personId, person.rev) };
}

function unknownLocation(place: number): CloudError {
  return invalidField(`/body/location_ids/${place}`, 'unknown-location', {
    ja: 'GET /v1/locations にある id を指定してください。',
    en: 'Give an id from GET /v1/locations.',
  });
}

function ownerOfAll(): CloudError {
  return invalidField('/body/location_ids', 'owner-of-all', {
    ja: 'オーナーは組織全体の役割です。拠点を指定しないでください。',
    en: 'An owner owns the whole organisation: name no locations.',
  });
}

function mailTaken(): CloudError {
  const detail = {
    ja: 'このメールアドレスは、すでに登録されています。',
    en: 'Somebody here has this mail address already.',
  };
  return new CloudError('conflict', { errors: [{ pointer: '/body/mail', code: 'mail-taken', detail }] });
}
