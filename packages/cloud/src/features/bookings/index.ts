// The public door of bookings: access for a limited period without an account, by digits that work live and offline.

import { bookingCode, type CryptoProvider, isOfflineGrant } from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { DevicePort } from '../../platform/device-port.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { Route } from '../../platform/route.ts';
import type { Access, BookedCode } from '../access/index.ts';
import type { Boxes } from '../boxes/index.ts';
import type { Emergency } from '../emergency/index.ts';
import type { GrantHolder, Keys } from '../keys/index.ts';
import { type Booking, payloadOf } from './booking.ts';
import { type CancelPorts, cancelBooking } from './cancel-booking.ts';
import { onCodeUsed } from './on-code-used.ts';
import { readinessRoute } from './readiness.ts';
import { bookingRoutes } from './routes.ts';
import { createBookingStores } from './store.ts';
import { known } from './worth.ts';

export { type Booking, bookingState, bookingStates } from './booking.ts';
export { grouped } from './booking-resource.ts';

/** What bookings are built from. */
export interface BookingsPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly crypto: CryptoProvider;
  readonly identifiers: Identifiers;
  readonly events: EventBus;
  readonly port: Pick<DevicePort, 'onLogEntry'>;
  readonly boxes: Pick<Boxes, 'find' | 'clockLostAtMs'>;
  readonly keys: Pick<Keys, 'find' | 'whereIs'>;
  readonly access: Pick<Access, 'issue' | 'revoke'>;
  readonly emergency: Pick<Emergency, 'bookingKey' | 'cancelBooking' | 'held'>;
}

/** The feature. */
export interface Bookings {
  readonly routes: readonly Route[];
  booking(tenantId: TenantId, bookingId: string): Booking | undefined;
  /** The digits of a booking; undefined where its box has other keys since, under which they mean nothing. */
  digits(tenantId: TenantId, booking: Booking): string | undefined;
  /** The booking that a key code belongs to, and what it is worth offline. */
  booked(tenantId: TenantId, codeId: string): BookedCode | undefined;
  /** Names the code of the booking with whose digits a box opened while it was alone. */
  readonly holderOfUse: GrantHolder;
}

/** Builds the feature; it follows codes and logs from here on. */
export function createBookings(ports: BookingsPorts): Bookings {
  const bookings = createBookingStores(ports.database);
  const desk = { ...ports, bookings };
  ports.port.onLogEntry(['code-used'], (from, entry) => onCodeUsed(desk, from, entry));
  ports.events.join('box-log-restarted', ({ tenantId, boxId }) => bookings(tenantId).forgetGrants(boxId));
  followCodes(desk);
  return {
    routes: [...bookingRoutes(desk), readinessRoute(desk)],
    booking: (tenantId, bookingId) => bookings(tenantId).get(bookingId),
    digits: (tenantId, booking) => {
      const under = ports.emergency.bookingKey(tenantId, booking.boxId);
      if (under?.generation !== booking.generation) return undefined;
      return bookingCode(ports.crypto, { boxId: booking.boxId, key: under.key }, payloadOf(booking));
    },
    booked: (tenantId, codeId) => {
      const booking = bookings(tenantId).byCode(codeId);
      if (booking === undefined) return undefined;
      return { bookingId: booking.bookingId, offline: known(desk, tenantId, booking).offline };
    },
    holderOfUse: ({ tenantId, boxId, grant }) => {
      const codeId = isOfflineGrant(grant) ? bookings(tenantId).codeOfUse(boxId, grant) : undefined;
      return codeId === undefined ? undefined : { codeId, personId: null };
    },
  };
}

// Whoever ends the code of a booking ends the booking: the box must hear of it too.
function followCodes(ports: CancelPorts): void {
  ports.events.join('code-ended', ({ tenantId, codeId, because }) => {
    if (because === 'expired') return;
    const booking = ports.bookings(tenantId).byCode(codeId);
    if (booking === undefined) return;
    cancelBooking(ports, tenantId, {
      booking,
      because: because === 'key-retired' ? 'key-retired' : 'cancelled',
    });
  });
}
