// HTTP of guest links: an operator makes one for a booking, and whoever has it sees this booking and nothing else.

import { createHash } from 'node:crypto';
import { type Static, Type } from 'typebox';
import type { Clock } from '../../platform/clock.ts';
import type { Entropy } from '../../platform/entropy.ts';
import { CloudError } from '../../platform/errors.ts';
import type { EventBus } from '../../platform/events.ts';
import { instantSchema, showInstant } from '../../platform/instant.ts';
import { definePublicRoute, defineRoute, type Route } from '../../platform/route.ts';
import type { Principal } from '../../platform/token-register.ts';
import { type Booking, type Bookings, bookingState, bookingStates, grouped } from '../bookings/index.ts';
import type { Boxes } from '../boxes/index.ts';
import type { Locations } from '../locations/index.ts';
import type { Tenants } from '../tenants/index.ts';
import type { GuestLink, GuestLinkStore } from './store.ts';

/** How long after the end of its booking a link still tells how it ended. */
const afterEndMs = 7 * 86_400_000;

/** 256 bits: there is nothing to guess. */
const tokenBytes = 32;

const params = Type.Object({ booking_id: Type.String({ maxLength: 64 }) });

const linkSchema = Type.Object(
  {
    token: Type.String({ description: 'Goes into the address: /v1/guest/<token>. Shown this once.' }),
    path: Type.String(),
    works_until: instantSchema,
  },
  {
    examples: [
      {
        token: 'yJ4uZ0mYq0b3o8y0s1C2m6mJtQ2nKxw0vF1r5h8kT3c',
        path: '/v1/guest/yJ4uZ0mYq0b3o8y0s1C2m6mJtQ2nKxw0vF1r5h8kT3c',
        works_until: '2026-04-17T01:00:00.000Z',
      },
    ],
  },
);

const guestSchema = Type.Object(
  {
    organisation: Type.String(),
    location: Type.String(),
    time_zone: Type.String({ description: 'In whose time people at the box think.' }),
    box: Type.String(),
    bin: Type.Integer(),
    help_phone: Type.String(),
    status: Type.Enum([...bookingStates]),
    starts_at: instantSchema,
    ends_at: instantSchema,
    code: Type.Union([Type.String(), Type.Null()], {
      description: 'What the guest types at the box; null once the booking is over or cancelled.',
    }),
    code_grouped: Type.Union([Type.String(), Type.Null()]),
  },
  {
    examples: [
      {
        ...{ organisation: 'Sakura Hotels', location: 'Shinjuku', time_zone: 'Asia/Tokyo' },
        ...{ box: 'North entrance', bin: 3, help_phone: '+81 3 1234 5678', status: 'booked' },
        ...{ starts_at: '2026-04-08T06:30:00.000Z', ends_at: '2026-04-10T01:00:00.000Z' },
        ...{ code: '407182935518', code_grouped: '4071 8293 5518' },
      },
    ],
  },
);

/** What the routes need. */
export interface GuestDesk {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly events: EventBus;
  readonly links: GuestLinkStore;
  readonly bookings: Pick<Bookings, 'booking' | 'digits'>;
  readonly boxes: Pick<Boxes, 'find'>;
  readonly locations: Pick<Locations, 'find'>;
  readonly tenants: Pick<Tenants, 'nameOf'>;
}

/** The routes of guest links. */
export function guestRoutes(desk: GuestDesk): readonly Route[] {
  return [createLink(desk), removeLink(desk), readGuest(desk)];
}

function createLink(desk: GuestDesk): Route {
  return defineRoute({
    method: 'PUT',
    url: '/v1/bookings/:booking_id/guest-link',
    permission: 'bookings:write',
    operationId: 'createGuestLink',
    summary: 'Make the unguessable address of a booking, for its guest',
    description: 'Whoever has the address sees the code. A new one ends the one before.',
    tag: 'bookings',
    params,
    responses: { 200: linkSchema },
    handle: ({ principal, params: { booking_id } }) => {
      const booking = findBooking(desk, principal, booking_id);
      const token = Buffer.from(desk.entropy.bytes(tokenBytes)).toString('base64url');
      const atMs = Math.floor(desk.clock.nowMs());
      desk.links.save(linkOf(principal, booking), hashOf(token), atMs);
      tell(desk, principal, { type: 'booking.link_made', booking });
      const works_until = showInstant(booking.endsAtMs + afterEndMs);
      return { body: { token, path: `/v1/guest/${token}`, works_until } };
    },
  });
}

