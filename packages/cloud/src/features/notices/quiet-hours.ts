// Hours of quiet: mails, pushes and text messages of a rule wait until they end; webhooks never do. Pure, by the rules
// that schedules have on the days on which the clock is turned.

import { localMoment } from '../../platform/local-time.ts';
import { nextMoment } from '../../platform/next-moment.ts';
import { dayMinutes, isOpen, type Schedule, type WeeklyWindow } from '../../platform/schedule.ts';
import { alerts, type Rule } from './rule.ts';

/** When somebody is not to be woken. */
export interface QuietHours {
  readonly windows: readonly WeeklyWindow[];
  /** IANA name: the clock on the wall there decides. */
  readonly timeZone: string;
}

/** Alerts that an urgent rule tells at any hour: somebody may have to go there now. */
export const urgentAlerts = ['break_in', 'by_hand', 'trouble'] as const;

/** @returns the hours in which a notice of this type waits; null where it never does */
export function quietFor({ quietHours, timeZone, urgent }: Rule, type: string): QuietHours | null {
  if (quietHours.length === 0 || timeZone === null) return null;
  if (urgent && urgentAlerts.some((name) => alerts[name]?.includes(type))) return null;
  return { windows: quietHours, timeZone };
}

/** @returns when it is quiet no more; null while it is not quiet */
export function quietUntil({ windows, timeZone }: QuietHours, nowMs: number): number | null {
  const quiet: Schedule = { windows, exceptions: [] };
  const isQuiet = (atMs: number): boolean => isOpen(quiet, localMoment(atMs, timeZone));
  if (!isQuiet(nowMs)) return null;
  return nextMoment({ schedules: [quiet], timeZone, besides: [], afterMs: nowMs }, (atMs) => !isQuiet(atMs));
}

/** @returns whether windows that do not overlap leave no minute of the week: what waits for their end waits for ever */
export function isAlways(windows: readonly WeeklyWindow[]): boolean {
  const minutes = windows.map(
    ({ weekdays, startMinute, endMinute }) => weekdays.length * (endMinute - startMinute),
  );
  return minutes.reduce((sum, one) => sum + one, 0) >= 7 * dayMinutes;
}
