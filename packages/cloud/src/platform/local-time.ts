// What calendar and clock on the wall show at a place, and which moments show it. Pure but for the table of time zones
// that the runtime brings.

import { Temporal } from 'temporal-polyfill';
import { dayMinutes, type LocalDay, type LocalMoment } from './schedule.ts';

/** @param timeZone IANA name */
export function localMoment(atMs: number, timeZone: string): LocalMoment {
  const local = Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs)).toZonedDateTimeISO(timeZone);
  const date = local.toPlainDate();
  return {
    day: localDay(date),
    dayBefore: localDay(date.subtract({ days: 1 })),
    minute: local.hour * 60 + local.minute,
  };
}

/** @returns the day that is `days` after the given one */
export function dayAfter({ date }: LocalDay, days: number): LocalDay {
  return localDay(Temporal.PlainDate.from(date).add({ days }));
}

/** @returns the first moment of a day: past midnight where the clock skips that */
export function startOf({ date }: LocalDay, timeZone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds;
}

/**
 * @param minute after midnight of the day; may lie on the next
 * @returns the moments at which the wall begins to show it: two where the clock is turned back. Where the clock skips
 * it, moments before and after the skip that mean nothing
 */
export function momentsOf({ date }: LocalDay, minute: number, timeZone: string): readonly number[] {
  const shown = Temporal.PlainDate.from(date)
    .add({ days: Math.floor(minute / dayMinutes) })
    .toPlainDateTime({ hour: Math.floor((minute % dayMinutes) / 60), minute: minute % 60 });
  const at = (disambiguation: 'earlier' | 'later'): number =>
    shown.toZonedDateTime(timeZone, { disambiguation }).epochMilliseconds;
  return [...new Set([at('earlier'), at('later')])];
}

/** @returns when the clock on the wall is next turned forward or back; null for a zone where that never happens */
export function nextTurn(afterMs: number, timeZone: string): number | null {
  const local = Temporal.Instant.fromEpochMilliseconds(Math.floor(afterMs)).toZonedDateTimeISO(timeZone);
  return local.getTimeZoneTransition('next')?.epochMilliseconds ?? null;
}

/** @returns whether a text is a day that the calendar has, written `2026-12-25` */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const last = month >= 1 && month <= 12 ? new Temporal.PlainYearMonth(year, month).daysInMonth : 0;
  return day >= 1 && day <= last;
}

function localDay(date: Temporal.PlainDate): LocalDay {
  return { date: date.toString(), weekday: date.dayOfWeek };
}
