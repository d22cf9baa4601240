// HTTP of what a location asks of whoever takes a key there, and of when it is open.

import { type Static, Type } from 'typebox';
import { CloudError } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { defineRoute, entityTag, type Route, requireMatch } from '../../platform/route.ts';
import {
  exceptionsSchema,
  readExceptions,
  readWeekly,
  showExceptions,
  showWeekly,
  weeklyWindowsSchema,
} from '../../platform/schedule-resource.ts';
import type { AccessPolicy } from './access-policy.ts';
import { type PermissionDesk, tell } from './desk.ts';
import type { KeptPolicy } from './policy-store.ts';

const params = Type.Object({ location_id: Type.String({ maxLength: 64 }) });

const policySchema = Type.Object(
  {
    second_factor: Type.Enum(['text_message', 'off'], {
      description: 'What is asked after an ID code. text_message unless set.',
    }),
    badge: Type.Enum(['off', 'on'], {
      description: 'Whether a badge says who somebody is. A badge can be copied: off unless set.',
    }),
    opening_windows: Type.Union([weeklyWindowsSchema, Type.Null()], {
      description: 'When keys may be taken; null: at any hour.',
    }),
    holidays: exceptionsSchema,
    quiet_hours: Type.Array(weeklyWindowsSchema.items, {
      maxItems: 50,
      description: 'When nobody takes a key, on holidays too.',
    }),
  },
  {
    additionalProperties: false,
    examples: [
      {
        second_factor: 'text_message' as const,
        badge: 'off' as const,
        opening_windows: [{ days: ['mon' as const, 'tue' as const], from: '07:00', until: '20:00' }],
        holidays: [{ date: '2027-01-01', name: 'New Year', windows: [] }],
        quiet_hours: [],
      },
    ],
  },
);

/** The routes of access policies. */
export function policyRoutes(desk: PermissionDesk): readonly Route[] {
  return [readRoute(desk), setRoute(desk)];
}

function readRoute(desk: PermissionDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/locations/:location_id/access-policy',
    permission: 'key-permissions:read',
    operationId: 'getAccessPolicy',
    summary: 'Read what a location asks of whoever takes a key there, and when it is open',
    tag: 'locations',
    params,
    responses: { 200: policySchema },
    handle: ({ principal: { tenantId }, params: { location_id } }) =>
      answer(location_id, find(desk, tenantId, location_id)),
  });
}

function setRoute(desk: PermissionDesk): Route {
  return defineRoute({
    method: 'PUT',
    url: '/v1/locations/:location_id/access-policy',
    permission: 'access-policies:write',
    operationId: 'setAccessPolicy',
    summary: 'Set what a location asks of whoever takes a key there, and when it is open',
    description:
      'Needs If-Match with the ETag that was read. Times are in the time zone of the location. Keys can be brought back at any time.',
    tag: 'locations',
    params,
    body: policySchema,
    responses: { 200: policySchema },
    handle: (call) => {
      const { tenantId } = call.principal;
      const { location_id: locationId } = call.params;
      const { rev } = find(desk, tenantId, locationId);
      requireMatch(call, tagOf(locationId), rev);
      const kept = { policy: readPolicy(call.body), rev: rev + 1 };
      desk.policies(tenantId).set(locationId, kept);
      const { second_factor, badge } = call.body;
      tell(desk, call.principal, { type: 'policy.changed', locationId, data: { second_factor, badge } });
      return answer(locationId, kept);
    },
  });
}

function find(desk: PermissionDesk, tenantId: TenantId, locationId: string): KeptPolicy {
  if (desk.locations.find(tenantId, locationId) === undefined) throw new CloudError('not-found');
  return desk.policies(tenantId).get(locationId);
}

function answer(locationId: string, { policy, rev }: KeptPolicy) {
  return { body: showPolicy(policy), etag: entityTag(tagOf(locationId), rev) };
}

// Apart from the tags of the location itself, which has revisions of its own.
function tagOf(locationId: string): string {
  return `${locationId}-access-policy`;
}

function readPolicy(body: Static<typeof policySchema>): AccessPolicy {
  const { second_factor, badge, opening_windows, holidays, quiet_hours } = body;
  return {
    secondFactor: second_factor === 'off' ? 'off' : 'text-message',
    badge,
    openingWindows: opening_windows === null ? null : readWeekly(opening_windows, '/body/opening_windows'),
    holidays: readExceptions(holidays, '/body/holidays'),
    quietHours: readWeekly(quiet_hours, '/body/quiet_hours'),
  };
}

function showPolicy(policy: AccessPolicy): Static<typeof policySchema> {
  const { secondFactor, badge, openingWindows, holidays, quietHours } = policy;
  return {
    second_factor: secondFactor === 'off' ? 'off' : 'text_message',
    badge,
    opening_windows: openingWindows === null ? null : showWeekly(openingWindows),
    holidays: showExceptions(holidays),
    quiet_hours: showWeekly(quietHours),
  };
}
