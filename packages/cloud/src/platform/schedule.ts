// When something is open: windows that come back each week, and days on which others count. When keys may be taken is
// such, and so are hours of quiet. Pure, and it knows the clock on the wall only; local-time.ts says what that shows.
//
// The clock on the wall decides. A window is open while that clock shows a time within it, so a time that is skipped in
// spring is in no window, and one that is shown twice in autumn is in its window both times. A window belongs to the day
// on which it begins, also where it passes midnight.

/** A stretch of one day. */
export interface DayWindow {
  /** Minutes after midnight, 0 to 1439; within. */
  readonly startMinute: number;
  /** The same, to 2879 where it ends on the next day; not within. Always after the start, by 24 hours at most. */
  readonly endMinute: number;
}

/** A stretch that comes back each week. */
export interface WeeklyWindow extends DayWindow {
  /** 1 Monday to 7 Sunday: the days on which it begins. */
  readonly weekdays: readonly number[];
}

/** A day on which other windows begin than on its weekday: none where it is closed. */
export interface DayException {
  /** `2026-12-25` */
  readonly date: string;
  /** What people call the day; empty for nothing. */
  readonly name: string;
  readonly windows: readonly DayWindow[];
}

/** When something is open. */
export interface Schedule {
  /** Null: always, but on the days that are excepted. */
  readonly windows: readonly WeeklyWindow[] | null;
  readonly exceptions: readonly DayException[];
}

/** A day at some place. */
export interface LocalDay {
  /** `2026-12-25` */
  readonly date: string;
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
}

/** What calendar and clock on the wall show. */
export interface LocalMoment {
  readonly day: LocalDay;
  readonly dayBefore: LocalDay;
  /** Whole minutes after midnight. */
  readonly minute: number;
}

/** Minutes that a clock on the wall shows in a day. */
export const dayMinutes = 1_440;
const weekMinutes = 7 * dayMinutes;
const wholeDay: readonly DayWindow[] = [{ startMinute: 0, endMinute: dayMinutes }];

/** @returns whether the schedule is open while the wall shows this */
export function isOpen(schedule: Schedule, { day, dayBefore, minute }: LocalMoment): boolean {
  return (
    windowsOn(schedule, day).some((window) => holds(window, minute)) ||
    windowsOn(schedule, dayBefore).some((window) => holds(window, minute + dayMinutes))
  );
}

/** @returns the windows that begin on a day */
export function windowsOn({ windows, exceptions }: Schedule, day: LocalDay): readonly DayWindow[] {
  const exception = exceptions.find(({ date }) => date === day.date);
  if (exception !== undefined) return exception.windows;
  if (windows === null) return wholeDay;
  return windows.filter(({ weekdays }) => weekdays.includes(day.weekday));
}

/** @returns whether two of them share a minute: of the week, or of one day where they name no weekdays */
export function overlap(windows: readonly (DayWindow | WeeklyWindow)[]): boolean {
  const stretches = windows.flatMap((window) =>
    ('weekdays' in window ? window.weekdays : [1]).map((weekday) => {
      const fromMinute = (weekday - 1) * dayMinutes + window.startMinute;
      return { fromMinute, endMinute: fromMinute + window.endMinute - window.startMinute };
    }),
  );
  stretches.sort((left, right) => left.fromMinute - right.fromMinute);
  const [first] = stretches;
  if (first === undefined) return false;
  // Sunday night goes over into Monday.
  const around = [...stretches, { ...first, fromMinute: first.fromMinute + weekMinutes }];
  return stretches.some(({ endMinute }, index) => (around[index + 1]?.fromMinute ?? endMinute) < endMinute);
}

function holds({ startMinute, endMinute }: DayWindow, minute: number): boolean {
  return startMinute <= minute && minute < endMinute;
}
