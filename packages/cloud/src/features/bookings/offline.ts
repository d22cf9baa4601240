// "Will this booking's code work if the box drops off now?" Pure: what is known of the booking, its key and its box;
// an answer that never promises more than the box has confirmed.

import type { BoxId } from '@smartbox/protocol';
import type { OfflineWorth } from '../access/index.ts';
import type { BookingKeyState } from '../emergency/index.ts';
import type { Whereabouts } from '../keys/index.ts';
import { type Booking, diesAtMs } from './booking.ts';

/** What is known of the booking's box. */
export interface BoxFacts {
  readonly boxId: BoxId;
  readonly claimedAtMs: number;
  /** Whether it was heard of since it was claimed. */
  readonly wasOnline: boolean;
  readonly online: boolean;
  /** When it was told that a restart lost the time; undefined while the clock is kept. */
  readonly clockLostAtMs: number | undefined;
  readonly bookingKey: Pick<BookingKeyState, 'generation' | 'inForceSinceMs' | 'firstUseHours'>;
  /** Version of the emergency keys that it last confirmed, and when. */
  readonly versionInForce: number;
  readonly confirmedAtMs: number | null;
}

const hourMs = 3_600_000;

/** @returns what the code is worth. @param box undefined for one that the tenant has not any more */
export function bookingWorth(
  booking: Booking,
  known: { readonly box: BoxFacts | undefined; readonly where: Whereabouts },
  nowMs: number,
): OfflineWorth {
  const { box, where } = known;
  if (diesAtMs(booking.window) <= nowMs) return liveOnly('over');
  if (box === undefined) return liveOnly('box_gone');
  if (booking.cancelled !== null) return cancelledWorth(booking, booking.cancelled, box);
  if (!box.wasOnline) return liveOnly('never_online');
  if (!isOfPresentKey(booking, box)) return liveOnly('key_replaced');
  const { inForceSinceMs, firstUseHours } = box.bookingKey;
  if (inForceSinceMs === null) return liveOnly('box_waits');
  if (box.clockLostAtMs !== undefined) return liveOnly('clock_lost', box.clockLostAtMs);
  const usedAtMs = booking.usedOfflineAtMs;
  const lateFromMs = booking.window.startMs + firstUseHours * hourMs;
  if (firstUseHours > 0 && usedAtMs === null && nowMs > lateFromMs)
    return liveOnly('first_use_missed', lateFromMs);
  const away = keyAway(booking, where);
  if (away !== undefined) return away;
  if (usedAtMs !== null) return liveOnly('used_once', usedAtMs);
  const hangsSinceMs = where.kind === 'in-bin' ? (where.sensed.sinceMs ?? 0) : 0;
  const sinceMs = Math.max(inForceSinceMs, hangsSinceMs, booking.createdAtMs);
  return { works: 'arithmetic', because: 'in_force', sinceMs };
}

/** @returns whether the box makes the same digits of the same payload as when this booking was made */
export function isOfPresentKey(
  { generation, createdAtMs }: Pick<Booking, 'generation' | 'createdAtMs'>,
  box: Pick<BoxFacts, 'claimedAtMs' | 'bookingKey'>,
): boolean {
  // A claim begins all keys anew, and their numbers with them.
  return generation === box.bookingKey.generation && createdAtMs >= box.claimedAtMs;
}

/** @returns whether a cancelled code is refused also by the box alone */
export function isRefusedOffline(
  booking: Pick<Booking, 'createdAtMs'>,
  cancelled: { readonly version: number | null },
  box: Pick<BoxFacts, 'claimedAtMs' | 'versionInForce'>,
): boolean {
  if (booking.createdAtMs < box.claimedAtMs) return true;
  return cancelled.version !== null && box.versionInForce >= cancelled.version;
}

function cancelledWorth(
  booking: Booking,
  cancelled: NonNullable<Booking['cancelled']>,
  box: BoxFacts,
): OfflineWorth {
  return isRefusedOffline(booking, cancelled, box)
    ? { works: 'on_box', because: 'cancelled_at_box', sinceMs: box.confirmedAtMs }
    : liveOnly('cancelled_live_only', cancelled.atMs);
}

function keyAway({ boxId, bin }: Booking, where: Whereabouts): OfflineWorth | undefined {
  switch (where.kind) {
    case 'unknown':
      return liveOnly('key_never_seen');
    case 'out':
      return liveOnly('key_out', where.custody.takenAtMs);
    case 'in-bin': {
      const { sensed } = where;
      return sensed.boxId === boxId && sensed.bin === bin
        ? undefined
        : liveOnly('key_elsewhere', sensed.sinceMs);
    }
  }
}

function liveOnly(because: OfflineWorth['because'], sinceMs: number | null = null): OfflineWorth {
  return { works: 'live_only', because, sinceMs };
}
