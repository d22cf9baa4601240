// A key as the API shows it: schemas, examples, and the way from one form to the other.

import { isOfflineGrant } from '@smartbox/protocol';
import { type Static, Type } from 'typebox';
import { instantSchema, showInstant, showInstantOrNull } from '../../platform/instant.ts';
import { optionalPlainText, plainText } from '../../platform/plain-text.ts';
import { boxResourceId } from '../boxes/index.ts';
import { type Key, showTag, type Whereabouts } from './key.ts';

/** Fields that an operator may set. */
export const keyFields = {
  name: plainText(100, 'What people call the key.'),
  location_id: Type.String({
    maxLength: 64,
    description: 'Where it belongs; its codes work at the boxes there.',
  }),
  fob_label: optionalPlainText(40, 'What is printed on the fob.'),
  fob_tag: Type.String({
    maxLength: 40,
    description:
      'What the fob says to a reader: 4, 7 or 8 bytes in hexadecimal, for example 04:A1:B2:C3:D4:E5:F6.',
  }),
};

const whereSchema = Type.Object({
  status: Type.Enum(['in_bin', 'out', 'unknown'], {
    description: 'in_bin: a reader senses the fob; out: taken and not back; unknown: never seen.',
  }),
  box_id: Type.Union([Type.String(), Type.Null()]),
  bin: Type.Union([Type.Integer(), Type.Null()]),
  since: Type.Union([instantSchema, Type.Null()]),
  code_id: Type.Union([Type.String(), Type.Null()], { description: 'The code that took it out.' }),
  person_id: Type.Union([Type.String(), Type.Null()], {
    description: 'Who took it out by ID code or badge.',
  }),
  by_hand: Type.Boolean({
    description:
      'Taken with a code of a sheet, phone or app while the box was offline: nobody knows by whom.',
  }),
});

/** A key. */
export const keySchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    location_id: Type.String(),
    fob_label: Type.String(),
    fob_tag: Type.String(),
    where: whereSchema,
    created_at: instantSchema,
  },
  {
    examples: [
      {
        id: 'key_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        name: 'Van 7',
        location_id: 'loc_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        fob_label: 'A-07',
        fob_tag: '04a1b2c3d4e5f6',
        where: {
          status: 'in_bin',
          box_id: 'box_4ZK7Q1M0P9XWT',
          bin: 3,
          since: '2026-04-01T09:00:00.000Z',
          code_id: null,
          person_id: null,
          by_hand: false,
        },
        created_at: '2026-04-01T08:00:00.000Z',
      },
    ],
  },
);

/** A bin and what hangs in it. */
export const binSchema = Type.Object(
  {
    bin: Type.Integer(),
    door: Type.Enum(['open', 'closed']),
    fob_tag: Type.Union([Type.String(), Type.Null()], { description: 'The fob that its reader senses.' }),
    key_id: Type.Union([Type.String(), Type.Null()], { description: 'The key with that fob.' }),
    changed_at: Type.Union([instantSchema, Type.Null()]),
  },
  {
    examples: [
      {
        bin: 3,
        door: 'closed',
        fob_tag: '04a1b2c3d4e5f6',
        key_id: 'key_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        changed_at: '2026-04-01T09:00:00.000Z',
      },
    ],
  },
);

/** @returns the key in the API's form */
export function showKey(key: Key, where: Whereabouts): Static<typeof keySchema> {
  return {
    id: key.keyId,
    name: key.name,
    location_id: key.locationId,
    fob_label: key.fobLabel,
    fob_tag: showTag(key.fobTag),
    where: showWhere(where),
    created_at: showInstant(key.createdAtMs),
  };
}

function showWhere(where: Whereabouts): Static<typeof whereSchema> {
  switch (where.kind) {
    case 'in-bin': {
      const { boxId, bin, sinceMs } = where.sensed;
      return {
        status: 'in_bin',
        box_id: boxResourceId(boxId),
        bin,
        since: showInstantOrNull(sinceMs),
        code_id: null,
        person_id: null,
        by_hand: false,
      };
    }
    case 'out': {
      const { boxId, bin, takenAtMs, codeId, personId, grant } = where.custody;
      return {
        status: 'out',
        box_id: boxResourceId(boxId),
        bin,
        since: showInstant(takenAtMs),
        code_id: codeId,
        person_id: personId,
        by_hand: isOfflineGrant(grant),
      };
    }
    case 'unknown':
      return {
        ...{ status: 'unknown', box_id: null, bin: null, since: null },
        ...{ code_id: null, person_id: null, by_hand: false },
      };
  }
}
