// Makes a booking: finds the bin in which the key hangs, asks for the digits that say this bin and window, and gives
// them to access as a key code, so that a live opening needs no rule of its own. The digits leave in the answer and
// are stored as that code's keyed hash only.

import { type BoxId, bookingCode, type CryptoProvider, limits } from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import { InvariantBroken } from '../../platform/errors.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import { showInstant } from '../../platform/instant.ts';
import type { Access } from '../access/index.ts';
import type { Boxes } from '../boxes/index.ts';
import type { Emergency } from '../emergency/index.ts';
import type { Key, Keys } from '../keys/index.ts';
import { type Booking, bookingSerials, payloadOf, type WindowFault, windowFor } from './booking.ts';
import type { BookingPlace, BookingStore } from './store.ts';

/** What making needs. */
export interface MakePorts {
  readonly clock: Clock;
  readonly crypto: CryptoProvider;
  readonly identifiers: Identifiers;
  readonly events: EventBus;
  readonly bookings: (tenantId: TenantId) => BookingStore;
  readonly access: Pick<Access, 'issue'>;
  readonly keys: Pick<Keys, 'whereIs'>;
  readonly boxes: Pick<Boxes, 'find'>;
  readonly emergency: Pick<Emergency, 'bookingKey'>;
}

/** What is wanted. */
export interface BookingOrder {
  readonly key: Key;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly label: string;
  /** Where the key will hang, for a key that is out. */
  readonly wished: { readonly boxId?: BoxId; readonly bin?: number };
}

/** Why there is no booking. */
export type BookingRefusal =
  | WindowFault
  | 'key-not-in-a-bin'
  | 'hangs-elsewhere'
  | 'unknown-box'
  | 'wrong-location'
  | 'no-such-bin'
  | 'bin-too-high'
  | 'all-taken';

/** A new booking with its digits, or why there is none. */
export type MadeBooking =
  | { readonly kind: 'made'; readonly booking: Booking; readonly digits: string }
  | { readonly kind: 'refused'; readonly reason: BookingRefusal };

type Place = Pick<BookingPlace, 'boxId' | 'bin'>;

/** Makes one booking; inside a transaction. */
export function makeBooking(ports: MakePorts, tenantId: TenantId, order: BookingOrder): MadeBooking {
  const nowMs = Math.floor(ports.clock.nowMs());
  const window = windowFor(order, nowMs);
  if (typeof window === 'string') return { kind: 'refused', reason: window };
  const place = choosePlace(ports, tenantId, order);
  if (typeof place === 'string') return { kind: 'refused', reason: place };
  const under = ports.emergency.bookingKey(tenantId, place.boxId);
  if (under === undefined) throw new InvariantBroken(`${place.boxId} has no booking key`);
  const store = ports.bookings(tenantId);
  const given = new Set(store.atPlace({ ...place, window }).map(({ serial }) => serial));
  for (const serial of bookingSerials.filter((one) => !given.has(one))) {
    const payload = payloadOf({ bin: place.bin, window, serial });
    const digits = bookingCode(ports.crypto, { boxId: place.boxId, key: under.key }, payload);
    const { key, label, startsAtMs, endsAtMs } = order;
    const code = { key, label, digits, startsAtMs, expiresAtMs: endsAtMs, uses: 'unlimited' } as const;
    const issued = ports.access.issue(tenantId, code);
    // Somebody else's code at this place has the same digits by chance: the next serial has others.
    if (issued.kind !== 'issued') continue;
    const booking: Booking = {
      bookingId: ports.identifiers.create('bkg'),
      keyId: key.keyId,
      codeId: issued.code.codeId,
      ...{ ...place, window, serial, startsAtMs, endsAtMs, label },
      generation: under.generation,
      createdAtMs: nowMs,
      rev: 1,
      cancelled: null,
      usedOfflineAtMs: null,
    };
    store.add(booking);
    tellCreated(ports, tenantId, { booking, locationId: key.locationId });
    return { kind: 'made', booking, digits };
  }
  return { kind: 'refused', reason: 'all-taken' };
}

function choosePlace(
  ports: Pick<MakePorts, 'keys' | 'boxes'>,
  tenantId: TenantId,
  { key, wished }: BookingOrder,
): Place | BookingRefusal {
  const where = ports.keys.whereIs(tenantId, key);
  const hangs = where.kind === 'in-bin' ? where.sensed : undefined;
  const boxId = wished.boxId ?? hangs?.boxId;
  const bin = wished.bin ?? hangs?.bin;
  if (boxId === undefined || bin === undefined) return 'key-not-in-a-bin';
  if (hangs !== undefined && (hangs.boxId !== boxId || hangs.bin !== bin)) return 'hangs-elsewhere';
  const known = ports.boxes.find(tenantId, boxId);
  if (known === undefined) return 'unknown-box';
  if (known.box.locationId !== key.locationId) return 'wrong-location';
  if (bin > known.box.binCount) return 'no-such-bin';
  return bin > limits.sheetBins ? 'bin-too-high' : { boxId, bin };
}

function tellCreated(
  ports: Pick<MakePorts, 'events'>,
  tenantId: TenantId,
  made: { readonly booking: Booking; readonly locationId: string },
): void {
  const { bookingId, keyId, codeId, boxId, bin, startsAtMs, endsAtMs, createdAtMs } = made.booking;
  ports.events.publish('fact-established', {
    ...{ tenantId, boxId, bin, keyId, codeId, locationId: made.locationId },
    type: 'booking.created',
    occurredAtMs: createdAtMs,
    data: { booking_id: bookingId, starts_at: showInstant(startsAtMs), ends_at: showInstant(endsAtMs) },
  });
}
