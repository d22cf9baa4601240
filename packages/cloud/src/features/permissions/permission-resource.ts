// A permission as the API shows and takes it: schemas, examples, and the way from one form to the other.

import { type Static, Type } from 'typebox';
import { instantSchema, showInstant, showInstantOrNull } from '../../platform/instant.ts';
import { scheduleExample, scheduleSchema, showSchedule } from '../../platform/schedule-resource.ts';
import type { KeyPermission } from './permission.ts';
import { allKeys } from './ways-store.ts';

const example = {
  id: 'prm_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
  person_id: null,
  user_group_id: 'grp_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
  key_id: null,
  key_group_id: 'kgr_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
  location_id: null,
  right: 'exchange' as const,
  starts_at: null,
  ends_at: null,
  schedule: scheduleExample,
  created_at: '2026-04-01T09:00:00.000Z',
};

const idOrNull = Type.Union([Type.String(), Type.Null()]);

/** What a permission lets somebody do, as the API says it. */
export const rightSchema = Type.Enum(['exchange', 'manage'], {
  description:
    'exchange: take the key and bring it back. manage: the same at a box, and marks who looks after the key.',
});

/** A permission. */
export const permissionSchema = Type.Object(
  {
    id: Type.String(),
    person_id: idOrNull,
    user_group_id: idOrNull,
    key_id: idOrNull,
    key_group_id: Type.Union([Type.String(), Type.Null()], { description: '`all-keys` for all keys.' }),
    location_id: Type.Union([Type.String(), Type.Null()], {
      description: 'The place of its keys, whose managers see it; null for the whole organisation.',
    }),
    right: rightSchema,
    starts_at: Type.Union([instantSchema, Type.Null()]),
    ends_at: Type.Union([instantSchema, Type.Null()]),
    schedule: Type.Union([scheduleSchema, Type.Null()]),
    created_at: instantSchema,
  },
  { examples: [example] },
);

const termFields = {
  right: rightSchema,
  starts_at: Type.Union([instantSchema, Type.Null()], { description: 'From when on; null: at once.' }),
  ends_at: Type.Union([instantSchema, Type.Null()], { description: 'From when on not any more.' }),
  schedule: Type.Union([scheduleSchema, Type.Null()], { description: 'Null: at any hour.' }),
};

const id = (description: string) => Type.Optional(Type.String({ maxLength: 64, description }));

/** What gives a permission. */
export const newPermissionSchema = Type.Object(
  {
    person_id: id('To whom: this, or user_group_id.'),
    user_group_id: id('To everybody in this group, and in the groups in it.'),
    key_id: id('On which key: this, or key_group_id.'),
    key_group_id: id('On the keys of this group, and of the groups in it; `all-keys` for all keys.'),
    location_id: id('Only with `all-keys`: the keys of this place only.'),
    right: termFields.right,
    starts_at: Type.Optional(termFields.starts_at),
    ends_at: Type.Optional(termFields.ends_at),
    schedule: Type.Optional(termFields.schedule),
  },
  {
    additionalProperties: false,
    examples: [
      { user_group_id: example.user_group_id, key_group_id: example.key_group_id, right: 'exchange' },
    ],
  },
);

/** What changes the terms of one. */
export const permissionChangeSchema = Type.Partial(Type.Object(termFields), {
  additionalProperties: false,
  minProperties: 1,
  examples: [{ ends_at: '2026-05-01T00:00:00Z' }],
});

/** @param place of its keys @returns the permission in the API's form */
export function showPermission(
  permission: KeyPermission,
  place: string | null,
): Static<typeof permissionSchema> {
  const { subject, target, schedule } = permission;
  return {
    id: permission.permissionId,
    person_id: subject.kind === 'person' ? subject.personId : null,
    user_group_id: subject.kind === 'user-group' ? subject.groupId : null,
    key_id: target.kind === 'key' ? target.keyId : null,
    key_group_id:
      target.kind === 'key-group' ? target.keyGroupId : target.kind === 'all-keys' ? allKeys : null,
    location_id: place,
    right: permission.right,
    starts_at: showInstantOrNull(permission.startsAtMs),
    ends_at: showInstantOrNull(permission.endsAtMs),
    schedule: schedule === null ? null : showSchedule(schedule),
    created_at: showInstant(permission.createdAtMs),
  };
}
