// Moments in the API: RFC 3339 in UTC outside, milliseconds since 1970 inside.

import { Type } from 'typebox';
import { invalidField } from './errors.ts';

/** A moment, as the API shows and takes it. */
export const instantSchema = Type.String({
  format: 'date-time',
  maxLength: 40,
  description: 'RFC 3339, for example 2026-04-01T09:00:00Z.',
});

/** @returns RFC 3339 in UTC */
export function showInstant(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** @returns RFC 3339 in UTC, or null */
export function showInstantOrNull(atMs: number | null): string | null {
  return atMs === null ? null : showInstant(atMs);
}

/** @throws CloudError naming the field at `pointer` when the text is no moment */
export function readInstant(text: string, pointer: string): number {
  const atMs = Date.parse(text);
  if (Number.isSafeInteger(atMs) && atMs >= 0) return atMs;
  throw invalidField(pointer, 'not-a-moment', {
    ja: '2026-04-01T09:00:00Z のような RFC 3339 形式の日時を指定してください。',
    en: 'Give a date and time in RFC 3339, for example 2026-04-01T09:00:00Z.',
  });
}
