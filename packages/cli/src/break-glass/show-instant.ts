// Moments as people read them, in the time zone of the place that they are about.
import type { Language } from './texts.ts';

/** @returns date, hour and minute with the zone's name; RFC 3339 where this computer does not know the zone */
export function showInstant(atMs: number, timeZone: string, language: Language): string {
  try {
    const form = new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
      ...{ hourCycle: 'h23', timeZone },
    });
    return `${form.format(atMs)} (${timeZone})`;
  } catch {
    // RangeError: a zone of a newer list than this computer has. The moment is the same.
    return new Date(atMs).toISOString();
  }
}
