// What a location asks of whoever takes a key there, and when anybody may. Pure.

import type { DayException, Schedule, WeeklyWindow } from '../../platform/schedule.ts';

/** The policy of one location. */
export interface AccessPolicy {
  /** What is asked after an ID code; off: nothing. */
  readonly secondFactor: 'text-message' | 'off';
  /** Whether a badge at the front reader says who somebody is. A badge can be copied: weaker than a code. */
  readonly badge: 'off' | 'on';
  /** When keys may be taken; null for always. */
  readonly openingWindows: readonly WeeklyWindow[] | null;
  /** Days on which others count. */
  readonly holidays: readonly DayException[];
  /** When nobody takes a key, whatever else says; on holidays too. */
  readonly quietHours: readonly WeeklyWindow[];
}

/** The policy of a location that has set none: two steps, and no badge. */
export const firstPolicy: AccessPolicy = {
  secondFactor: 'text-message',
  badge: 'off',
  openingWindows: null,
  holidays: [],
  quietHours: [],
};

/** @returns when the location is open, before its quiet hours */
export function openingOf({ openingWindows, holidays }: AccessPolicy): Schedule {
  return { windows: openingWindows, exceptions: holidays };
}

/** @returns its quiet hours, as a schedule that is open while it is quiet */
export function quietOf({ quietHours }: AccessPolicy): Schedule {
  return { windows: quietHours, exceptions: [] };
}
