// Names of time zones as people give them.

import { invalidField } from './errors.ts';

/** @returns whether this is an IANA time zone that this server knows (an offset such as +09:00 is none) */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** @returns the name itself @throws CloudError at `/body/time_zone` for a zone that this server does not know */
export function knownTimeZone(name: string): string {
  if (isTimeZone(name)) return name;
  throw invalidField('/body/time_zone', 'unknown-time-zone', {
    ja: 'Asia/Tokyo のような IANA のタイムゾーン名を指定してください。',
    en: 'Give the IANA name of a time zone, for example Asia/Tokyo.',
  });
}