function removeLink(desk: GuestDesk): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/v1/bookings/:booking_id/guest-link',
    permission: 'bookings:write',
    operationId: 'removeGuestLink',
    summary: 'End the address of a booking at once',
    description: 'The booking stays, and so does its code. Where there is no address nothing changes.',
    tag: 'bookings',
    params,
    responses: { 204: null },
    handle: ({ principal, params: { booking_id } }) => {
      const booking = findBooking(desk, principal, booking_id);
      if (desk.links.remove(linkOf(principal, booking)))
        tell(desk, principal, { type: 'booking.link_ended', booking });
      return { status: 204 };
    },
  });
}

function readGuest(desk: GuestDesk): Route {
  return definePublicRoute({
    method: 'GET',
    url: '/v1/guest/:token',
    operationId: 'readGuestLink',
    summary: 'What a guest sees: one booking, where its key hangs, and the code',
    description: 'An address that was ended or replaced, is too old or was never made is not found.',
    tag: 'bookings',
    params: Type.Object({ token: Type.String({ maxLength: 64 }) }),
    responses: { 200: guestSchema },
    ratePerMinute: 30,
    handle: ({ params: { token } }) => {
      const link = desk.links.byToken(hashOf(token));
      const nowMs = desk.clock.nowMs();
      const body = link && showGuest(desk, link, nowMs);
      if (body === undefined) throw new CloudError('not-found');
      return { body };
    },
  });
}

function showGuest(
  desk: GuestDesk,
  { tenantId, bookingId }: GuestLink,
  nowMs: number,
): Static<typeof guestSchema> | undefined {
  const booking = desk.bookings.booking(tenantId, bookingId);
  if (booking === undefined || nowMs >= booking.endsAtMs + afterEndMs) return undefined;
  const box = desk.boxes.find(tenantId, booking.boxId)?.box;
  const location = box && desk.locations.find(tenantId, box.locationId);
  if (box === undefined || location === undefined) return undefined;
  const status = bookingState(booking, nowMs);
  const isOpen = status === 'booked' || status === 'running';
  const code = isOpen ? (desk.bookings.digits(tenantId, booking) ?? null) : null;
  return {
    organisation: desk.tenants.nameOf(tenantId),
    location: location.name,
    time_zone: location.timeZone,
    box: box.name,
    bin: booking.bin,
    help_phone: box.settings.helpPhone,
    status,
    starts_at: showInstant(booking.startsAtMs),
    ends_at: showInstant(booking.endsAtMs),
    code,
    code_grouped: code === null ? null : grouped(code),
  };
}

function findBooking(desk: GuestDesk, { tenantId }: Principal, bookingId: string): Booking {
  const booking = desk.bookings.booking(tenantId, bookingId);
  if (booking === undefined) throw new CloudError('not-found');
  return booking;
}

function linkOf({ tenantId }: Principal, { bookingId }: Booking): GuestLink {
  return { tenantId, bookingId };
}

function hashOf(token: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(token, 'utf8').digest());
}

function tell(
  desk: GuestDesk,
  { tenantId, tokenId }: Principal,
  told: { readonly type: string; readonly booking: Booking },
): void {
  const { bookingId, boxId, bin, keyId, codeId } = told.booking;
  const locationId = desk.boxes.find(tenantId, boxId)?.box.locationId;
  desk.events.publish('fact-established', {
    ...{ tenantId, type: told.type, boxId, bin, keyId, codeId },
    ...(locationId === undefined ? {} : { locationId }),
    occurredAtMs: Math.floor(desk.clock.nowMs()),
    data: { booking_id: bookingId, token_id: tokenId },
  });
}
