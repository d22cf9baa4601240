// Ends a booking early: its key code ends at once, and the box is told to refuse the digits when it is alone. What the
// box knows of it is written down as it is: a box that is away hears of it at its next contact, or never needs to.

import type { Clock } from '../../platform/clock.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { Boxes } from '../boxes/index.ts';
import type { Emergency } from '../emergency/index.ts';
import { type Booking, type CancelCause, type Cancellation, diesAtMs, payloadOf } from './booking.ts';
import type { BookingStore } from './store.ts';

/** What cancelling needs. */
export interface CancelPorts {
  readonly clock: Clock;
  readonly events: EventBus;
  readonly bookings: (tenantId: TenantId) => BookingStore;
  readonly boxes: Pick<Boxes, 'find'>;
  readonly emergency: Pick<Emergency, 'cancelBooking' | 'held'>;
}

/** Cancels one booking; inside a transaction. One that was cancelled, or that no box takes any more, stays. */
export function cancelBooking(
  ports: CancelPorts,
  tenantId: TenantId,
  end: { readonly booking: Booking; readonly because: CancelCause },
): void {
  const { booking, because } = end;
  const atMs = Math.floor(ports.clock.nowMs());
  if (booking.cancelled !== null || diesAtMs(booking.window) <= atMs) return;
  const cancelled = { atMs, because, ...tellBox(ports, tenantId, booking) };
  ports.bookings(tenantId).cancel(booking.bookingId, cancelled);
  const { bookingId, keyId, codeId, boxId, bin } = booking;
  ports.events.publish('fact-established', {
    ...{ tenantId, boxId, bin, keyId, codeId },
    type: 'booking.cancelled',
    occurredAtMs: atMs,
    data: {
      booking_id: bookingId,
      because: because.replace('-', '_'),
      box: cancelled.told.replace('-', '_'),
    },
  });
}

function tellBox(
  ports: CancelPorts,
  tenantId: TenantId,
  booking: Booking,
): Pick<Cancellation, 'told' | 'version'> {
  const { boxId, window, createdAtMs } = booking;
  const box = ports.boxes.find(tenantId, boxId)?.box;
  // A box that was given up or claimed anew has other keys: to it these digits say nothing.
  if (box === undefined || createdAtMs < box.claimedAtMs) return { told: 'not-needed', version: null };
  const told = ports.emergency.cancelBooking(tenantId, boxId, {
    payload: payloadOf(booking),
    endMs: window.endMs,
  });
  if (told === 'no-room') return { told, version: null };
  return { told, version: ports.emergency.held(tenantId, boxId)?.version ?? null };
}
