// Schedules as the API shows and takes them: days and times as people write them, and what is wrong with one.

import { type Static, Type } from 'typebox';
import { type CloudError, invalidField } from './errors.ts';
import { isDate } from './local-time.ts';
import { optionalPlainText, tidyText } from './plain-text.ts';
import type { BilingualText } from './problems.ts';
import {
  type DayException,
  type DayWindow,
  dayMinutes,
  overlap,
  type Schedule,
  type WeeklyWindow,
} from './schedule.ts';

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const time = (description: string) => Type.String({ maxLength: 10, description });
const stretch = {
  from: time('HH:MM on the clock at the place; within.'),
  until: time('HH:MM, to 24:00; not within. Not after `from`: it ends on the next day.'),
};

const weeklyWindowSchema = Type.Object(
  {
    days: Type.Array(Type.Enum([...dayNames]), {
      minItems: 1,
      maxItems: 7,
      uniqueItems: true,
      description: 'The days on which it begins.',
    }),
    ...stretch,
  },
  { additionalProperties: false },
);

/** Windows that come back each week. */
export const weeklyWindowsSchema = Type.Array(weeklyWindowSchema, { maxItems: 50 });

/** Days on which other windows begin. */
export const exceptionsSchema = Type.Array(
  Type.Object(
    {
      date: Type.String({ maxLength: 20, description: 'YYYY-MM-DD at the place.' }),
      name: Type.Optional(optionalPlainText(100, 'What people call the day.')),
      windows: Type.Array(Type.Object(stretch, { additionalProperties: false }), {
        maxItems: 20,
        description: 'The windows that begin on that day in place of the usual; none: closed.',
      }),
    },
    { additionalProperties: false },
  ),
  { maxItems: 400 },
);

/** An example that documents both. */
export const scheduleExample = {
  windows: [{ days: ['mon' as const, 'fri' as const], from: '22:00', until: '06:00' }],
  exceptions: [{ date: '2026-12-25', name: 'Christmas', windows: [] }],
};

/** When something is open. */
export const scheduleSchema = Type.Object(
  {
    windows: Type.Union([weeklyWindowsSchema, Type.Null()], {
      description: 'Null: at any hour, but on the days that are excepted.',
    }),
    exceptions: Type.Optional(exceptionsSchema),
  },
  {
    additionalProperties: false,
    description: 'In the time zone of the location where the key is taken.',
    examples: [scheduleExample],
  },
);

/** @throws CloudError naming what is wrong below `pointer` */
export function readSchedule(body: Static<typeof scheduleSchema>, pointer: string): Schedule {
  return {
    windows: body.windows === null ? null : readWeekly(body.windows, `${pointer}/windows`),
    exceptions: readExceptions(body.exceptions ?? [], `${pointer}/exceptions`),
  };
}

/** @throws CloudError naming what is wrong below `pointer` */
export function readWeekly(
  body: Static<typeof weeklyWindowsSchema>,
  pointer: string,
): readonly WeeklyWindow[] {
  const windows = body.map(({ days, ...rest }, index) => ({
    weekdays: days.map((day) => dayNames.indexOf(day) + 1),
    ...readWindow(rest, `${pointer}/${index}`),
  }));
  if (overlap(windows)) throw wrong(pointer, 'overlapping-windows');
  return windows;
}

/** @throws CloudError naming what is wrong below `pointer` */
export function readExceptions(
  body: Static<typeof exceptionsSchema>,
  pointer: string,
): readonly DayException[] {
  const dates = new Set<string>();
  return body.map(({ date, name, windows }, index) => {
    const at = `${pointer}/${index}`;
    const plain = date.normalize('NFKC');
    if (!isDate(plain)) throw wrong(`${at}/date`, 'not-a-date');
    if (dates.has(plain)) throw wrong(`${at}/date`, 'date-twice');
    dates.add(plain);
    const read = windows.map((window, place) => readWindow(window, `${at}/windows/${place}`));
    if (overlap(read)) throw wrong(`${at}/windows`, 'overlapping-windows');
    return { date: plain, name: tidyText(name ?? ''), windows: read };
  });
}

/** @returns the schedule in the API's form */
export function showSchedule({ windows, exceptions }: Schedule): Static<typeof scheduleSchema> {
  return { windows: windows === null ? null : showWeekly(windows), exceptions: showExceptions(exceptions) };
}

/** @returns weekly windows in the API's form */
export function showWeekly(windows: readonly WeeklyWindow[]): Static<typeof weeklyWindowsSchema> {
  return windows.map((window) => ({
    days: dayNames.filter((_name, index) => window.weekdays.includes(index + 1)),
    ...showWindow(window),
  }));
}

/** @returns excepted days in the API's form */
export function showExceptions(exceptions: readonly DayException[]): Static<typeof exceptionsSchema> {
  return exceptions.map(({ date, name, windows }) => ({ date, name, windows: windows.map(showWindow) }));
}

function readWindow(
  { from, until }: { readonly from: string; readonly until: string },
  pointer: string,
): DayWindow {
  const startMinute = readTime(from, `${pointer}/from`);
  const endMinute = readTime(until, `${pointer}/until`);
  if (startMinute === dayMinutes) throw wrong(`${pointer}/from`, 'not-a-time');
  if (startMinute === endMinute) throw wrong(`${pointer}/until`, 'empty-window');
  return { startMinute, endMinute: endMinute > startMinute ? endMinute : endMinute + dayMinutes };
}

function readTime(text: string, pointer: string): number {
  const [, hour, minute] = /^(\d{2}):(\d{2})$/.exec(text.normalize('NFKC')) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  if (Number(minute) < 60 && minutes <= dayMinutes) return minutes;
  throw wrong(pointer, 'not-a-time');
}

function showWindow({ startMinute, endMinute }: DayWindow) {
  const shown = (minute: number): string =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return {
    from: shown(startMinute),
    until: shown(endMinute > dayMinutes ? endMinute - dayMinutes : endMinute),
  };
}

const faults = {
  'not-a-time': {
    ja: '09:30 のような時刻を指定してください(until は 24:00 まで)。',
    en: 'Give a time such as 09:30 (until: up to 24:00).',
  },
  'empty-window': {
    ja: 'from と until が同じです。一日中なら 00:00 から 24:00 と指定してください。',
    en: 'from and until are the same. For a whole day, give 00:00 and 24:00.',
  },
  'overlapping-windows': {
    ja: '時間帯が重なっています。一つにまとめるか、重ならないようにしてください。',
    en: 'Windows overlap. Join them into one, or keep them apart.',
  },
  'not-a-date': {
    ja: '2026-12-25 のような、暦にある日付を指定してください。',
    en: 'Give a date that the calendar has, such as 2026-12-25.',
  },
  'date-twice': {
    ja: '同じ日付が二度あります。一つにまとめてください。',
    en: 'The date is there twice. Put its windows together.',
  },
} as const satisfies Readonly<Record<string, BilingualText>>;

function wrong(pointer: string, code: keyof typeof faults): CloudError {
  return invalidField(pointer, code, faults[code]);
}
