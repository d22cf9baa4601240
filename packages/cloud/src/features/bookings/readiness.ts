// One page for the question "what still opens this box if it drops off now?": its sheet, its authenticator app, the
// answer by phone, and every booking that is to come or running.

import { limits } from '@smartbox/protocol';
import { Type } from 'typebox';
import { CloudError } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { instantSchema, showInstant, showInstantOrNull } from '../../platform/instant.ts';
import { defineRoute, type Route } from '../../platform/route.ts';
import { type OfflineWorth, offlineSchema, showOffline } from '../access/index.ts';
import { boxResourceId, readBoxResourceId } from '../boxes/index.ts';
import type { HeldByBox } from '../emergency/index.ts';
import type { BookingStore } from './store.ts';
import { known, type WorthPorts } from './worth.ts';

/** Bookings on the page: more than a person reads. */
const bookingsShown = 500;

const bookingLine = Type.Object({
  id: Type.String(),
  key_id: Type.String(),
  bin: Type.Integer(),
  starts_at: instantSchema,
  ends_at: instantSchema,
  offline: offlineSchema,
});

const held = { works: 'on_box', because: 'in_force', since: '2026-04-01T09:00:00.000Z' } as const;

const readinessSchema = Type.Object(
  {
    box_id: Type.String(),
    asked_at: instantSchema,
    online: Type.Boolean(),
    confirmed_at: Type.Union([instantSchema, Type.Null()], {
      description: 'When the box last said what it holds for openings without the cloud.',
    }),
    clock_lost_at: Type.Union([instantSchema, Type.Null()], {
      description: 'When a restart of the box lost the time; null while its clock is kept.',
    }),
    sheet: offlineSchema,
    authenticator: offlineSchema,
    phone: offlineSchema,
    bookings: Type.Array(bookingLine, { description: 'Live ones, the soonest first.' }),
    more_bookings: Type.Boolean({
      description: `Whether there are more than the ${bookingsShown} that are shown; GET /v1/bookings has all.`,
    }),
  },
  {
    examples: [
      {
        box_id: 'box_4ZK7Q1M0P9XWT',
        asked_at: '2026-04-02T09:00:00.000Z',
        online: true,
        confirmed_at: '2026-04-01T09:00:00.000Z',
        clock_lost_at: null,
        sheet: held,
        authenticator: { works: 'live_only', because: 'not_there', since: null },
        phone: held,
        bookings: [
          {
            id: 'bkg_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
            key_id: 'key_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
            bin: 3,
            starts_at: '2026-04-08T06:30:00.000Z',
            ends_at: '2026-04-10T01:00:00.000Z',
            offline: { works: 'arithmetic', because: 'in_force', since: '2026-04-01T09:00:00.000Z' },
          },
        ],
        more_bookings: false,
      },
    ],
  },
);

/** What the page is made of. */
export interface ReadinessDesk extends WorthPorts {
  readonly bookings: (tenantId: TenantId) => Pick<BookingStore, 'liveOfBox'>;
}

/** The page. */
export function readinessRoute(desk: ReadinessDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/boxes/:box_id/offline-readiness',
    permission: 'emergency:read',
    operationId: 'getOfflineReadiness',
    summary: 'See what still opens a box if it drops off now',
    tag: 'emergency',
    params: Type.Object({ box_id: Type.String({ maxLength: 64 }) }),
    responses: { 200: readinessSchema },
    handle: ({ principal: { tenantId }, params: { box_id } }) => {
      const boxId = readBoxResourceId(box_id);
      const found = boxId === undefined ? undefined : desk.boxes.find(tenantId, boxId);
      if (boxId === undefined || found === undefined) throw new CloudError('not-found');
      const nowMs = desk.clock.nowMs();
      const clockLostAtMs = desk.boxes.clockLostAtMs(tenantId, boxId);
      const confirmed = desk.emergency.held(tenantId, boxId);
      const afterEndMs = nowMs - limits.bookingGraceMs;
      const live = desk.bookings(tenantId).liveOfBox(boxId, { afterEndMs, limit: bookingsShown + 1 });
      const body = {
        box_id: boxResourceId(boxId),
        asked_at: showInstant(nowMs),
        online: found.health.online,
        confirmed_at: showInstantOrNull(confirmed?.confirmedAtMs ?? null),
        clock_lost_at: showInstantOrNull(clockLostAtMs ?? null),
        sheet: showOffline(sheetWorth(confirmed)),
        authenticator: showOffline(authenticatorWorth(confirmed, clockLostAtMs)),
        phone: showOffline(phoneWorth(confirmed)),
        bookings: live.slice(0, bookingsShown).map((booking) => ({
          id: booking.bookingId,
          key_id: booking.keyId,
          bin: booking.bin,
          starts_at: showInstant(booking.startsAtMs),
          ends_at: showInstant(booking.endsAtMs),
          offline: showOffline(known(desk, tenantId, booking).offline),
        })),
        more_bookings: live.length > bookingsShown,
      };
      return { body };
    },
  });
}

/** @returns what the printed sheet is worth at a box that drops off now */
export function sheetWorth(box: HeldByBox | undefined): OfflineWorth {
  if (box === undefined || box.confirmedAtMs === null) return not('never_online');
  const { state, closed, sinceMs } = box.sheet;
  if (state === 'none' || state === 'revoked') return not('not_there');
  if (state === 'ended') return not('over');
  if (closed) return not('closed');
  return state === 'waiting_for_box' ? not('box_waits') : { works: 'on_box', because: 'in_force', sinceMs };
}

/** @returns what the enrolled app is worth: its codes rest on the time */
export function authenticatorWorth(
  box: HeldByBox | undefined,
  clockLostAtMs: number | undefined,
): OfflineWorth {
  if (box === undefined || box.authenticator === 'none') return not('not_there');
  if (box.confirmedAtMs === null) return not('never_online');
  if (box.authenticator === 'waiting') return not('box_waits');
  if (clockLostAtMs !== undefined) return not('clock_lost', clockLostAtMs);
  return { works: 'on_box', because: 'in_force', sinceMs: box.confirmedAtMs };
}

/** @returns what an answer by phone is worth: its key is part of every version that a box has */
export function phoneWorth(box: HeldByBox | undefined): OfflineWorth {
  if (box === undefined || box.confirmedAtMs === null) return not('never_online');
  if (box.versionInForce === 0) return not('box_waits');
  return { works: 'on_box', because: 'in_force', sinceMs: box.confirmedAtMs };
}

function not(because: OfflineWorth['because'], sinceMs: number | null = null): OfflineWorth {
  return { works: 'live_only', because, sinceMs };
}
