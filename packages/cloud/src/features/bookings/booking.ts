// A booking: access to one key for a limited period, for whoever knows its digits. Pure: what one is, which windows
// its digits can say, and how it stands.

import { type BookingPayload, type BoxId, bookingHoursFor, bookingPayload, limits } from '@smartbox/protocol';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Bookings of one bin with the same window that a code can tell apart. */
export const bookingSerials = [0, 1, 2, 3] as const;

/** How far ahead a booking may start: the digits cannot say a later year. */
const aheadMs = 365 * dayMs;

/** Whole hours, as the digits say them to a box that is alone. */
export interface BookingWindow {
  /** Unix ms. */
  readonly startMs: number;
  /** Unix ms. */
  readonly endMs: number;
}

/** How much the box was told of a cancellation, when it was made. */
export type CancelTold = 'sent' | 'waiting' | 'no-room' | 'not-needed';

/** Why a booking ended early. */
export type CancelCause = 'cancelled' | 'key-retired';

/** A cancellation. */
export interface Cancellation {
  readonly atMs: number;
  readonly because: CancelCause;
  readonly told: CancelTold;
  /** From this version of its emergency keys on the box refuses the code; null where it is not told. */
  readonly version: number | null;
}

/** One booking. Its digits are not here. */
export interface Booking {
  /** `bkg_…` */
  readonly bookingId: string;
  readonly keyId: string;
  /** The key code that has the same digits. */
  readonly codeId: string;
  readonly boxId: BoxId;
  readonly bin: number;
  readonly window: BookingWindow;
  readonly serial: number;
  /** Of the booking key that the digits were made with. */
  readonly generation: number;
  /** As ordered: what counts while the box reaches the cloud. */
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly label: string;
  readonly createdAtMs: number;
  readonly rev: number;
  readonly cancelled: Cancellation | null;
  /** When the box first took it without the cloud. */
  readonly usedOfflineAtMs: number | null;
}

/** Why no code can say a period. */
export type WindowFault = 'not-after-start' | 'in-the-past' | 'too-long' | 'too-far-ahead';

/** @returns the window that the digits say for a period: begun at the full hour, and as long as a length that they have */
export function windowFor(
  period: { readonly startsAtMs: number; readonly endsAtMs: number },
  nowMs: number,
): BookingWindow | WindowFault {
  const { startsAtMs, endsAtMs } = period;
  if (endsAtMs <= startsAtMs) return 'not-after-start';
  if (endsAtMs <= nowMs) return 'in-the-past';
  if (startsAtMs > nowMs + aheadMs) return 'too-far-ahead';
  const startMs = Math.floor(startsAtMs / hourMs) * hourMs;
  const hours = bookingHoursFor(Math.ceil((endsAtMs - startMs) / hourMs));
  return hours === undefined ? 'too-long' : { startMs, endMs: startMs + hours * hourMs };
}

/** @returns what stands in the digits */
export function payloadOf({
  bin,
  window,
  serial,
}: Pick<Booking, 'bin' | 'window' | 'serial'>): BookingPayload {
  return bookingPayload({ bin, serial, ...window });
}

/** @returns when the last box that is alone stops taking the digits, Unix ms */
export function diesAtMs({ endMs }: BookingWindow): number {
  return endMs + limits.bookingGraceMs;
}

/** How a booking stands. */
export const bookingStates = ['booked', 'running', 'over', 'cancelled'] as const;

/** @returns how a booking stands at `nowMs` */
export function bookingState(
  { startsAtMs, endsAtMs, cancelled }: Pick<Booking, 'startsAtMs' | 'endsAtMs' | 'cancelled'>,
  nowMs: number,
): (typeof bookingStates)[number] {
  if (cancelled !== null) return 'cancelled';
  if (nowMs >= endsAtMs) return 'over';
  return nowMs < startsAtMs ? 'booked' : 'running';
}
