// A booking's 12 digits say by themselves which bin they open and when: the box needs to have heard of nothing.
// Payload (25 bits) times 29,802 makes 12 digits of which one in 29,802 is meaningful; FF1 (NIST SP 800-38G)
// enciphers them, so a guess hits by chance only. Time is counted in hours since 1970 UTC, modulo 2^14.
import { asciiToBytes, requireInteger, requireLength, wipe } from '../basics/bytes.ts';
import { ProtocolError } from '../basics/errors.ts';
import type { BoxId } from '../basics/ids.ts';
import { limits } from '../basics/limits.ts';
import type { CryptoProvider } from '../secure/crypto-provider.ts';
import { hkdfExpand } from '../secure/key-derivation.ts';
import { type Ff1Key, ff1Decipher, ff1Encipher } from './ff1.ts';

const HOUR_MS = 3_600_000;
const START_HOURS = 2 ** 14;
const BINS = 32;
const SERIALS = 4;
const PAYLOADS = 2 ** 25;

/** How long a booking may last, in hours; its place in this list goes into the code. */
export const bookingHours = [1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 96, 120, 168, 240, 336, 672] as const;

/** What a code says. */
export interface Booking {
  readonly bin: number;
  /** Unix ms, a whole hour. */
  readonly startMs: number;
  /** Unix ms. */
  readonly endMs: number;
  /** Tells bookings of one bin with the same start and length apart: 0 to 3. */
  readonly serial: number;
}

/** What stands in a code: 25 bits, and unique among the bookings of a box. No secret: it opens nothing. */
export type BookingPayload = number;

/** Which box, under which key. */
export interface BookingKey {
  readonly boxId: BoxId;
  /** 32 bytes, of the booking generation. */
  readonly key: Uint8Array;
}

/** @returns the shortest length that a code can say and that is not below `hours`; undefined beyond 28 days */
export function bookingHoursFor(hours: number): number | undefined {
  return bookingHours.find((length) => length >= hours);
}

/** @throws ProtocolError `out-of-range` for what no code can say */
export function bookingPayload(booking: Booking): BookingPayload {
  const startHour = booking.startMs / HOUR_MS;
  const length = bookingHours.indexOf(((booking.endMs - booking.startMs) / HOUR_MS) as 1);
  const { bin, serial } = booking;
  requireInteger(startHour, { min: 0, max: Number.MAX_SAFE_INTEGER }, 'booking.startMs');
  requireInteger(length, { min: 0, max: bookingHours.length - 1 }, 'booking.endMs');
  requireInteger(bin, { min: 1, max: BINS - 1 }, 'booking.bin');
  requireInteger(serial, { min: 0, max: SERIALS - 1 }, 'booking.serial');
  return (((startHour % START_HOURS) * bookingHours.length + length) * BINS + bin) * SERIALS + serial;
}

/** @returns what a payload says at `nowMs`: of all starts that it may mean, the one in the year around now */
export function bookingOf(payload: BookingPayload, nowMs: number): Booking {
  const serial = payload % SERIALS;
  const bin = binOf(payload);
  const rest = Math.floor(payload / (SERIALS * BINS));
  const hours = bookingHours[rest % bookingHours.length] as number;
  const startField = Math.floor(rest / bookingHours.length);
  const nowHour = Math.floor(nowMs / HOUR_MS);
  const sinceStart = (((nowHour - startField) % START_HOURS) + START_HOURS) % START_HOURS;
  // A start of long ago is one that is still to come: the modulus is 682 days, the longest way ahead a year.
  const ahead = sinceStart > limits.bookingPastHours;
  const startHour = nowHour - sinceStart + (ahead ? START_HOURS : 0);
  return { bin, serial, startMs: startHour * HOUR_MS, endMs: (startHour + hours) * HOUR_MS };
}

/** @returns 12 digits. @throws ProtocolError `out-of-range` for no payload, or without a key */
export function bookingCode(crypto: CryptoProvider, under: BookingKey, payload: BookingPayload): string {
  requireInteger(payload, { min: 0, max: PAYLOADS - 1 }, 'booking-payload');
  const plain = String(payload * limits.bookingRedundancy).padStart(limits.bookingDigits, '0');
  return withKey(crypto, under, (ff1Key) => ff1Encipher(ff1Key, plain));
}

/**
 * @param code 12 digits
 * @returns what stands in it, or undefined where nobody issued it
 * @throws ProtocolError `out-of-range` for anything but 12 digits, or without a key
 */
export function readBookingCode(
  crypto: CryptoProvider,
  under: BookingKey,
  code: string,
): BookingPayload | undefined {
  if (code.length !== limits.bookingDigits) throw new ProtocolError('out-of-range', 'booking-code');
  const plain = withKey(crypto, under, (ff1Key) => ff1Decipher(ff1Key, code));
  const payload = Number(plain) / limits.bookingRedundancy;
  if (!Number.isInteger(payload) || payload >= PAYLOADS) return undefined;
  // Nobody books bin 0, and elsewhere 0 stands for all bins: a guess must never come to mean that.
  return binOf(payload) === 0 ? undefined : payload;
}

function binOf(payload: BookingPayload): number {
  return Math.floor(payload / SERIALS) % BINS;
}

function withKey(
  crypto: CryptoProvider,
  { boxId, key }: BookingKey,
  run: (ff1Key: Ff1Key) => string,
): string {
  requireLength(key, limits.keyBytes, 'booking-key');
  const cipherKey = hkdfExpand(crypto, key, 'SBX1 booking');
  const digits = run({ key: cipherKey, tweak: asciiToBytes(boxId) });
  wipe(cipherKey);
  return digits;
}
