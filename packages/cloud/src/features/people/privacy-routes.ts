// HTTP of what is personal: look at it, take it along, erase it, and say how long it is kept. Each of these is
// written down.

import { Type } from 'typebox';
import { CloudError } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { showInstant } from '../../platform/instant.ts';
import { defineRoute, type Route } from '../../platform/route.ts';
import type { Principal } from '../../platform/token-register.ts';
import { findPerson, type PeopleDesk, tellOfPerson } from './desk.ts';
import { erasePerson } from './erase.ts';
import { revealedSchema, revealPerson } from './person-resource.ts';
import { requireAnotherOwner, requireShape } from './person-routes.ts';

/** Looks without a proof in between that the person who looks is there (SEC-16). */
export const looksWithoutStepUp = 20;

const params = Type.Object({ person_id: Type.String({ maxLength: 64 }) });

const exportSchema = Type.Object(
  {
    person: revealedSchema,
    kept: Type.Record(Type.String(), Type.Array(Type.Record(Type.String(), Type.Unknown())), {
      description:
        'What else is kept, by its kind: docs/personal-data.md lists them. Codes, tags, keys and texts are in no answer.',
    }),
    exported_at: Type.String(),
  },
  {
    examples: [
      {
        person: {
          id: 'per_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
          name: '山田 花子',
          mail: 'hanako@example.jp',
          phone: '+81312345678',
          language: 'ja',
          role: null,
          location_ids: [],
          ends_at: null,
          quarantined_at: null,
          created_at: '2026-04-01T09:00:00.000Z',
        },
        kept: {
          references: [{ reference: '1001' }],
          user_groups: [{ group_id: 'grp_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12', name: 'Drivers' }],
          id_codes: [{ digits: 8, set_at: '2026-04-01T09:00:00.000Z' }],
          badges: [],
        },
        exported_at: '2026-04-02T09:00:00.000Z',
      },
    ],
  },
);

const retentionSchema = Type.Object(
  {
    days_after_end: Type.Integer({
      minimum: 0,
      maximum: 3_650,
      description: 'How long personal data stay after ends_at of their person.',
    }),
  },
  { additionalProperties: false, examples: [{ days_after_end: 30 }] },
);

/** The routes of personal data. */
export function privacyRoutes(desk: PeopleDesk): readonly Route[] {
  return [reveal(desk), exportPerson(desk), erase(desk), getRetention(desk), setRetention(desk)];
}

function reveal(desk: PeopleDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/people/:person_id/reveal',
    permission: 'people:reveal',
    operationId: 'revealPerson',
    summary: 'See one person in full',
    description: `Each look is written to the ledger. After ${looksWithoutStepUp} looks since the last one a new step-up is asked for.`,
    tag: 'people',
    personalAnswer: true,
    params,
    responses: { 200: revealedSchema },
    handle: ({ principal, params: { person_id } }) => {
      const person = findPerson(desk, principal.tenantId, person_id);
      const looks = countLook(desk, principal);
      tellOfPerson(desk, principal, { type: 'person.revealed', person, data: { looks } });
      return { body: revealPerson(person, principal.scope) };
    },
  });
}

/** @returns how many looks it were since the last proof, with this one. @throws CloudError `step-up-required` */
function countLook(desk: PeopleDesk, { tenantId, tokenId, personId }: Principal): number {
  const store = desk.people(tenantId);
  // Of a person all tokens count together, so that signing out and in gives no new looks by itself.
  const caller = personId ?? tokenId;
  const nowMs = desk.clock.nowMs();
  const known = store.looks(caller);
  // A proof of later than now is of a clock that was set back since: any new one is newer.
  const countedSinceMs = known.provenAtMs > nowMs ? 0 : known.provenAtMs;
  const provenAtMs = desk.stepUps.freshSinceMs(tenantId, tokenId, nowMs) ?? 0;
  // Each proof gives its looks once: five minutes of freshness are no time to copy everybody in.
  const isNewProof = provenAtMs > countedSinceMs;
  const count = (isNewProof ? 0 : known.count) + 1;
  if (count > looksWithoutStepUp) throw new CloudError('step-up-required');
  store.setLooks(caller, { count, provenAtMs: isNewProof ? provenAtMs : countedSinceMs });
  return count;
}

function exportPerson(desk: PeopleDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/people/:person_id/exports',
    permission: 'people:erase',
    operationId: 'exportPerson',
    summary: 'Take along everything that is kept of a person',
    description:
      'The person, everything that names them by their id, and channels of notices to their address. Events: the newest 10,000; `event_count` says how many there are.',
    tag: 'people',
    stepUp: true,
    personalAnswer: true,
    params,
    responses: { 201: exportSchema },
    handle: ({ principal, params: { person_id } }) => {
      const { tenantId } = principal;
      const person = findPerson(desk, tenantId, person_id);
      tellOfPerson(desk, principal, { type: 'person.exported', person });
      const body = {
        person: revealPerson(person, principal.scope),
        kept: keptOf(desk, tenantId, person_id),
        exported_at: showInstant(desk.clock.nowMs()),
      };
      return { status: 201, body };
    },
  });
}

function keptOf(desk: PeopleDesk, tenantId: TenantId, personId: string) {
  const sections = desk.kept().map(({ name, rows }) => [name, [...rows(tenantId, personId)]] as const);
  return Object.fromEntries(sections);
}

function erase(desk: PeopleDesk): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/v1/people/:person_id',
    permission: 'people:erase',
    operationId: 'erasePerson',
    summary: 'Erase a person',
    description:
      'Everything personal is gone at once, with sign-ins and rights. The id stays in the ledger, which names nobody.',
    tag: 'people',
    stepUp: true,
    params,
    responses: { 204: null },
    handle: ({ principal, params: { person_id } }) => {
      const { tenantId } = principal;
      const person = findPerson(desk, tenantId, person_id);
      requireShape(principal, person);
      if (person.role === 'owner') requireAnotherOwner(desk.people(tenantId), person_id);
      tellOfPerson(desk, principal, { type: 'person.erased', person, data: { because: 'asked' } });
      erasePerson(desk, tenantId, person_id);
      return { status: 204 };
    },
  });
}

function getRetention(desk: PeopleDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/people-retention',
    permission: 'people:read',
    operationId: 'getPeopleRetention',
    summary: 'Read how long personal data are kept',
    tag: 'people',
    responses: { 200: retentionSchema },
    handle: ({ principal: { tenantId } }) => ({
      body: { days_after_end: desk.people(tenantId).daysAfterEnd() },
    }),
  });
}

function setRetention(desk: PeopleDesk): Route {
  return defineRoute({
    method: 'PUT',
    url: '/v1/people-retention',
    permission: 'people:erase',
    operationId: 'setPeopleRetention',
    summary: 'Say how long personal data are kept after a person has left',
    tag: 'people',
    tenantWide: true,
    body: retentionSchema,
    responses: { 200: retentionSchema },
    handle: ({ principal: { tenantId }, body }) => {
      desk.people(tenantId).setDaysAfterEnd(body.days_after_end);
      return { body };
    },
  });
}
