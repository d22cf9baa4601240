// Hours of quiet by themselves: for which notices, until when, and on the nights on which the clock is turned.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WeeklyWindow } from '../../platform/schedule.ts';
import { isAlways, quietFor, quietUntil, urgentAlerts } from './quiet-hours.ts';
import { alerts, type Rule } from './rule.ts';

const minuteMs = 60_000;
const hour = (hours: number, minutes = 0): number => hours * 60 + minutes;
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const daily = (startMinute: number, endMinute: number): WeeklyWindow => ({
  weekdays: everyDay,
  ...{ startMinute, endMinute },
});
const night = [daily(hour(22), hour(30))];

const rule = (change: Partial<Rule> = {}): Rule => ({
  ...{ ruleId: 'nrl_1', label: 'x', events: ['*'], channels: ['nch_1'], paused: false, rev: 1 },
  ...{ locationId: null, boxId: null, keyId: null, repeatAfterMs: null, createdAtMs: 0 },
  ...{ quietHours: night, timeZone: 'Asia/Tokyo', urgent: false },
  ...change,
});

/** When the night's quiet ends that holds at an instant; null while it is not quiet. */
const ends = (timeZone: string, instant: string, windows: readonly WeeklyWindow[] = night) => {
  const untilMs = quietUntil({ windows, timeZone }, Date.parse(instant));
  return untilMs === null ? null : new Date(untilMs).toISOString().replace('.000', '');
};

describe('quiet hours', () => {
  it.each([
    ['2026-04-01T12:59:59Z', null, 'a second before 22:00'],
    ['2026-04-01T13:00:00Z', '2026-04-01T21:00:00Z', '22:00 sharp'],
    ['2026-04-01T20:59:59Z', '2026-04-01T21:00:00Z', 'a second before 06:00'],
    ['2026-04-01T21:00:00Z', null, '06:00 sharp'],
  ])('end when the clock of their place says so: at %s they last until %s, %s', (instant, end, _when) => {
    expect(ends('Asia/Tokyo', instant)).toBe(end);
  });

  it('that follow on each other are one', () => {
    const windows = [daily(hour(22), hour(24)), daily(0, hour(6)), daily(hour(6), hour(7))];
    expect(ends('Asia/Tokyo', '2026-04-01T13:00:00Z', windows)).toBe('2026-04-01T22:00:00Z');
  });

  it('end an hour earlier on the night on which the clock is turned forward, and an hour later when it is turned back', () => {
    expect(ends('Europe/Berlin', '2026-03-28T21:00:00Z')).toBe('2026-03-29T04:00:00Z');
    expect(ends('America/New_York', '2026-11-01T02:00:00Z')).toBe('2026-11-01T11:00:00Z');
  });

  it('whose end the clock skips end when it has jumped', () => {
    const windows = [daily(hour(1), hour(2, 30))];
    expect(ends('Europe/Berlin', '2026-03-29T00:10:00Z', windows)).toBe('2026-03-29T01:00:00Z');
  });

  it('that the clock shows twice are quiet both times, and not between', () => {
    const windows = [daily(hour(1, 15), hour(1, 45))];
    expect(ends('America/New_York', '2026-11-01T05:20:00Z', windows)).toBe('2026-11-01T05:45:00Z');
    expect(ends('America/New_York', '2026-11-01T05:50:00Z', windows)).toBe(null);
    expect(ends('America/New_York', '2026-11-01T06:20:00Z', windows)).toBe('2026-11-01T06:45:00Z');
  });

  it('end at the first minute that is not quiet, in whatever week', () => {
    const turns = ['2026-03-29', '2026-10-25', '2026-06-10'].map((day) => Date.parse(`${day}T00:00Z`));
    const shown = new Intl.DateTimeFormat('sv-SE', {
      ...{ timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    });
    const minuteAt = (atMs: number): number => {
      const [hours = 0, minutes = 0] = shown.format(atMs).split(':').map(Number);
      return hours * 60 + minutes;
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...turns),
        fc.nat(36 * 60),
        fc.integer({ min: 0, max: 1_439 }),
        fc.integer({ min: 1, max: 1_380 }),
        (dayMs, ahead, startMinute, length) => {
          const endMinute = startMinute + length;
          const isQuiet = (atMs: number): boolean => {
            const minute = minuteAt(atMs);
            return [minute, minute + 1_440].some((one) => startMinute <= one && one < endMinute);
          };
          const nowMs = dayMs - 12 * 60 * minuteMs + ahead * minuteMs;
          let atMs = nowMs;
          while (isQuiet(atMs)) atMs += minuteMs;
          const windows = [daily(startMinute, endMinute)];
          expect(quietUntil({ windows, timeZone: 'Europe/Berlin' }, nowMs)).toBe(
            atMs === nowMs ? null : atMs,
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('are none where a rule names none', () => {
    expect(quietFor(rule({ quietHours: [] }), 'key.withdrawn')).toBe(null);
    expect(quietFor(rule(), 'key.withdrawn')).toEqual({ windows: night, timeZone: 'Asia/Tokyo' });
  });

  it('hold all alerts of a rule, and of an urgent one all but those for which somebody may have to go there', () => {
    const heldBy = (urgent: boolean): readonly string[] =>
      Object.entries(alerts).flatMap(([name, types]) =>
        types.every((type) => quietFor(rule({ urgent }), type) !== null) ? [name] : [],
      );
    expect(heldBy(false)).toEqual(Object.keys(alerts));
    expect(heldBy(true)).toEqual(
      Object.keys(alerts).filter((name) => !urgentAlerts.some((urgent) => urgent === name)),
    );
  });

  it('are never the whole week, for then nobody would be told', () => {
    expect(isAlways([daily(0, hour(24))])).toBe(true);
    expect(isAlways([daily(hour(6), hour(22)), ...night])).toBe(true);
    expect(isAlways([daily(hour(6), hour(21, 59)), ...night])).toBe(false);
    expect(isAlways([])).toBe(false);
  });
});
