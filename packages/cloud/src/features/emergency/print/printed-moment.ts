// A moment as it stands on paper: by the clock on the wall where the box stands, with the zone beside it,
// because a sheet is read years later by somebody who was not there.

/** @returns `2026-04-01 18:00 (Asia/Tokyo, UTC+09:00)`. @param timeZone IANA name */
export function printedMoment(atMs: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en', {
    ...{ timeZone, hourCycle: 'h23', timeZoneName: 'longOffset' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  });
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  // Without an offset some versions of the time zone data say GMT and others GMT+00:00.
  const offset = part('timeZoneName').replace('GMT', '') || '+00:00';
  return `${date} ${part('hour')}:${part('minute')} (${timeZone}, UTC${offset})`;
}
