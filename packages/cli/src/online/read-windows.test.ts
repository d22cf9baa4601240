// Hours and holidays as they are typed: what the API is told, and what is none.
import { describe, expect, it } from 'vitest';
import { readHoliday, readWindow } from './read-windows.ts';

describe('hours of the week', () => {
  it.each([
    ['mon,wed 7:00-20:00', ['mon', 'wed'], '07:00', '20:00'],
    ['Mon-Fri,sun 00:00-24:00', ['mon', 'tue', 'wed', 'thu', 'fri', 'sun'], '00:00', '24:00'],
    ['fri-mon 22:00-06:00', ['fri', 'sat', 'sun', 'mon'], '22:00', '06:00'],
    ['tue-tue 09:00-10:00', ['tue'], '09:00', '10:00'],
    ['sat=00:00-24:00', ['sat'], '00:00', '24:00'],
    ['22:00-06:30', ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], '22:00', '06:30'],
  ])('%s', (typed, days, from, until) => {
    expect(readWindow(typed)).toEqual({ days, from, until });
  });

  it.each([
    '',
    'mon',
    '=07:00-20:00',
    'monday 07:00-20:00',
    'mon-wed-fri 07:00-20:00',
    'mon 7-20',
    'mon, 07:00-20:00',
  ])('are not "%s"', (typed) => {
    expect(readWindow(typed)).toBeUndefined();
  });
});

describe('holidays', () => {
  it.each([
    ['2027-01-01', '', []],
    ['2027-01-01 New Year', 'New Year', []],
    ['2027-01-02 10:00-15:00', '', [{ from: '10:00', until: '15:00' }]],
    [
      '2027-01-02 9:00-12:00,13:00-15:00 初売り の日',
      '初売り の日',
      [
        { from: '09:00', until: '12:00' },
        { from: '13:00', until: '15:00' },
      ],
    ],
    ['2027-01-03 10:00 to 15:00', '10:00 to 15:00', []],
  ])('%s', (typed, name, windows) => {
    expect(readHoliday(typed)).toEqual({ date: typed.slice(0, 10), name, windows });
  });

  it.each(['', 'New Year', '1.1.2027'])('are not "%s"', (typed) => {
    expect(readHoliday(typed)).toBeUndefined();
  });
});
