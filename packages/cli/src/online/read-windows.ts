// Hours of the week and holidays as people type them, in the form of the API. Which days and times there are, the server
// says.

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** A stretch of a day, `HH:MM`. */
interface Stretch {
  readonly from: string;
  readonly until: string;
}

/** A window that comes back each week. */
export interface Window extends Stretch {
  readonly days: readonly string[];
}

/** A day on which other windows begin. */
export interface Holiday {
  readonly date: string;
  readonly name: string;
  readonly windows: readonly Stretch[];
}

/**
 * @param text `mon-fri,sun 07:00-20:00`, `mon-fri=07:00-20:00`, or `22:00-06:00` for every day
 * @returns undefined for what is no window
 */
export function readWindow(text: string): Window | undefined {
  const [, days = 'mon-sun', hours = ''] = /^(?:([^\s=]+)(?:\s+|=))?(\S+)$/.exec(text.trim()) ?? [];
  const stretch = readStretch(hours);
  const named = days.split(',').map(readDays);
  if (stretch === undefined || named.some((some) => some.length === 0)) return undefined;
  return { days: named.flat(), ...stretch };
}

/** @param text `2027-01-01 New Year`, `2027-01-02 10:00-15:00,16:00-18:00 Sale` @returns undefined for what is none */
export function readHoliday(text: string): Holiday | undefined {
  const [, date = '', rest = ''] = /^(\d{4}-\d{2}-\d{2})(?:\s+(.*))?$/s.exec(text.trim()) ?? [];
  if (date === '') return undefined;
  const [, hours = '', called = ''] = /^(\S+)(?:\s+(.*))?$/s.exec(rest) ?? [];
  const windows = hours.split(',').map(readStretch);
  return windows.every((one) => one !== undefined)
    ? { date, name: called.trim(), windows }
    : { date, name: rest.trim(), windows: [] };
}

function readStretch(text: string): Stretch | undefined {
  const [, from, until] = /^(\d{1,2}:\d{2})-(\d{1,2}:\d{2})$/.exec(text) ?? [];
  if (from === undefined || until === undefined) return undefined;
  return { from: from.padStart(5, '0'), until: until.padStart(5, '0') };
}

/** `fri` is one day, `fri-mon` are four. */
function readDays(text: string): readonly string[] {
  const [first = '', last = first, ...more] = text.toLowerCase().split('-');
  const [begin, end] = [DAYS.indexOf(first), DAYS.indexOf(last)];
  if (begin < 0 || end < 0 || more.length > 0) return [];
  const count = ((end - begin + DAYS.length) % DAYS.length) + 1;
  return Array.from({ length: count }, (_one, index) => String(DAYS[(begin + index) % DAYS.length]));
}
