// What bookings need of a box: the key under which their codes are made, and a way to call one off.

import { type BookingPayload, limits } from '@smartbox/protocol';
import type { MessageOrigin } from '../../platform/device-port.ts';
import { type EmergencyBox, liveCancelled } from './emergency.ts';
import type { EmergencyKeeper } from './keeper.ts';

/** The key under which booking codes of one box are made. */
export interface BookingKeyState {
  readonly generation: number;
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** When the box confirmed this generation; null while it has not: its codes then work online only. */
  readonly inForceSinceMs: number | null;
  /** A code must be used within this many hours of its start; 0 for no such rule. */
  readonly firstUseHours: number;
}

/** What came of a cancellation: whether the box has it, gets it at its next contact, or cannot remember it. */
export type BookingCancelled = 'sent' | 'waiting' | 'no-room';

/** @returns the booking key of a box of which something is known */
export function bookingKeyOf(state: EmergencyBox, key: Uint8Array): BookingKeyState {
  const { inForce, bookingGeneration } = state;
  return {
    generation: bookingGeneration,
    key,
    inForceSinceMs: inForce.bookingGeneration === bookingGeneration ? inForce.bookingSinceMs : null,
    firstUseHours: state.settings.firstUseHours,
  };
}

/** Adds a cancellation to what the box is to know; ended ones make room. Inside a transaction. */
export function cancelBooking(
  keeper: EmergencyKeeper,
  owned: MessageOrigin,
  booking: { readonly payload: BookingPayload; readonly endMs: number; readonly nowMs: number },
): BookingCancelled {
  const state = keeper.ensure(owned);
  const { payload, endMs, nowMs } = booking;
  const live = liveCancelled(state.cancelled, nowMs).filter((one) => one.payload !== payload);
  if (live.length >= limits.cancelledBookings) return 'no-room';
  const { sent } = keeper.change(owned, { ...state, cancelled: [...live, { payload, endMs }] });
  return sent ? 'sent' : 'waiting';
}
