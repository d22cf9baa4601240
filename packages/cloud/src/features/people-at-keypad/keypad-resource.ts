// By what a person is known at keypads, as the API shows it. The digits of an ID code are in the answer that made it and
// nowhere else; a badge's tag is in no answer.

import { type Static, Type } from 'typebox';
import { instantSchema, showInstant } from '../../platform/instant.ts';
import type { KeypadStore } from './store.ts';

const personId = 'per_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12';
const setAt = '2026-04-01T09:00:00.000Z';

const badgeSchema = Type.Object({
  set_at: instantSchema,
  strength: Type.Literal('weaker', {
    description:
      'A badge can be copied by whoever holds a reader to it for a second. It counts only where the location’s policy takes badges.',
  }),
});

/** By what somebody is known. */
export const keypadSchema = Type.Object(
  {
    person_id: Type.String(),
    id_code: Type.Union([Type.Object({ set_at: instantSchema }), Type.Null()]),
    badge: Type.Union([badgeSchema, Type.Null()]),
  },
  {
    examples: [
      {
        person_id: personId,
        id_code: { set_at: setAt },
        badge: { set_at: setAt, strength: 'weaker' },
      },
    ],
  },
);

/** An ID code that was just made. */
export const issuedIdCodeSchema = Type.Object(
  {
    person_id: Type.String(),
    id_code: Type.String({ description: 'The digits. Shown this once.' }),
    set_at: instantSchema,
  },
  { examples: [{ person_id: personId, id_code: '40718293', set_at: setAt }] },
);

/** What makes a tag somebody's badge. */
export const newBadgeSchema = Type.Object(
  {
    tag: Type.String({
      maxLength: 40,
      description:
        'What the badge says to a reader: 4, 7 or 8 bytes in hexadecimal, for example 04:A1:B2:C3:D4:E5:F6.',
    }),
  },
  { additionalProperties: false, examples: [{ tag: '04:A1:B2:C3:D4:E5:F6' }] },
);

/** @returns by what the person is known, in the API's form */
export function showKeypad(store: KeypadStore, personId: string): Static<typeof keypadSchema> {
  const idCodeAtMs = store.idCodeSetAtMs(personId);
  const badgeAtMs = store.badgeSetAtMs(personId);
  return {
    person_id: personId,
    id_code: idCodeAtMs === undefined ? null : { set_at: showInstant(idCodeAtMs) },
    badge: badgeAtMs === undefined ? null : { set_at: showInstant(badgeAtMs), strength: 'weaker' },
  };
}
