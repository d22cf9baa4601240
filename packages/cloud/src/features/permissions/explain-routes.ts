// HTTP of the two questions that operators ask: who may take this key now, and what may this person take? The answers
// are the decisions themselves, with their reasons.

import { type Static, Type } from 'typebox';
import { CloudError } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { instantSchema, readInstant, showInstantOrNull } from '../../platform/instant.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { defineRoute, type Route } from '../../platform/route.ts';
import type { PermissionDesk } from './desk.ts';
import { causes, explainTaking, nextTaking, type Verdict } from './explain.ts';
import { takingPlace } from './judge.ts';
import { rightSchema } from './permission-resource.ts';
import { allKeys, type Reach, targetsOf } from './ways-store.ts';

const standings = ['counts', 'not_yet', 'over', 'outside_schedule'] as const;

const verdictFields = {
  may_take: Type.Boolean(),
  because: Type.Enum([...causes], {
    description:
      'person_…: is in quarantine, has left, or belongs to other places; closed, quiet: the place; no_permission_counts: see ways.',
  }),
  next_at: Type.Union([instantSchema, Type.Null()], {
    description: 'When it will be so by what is known now, where that is within two weeks; null otherwise.',
  }),
  ways: Type.Array(
    Type.Object({
      permission_id: Type.String(),
      given_to: Type.String({ description: 'The person, or the user group that the person is in.' }),
      given_on: Type.String({ description: 'The key, a key group that it is in, or `all-keys`.' }),
      right: rightSchema,
      standing: Type.Enum([...standings]),
    }),
    { description: 'Every permission that covers it, also those that do not count at the moment.' },
  ),
};
const verdictExample = {
  may_take: false,
  because: 'no_permission_counts' as const,
  next_at: '2026-04-01T22:00:00.000Z',
  ways: [
    {
      permission_id: 'prm_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
      given_to: 'grp_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
      given_on: 'all-keys',
      right: 'exchange' as const,
      standing: 'outside_schedule' as const,
    },
  ],
};

const takerSchema = Type.Object(
  { person_id: Type.String(), ...verdictFields },
  { examples: [{ person_id: 'per_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12', ...verdictExample }] },
);
const takeableSchema = Type.Object(
  { key_id: Type.String(), ...verdictFields },
  { examples: [{ key_id: 'key_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12', ...verdictExample }] },
);

const query = Type.Object(
  { ...pageQuery, at: Type.Optional(instantSchema) },
  { additionalProperties: false },
);

/** The routes that explain. */
export function explainRoutes(desk: PermissionDesk): readonly Route[] {
  return [listTakers(desk), listPersonKeys(desk)];
}

function listTakers(desk: PermissionDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/keys/:key_id/takers',
    permission: 'key-permissions:read',
    operationId: 'listKeyTakers',
    summary: 'Who may take this key now, and why',
    description:
      'Everybody who has any permission on it, through groups of groups too, as it is at its own location now (or `at` a moment).',
    tag: 'keys',
    params: Type.Object({ key_id: Type.String({ maxLength: 64 }) }),
    query,
    responses: { 200: pageSchema(takerSchema) },
    handle: ({ principal: { tenantId }, params: { key_id }, query: asked }) => {
      const [reach] = desk.ways(tenantId).reachOf([key_id]);
      if (reach === undefined) throw new CloudError('not-found');
      const atMs = momentOf(desk, asked.at);
      const takers = takersOf(desk, tenantId, reach);
      const body = readPage(asked, {
        load: (after, limit) => takers(String(after?.[0] ?? ''), limit),
        keyOf: (personId) => [personId],
        show: (personId) => ({
          person_id: personId,
          ...explained(desk, tenantId, { personId, reach, atMs }),
        }),
      });
      return { body };
    },
  });
}

function listPersonKeys(desk: PermissionDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/people/:person_id/keys',
    permission: 'key-permissions:read',
    operationId: 'listPersonKeys',
    summary: 'What this person may take now, and why',
    description:
      'Every key on which the person has any permission, as it is at the key’s own location now (or `at` a moment).',
    tag: 'people',
    params: Type.Object({ person_id: Type.String({ maxLength: 64 }) }),
    query,
    responses: { 200: pageSchema(takeableSchema) },
    handle: ({ principal: { tenantId, scope }, params: { person_id: personId }, query: asked }) => {
      if (desk.people.person(tenantId, personId) === undefined) throw new CloudError('not-found');
      const atMs = momentOf(desk, asked.at);
      const ways = desk.ways(tenantId);
      const subjects = [personId, ...desk.people.groupsOf(tenantId, personId)];
      const body = readPage(asked, {
        load: (after, limit) => ways.keysOf(subjects, String(after?.[0] ?? ''), limit),
        keyOf: ({ keyId }) => [keyId],
        show: ({ keyId }) => {
          const [reach] = ways.reachOf([keyId]);
          if (reach === undefined) throw new CloudError('not-found');
          return { key_id: keyId, ...explained(desk, tenantId, { personId, reach, atMs }) };
        },
        scope,
        placeOf: ({ locationId }) => locationId,
      });
      return { body };
    },
  });
}

function momentOf(desk: PermissionDesk, at: string | undefined): number {
  return at === undefined ? desk.clock.nowMs() : readInstant(at, '/query/at');
}

// Two sorted pages become one: people who have it themselves, and people in groups that have it.
function takersOf(desk: PermissionDesk, tenantId: TenantId, reach: Reach) {
  const subjects = desk.ways(tenantId).subjectsOn(targetsOf([reach]), reach.locationId);
  const direct = subjects.filter((id) => id.startsWith('per_')).toSorted();
  const groups = subjects.filter((id) => !id.startsWith('per_'));
  return (after: string, limit: number): readonly string[] => {
    const own = direct.filter((personId) => personId > after).slice(0, limit);
    const others = desk.people.membersOf(tenantId, groups, { after, limit });
    return [...new Set([...own, ...others])].toSorted().slice(0, limit);
  };
}

function explained(
  desk: PermissionDesk,
  tenantId: TenantId,
  asked: { readonly personId: string; readonly reach: Reach; readonly atMs: number },
) {
  const { reach, atMs } = asked;
  const place = takingPlace(desk, tenantId, { locationId: reach.locationId, atMs });
  if (place === undefined) throw new CloudError('not-found');
  const verdict = explainTaking(desk, tenantId, { ...asked, place });
  return showVerdict(verdict, nextTaking(verdict, place, atMs));
}

function showVerdict({ because, ways }: Verdict, nextAtMs: number | null) {
  return {
    may_take: because === 'permitted',
    because,
    next_at: showInstantOrNull(nextAtMs),
    ways: ways.map(({ permission: { permissionId, subject, target, right }, standing }) => ({
      permission_id: permissionId,
      given_to: subject.kind === 'person' ? subject.personId : subject.groupId,
      given_on:
        target.kind === 'key' ? target.keyId : target.kind === 'key-group' ? target.keyGroupId : allKeys,
      right,
      standing: standing.replace('-', '_') as Static<typeof takerSchema>['ways'][number]['standing'],
    })),
  };
}
