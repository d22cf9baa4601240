// Reads what somebody wants to give: to whom, on what, and when. Each thing that cannot be is named with its field.

import type { Static } from 'typebox';
import { type CloudError, invalidField } from '../../platform/errors.ts';
import { readInstant } from '../../platform/instant.ts';
import type { BilingualText } from '../../platform/problems.ts';
import { readSchedule } from '../../platform/schedule-resource.ts';
import type { Principal } from '../../platform/token-register.ts';
import type { PermissionDesk } from './desk.ts';
import type { KeyPermission, PermissionTerms, Subject, Target } from './permission.ts';
import type { newPermissionSchema, permissionChangeSchema } from './permission-resource.ts';
import { allKeys } from './ways-store.ts';

type NewBody = Static<typeof newPermissionSchema>;

/** @throws CloudError naming the field that cannot be */
export function readNewPermission(
  desk: PermissionDesk,
  caller: Principal,
  body: NewBody,
): Pick<KeyPermission, 'subject' | 'target'> & PermissionTerms {
  const unlimited = { right: body.right, startsAtMs: null, endsAtMs: null, schedule: null };
  return {
    subject: readSubject(desk, caller, body),
    target: readTarget(desk, caller, body),
    ...readTerms(body, unlimited, desk.clock.nowMs()),
  };
}

/**
 * @param present what stays where the body says nothing
 * @throws CloudError naming the field that cannot be
 */
export function readTerms(
  body: Static<typeof permissionChangeSchema>,
  present: PermissionTerms,
  nowMs: number,
): PermissionTerms {
  const moment = (text: string | null, pointer: string) =>
    text === null ? null : readInstant(text, pointer);
  const { right, starts_at, ends_at, schedule } = body;
  const startsAtMs = starts_at === undefined ? present.startsAtMs : moment(starts_at, '/body/starts_at');
  const endsAtMs = ends_at === undefined ? present.endsAtMs : moment(ends_at, '/body/ends_at');
  if (startsAtMs !== null && endsAtMs !== null && endsAtMs <= startsAtMs)
    throw wrong('/body/ends_at', 'not-after-start');
  if (typeof ends_at === 'string' && endsAtMs !== null && endsAtMs <= nowMs)
    throw wrong('/body/ends_at', 'in-the-past');
  return {
    right: right ?? present.right,
    startsAtMs,
    endsAtMs,
    schedule:
      schedule === undefined
        ? present.schedule
        : schedule === null
          ? null
          : readSchedule(schedule, '/body/schedule'),
  };
}

function readSubject(desk: PermissionDesk, { tenantId }: Principal, body: NewBody): Subject {
  const { person_id: personId, user_group_id: groupId } = body;
  if ((personId === undefined) === (groupId === undefined)) throw wrong('/body/person_id', 'one-subject');
  if (groupId !== undefined) {
    if (!desk.people.hasGroup(tenantId, groupId)) throw wrong('/body/user_group_id', 'unknown-user-group');
    return { kind: 'user-group', groupId };
  }
  const known = personId !== undefined && desk.people.person(tenantId, personId) !== undefined;
  if (!known) throw wrong('/body/person_id', 'unknown-person');
  return { kind: 'person', personId };
}

function readTarget(desk: PermissionDesk, caller: Principal, body: NewBody): Target {
  const { tenantId } = caller;
  const { key_id: keyId, key_group_id: keyGroupId, location_id } = body;
  if ((keyId === undefined) === (keyGroupId === undefined)) throw wrong('/body/key_id', 'one-target');
  if (location_id !== undefined && keyGroupId !== allKeys)
    throw wrong('/body/location_id', 'only-with-all-keys');
  if (keyId !== undefined) {
    if (desk.keys.find(tenantId, keyId) === undefined) throw wrong('/body/key_id', 'unknown-key');
    return { kind: 'key', keyId };
  }
  if (keyGroupId === allKeys) return { kind: 'all-keys', locationId: placeFor(desk, caller, location_id) };
  const known = keyGroupId !== undefined && desk.keyGroups(tenantId).get(keyGroupId) !== undefined;
  if (!known) throw wrong('/body/key_group_id', 'unknown-key-group');
  return { kind: 'key-group', keyGroupId };
}

// All keys are those that the caller sees: nobody gives what is elsewhere.
function placeFor(
  desk: PermissionDesk,
  { tenantId, scope }: Principal,
  locationId: string | undefined,
): string | null {
  if (locationId !== undefined) {
    if (desk.locations.find(tenantId, locationId) !== undefined) return locationId;
    throw wrong('/body/location_id', 'unknown-location');
  }
  if (scope.kind === 'tenant') return null;
  const [only, another] = scope.locationIds;
  if (only !== undefined && another === undefined) return only;
  throw wrong('/body/location_id', 'location-needed');
}

const faults = {
  'not-after-start': {
    ja: 'starts_at より後の日時を指定してください。',
    en: 'Give a moment after starts_at.',
  },
  'in-the-past': { ja: 'これからの日時を指定してください。', en: 'Give a moment in the future.' },
  'one-subject': {
    ja: 'person_id か user_group_id のどちらか一つを指定してください。',
    en: 'Give one of person_id and user_group_id.',
  },
  'one-target': {
    ja: 'key_id か key_group_id のどちらか一つを指定してください(すべての鍵は all-keys)。',
    en: 'Give one of key_id and key_group_id (all-keys for all keys).',
  },
  'only-with-all-keys': {
    ja: 'location_id は key_group_id が all-keys のときだけ指定できます。',
    en: 'location_id goes only with key_group_id all-keys.',
  },
  'unknown-person': {
    ja: 'GET /v1/people にある id を指定してください。',
    en: 'Give an id from GET /v1/people.',
  },
  'unknown-user-group': {
    ja: 'GET /v1/user-groups にある id を指定してください。',
    en: 'Give an id from GET /v1/user-groups.',
  },
  'unknown-key': { ja: 'GET /v1/keys にある id を指定してください。', en: 'Give an id from GET /v1/keys.' },
  'unknown-key-group': {
    ja: 'GET /v1/key-groups にある id を指定してください。',
    en: 'Give an id from GET /v1/key-groups.',
  },
  'unknown-location': {
    ja: 'GET /v1/locations にある id を指定してください。',
    en: 'Give an id from GET /v1/locations.',
  },
  'location-needed': {
    ja: 'どの場所のすべての鍵か、location_id で指定してください。',
    en: 'Say by location_id which place’s keys are meant.',
  },
} as const satisfies Readonly<Record<string, BilingualText>>;

function wrong(pointer: string, code: keyof typeof faults): CloudError {
  return invalidField(pointer, code, faults[code]);
}
