// Log entry code-used with method booking: a box took a booking's digits while it was alone. The digits say which
// booking it was; digits that no booking has are an alarm, for nobody was given them.

import {
  type BookingPayload,
  bookingOf,
  decodeOfflineUse,
  type LogEntry,
  ProtocolError,
} from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { MessageOrigin } from '../../platform/device-port.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { showInstant } from '../../platform/instant.ts';
import { type Boxes, occurredAtMs } from '../boxes/index.ts';
import type { Booking } from './booking.ts';
import type { BookingStore } from './store.ts';

/** What the handler needs. */
export interface CodeUsedPorts {
  readonly clock: Clock;
  readonly events: EventBus;
  readonly bookings: (tenantId: TenantId) => BookingStore;
  readonly boxes: Pick<Boxes, 'find'>;
}

/** Takes one entry; of other methods it knows nothing. */
export function onCodeUsed(ports: CodeUsedPorts, from: MessageOrigin, entry: LogEntry): void {
  const use = readUse(entry.tag);
  if (use === undefined) return;
  const { tenantId, boxId } = from;
  const atMs = occurredAtMs(entry, ports.clock.nowMs());
  const said = bookingOf(use.payload, atMs);
  const claimedAtMs = ports.boxes.find(tenantId, boxId)?.box.claimedAtMs ?? 0;
  const window = { startMs: said.startMs, endMs: said.endMs };
  const store = ports.bookings(tenantId);
  const booking = store
    .atPlace({ boxId, bin: said.bin, window })
    .find((one) => isSaid(one, { serial: said.serial, generation: use.generation, claimedAtMs }));
  if (booking === undefined) {
    ports.events.publish('fact-established', {
      ...{ tenantId, boxId },
      bin: said.bin,
      type: 'booking.unknown',
      occurredAtMs: atMs,
      data: {
        grant: entry.grant,
        generation: use.generation,
        serial: said.serial,
        starts_at: showInstant(said.startMs),
        ends_at: showInstant(said.endMs),
      },
    });
    return;
  }
  store.usedOffline(booking.bookingId, { grant: entry.grant, atMs });
  const { bookingId, keyId, codeId, bin, cancelled } = booking;
  ports.events.publish('fact-established', {
    ...{ tenantId, boxId, bin, keyId, codeId },
    type: 'booking.used_offline',
    occurredAtMs: atMs,
    // The box had not heard of the cancellation: somebody should go and look.
    data: { booking_id: bookingId, grant: entry.grant, after_cancellation: cancelled !== null },
  });
}

function isSaid(
  { serial, generation, createdAtMs }: Booking,
  said: { readonly serial: number; readonly generation: number; readonly claimedAtMs: number },
): boolean {
  return serial === said.serial && generation === said.generation && createdAtMs >= said.claimedAtMs;
}

function readUse(
  tag: Uint8Array,
): { readonly payload: BookingPayload; readonly generation: number } | undefined {
  try {
    const { method, number, generation } = decodeOfflineUse(tag);
    return method === 'booking' ? { payload: number, generation } : undefined;
  } catch (error) {
    // A method that this release does not know is no booking.
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}
