// Schedules: what the clock on the wall decides, on ordinary days and on those on which it is turned. Checked against a
// scan that goes minute by minute and reads the wall from Intl, not from the library that the schedules use.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDate, localMoment } from './local-time.ts';
import { nextMoment } from './next-moment.ts';
import { isOpen, overlap, type Schedule, type WeeklyWindow } from './schedule.ts';

const minuteMs = 60_000;
const hour = (hours: number, minutes = 0): number => hours * 60 + minutes;
const daily = (startMinute: number, endMinute: number): WeeklyWindow => ({
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  startMinute,
  endMinute,
});
const weekly = (...windows: readonly WeeklyWindow[]): Schedule => ({ windows, exceptions: [] });
const openAt = (schedule: Schedule, timeZone: string, instant: string): boolean =>
  isOpen(schedule, localMoment(Date.parse(instant), timeZone));

/** What Intl shows on the wall: `2026-03-29 03:00`. */
const wall = (timeZone: string): ((atMs: number) => string) => {
  const format = new Intl.DateTimeFormat('sv-SE', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
    hourCycle: 'h23',
  });
  return (atMs) => format.format(atMs).replace(',', '');
};

/** Every text that the wall may show while the schedule is open, for windows that begin on these dates. */
function openTexts({ windows, exceptions }: Schedule, dates: readonly string[]): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const date of dates) {
    const midnightMs = Date.parse(`${date}T00:00:00Z`);
    const weekday = new Date(midnightMs).getUTCDay() || 7;
    const usual =
      windows === null ? [daily(0, 1_440)] : windows.filter(({ weekdays }) => weekdays.includes(weekday));
    const begin = exceptions.find((one) => one.date === date)?.windows ?? usual;
    for (const { startMinute, endMinute } of begin)
      for (let minute = startMinute; minute < endMinute; minute++)
        texts.add(new Date(midnightMs + minute * minuteMs).toISOString().slice(0, 16).replace('T', ' '));
  }
  return texts;
}

describe('a schedule', () => {
  const office = weekly({ weekdays: [1, 2, 3, 4, 5], startMinute: hour(8), endMinute: hour(18) });

  it.each([
    ['2026-04-01T00:00:00Z', true, 'Wednesday, 09:00 in Tokyo'],
    ['2026-03-31T22:59:59Z', false, 'a second before 08:00'],
    ['2026-03-31T23:00:00Z', true, '08:00 sharp'],
    ['2026-04-01T09:00:00Z', false, '18:00 sharp'],
    ['2026-04-04T00:00:00Z', false, 'Saturday'],
  ])('is open or not in the time of its place (SEC-05): %s is %s, %s', (instant, open) => {
    expect(openAt(office, 'Asia/Tokyo', instant)).toBe(open);
  });

  it('lets a window pass midnight: it belongs to the day on which it begins', () => {
    const friday = weekly({ weekdays: [5], startMinute: hour(22), endMinute: hour(30) });
    expect(openAt(friday, 'UTC', '2026-04-03T22:00:00Z')).toBe(true);
    expect(openAt(friday, 'UTC', '2026-04-04T05:59:00Z')).toBe(true);
    expect(openAt(friday, 'UTC', '2026-04-04T06:00:00Z')).toBe(false);
    expect(openAt(friday, 'UTC', '2026-04-03T05:00:00Z')).toBe(false);
  });

  it('puts other windows, or none, on a day that is excepted; the night before it goes on to its end', () => {
    const night = weekly(daily(hour(22), hour(30)));
    const exceptions = [
      { date: '2026-12-25', name: 'Christmas', windows: [] },
      { date: '2026-12-26', name: '', windows: [{ startMinute: hour(10), endMinute: hour(12) }] },
    ];
    const schedule = { ...night, exceptions };
    expect(openAt(schedule, 'UTC', '2026-12-25T05:00:00Z')).toBe(true);
    expect(openAt(schedule, 'UTC', '2026-12-25T23:00:00Z')).toBe(false);
    expect(openAt(schedule, 'UTC', '2026-12-26T05:00:00Z')).toBe(false);
    expect(openAt(schedule, 'UTC', '2026-12-26T11:00:00Z')).toBe(true);
    expect(openAt(schedule, 'UTC', '2026-12-26T23:00:00Z')).toBe(false);
    expect(openAt({ windows: null, exceptions }, 'UTC', '2026-12-24T12:00:00Z')).toBe(true);
    expect(openAt({ windows: null, exceptions }, 'UTC', '2026-12-25T12:00:00Z')).toBe(false);
  });

  it.each([
    ['apart', [daily(hour(8), hour(12)), daily(hour(12), hour(18))], false],
    ['over each other', [daily(hour(8), hour(12)), daily(hour(11), hour(18))], true],
    ['over midnight', [daily(hour(22), hour(30)), daily(hour(5), hour(7))], true],
    [
      'from Sunday into Monday',
      [
        { weekdays: [7], startMinute: hour(22), endMinute: hour(30) },
        { weekdays: [1], startMinute: hour(5), endMinute: hour(7) },
      ],
      true,
    ],
    [
      'on days of their own',
      [
        { weekdays: [7], startMinute: hour(8), endMinute: hour(18) },
        { weekdays: [1], startMinute: hour(8), endMinute: hour(18) },
      ],
      false,
    ],
    ['none', [], false],
  ])('says whether windows overlap: %s', (_name, windows, expected) => {
    expect(overlap(windows)).toBe(expected);
  });

  it.each([
    ['2026-02-28', true],
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-1-1', false],
    ['tomorrow', false],
  ])('knows which dates the calendar has: %s is %s', (text, expected) => {
    expect(isDate(text)).toBe(expected);
  });
});

