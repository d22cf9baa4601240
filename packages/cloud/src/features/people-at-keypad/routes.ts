// HTTP of what people are known by at keypads: ID codes and badges, by whoever manages people, and one's own ID code.

import { Type } from 'typebox';
import { CloudError, invalidField } from '../../platform/errors.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { showInstant } from '../../platform/instant.ts';
import type { BilingualText } from '../../platform/problems.ts';
import { defineRoute, type Route } from '../../platform/route.ts';
import type { Principal } from '../../platform/token-register.ts';
import { type Keys, readTag } from '../keys/index.ts';
import { type People, type Person, requireShape, tellOfPerson } from '../people/index.ts';
import { endIdCode, type IdCodePorts, issueIdCode } from './issue-id-code.ts';
import { issuedIdCodeSchema, keypadSchema, newBadgeSchema, showKeypad } from './keypad-resource.ts';

/** What the routes need. */
export interface KeypadDesk extends IdCodePorts {
  readonly events: EventBus;
  readonly people: Pick<People, 'keepIdCode' | 'person'>;
  readonly keys: Pick<Keys, 'byFob'>;
}

const params = Type.Object({ person_id: Type.String({ maxLength: 64 }) });

/** The routes of what people are known by. */
export function keypadRoutes(desk: KeypadDesk): readonly Route[] {
  return [
    ...[getKeypad(desk), setIdCode(desk), removeIdCode(desk), setBadge(desk), removeBadge(desk)],
    ...[setOwnIdCode(desk), removeOwnIdCode(desk)],
  ];
}

function getKeypad(desk: KeypadDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/people/:person_id/keypad',
    permission: 'people:read',
    operationId: 'getPersonKeypad',
    summary: 'Read by what a person is known at keypads (never a code or a tag)',
    tag: 'people',
    params,
    responses: { 200: keypadSchema },
    handle: ({ principal: { tenantId }, params: { person_id } }) => ({
      body: showKeypad(desk.keypad(tenantId), findPerson(desk, tenantId, person_id).personId),
    }),
  });
}

function setIdCode(desk: KeypadDesk): Route {
  return defineRoute({
    method: 'PUT',
    url: '/v1/people/:person_id/id-code',
    permission: 'people:write',
    operationId: 'setIdCode',
    summary: 'Give a person a new ID code',
    description:
      'The digits are drawn, are in this answer and in no other, and are stored as a keyed hash. An earlier ID code ends at once.',
    tag: 'people',
    params,
    responses: { 200: issuedIdCodeSchema },
    handle: ({ principal, params: { person_id } }) =>
      issue(desk, principal, findShapeable(desk, principal, person_id)),
  });
}

function removeIdCode(desk: KeypadDesk): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/v1/people/:person_id/id-code',
    permission: 'people:write',
    operationId: 'removeIdCode',
    summary: 'Take a person’s ID code away at once',
    tag: 'people',
    params,
    responses: { 204: null },
    handle: ({ principal, params: { person_id } }) =>
      end(desk, principal, findShapeable(desk, principal, person_id)),
  });
}

function setBadge(desk: KeypadDesk): Route {
  return defineRoute({
    method: 'PUT',
    url: '/v1/people/:person_id/badge',
    permission: 'people:write',
    operationId: 'setBadge',
    summary: 'Make a tag a person’s badge',
    description:
      'A badge is the weaker way to be known: it can be copied. It counts only at locations whose policy takes badges, and there in place of the ID code; the second code is asked as well.',
    tag: 'people',
    params,
    body: newBadgeSchema,
    responses: { 200: keypadSchema },
    handle: ({ principal, params: { person_id }, body }) => {
      const { tenantId } = principal;
      const person = findShapeable(desk, principal, person_id);
      const tag = readTag(body.tag);
      if (tag === undefined) throw notATag();
      if (desk.keys.byFob(tenantId, tag) !== undefined) throw tagTaken(fobOfKey);
      const mac = desk.macs.badge(tenantId, tag);
      const store = desk.keypad(tenantId);
      const holder = store.badgeHolder(mac);
      if (holder !== undefined && holder !== person.personId) throw tagTaken(badgeOfAnother);
      store.setBadge(person.personId, { mac, atMs: Math.floor(desk.clock.nowMs()) });
      store.endDialoguesOf(person.personId);
      tellOfPerson(desk, principal, { type: 'person.badge_set', person });
      return { body: showKeypad(store, person.personId) };
    },
  });
}

