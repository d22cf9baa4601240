// Late keys and return rules as the API shows them.

import { type Static, Type } from 'typebox';
import { instantSchema, showInstant } from '../../platform/instant.ts';
import { boxResourceId } from '../boxes/index.ts';
import type { Key } from '../keys/index.ts';
import { type Absence, type ReturnRule, usualRule } from './lateness.ts';

const minuteMs = 60_000;
const textOrNull = (description: string) => Type.Union([Type.String(), Type.Null()], { description });

const ruleFields = {
  due_after_minutes: Type.Union([Type.Integer({ minimum: 1, maximum: 527_040 }), Type.Null()], {
    description:
      'How long the key may be out when it was not taken for a booking; null where nobody waits for it.',
  }),
  grace_minutes: Type.Integer({
    minimum: 0,
    maximum: 10_080,
    description: 'How long after a booking’s end its key is not called late yet.',
  }),
};

/** How long a key may be out. */
export const ruleSchema = Type.Object(ruleFields, {
  additionalProperties: false,
  examples: [{ due_after_minutes: 480, grace_minutes: 15 }],
});

/** A key that is late. */
export const lateKeySchema = Type.Object(
  {
    key_id: Type.String(),
    name: Type.String(),
    location_id: Type.String(),
    box_id: Type.String({ description: 'The box that it was taken from.' }),
    bin: Type.Integer(),
    code_id: textOrNull('The code that took it.'),
    person_id: textOrNull('Who took it, where that is known.'),
    booking_id: textOrNull('The booking for which it was taken.'),
    taken_at: instantSchema,
    due_at: instantSchema,
  },
  {
    examples: [
      {
        key_id: 'key_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        name: 'Van 7',
        location_id: 'loc_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        box_id: 'box_4ZK7Q1M0P9XWT',
        bin: 3,
        code_id: 'code_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        person_id: null,
        booking_id: 'bkg_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        taken_at: '2026-04-01T09:00:00.000Z',
        due_at: '2026-04-01T17:15:00.000Z',
      },
    ],
  },
);

/** @returns the rule in the API's form */
export function showRule({ dueAfterMs, graceMs }: ReturnRule = usualRule): Static<typeof ruleSchema> {
  return {
    due_after_minutes: dueAfterMs === null ? null : dueAfterMs / minuteMs,
    grace_minutes: graceMs / minuteMs,
  };
}

/** @returns the rule that the API was given */
export function readRule(rule: Static<typeof ruleSchema>): ReturnRule {
  const { due_after_minutes: dueAfter, grace_minutes: grace } = rule;
  return { dueAfterMs: dueAfter === null ? null : dueAfter * minuteMs, graceMs: grace * minuteMs };
}

/** @returns the late key in the API's form */
export function showLateKey({ absence, key }: LateKey): Static<typeof lateKeySchema> {
  const { boxId, bin, codeId, personId, bookingId, takenAtMs, dueAtMs } = absence;
  return {
    ...{ key_id: key.keyId, name: key.name, location_id: key.locationId },
    ...{ box_id: boxResourceId(boxId), bin, code_id: codeId, person_id: personId, booking_id: bookingId },
    ...{ taken_at: showInstant(takenAtMs), due_at: showInstant(dueAtMs ?? takenAtMs) },
  };
}

/** A key and the absence for which it is late. */
export interface LateKey {
  readonly absence: Absence;
  readonly key: Key;
}
