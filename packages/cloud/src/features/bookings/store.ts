// All SQL of bookings; one store is made for one tenant. A booking is written when it is made, when it is cancelled
// and when a box tells that it took the digits while it was alone.

import type { BoxId } from '@smartbox/protocol';
import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import type { Booking, BookingWindow, CancelCause, Cancellation, CancelTold } from './booking.ts';

interface BookingRow {
  booking_id: string;
  key_id: string;
  code_id: string;
  box_id: string;
  bin: number;
  window_start_ms: number;
  window_end_ms: number;
  serial: number;
  generation: number;
  starts_at_ms: number;
  ends_at_ms: number;
  label: string;
  created_at_ms: number;
  rev: number;
  cancelled_at_ms: number | null;
  cancelled_because: CancelCause | null;
  cancel_told: CancelTold | null;
  cancel_version: number | null;
  used_offline_at_ms: number | null;
}

/** Which bookings are wanted. */
export interface BookingFilter {
  readonly keyId?: string;
  readonly boxId?: BoxId;
  /** Only those whose digits some box may still take at this moment, and that are not cancelled. */
  readonly liveAtMs?: number;
}

/** Which of a box's bookings: the digits say no more. */
export interface BookingPlace {
  readonly boxId: BoxId;
  readonly bin: number;
  readonly window: BookingWindow;
}

/** The bookings of one tenant. */
export interface BookingStore {
  add(booking: Booking): void;
  get(bookingId: string): Booking | undefined;
  byCode(codeId: string): Booking | undefined;
  list(filter: BookingFilter, afterBookingId: string, limit: number): readonly Booking[];
  /** Not cancelled, and digits that the box may still take; the soonest first. */
  liveOfBox(
    boxId: BoxId,
    wanted: { readonly afterEndMs: number; readonly limit: number },
  ): readonly Booking[];
  /** Every booking of this place, cancelled ones too: their digits are given out. */
  atPlace(place: BookingPlace): readonly Booking[];
  /** A cancelled one stays as it was cancelled. */
  cancel(bookingId: string, cancelled: Cancellation): void;
  /** The box took the digits while it was alone, under this grant. */
  usedOffline(bookingId: string, use: { readonly grant: number; readonly atMs: number }): void;
  /** The code of the booking under whose digits these openings were. */
  codeOfUse(boxId: BoxId, grant: number): string | undefined;
  /** The box's log begins anew, and its grants with it. */
  forgetGrants(boxId: BoxId): void;
}

const columns =
  'booking_id, key_id, code_id, box_id, bin, window_start_ms, window_end_ms, serial, generation, starts_at_ms, ends_at_ms, label, created_at_ms, rev, cancelled_at_ms, cancelled_because, cancel_told, cancel_version, used_offline_at_ms';

/** Prepares the statements of all tenants' stores. */
export function createBookingStores(database: Database): (tenantId: TenantId) => BookingStore {
  const statements = prepare(database);
  const one = (row: BookingRow | undefined) => (row === undefined ? undefined : toBooking(row));
  return perTenant((tenantId) => ({
    add: (booking) => void statements.add.run(tenantId, ...valuesOf(booking)),
    get: (bookingId) => one(statements.get.get(tenantId, bookingId)),
    byCode: (codeId) => one(statements.byCode.get(tenantId, codeId)),
    list: ({ keyId, boxId, liveAtMs }, after, limit) => {
      const of = [keyId ?? null, keyId ?? null, boxId ?? null, boxId ?? null] as const;
      const live = [liveAtMs ?? null, liveAtMs ?? null] as const;
      return statements.list.all(tenantId, after, ...of, ...live, limit).map(toBooking);
    },
    liveOfBox: (boxId, { afterEndMs, limit }) =>
      statements.liveOfBox.all(tenantId, boxId, afterEndMs, limit).map(toBooking),
    atPlace: ({ boxId, bin, window }) =>
      statements.atPlace.all(tenantId, boxId, bin, window.startMs, window.endMs).map(toBooking),
    cancel: (bookingId, { atMs, because, told, version }) =>
      void statements.cancel.run(atMs, because, told, version, tenantId, bookingId),
    usedOffline: (bookingId, { grant, atMs }) => void statements.use.run(atMs, grant, tenantId, bookingId),
    codeOfUse: (boxId, grant) => statements.codeOfUse.get(tenantId, boxId, grant)?.code_id,
    forgetGrants: (boxId) => void statements.forgetGrants.run(tenantId, boxId),
  }));
}

