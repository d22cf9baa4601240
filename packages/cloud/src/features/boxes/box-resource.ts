// A box as the API shows it, and what an operator may set: schemas, examples, and the way from one
// form to the other.

import { formatLabel } from '@smartbox/protocol';
import { type Static, Type } from 'typebox';
import { instantSchema, showInstant, showInstantOrNull } from '../../platform/instant.ts';
import { plainText } from '../../platform/plain-text.ts';
import { boxResourceId } from './box.ts';
import type { BoxWithHealth } from './store.ts';

/** The bounds of what may be set, in milliseconds. */
const bounds = {
  leftOpenMs: { minimum: 10_000, maximum: 3_600_000 },
  idleMs: { minimum: 5_000, maximum: 120_000 },
  offlineAfterMs: { minimum: 60_000, maximum: 86_400_000 },
};

/** Fields that an operator may set. */
export const boxFields = {
  name: plainText(100, 'What people call the box.'),
  location_id: Type.String({ maxLength: 64, description: 'Where it stands.' }),
  language: Type.Enum(['ja', 'en'], { description: 'Language of the display while nobody has chosen one.' }),
  help_phone: Type.String({
    maxLength: 24,
    pattern: '^[0-9+() -]*$',
    description: 'Number that the display shows to people in trouble; empty for none.',
  }),
  left_open_ms: Type.Integer({ ...bounds.leftOpenMs, description: 'How long a door may stand open.' }),
  idle_ms: Type.Integer({ ...bounds.idleMs, description: 'How long the keypad waits for the next key.' }),
  offline_after_ms: Type.Integer({
    ...bounds.offlineAfterMs,
    description: 'Silence after which the box counts as offline.',
  }),
};

/** A box. */
export const boxSchema = Type.Object(
  {
    id: Type.String(),
    label: Type.String({ description: 'What its label and QR code say. No secret.' }),
    name: Type.String(),
    location_id: Type.String(),
    life: Type.Enum(['claimed', 'live'], { description: '`live` once it has opened a session.' }),
    bin_count: Type.Integer(),
    online: Type.Boolean(),
    seen_at: Type.Union([instantSchema, Type.Null()]),
    firmware: Type.String(),
    mains: Type.Union([Type.Boolean(), Type.Null()], {
      description: 'false: on battery; null: not told yet.',
    }),
    battery_percent: Type.Union([Type.Integer(), Type.Null()]),
    language: Type.String(),
    help_phone: Type.String(),
    left_open_ms: Type.Integer(),
    idle_ms: Type.Integer(),
    offline_after_ms: Type.Integer(),
    settings_version: Type.Integer(),
    settings_in_force: Type.Integer({ description: 'Version that the box reported; lower while it waits.' }),
    claimed_at: instantSchema,
  },
  {
    examples: [
      {
        id: 'box_4ZK7Q1M0P9XWT',
        label: 'SBX1:4ZK7Q1M0P9XWT:5c',
        name: 'North entrance',
        location_id: 'loc_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        life: 'live',
        bin_count: 8,
        online: true,
        seen_at: '2026-04-01T09:00:00.000Z',
        firmware: '1.0.0',
        mains: true,
        battery_percent: 100,
        language: 'ja',
        help_phone: '+81 3 1234 5678',
        left_open_ms: 120000,
        idle_ms: 20000,
        offline_after_ms: 180000,
        settings_version: 1,
        settings_in_force: 1,
        claimed_at: '2026-04-01T08:00:00.000Z',
      },
    ],
  },
);

/** @returns the box in the API's form */
export function showBox({ box, health }: BoxWithHealth): Static<typeof boxSchema> {
  return {
    id: boxResourceId(box.boxId),
    label: formatLabel(box.boxId),
    name: box.name,
    location_id: box.locationId,
    life: box.life === 'live' ? 'live' : 'claimed',
    bin_count: box.binCount,
    online: health.online,
    seen_at: showInstantOrNull(health.seenAtMs),
    firmware: health.firmware,
    mains: health.mains,
    battery_percent: health.batteryPercent,
    language: box.settings.language,
    help_phone: box.settings.helpPhone,
    left_open_ms: box.settings.leftOpenMs,
    idle_ms: box.settings.idleMs,
    offline_after_ms: box.offlineAfterMs,
    settings_version: box.settings.version,
    settings_in_force: health.settingsInForce,
    claimed_at: showInstant(box.claimedAtMs),
  };
}
