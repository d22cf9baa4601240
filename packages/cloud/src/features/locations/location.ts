// A place where boxes stand: what it is, without storage.

/** A place. Key codes work at the boxes of one location only. */
export interface Location {
  /** `loc_…` */
  readonly locationId: string;
  readonly name: string;
  /** IANA name: people at the box think in its time. */
  readonly timeZone: string;
  readonly rev: number;
  readonly createdAtMs: number;
}

/** @returns whether this is an IANA time zone that this server knows (an offset such as +09:00 is none) */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