function prepare(database: Database) {
  const select = `SELECT ${columns} FROM booking WHERE tenant_id = ?`;
  return {
    add: database.prepare(
      `INSERT INTO booking (tenant_id, ${columns}) VALUES (?, ${columns.replaceAll(/\w+/g, '?')})`,
    ),
    get: database.prepare<BookingRow>(`${select} AND booking_id = ?`),
    // Asked while somebody takes a key out: a plus hides the value from the planner, which else plans anew each time.
    byCode: database.prepare<BookingRow>(
      `SELECT ${columns} FROM booking WHERE tenant_id = +? AND code_id = +?`,
    ),
    list: database.prepare<BookingRow>(
      `${select} AND booking_id > ? AND (? IS NULL OR key_id = ?) AND (? IS NULL OR box_id = ?)
       AND (? IS NULL OR (window_end_ms > ? AND cancelled_at_ms IS NULL)) ORDER BY booking_id LIMIT ?`,
    ),
    liveOfBox: database.prepare<BookingRow>(
      `${select} AND box_id = ? AND window_end_ms > ? AND cancelled_at_ms IS NULL
       ORDER BY starts_at_ms, booking_id LIMIT ?`,
    ),
    atPlace: database.prepare<BookingRow>(
      `${select} AND box_id = ? AND bin = ? AND window_start_ms = ? AND window_end_ms = ?`,
    ),
    cancel: database.prepare(
      `UPDATE booking SET cancelled_at_ms = ?, cancelled_because = ?, cancel_told = ?, cancel_version = ?,
         rev = rev + 1 WHERE tenant_id = ? AND booking_id = ? AND cancelled_at_ms IS NULL`,
    ),
    use: database.prepare(
      `UPDATE booking SET used_offline_at_ms = coalesce(used_offline_at_ms, ?), used_grant = ?, rev = rev + 1
       WHERE tenant_id = ? AND booking_id = ?`,
    ),
    codeOfUse: database.prepare<{ code_id: string }>(
      'SELECT code_id FROM booking WHERE tenant_id = ? AND box_id = ? AND used_grant = ?',
    ),
    forgetGrants: database.prepare(
      'UPDATE booking SET used_grant = NULL WHERE tenant_id = ? AND box_id = ? AND used_grant IS NOT NULL',
    ),
  };
}

function valuesOf(booking: Booking) {
  const { window, cancelled } = booking;
  return [
    booking.bookingId,
    booking.keyId,
    booking.codeId,
    booking.boxId,
    booking.bin,
    window.startMs,
    window.endMs,
    booking.serial,
    booking.generation,
    booking.startsAtMs,
    booking.endsAtMs,
    booking.label,
    booking.createdAtMs,
    booking.rev,
    cancelled?.atMs ?? null,
    cancelled?.because ?? null,
    cancelled?.told ?? null,
    cancelled?.version ?? null,
    booking.usedOfflineAtMs,
  ];
}

function toBooking(row: BookingRow): Booking {
  const { cancelled_at_ms: atMs, cancelled_because: because, cancel_told: told } = row;
  return {
    bookingId: row.booking_id,
    keyId: row.key_id,
    codeId: row.code_id,
    boxId: row.box_id as BoxId,
    bin: row.bin,
    window: { startMs: row.window_start_ms, endMs: row.window_end_ms },
    serial: row.serial,
    generation: row.generation,
    startsAtMs: row.starts_at_ms,
    endsAtMs: row.ends_at_ms,
    label: row.label,
    createdAtMs: row.created_at_ms,
    rev: row.rev,
    cancelled:
      atMs === null || because === null || told === null
        ? null
        : { atMs, because, told, version: row.cancel_version },
    usedOfflineAtMs: row.used_offline_at_ms,
  };
}
