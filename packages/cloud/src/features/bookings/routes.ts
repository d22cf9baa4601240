// HTTP of bookings: make, read, cancel.

import { createHash } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { CloudError, invalidField } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { readInstant } from '../../platform/instant.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { tidyText } from '../../platform/plain-text.ts';
import { defineRoute, entityTag, type Route } from '../../platform/route.ts';
import type { Access } from '../access/index.ts';
import { readBoxResourceId } from '../boxes/index.ts';
import type { Key, Keys } from '../keys/index.ts';
import type { Booking } from './booking.ts';
import {
  bookingSchema,
  grouped,
  madeBookingSchema,
  newBookingSchema,
  showBooking,
} from './booking-resource.ts';
import { type CancelPorts, cancelBooking } from './cancel-booking.ts';
import { type BookingOrder, type MakePorts, makeBooking } from './make-booking.ts';
import { notMade } from './refusals.ts';
import type { BookingFilter } from './store.ts';
import { known, type WorthPorts } from './worth.ts';

const params = Type.Object({ booking_id: Type.String({ maxLength: 64 }) });

/** What the routes need from the feature. */
export type BookingDesk = MakePorts &
  CancelPorts &
  WorthPorts & {
    readonly access: Pick<Access, 'issue' | 'revoke'>;
    readonly keys: Pick<Keys, 'find' | 'whereIs'>;
  };

/** The routes of bookings. */
export function bookingRoutes(desk: BookingDesk): readonly Route[] {
  return [listBookings(desk), getBooking(desk), createBooking(desk), cancelRoute(desk)];
}

const listQuery = Type.Object(
  {
    ...pageQuery,
    key_id: Type.Optional(Type.String({ maxLength: 64, description: 'Only of this key.' })),
    box_id: Type.Optional(Type.String({ maxLength: 64, description: 'Only at this box.' })),
    live: Type.Optional(
      Type.Boolean({ description: 'Only bookings that are not over and were not cancelled.' }),
    ),
  },
  { additionalProperties: false },
);

function listBookings(desk: BookingDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/bookings',
    permission: 'bookings:read',
    operationId: 'listBookings',
    summary: 'List bookings (never their digits)',
    tag: 'bookings',
    query: listQuery,
    responses: { 200: pageSchema(bookingSchema) },
    handle: ({ principal: { tenantId, scope }, query }) => {
      const nowMs = desk.clock.nowMs();
      const filter = readFilter(query, nowMs);
      const body = readPage(query, {
        load: (after, limit) => desk.bookings(tenantId).list(filter, String(after?.[0] ?? ''), limit),
        keyOf: (booking) => [booking.bookingId],
        show: (booking) => showBooking(known(desk, tenantId, booking), nowMs),
        scope,
        placeOf: ({ boxId }) => desk.boxes.find(tenantId, boxId)?.box.locationId ?? null,
      });
      return { body };
    },
  });
}

function getBooking(desk: BookingDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/bookings/:booking_id',
    permission: 'bookings:read',
    operationId: 'getBooking',
    summary: 'Read one booking: how it stands, and whether its code works offline',
    tag: 'bookings',
    params,
    responses: { 200: bookingSchema },
    handle: ({ principal: { tenantId }, params: { booking_id } }) =>
      answer(desk, tenantId, findBooking(desk, tenantId, booking_id)),
  });
}

function createBooking(desk: BookingDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/bookings',
    permission: 'bookings:write',
    operationId: 'createBooking',
    summary: 'Book a key for a limited period',
    description:
      'The 12 digits are in this answer and in no other. Live they open the bin in which the key hangs, from starts_at to ends_at; a box that is alone takes them in offline_window for the one bin that they name.',
    tag: 'bookings',
    body: newBookingSchema,
    responses: { 201: madeBookingSchema },
    handle: ({ principal: { tenantId }, body }) => {
      const made = makeBooking(desk, tenantId, readOrder(desk, tenantId, body));
      if (made.kind === 'refused') throw notMade(made.reason);
      const { booking, digits } = made;
      const shown = answer(desk, tenantId, booking);
      return {
        ...shown,
        status: 201,
        location: `/v1/bookings/${booking.bookingId}`,
        body: { ...shown.body, code: digits, code_grouped: grouped(digits) },
      };
    },
  });
}

function cancelRoute(desk: BookingDesk): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/v1/bookings/:booking_id',
    permission: 'bookings:write',
    operationId: 'cancelBooking',
    summary: 'Cancel a booking',
    description:
      'Live, the code is refused from this answer on. cancellation.box says whether the box knows of it too: until then it may take the code while it is alone, at the latest until the window is over. Cancelling again changes nothing.',
    tag: 'bookings',
    params,
    responses: { 200: bookingSchema },
    handle: ({ principal: { tenantId }, params: { booking_id } }) => {
      const booking = findBooking(desk, tenantId, booking_id);
      cancelBooking(desk, tenantId, { booking, because: 'cancelled' });
      desk.access.revoke(tenantId, booking.codeId);
      return answer(desk, tenantId, findBooking(desk, tenantId, booking_id));
    },
  });
}

function findBooking(desk: BookingDesk, tenantId: TenantId, bookingId: string): Booking {
  const booking = desk.bookings(tenantId).get(bookingId);
  if (booking === undefined) throw new CloudError('not-found');
  return booking;
}

// What is answered changes with the key and the box, not only with edits: the tag is of what is shown.
function answer(desk: BookingDesk, tenantId: TenantId, booking: Booking) {
  const body = showBooking(known(desk, tenantId, booking), desk.clock.nowMs());
  const shown = createHash('sha256').update(JSON.stringify(body)).digest().readUIntBE(0, 6);
  return { body, etag: entityTag(booking.bookingId, shown) };
}

function readFilter(query: Static<typeof listQuery>, nowMs: number): BookingFilter {
  return {
    ...(query.key_id === undefined ? {} : { keyId: query.key_id }),
    ...(query.box_id === undefined ? {} : { boxId: readBox(query.box_id, '/query/box_id') }),
    ...(query.live === true ? { liveAtMs: nowMs } : {}),
  };
}

function readOrder(
  desk: BookingDesk,
  tenantId: TenantId,
  body: Static<typeof newBookingSchema>,
): BookingOrder {
  const { box_id, bin } = body;
  return {
    key: findKey(desk, tenantId, body.key_id),
    startsAtMs: readInstant(body.starts_at, '/body/starts_at'),
    endsAtMs: readInstant(body.ends_at, '/body/ends_at'),
    label: tidyText(body.label ?? ''),
    wished: {
      ...(box_id === undefined ? {} : { boxId: readBox(box_id, '/body/box_id') }),
      ...(bin === undefined ? {} : { bin }),
    },
  };
}

function findKey(desk: BookingDesk, tenantId: TenantId, keyId: string): Key {
  const key = desk.keys.find(tenantId, keyId);
  if (key !== undefined) return key;
  throw invalidField('/body/key_id', 'unknown-key', {
    ja: 'GET /v1/keys にある id を指定してください。',
    en: 'Give an id from GET /v1/keys.',
  });
}

function readBox(resourceId: string, pointer: string) {
  const boxId = readBoxResourceId(resourceId);
  if (boxId !== undefined) return boxId;
  throw invalidField(pointer, 'not-a-box', {
    ja: 'GET /v1/boxes にある id を指定してください。',
    en: 'Give an id from GET /v1/boxes.',
  });
}
