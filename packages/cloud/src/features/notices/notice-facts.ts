// The facts of a notice, one line each: when, where, what, by which code, for how long. What the reader cannot use,
// such as numbers of grants, stays out. Pure.

import type { BilingualText } from '../../platform/problems.ts';
import type { NoticeBody } from './notice.ts';
import { labels } from './texts.ts';

/** Undefined where the thing is no more, or the notice is not about one. */
export interface NoticeNames {
  readonly key?: string | undefined;
  readonly box?: string | undefined;
  readonly place?: string | undefined;
  /** For whom or what the code was made; empty where nobody said. */
  readonly code?: string | undefined;
  /** IANA name: times are shown in it. */
  readonly timeZone?: string | undefined;
}

/** A language that people read. */
export type Language = 'ja' | 'en';

const longestName = 100;
const unsafe = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]+/gu;
const minuteMs = 60_000;

/** @returns lines of a mail */
export function factsOf(
  notice: {
    readonly body: NoticeBody;
    readonly names: NoticeNames;
    readonly eventId: string | null;
    readonly leftOut: number;
  },
  language: Language,
): readonly string[] {
  const { body, names, eventId, leftOut } = notice;
  const { bin, data } = body.data;
  const about = typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>) : {};
  const when = (value: unknown): string | undefined =>
    typeof value === 'string' ? showLocally(value, names.timeZone, language) : undefined;
  const facts: readonly (readonly [BilingualText, string | undefined])[] = [
    [labels.at, when(body.timestamp)],
    [labels.place, harmless(names.place)],
    [labels.box, harmless(names.box)],
    [labels.bin, typeof bin === 'number' ? fill(labels.binNumber, language, bin) : undefined],
    [labels.key, harmless(names.key)],
    [labels.code, harmless(names.code)],
    [labels.startsAt, when(about.starts_at)],
    [labels.endsAt, when(about.ends_at)],
    [labels.takenAt, when(about.taken_at)],
    [labels.dueAt, when(about.due_at)],
    [labels.away, duration(about.away_ms, language)],
    [labels.late, duration(about.late_ms, language)],
    [labels.silent, duration(about.silent_ms, language)],
    [labels.battery, typeof about.percent === 'number' ? `${about.percent} %` : undefined],
    [labels.event, eventId ?? undefined],
  ];
  const lines = facts.flatMap(([label, value]) =>
    value === undefined || value === '' ? [] : [`${label[language]}: ${value}`],
  );
  const notes = [
    ...(about.by_hand === true ? [labels.byHand[language]] : []),
    ...(leftOut === 0 ? [] : [fill(labels.leftOut, language, leftOut)]),
  ];
  return [...lines, ...notes];
}

/** @returns a name on one line that turns no text, of no more than 100 signs */
export function harmless(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  return Array.from(name.replace(unsafe, ' ')).slice(0, longestName).join('');
}

function fill(text: BilingualText, language: Language, count: number): string {
  return text[language].replace('{count}', String(count));
}

function duration(value: unknown, language: Language): string | undefined {
  if (typeof value !== 'number') return undefined;
  const minutes = Math.floor(value / minuteMs);
  const parts = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24, minutes % 60];
  const units = language === 'ja' ? ['日', '時間', '分'] : [' d', ' h', ' min'];
  const shown = parts.flatMap((part, index) => (part === 0 ? [] : [`${part}${units[index]}`]));
  return shown.length === 0
    ? fill(labels.underMinute, language, 1)
    : shown.join(language === 'ja' ? '' : ' ');
}

// The place's own time, and which that is: the reader may be elsewhere. The month is a word where its number could be
// taken for the day's.
function showLocally(timestamp: string, timeZone = 'UTC', language: Language): string {
  const format = new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    ...{ timeZone, hourCycle: 'h23', timeZoneName: 'short' },
    year: 'numeric',
    ...(language === 'ja' ? { month: '2-digit', day: '2-digit' } : { month: 'short', day: 'numeric' }),
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
  return format.format(new Date(timestamp));
}
