// A rule as the API shows it: schemas, examples, and the way from one form to the other.

import { type Static, Type } from 'typebox';
import { instantSchema, showInstant } from '../../platform/instant.ts';
import { plainText } from '../../platform/plain-text.ts';
import { showWeekly, weeklyWindowsSchema } from '../../platform/schedule-resource.ts';
import { urgentAlerts } from './quiet-hours.ts';
import { alerts, type Rule } from './rule.ts';

const idOrNull = Type.Union([Type.String({ maxLength: 64 }), Type.Null()]);
const dayMs = 86_400_000;

const settable = {
  label: plainText(100, 'What people call it.'),
  events: Type.Array(Type.String({ maxLength: 64 }), {
    minItems: 1,
    maxItems: 50,
    description: `Names of alerts (${Object.keys(alerts).join(', ')}), types of events (key.withdrawn), key.* or *.`,
  }),
  channel_ids: Type.Array(Type.String({ maxLength: 64 }), {
    minItems: 1,
    maxItems: 5,
    uniqueItems: true,
    description: 'In the order in which they are tried.',
  }),
  location_id: idOrNull,
  box_id: idOrNull,
  key_id: idOrNull,
  repeat_after_ms: Type.Union([Type.Integer({ minimum: 0, maximum: dayMs }), Type.Null()], {
    description:
      'The same event of the same thing is told to people again only after this time; null: as usual (exchanges and bookings always, others after ten minutes). Webhooks get every event.',
  }),
  quiet_hours: Type.Array(weeklyWindowsSchema.items, {
    maxItems: 50,
    description:
      'When people are not woken: mails, pushes and text messages wait until these hours end and then go together. Webhooks do not wait. Needs `time_zone`.',
  }),
  time_zone: Type.Union([Type.String({ maxLength: 64 }), Type.Null()], {
    description: 'IANA name, for example Asia/Tokyo: quiet_hours are told by the clock there.',
  }),
  urgent: Type.Boolean({
    description: `What the alerts ${urgentAlerts.join(', ')} mean does not wait for the end of quiet_hours.`,
  }),
  paused: Type.Boolean(),
};

const example = {
  label: 'Every exchange',
  events: ['exchange'],
  channel_ids: ['nch_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12'],
  location_id: null,
  box_id: null,
  key_id: null,
  repeat_after_ms: null,
  quiet_hours: [{ days: ['mon' as const, 'tue' as const], from: '22:00', until: '06:30' }],
  time_zone: 'Asia/Tokyo',
  urgent: false,
  paused: false,
};

/** A rule. */
export const ruleSchema = Type.Object(
  { id: Type.String(), ...settable, created_at: instantSchema },
  {
    examples: [
      {
        id: 'nrl_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        ...example,
        created_at: '2026-04-01T09:00:00.000Z',
      },
    ],
  },
);

const optional = {
  location_id: Type.Optional(settable.location_id),
  box_id: Type.Optional(settable.box_id),
  key_id: Type.Optional(settable.key_id),
  repeat_after_ms: Type.Optional(settable.repeat_after_ms),
  quiet_hours: Type.Optional(settable.quiet_hours),
  time_zone: Type.Optional(settable.time_zone),
  urgent: Type.Optional(settable.urgent),
  paused: Type.Optional(settable.paused),
};

/** What makes a rule. */
export const newRuleSchema = Type.Object(
  { label: settable.label, events: settable.events, channel_ids: settable.channel_ids, ...optional },
  {
    additionalProperties: false,
    examples: [{ label: example.label, events: example.events, channel_ids: example.channel_ids }],
  },
);

/** What may be changed. */
export const ruleChangeSchema = Type.Object(
  {
    label: Type.Optional(settable.label),
    events: Type.Optional(settable.events),
    channel_ids: Type.Optional(settable.channel_ids),
    ...optional,
  },
  { additionalProperties: false, minProperties: 1, examples: [{ paused: true }] },
);

/** @returns the rule in the API's form */
export function showRule(rule: Rule): Static<typeof ruleSchema> {
  return {
    id: rule.ruleId,
    label: rule.label,
    events: [...rule.events],
    channel_ids: [...rule.channels],
    location_id: rule.locationId,
    box_id: rule.boxId === null ? null : `box_${rule.boxId}`,
    key_id: rule.keyId,
    repeat_after_ms: rule.repeatAfterMs,
    quiet_hours: showWeekly(rule.quietHours),
    time_zone: rule.timeZone,
    urgent: rule.urgent,
    paused: rule.paused,
    created_at: showInstant(rule.createdAtMs),
  };
}
