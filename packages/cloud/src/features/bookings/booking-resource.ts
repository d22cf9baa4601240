// A booking as the API shows it: schemas, examples, and the way from one form to the other. Digits are in the answer
// that made the booking and nowhere else.

import { limits } from '@smartbox/protocol';
import { type Static, Type } from 'typebox';
import { instantSchema, showInstant, showInstantOrNull } from '../../platform/instant.ts';
import { optionalPlainText } from '../../platform/plain-text.ts';
import { offlineSchema, showOffline } from '../access/index.ts';
import { boxResourceId } from '../boxes/index.ts';
import { bookingState, bookingStates, type Cancellation, diesAtMs } from './booking.ts';
import { isRefusedOffline } from './offline.ts';
import type { KnownBooking } from './worth.ts';

const boxAnswers = {
  knows: 'it confirmed that it refuses the code',
  was_told: 'it is online and was told just now; it has not confirmed yet',
  hears_at_next_contact: 'it is away; until it hears of it, it may take the code while it is alone',
  cannot_remember: 'it has no room for one more; alone it may take the code until its time is over',
  not_needed: 'it has other keys since and does not know the code',
} as const;

type BoxAnswer = keyof typeof boxAnswers;

const cancellationSchema = Type.Object({
  at: instantSchema,
  because: Type.Enum(['cancelled', 'key_retired']),
  box: Type.Enum(Object.keys(boxAnswers) as BoxAnswer[], {
    description: `What the box knows of it. ${Object.entries(boxAnswers)
      .map(([name, meaning]) => `${name}: ${meaning}`)
      .join('; ')}. Live, the code ended at once.`,
  }),
  dead_everywhere_at: Type.Union([instantSchema, Type.Null()], {
    description: 'When the code is dead also at a box that never hears of it; null when it is dead now.',
  }),
});

const example = {
  id: 'bkg_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
  key_id: 'key_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
  code_id: 'code_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
  box_id: 'box_4ZK7Q1M0P9XWT',
  bin: 3,
  label: 'Guest of room 12',
  status: 'booked',
  starts_at: '2026-04-08T06:30:00.000Z',
  ends_at: '2026-04-10T01:00:00.000Z',
  offline_window: {
    starts_at: '2026-04-08T06:00:00.000Z',
    ends_at: '2026-04-10T06:00:00.000Z',
    grace_ms: 3_600_000,
  },
  offline: { works: 'arithmetic', because: 'in_force', since: '2026-04-01T09:00:00.000Z' },
  used_offline_at: null,
  cancellation: null,
  created_at: '2026-04-01T09:00:00.000Z',
} as const;

/** A booking, without its digits. */
export const bookingSchema = Type.Object(
  {
    id: Type.String(),
    key_id: Type.String(),
    code_id: Type.String({ description: 'The key code that has the same digits.' }),
    box_id: Type.String(),
    bin: Type.Integer({ description: 'The bin that the digits name: a box that is alone opens no other.' }),
    label: Type.String(),
    status: Type.Enum([...bookingStates]),
    starts_at: instantSchema,
    ends_at: instantSchema,
    offline_window: Type.Object(
      { starts_at: instantSchema, ends_at: instantSchema, grace_ms: Type.Integer() },
      {
        description:
          'What the digits say: a box that is alone takes them from the full hour before the start to the end of the next length that digits can say, and so much earlier and later as the grace says.',
      },
    ),
    offline: offlineSchema,
    used_offline_at: Type.Union([instantSchema, Type.Null()], {
      description: 'When the box first took the digits while it was alone.',
    }),
    cancellation: Type.Union([cancellationSchema, Type.Null()]),
    created_at: instantSchema,
  },
  { examples: [example] },
);

/** A booking that was just made. */
export const madeBookingSchema = Type.Object(
  {
    ...bookingSchema.properties,
    code: Type.String({ description: 'The 12 digits. Shown this once.' }),
    code_grouped: Type.String({ description: 'The same, as people read them.' }),
  },
  { examples: [{ ...example, code: '407182935518', code_grouped: '4071 8293 5518' }] },
);

/** What makes a booking. */
export const newBookingSchema = Type.Object(
  {
    key_id: Type.String({ maxLength: 64 }),
    starts_at: instantSchema,
    ends_at: instantSchema,
    label: Type.Optional(optionalPlainText(100, 'For whom or what; never shown at the box.')),
    box_id: Type.Optional(
      Type.String({ maxLength: 64, description: 'Only for a key that is out: where it will hang.' }),
    ),
    bin: Type.Optional(Type.Integer({ minimum: 1, maximum: 255, description: 'The same.' })),
  },
  {
    additionalProperties: false,
    examples: [
      {
        key_id: example.key_id,
        starts_at: '2026-04-08T06:30:00Z',
        ends_at: '2026-04-10T01:00:00Z',
        label: 'Guest of room 12',
      },
    ],
  },
);

/** @returns the booking in the API's form at this moment */
export function showBooking(told: KnownBooking, nowMs: number): Static<typeof bookingSchema> {
  const { booking } = told;
  return {
    id: booking.bookingId,
    key_id: booking.keyId,
    code_id: booking.codeId,
    box_id: boxResourceId(booking.boxId),
    bin: booking.bin,
    label: booking.label,
    status: bookingState(booking, nowMs),
    starts_at: showInstant(booking.startsAtMs),
    ends_at: showInstant(booking.endsAtMs),
    offline_window: {
      starts_at: showInstant(booking.window.startMs),
      ends_at: showInstant(booking.window.endMs),
      grace_ms: limits.bookingGraceMs,
    },
    offline: showOffline(told.offline),
    used_offline_at: showInstantOrNull(booking.usedOfflineAtMs),
    cancellation: booking.cancelled === null ? null : showCancellation(told, booking.cancelled, nowMs),
    created_at: showInstant(booking.createdAtMs),
  };
}

function showCancellation(
  told: KnownBooking,
  cancelled: Cancellation,
  nowMs: number,
): Static<typeof cancellationSchema> {
  const box = boxAnswer(told, cancelled);
  const diesMs = diesAtMs(told.booking.window);
  const isDead = box === 'knows' || box === 'not_needed' || diesMs <= nowMs;
  return {
    at: showInstant(cancelled.atMs),
    because: cancelled.because === 'key-retired' ? 'key_retired' : 'cancelled',
    box,
    dead_everywhere_at: isDead ? null : showInstant(diesMs),
  };
}

function boxAnswer({ booking, box }: KnownBooking, cancelled: Cancellation): BoxAnswer {
  if (box === undefined || booking.createdAtMs < box.claimedAtMs) return 'not_needed';
  if (isRefusedOffline(booking, cancelled, box)) return 'knows';
  switch (cancelled.told) {
    case 'sent':
      // It may have gone away before it could confirm.
      return box.online ? 'was_told' : 'hears_at_next_contact';
    case 'waiting':
      return 'hears_at_next_contact';
    case 'no-room':
      return 'cannot_remember';
    case 'not-needed':
      return 'not_needed';
  }
}

/** @returns digits in groups of four, as people read them */
export function grouped(digits: string): string {
  return digits.replaceAll(/(\d{4})(?=\d)/g, '$1 ');
}