function removeBadge(desk: KeypadDesk): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/v1/people/:person_id/badge',
    permission: 'people:write',
    operationId: 'removeBadge',
    summary: 'Take a person’s badge away at once',
    tag: 'people',
    params,
    responses: { 204: null },
    handle: ({ principal, params: { person_id } }) => {
      const person = findShapeable(desk, principal, person_id);
      const store = desk.keypad(principal.tenantId);
      store.setBadge(person.personId, null);
      store.endDialoguesOf(person.personId);
      tellOfPerson(desk, principal, { type: 'person.badge_removed', person });
      return { status: 204 };
    },
  });
}

// A step-up, because an ID code opens bins: neither a password without its second factor nor a session that was found
// open gives one.
function setOwnIdCode(desk: KeypadDesk): Route {
  return defineRoute({
    method: 'PUT',
    url: '/v1/own-sign-in/id-code',
    permission: 'own-sign-in:write',
    stepUp: true,
    operationId: 'setOwnIdCode',
    summary: 'Give oneself a new ID code',
    description: 'The digits are in this answer and in no other. An earlier ID code ends at once.',
    tag: 'sign-in',
    responses: { 200: issuedIdCodeSchema },
    handle: ({ principal }) => issue(desk, principal, findSelf(desk, principal)),
  });
}

function removeOwnIdCode(desk: KeypadDesk): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/v1/own-sign-in/id-code',
    permission: 'own-sign-in:write',
    stepUp: true,
    operationId: 'removeOwnIdCode',
    summary: 'Take one’s own ID code away at once',
    tag: 'sign-in',
    responses: { 204: null },
    handle: ({ principal }) => end(desk, principal, findSelf(desk, principal)),
  });
}

function issue(desk: KeypadDesk, principal: Principal, person: Person) {
  const { digits, atMs } = issueIdCode(desk, principal.tenantId, person.personId);
  tellOfPerson(desk, principal, { type: 'person.id_code_set', person });
  return { body: { person_id: person.personId, id_code: digits, set_at: showInstant(atMs) } };
}

function end(desk: KeypadDesk, principal: Principal, person: Person) {
  endIdCode(desk, principal.tenantId, person.personId);
  tellOfPerson(desk, principal, { type: 'person.id_code_removed', person });
  return { status: 204 };
}

function findPerson(desk: KeypadDesk, tenantId: TenantId, personId: string): Person {
  const person = desk.people.person(tenantId, personId);
  if (person === undefined) throw new CloudError('not-found');
  return person;
}

// Whoever gives somebody an ID code can go and use it: nobody gets at the keys of somebody mightier that way.
function findShapeable(desk: KeypadDesk, principal: Principal, personId: string): Person {
  const person = findPerson(desk, principal.tenantId, personId);
  requireShape(principal, person);
  return person;
}

function findSelf(desk: KeypadDesk, { tenantId, personId }: Principal): Person {
  const person = personId === null ? undefined : desk.people.person(tenantId, personId);
  if (person === undefined) throw new CloudError('conflict', { detail: noPerson });
  return person;
}

function notATag(): CloudError {
  return invalidField('/body/tag', 'not-a-tag', {
    ja: '読み取り機が示す 4、7、8 バイトの番号を 16 進数で入力してください。',
    en: 'Give the 4, 7 or 8 bytes that a reader shows, in hexadecimal.',
  });
}

function tagTaken(detail: BilingualText): CloudError {
  return new CloudError('conflict', { errors: [{ pointer: '/body/tag', code: 'tag-in-use', detail }] });
}

const fobOfKey: BilingualText = {
  ja: 'このタグは鍵のキーホルダーです。別のタグを使ってください。',
  en: 'This tag is the fob of a key. Use another one.',
};

const badgeOfAnother: BilingualText = {
  ja: 'このタグは、ほかの人のバッジです。先にその人のバッジを外してください。',
  en: 'This tag is somebody else’s badge. Take it away from them first.',
};

const noPerson: BilingualText = {
  ja: 'サインインした人だけが使えます。API トークンは使えません。',
  en: 'This is for people who have signed in, not for API tokens.',
};