describe('on the night on which the clock is turned forward', () => {
  const zone = 'Europe/Berlin';

  it('a window that begins in the skipped hour opens when the clock has jumped', () => {
    const schedule = weekly(daily(hour(2, 30), hour(5)));
    expect(openAt(schedule, zone, '2026-03-29T00:59:59Z')).toBe(false);
    expect(openAt(schedule, zone, '2026-03-29T01:00:00Z')).toBe(true);
    expect(openAt(schedule, zone, '2026-03-29T03:00:00Z')).toBe(false);
  });

  it('a window that lies in the skipped hour does not come that night, and comes the next', () => {
    const schedule = weekly(daily(hour(2, 15), hour(2, 45)));
    for (let atMs = Date.parse('2026-03-28T23:00Z'); atMs < Date.parse('2026-03-29T21:00Z'); atMs += minuteMs)
      expect(isOpen(schedule, localMoment(atMs, zone))).toBe(false);
    expect(openAt(schedule, zone, '2026-03-30T00:15:00Z')).toBe(true);
  });

  it('a night shift is an hour shorter', () => {
    const schedule = weekly(daily(hour(22), hour(30)));
    expect(openAt(schedule, zone, '2026-03-28T21:00:00Z')).toBe(true);
    expect(openAt(schedule, zone, '2026-03-29T03:59:59Z')).toBe(true);
    expect(openAt(schedule, zone, '2026-03-29T04:00:00Z')).toBe(false);
  });
});

describe('on the night on which the clock is turned back', () => {
  const zone = 'America/New_York';

  it('a window that lies in the repeated hour is open both times, and shut between', () => {
    const schedule = weekly(daily(hour(1, 15), hour(1, 45)));
    const open = ['05:15', '05:44', '06:15', '06:44'];
    const shut = ['05:14', '05:45', '06:14', '06:45'];
    for (const time of open) expect(openAt(schedule, zone, `2026-11-01T${time}:00Z`)).toBe(true);
    for (const time of shut) expect(openAt(schedule, zone, `2026-11-01T${time}:00Z`)).toBe(false);
  });

  it('a night shift is an hour longer', () => {
    const schedule = weekly(daily(hour(22), hour(30)));
    expect(openAt(schedule, zone, '2026-11-01T02:00:00Z')).toBe(true);
    expect(openAt(schedule, zone, '2026-11-01T10:59:59Z')).toBe(true);
    expect(openAt(schedule, zone, '2026-11-01T11:00:00Z')).toBe(false);
  });
});

describe('against a scan of every minute', () => {
  const turns = [
    ['Europe/Berlin', '2026-03-29'],
    ['Europe/Berlin', '2026-10-25'],
    ['America/New_York', '2026-03-08'],
    ['America/New_York', '2026-11-01'],
    ['Asia/Tokyo', '2026-03-29'],
    ['Australia/Lord_Howe', '2026-04-05'],
    ['America/Santiago', '2026-09-06'],
  ] as const;
  const window = fc
    .record({
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      startMinute: fc.oneof(fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 60, max: 200 })),
      length: fc.oneof(fc.integer({ min: 1, max: 1_440 }), fc.integer({ min: 1, max: 60 })),
    })
    .map(({ weekdays, startMinute, length }) => ({ weekdays, startMinute, endMinute: startMinute + length }));
  const scheduleOn = (date: string) =>
    fc.record({
      windows: fc.option(fc.array(window, { maxLength: 3 })),
      exceptions: fc.array(
        fc.record({
          date: fc.constant(date),
          name: fc.constant(''),
          windows: fc.array(window, { maxLength: 2 }),
        }),
        { maxLength: 1 },
      ),
    });
  const around = (date: string): readonly string[] =>
    [-2, -1, 0, 1, 2].map((days) =>
      new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10),
    );

  it.each(turns)('is open in %s round %s in exactly those minutes (SEC-05)', (zone, date) => {
    const shown = wall(zone);
    const middayMs = Date.parse(`${date}T12:00Z`);
    fc.assert(
      fc.property(scheduleOn(date), (schedule) => {
        const texts = openTexts(schedule, around(date));
        for (let atMs = middayMs - 24 * 3_600_000; atMs < middayMs + 12 * 3_600_000; atMs += 5 * minuteMs)
          expect([atMs, isOpen(schedule, localMoment(atMs, zone))]).toEqual([atMs, texts.has(shown(atMs))]);
      }),
      { numRuns: 10 },
    );
  });

  it.each(turns)('opens next in %s round %s in the first of those minutes', (zone, date) => {
    const shown = wall(zone);
    const startMs = Date.parse(`${date}T00:00Z`) - 12 * 3_600_000;
    fc.assert(
      fc.property(scheduleOn(date), fc.nat(36 * 60), (schedule, minutes) => {
        const texts = openTexts(schedule, around(date));
        const afterMs = startMs + minutes * minuteMs;
        const found = nextMoment({ schedules: [schedule], timeZone: zone, besides: [], afterMs }, (atMs) =>
          isOpen(schedule, localMoment(atMs, zone)),
        );
        let atMs = afterMs + minuteMs;
        // Already open: it may be found anywhere in the same stretch, and a next opening is asked only while it is shut.
        fc.pre(!texts.has(shown(afterMs)));
        const endMs = startMs + 48 * 3_600_000;
        while (atMs < endMs && !texts.has(shown(atMs))) atMs += minuteMs;
        if (atMs < endMs) expect(found).toBe(atMs);
        else expect(found === null || found >= endMs).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});
