// A desk that makes and cancels bookings for a depot, and what its box does with digits while it is alone: reads
// them by the booking key that it was told, and writes into its log what it opened.

import { encodeOfflineUse, nobleCrypto, offlineGrant, readBookingCode } from '@smartbox/protocol';
import type { Fact } from '../src/platform/events.ts';
import { bodyOf, type Depot } from './depot.ts';
import { problemOf } from './features-world.ts';
import { fob } from './model-box.ts';

/** A booking as it was answered. */
export interface MadeBooking {
  readonly id: string;
  readonly code: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** RFC 3339, so many hours from the start of every world. */
export function inHours(hours: number): string {
  return new Date(Date.UTC(2026, 3, 1, 9) + hours * 3_600_000).toISOString();
}

/** The desk of one depot. */
export function createBookingDesk(depot: Depot) {
  const { world, owner, box } = depot;
  const order = (change: object = {}) => ({
    ...{ key_id: depot.keyId, starts_at: inHours(0.5), ends_at: inHours(4), label: 'Room 12' },
    ...change,
  });
  const read = (id: string) => depot.read('getBooking', { booking_id: id });
  return {
    order,
    read,
    /** Books Van 7 from half an hour on to the fourth, or as told. */
    book: (change: object = {}): MadeBooking => {
      const body = bodyOf(world.call('createBooking', owner, { body: order(change) }));
      return { id: String(body.id), code: String(body.code), body };
    },
    problem: (change: object) => problemOf(() => world.call('createBooking', owner, { body: order(change) })),
    cancel: (id: string) => bodyOf(world.call('cancelBooking', owner, { params: { booking_id: id } })),
    offline: (id: string) => read(id).offline,
    /** Types digits at the box while it reaches the cloud. @returns whether a bin opened */
    opened: (code: string): boolean =>
      box.take(box.ask({ code })).some(({ message }) => message.name === 'access-granted'),
    events: (type: string): readonly Fact[] =>
      world.features.events
        .ledger(owner.tenantId)
        .read({ types: [type] }, { from: 0, order: 'rising', limit: 100 })
        .map(({ fact }) => fact),
    /** What the box makes of digits while it is alone: the payload, or nothing. */
    boxReads: (code: string): number | undefined => {
      const key = box.emergency?.bookingKey ?? new Uint8Array(32);
      return readBookingCode(nobleCrypto, { boxId: box.boxId, key }, code);
    },
    /** The box takes digits while it is alone, and the key leaves bin 3 with them. @returns the grant's number */
    takeOffline: (payload: number | undefined, generation = 1): number => {
      const grant = offlineGrant(box.log.length + 1);
      const tag = encodeOfflineUse({ method: 'booking', generation, number: payload ?? 0 });
      box.write('code-used', { bin: 3, grant, tag });
      box.write('open-intended', { bin: 3, grant });
      box.write('bin-opened', { bin: 3, grant });
      box.write('key-taken', { bin: 3, grant, tag: fob(7) });
      box.write('bin-closed', { bin: 3, grant });
      box.report();
      return grant;
    },
  };
}
